// What the two passes of Erlang's layout share: how much room there is at a place.
#pragma once

#include "runtime/term/erlang_node.h"

#include <cstdint>

namespace exitwave::term {

using Columns = std::int64_t;

/// Where a part is placed; in columns, counted from 1.
struct Place
{
    Columns column = 1;
    Columns closing = 0;
    Columns used = 0;
};

struct Limits
{
    Columns width;
    Columns most;

    bool fits(Columns length, const Place& place) const
    {
        return length < width - place.column - place.closing
            && length + place.used + place.closing <= most;
    }

    /// Whether a part, with the comma before it, may go on in the same line.
    bool fitsBehind(Columns length, const Place& place, Columns closing) const
    {
        const Columns behind = closing == 0 ? 1 : closing; // at least a comma comes after it
        return fits(length + 1, {place.column, behind, place.used});
    }
};

/// Brackets behind element `i` of `count`: those around, and this one, for the last; else none.
inline Columns closingBehind(std::size_t i, std::size_t count, Columns closing)
{
    return i + 1 < count ? 0 : closing + 1;
}

inline bool isTextPair(const ErlangNode& map, std::size_t i)
{
    return map.parts[2 * i].isText() && map.parts[2 * i + 1].isText();
}

inline Columns pairLength(const ErlangNode& map, std::size_t i)
{
    return map.parts[2 * i].length + 4 + map.parts[2 * i + 1].length;
}

inline Columns valueIndent(Columns tupleIndent)
{
    return tupleIndent > 0 ? tupleIndent : 4;
}

/// Whether an indentation of the elements of tagged tuples by `tupleIndent` columns (-1: to the
/// column behind the tag) leaves enough room everywhere in `node`.
bool indentationWorks(const ErlangNode& node,
                      const Limits& limits,
                      Columns tupleIndent,
                      Columns column);

} // namespace exitwave::term
