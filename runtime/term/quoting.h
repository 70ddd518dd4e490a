// Atoms, strings and floats as they are written in Elixir source.
#pragma once

#include "runtime/term/atom.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace exitwave::term {

/// The places in which Elixir writes an atom differently.
enum class AtomPlace {
    Literal, ///< :ok, Foo, :"a b"
    Key, ///< ok:, "Elixir.Foo":, "a b":
    Call, ///< after a dot: ok, "a b"
};

/// An atom as Elixir writes it in this place.
std::string atomText(Atom atom, AtomPlace place);

/// `text` escaped for use between `quote`s, and what was not taken because of the limit.
struct Escaped
{
    std::string text;
    std::string_view rest;
};

/// Escapes at most `limit` characters of `text`. Bytes that are not UTF-8 become \xHH.
Escaped escapeText(std::string_view text, char quote, std::size_t limit);

/// Elixir's String.printable?(text, limit).
bool isPrintableText(std::string_view text, std::size_t limit);

/// A float with the fewest digits that read back as the same, as Elixir writes it: 1.0, 0.1,
/// 10000000000.0, 1.0e16, 1.0e-5.
std::string elixirRealText(double value);

/// The same as Erlang writes it: 1.0, 0.1, 1.0e10, 1.0e-5.
std::string erlangRealText(double value);

/// The name and arity of the function around an anonymous one, from the compiler's name for it:
/// "-f/0-fun-1-" gives "f" and "0". Empty arity: not such a name.
struct EnclosingFunction
{
    std::string_view name;
    std::string_view arity;
};
EnclosingFunction enclosingFunction(std::string_view compilerName);

} // namespace exitwave::term
