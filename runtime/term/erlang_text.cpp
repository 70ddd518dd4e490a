// Erlang's layout of terms: fill lines with what is short, give each long part lines of its own.
//
// Two passes over the same tree: indentationWorks() asks whether an indentation for the elements
// of tagged tuples leaves enough room everywhere, Layout then writes with the one that does.
#include "runtime/term/erlang_text.h"

#include "runtime/term/erlang_layout.h"

#include <algorithm>
#include <array>

namespace exitwave::term {

namespace {

using Kind = ErlangNode::Kind;

/// Writes with the indentation found.
class Layout
{
public:
    Layout(const Limits& limits, Columns tupleIndent) : m_limits(limits), m_indent(tupleIndent) {}

    std::string run(const ErlangNode& node, Columns column)
    {
        write(node, {column, 0, 0}, column - 1);
        return std::move(m_out);
    }

private:
    /// \param margin spaces in front of lines that begin inside the part
    void write(const ErlangNode& node, const Place& place, Columns margin)
    {
        if (m_limits.fits(node.length, place)) {
            writeOneLine(node, m_out);
            return;
        }
        const auto [column, closing, used] = place;
        switch (node.kind) {
        case Kind::List:
            m_out += '[';
            list(node, 0, {column + 1, closing, used + 1}, margin + 1);
            m_out += ']';
            break;
        case Kind::Tuple:
            m_out += '{';
            list(node, 0, {column + 1, closing, used + 1}, margin + 1);
            m_out += '}';
            break;
        case Kind::TaggedTuple:
            m_out += '{';
            taggedTuple(node, {column, closing, used + 1}, margin);
            m_out += '}';
            break;
        case Kind::Map:
            m_out += "#{";
            map(node, {column + 2, closing, used + 1}, margin + 2);
            m_out += '}';
            break;
        case Kind::Bytes:
            bytes(node, {column + 2, closing, used}, margin + 2);
            break;
        case Kind::Text:
            m_out += node.text;
            break;
        }
    }

    void taggedTuple(const ErlangNode& node, const Place& place, Columns margin)
    {
        const Columns tag = node.parts[0].length;
        const Columns behindTag = place.column + tag + 2;
        m_out += node.parts[0].text;
        if (m_indent > 0 && tag + 2 > m_indent) {
            tail(node,
                 1,
                 place.column + m_indent,
                 {behindTag, place.closing, place.used + tag},
                 margin + m_indent);
            return;
        }
        m_out += ',';
        list(node, 1, {behindTag, place.closing, place.used + tag + 1}, margin + tag + 2);
    }

    void list(const ErlangNode& node, std::size_t first, const Place& place, Columns margin)
    {
        const Columns closing = closingBehind(first, node.elementCount(), place.closing);
        const Columns length
            = element(node.parts[first], {place.column, closing, place.used}, margin);
        tail(node,
             first + 1,
             place.column,
             {place.column + length, place.closing, place.used + length},
             margin);
    }

    void tail(const ErlangNode& node, std::size_t first, Columns start, Place place, Columns margin)
    {
        const std::size_t count = node.elementCount();
        for (std::size_t i = first; i < count; ++i) {
            const ErlangNode& part = node.parts[i];
            const Columns closing = closingBehind(i, count, place.closing);
            m_out += ',';
            if (part.isText() && m_limits.fitsBehind(part.length, place, closing)) {
                m_out += part.text;
                place.column += part.length + 1;
                place.used += part.length + 1;
                continue;
            }
            newLine(margin);
            const Columns length = element(part, {start, closing, 0}, margin);
            place.column = start + length;
            place.used = length;
        }
        if (!node.improper)
            return;
        m_out += '|';
        const ErlangNode& end = node.parts.back();
        if (end.isText()
            && m_limits.fits(end.length + 1, {place.column, place.closing + 1, place.used})) {
            m_out += end.text;
            return;
        }
        newLine(margin);
        write(end, {start, place.closing + 1, 0}, margin);
    }

    Columns element(const ErlangNode& part, const Place& place, Columns margin)
    {
        if (part.isText() && m_limits.fits(part.length, place)) {
            m_out += part.text;
            return part.length;
        }
        write(part, place, margin);
        return m_limits.width; // so that what follows starts a new line
    }

    void map(const ErlangNode& node, Place place, Columns margin)
    {
        const Columns start = place.column;
        const std::size_t count = node.parts.size() / 2;
        for (std::size_t i = 0; i < count; ++i) {
            const Columns closing = closingBehind(i, count, place.closing);
            const Columns length = pairLength(node, i);
            if (i > 0)
                m_out += ',';
            if (i > 0 && isTextPair(node, i) && m_limits.fitsBehind(length, place, closing)) {
                writePair(node.parts[2 * i], node.parts[2 * i + 1], m_out);
                place.column += length + 1;
                place.used += length + 1;
                continue;
            }
            if (i > 0)
                newLine(margin);
            const Columns taken = pair(node, i, {start, closing, i == 0 ? place.used : 0}, margin);
            place.column = start + taken;
            place.used = taken;
        }
    }

    Columns pair(const ErlangNode& node, std::size_t i, const Place& place, Columns margin)
    {
        const ErlangNode& key = node.parts[2 * i];
        const ErlangNode& value = node.parts[2 * i + 1];
        if (m_limits.fits(pairLength(node, i), place)) {
            writePair(key, value, m_out);
            return isTextPair(node, i) ? pairLength(node, i) : m_limits.width;
        }
        const Columns indent = valueIndent(m_indent);
        write(key, place, margin);
        m_out += " =>";
        newLine(margin + indent);
        write(value, {place.column + indent, place.closing, 0}, margin + indent);
        return m_limits.width;
    }

    void bytes(const ErlangNode& node, const Place& place, Columns margin)
    {
        const Columns room = std::max<Columns>(
            8,
            std::min(m_limits.width - place.column, m_limits.most - 4 - place.used)
                - place.closing);
        m_out += "<<";
        Columns left = room;
        for (std::size_t i = 0; i < node.parts.size(); ++i) {
            const bool isLast = i + 1 == node.parts.size();
            const Columns length = node.parts[i].length + (isLast ? 0 : 1);
            if (length > left) {
                newLine(margin);
                left = room;
            }
            m_out += node.parts[i].text;
            if (!isLast)
                m_out += ',';
            left -= length;
        }
        m_out += ">>";
    }

    void newLine(Columns margin)
    {
        m_out += '\n';
        m_out.append(static_cast<std::size_t>(margin), ' ');
    }

    const Limits m_limits;
    const Columns m_indent;
    std::string m_out;
};

} // namespace

std::string formatP(const Term& term, const ErlangLayout& layout)
{
    const ErlangNode node = erlangNode(term, true);
    const auto column = static_cast<Columns>(std::max<std::size_t>(layout.column, 1));
    const Limits limits{static_cast<Columns>(layout.width), node.length};
    // -1: elements of a tagged tuple stand under the one behind the tag. 4, 1: that far in.
    Columns indent = 1;
    for (const Columns candidate : std::array<Columns, 2>{-1, 4}) {
        if (indentationWorks(node, limits, candidate, column)) {
            indent = candidate;
            break;
        }
    }
    return Layout(limits, indent).run(node, column);
}

std::string formatW(const Term& term)
{
    std::string out;
    writeOneLine(erlangNode(term, false), out);
    return out;
}

} // namespace exitwave::term
