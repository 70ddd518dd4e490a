// Erlang's search for an indentation: the layout without the writing.
#include "runtime/term/erlang_layout.h"

#include <optional>

namespace exitwave::term {

namespace {

using Kind = ErlangNode::Kind;

/// Tries out an indentation. Every function returns false when there is too little room.
class IndentProbe
{
public:
    IndentProbe(const Limits& limits, Columns tupleIndent) : m_limits(limits), m_indent(tupleIndent)
    {
    }

    bool works(const ErlangNode& node, const Place& place)
    {
        if (m_limits.fits(node.length, place))
            return true;
        const auto [column, closing, used] = place;
        switch (node.kind) {
        case Kind::List:
        case Kind::Tuple:
            return list(node, 0, {column + 1, closing, used + 1});
        case Kind::TaggedTuple:
            return taggedTuple(node, {column, closing, used + 1});
        case Kind::Map:
            return map(node, {column + 2, closing, used + 2});
        default:
            return true;
        }
    }

private:
    bool roomAt(Columns column) const
    {
        return m_limits.most + column <= m_limits.width || column <= m_limits.width / 2;
    }

    bool taggedTuple(const ErlangNode& node, const Place& place)
    {
        const Columns tag = node.parts[0].length;
        const Columns behindTag = place.column + tag + 2;
        if (m_indent > 0 && tag + 2 > m_indent) {
            const Columns column = place.column + m_indent;
            return roomAt(column)
                && tail(node, 1, column, {behindTag, place.closing, place.used + tag});
        }
        const bool room
            = m_limits.most + behindTag < m_limits.width || behindTag < m_limits.width / 2;
        return room && list(node, 1, {behindTag, place.closing, place.used + tag + 1});
    }

    bool list(const ErlangNode& node, std::size_t first, const Place& place)
    {
        const Columns closing = closingBehind(first, node.elementCount(), place.closing);
        const auto length = element(node.parts[first], {place.column, closing, place.used});
        return length
            && tail(node,
                    first + 1,
                    place.column,
                    {place.column + *length, place.closing, place.used + *length});
    }

    bool tail(const ErlangNode& node, std::size_t first, Columns start, Place place)
    {
        const std::size_t count = node.elementCount();
        for (std::size_t i = first; i < count; ++i) {
            const ErlangNode& part = node.parts[i];
            const Columns closing = closingBehind(i, count, place.closing);
            if (part.isText() && m_limits.fitsBehind(part.length, place, closing)) {
                place.column += part.length + 1;
                place.used += part.length + 1;
                continue;
            }
            const auto length = element(part, {start, closing, 0});
            if (!length)
                return false;
            place.column = start + *length;
            place.used = *length;
        }
        if (!node.improper)
            return true;
        const ErlangNode& end = node.parts.back();
        if (end.isText()
            && m_limits.fits(end.length + 1, {place.column, place.closing + 1, place.used}))
            return true;
        return works(end, {place.column, place.closing + 1, 0});
    }

    /// The columns that the element takes; the whole line when it must have lines of its own.
    std::optional<Columns> element(const ErlangNode& part, const Place& place)
    {
        if (part.isText() && m_limits.fits(part.length, place))
            return part.length;
        if (!works(part, place))
            return std::nullopt;
        return m_limits.width;
    }

    bool map(const ErlangNode& node, Place place)
    {
        const Columns start = place.column;
        const std::size_t count = node.parts.size() / 2;
        for (std::size_t i = 0; i < count; ++i) {
            const Columns closing = closingBehind(i, count, place.closing);
            const Columns length = pairLength(node, i);
            if (i > 0 && isTextPair(node, i) && m_limits.fitsBehind(length, place, closing)) {
                place.column += length + 1;
                place.used += length + 1;
                continue;
            }
            const auto taken = pair(node, i, {start, closing, i == 0 ? place.used : 0});
            if (!taken)
                return false;
            place.column = start + *taken;
            place.used = i == 0 ? place.used + *taken : *taken;
        }
        return true;
    }

    std::optional<Columns> pair(const ErlangNode& node, std::size_t i, const Place& place)
    {
        if (m_limits.fits(pairLength(node, i), place))
            return isTextPair(node, i) ? pairLength(node, i) : m_limits.width;
        const Columns column = place.column + valueIndent(m_indent);
        if (!works(node.parts[2 * i], place)
            || !works(node.parts[2 * i + 1], {column, place.closing, 0}))
            return std::nullopt;
        return m_limits.width;
    }

    const Limits m_limits;
    const Columns m_indent;
};

} // namespace

bool indentationWorks(const ErlangNode& node,
                      const Limits& limits,
                      Columns tupleIndent,
                      Columns column)
{
    return IndentProbe(limits, tupleIndent).works(node, {column, 0, 0});
}

} // namespace exitwave::term
