// A term prepared for printing as Erlang does: its pieces of text and how long they are.
#pragma once

#include "runtime/term/term.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace exitwave::term {

/// A term as text that is not laid out yet. Built once, then measured many times by the layout.
struct ErlangNode
{
    enum class Kind : std::uint8_t {
        Text, ///< never broken
        Bytes, ///< <<1,2,3>>: parts are the numbers, may be broken between them
        List,
        Tuple,
        TaggedTuple, ///< of two elements or more, the first an atom
        Map, ///< parts are keys and values in turn
    };

    Kind kind = Kind::Text;
    bool improper = false; ///< of a List: the last part is the tail
    std::int64_t length = 0; ///< characters when written on one line
    std::string text; ///< of Text
    std::vector<ErlangNode> parts;

    bool isText() const { return kind == Kind::Text; }
    /// How many parts are elements; the tail of an improper list is not.
    std::size_t elementCount() const { return parts.size() - (improper ? 1 : 0); }
};

/// \param guessText lists and binaries that look like text are shown as such (~p, not ~w)
ErlangNode erlangNode(const Term& term, bool guessText);

/// Appends the node on one line.
void writeOneLine(const ErlangNode& node, std::string& out);

/// Appends key => value on one line.
void writePair(const ErlangNode& key, const ErlangNode& value, std::string& out);

} // namespace exitwave::term
