// How terms become bytes, for writing and for measuring. For the sources of this folder only.
#pragma once

#include "runtime/base/byte_cursor.h"
#include "runtime/term/term.h"
#include "runtime/term/wire_tags.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <vector>

namespace exitwave::term {

/// Counts bytes where a ByteWriter would write them.
struct ByteCounter
{
    std::size_t count = 0;

    void u8(std::uint8_t) { ++count; }
    void f64(double) { count += 8; }
    void varint(std::uint64_t value) { count += base::varintSize(value); }
    void zigzag(std::int64_t value) { count += base::varintSize(base::zigzagEncode(value)); }
    void text(std::string_view data) { count += base::varintSize(data.size()) + data.size(); }
};

template<class Out>
void writeTag(Out& out, WireTag value)
{
    out.u8(static_cast<std::uint8_t>(value));
}

template<class Out>
void writeAtom(Out& out, Atom atom)
{
    if (atom.id() < wireAtomCount) {
        out.u8(static_cast<std::uint8_t>(firstAtomTag + atom.id()));
        return;
    }
    writeTag(out, WireTag::Atom);
    out.text(atom.name());
}

template<class Out>
void writeTupleHead(Out& out, std::size_t size)
{
    if (size <= maxShortTuple) {
        out.u8(static_cast<std::uint8_t>(firstTupleTag + size));
        return;
    }
    writeTag(out, WireTag::Tuple);
    out.varint(size);
}

template<class Out>
void writeFunction(Out& out, const FunctionInfo& info)
{
    writeTag(out, info.external ? WireTag::ExternalFunction : WireTag::Function);
    writeAtom(out, info.module);
    writeAtom(out, info.name);
    out.varint(info.arity);
    if (info.external)
        return;
    out.varint(info.index);
    out.varint(info.uniq);
    out.text(info.file);
}

/// Terms without terms inside.
template<class Out>
void writeLeaf(Out& out, const Term& term)
{
    switch (term.kind()) {
    case TermKind::Atom:
        writeAtom(out, term.asAtom());
        break;
    case TermKind::Integer: {
        const std::int64_t value = term.asInteger();
        if (value >= 0 && value <= maxShortInteger) {
            out.u8(static_cast<std::uint8_t>(firstIntegerTag + value));
        } else {
            writeTag(out, WireTag::Integer);
            out.zigzag(value);
        }
        break;
    }
    case TermKind::Real:
        writeTag(out, WireTag::Real);
        out.f64(term.asReal());
        break;
    case TermKind::Pid:
        writeTag(out, WireTag::Pid);
        out.varint(term.asPid().index);
        out.varint(term.asPid().generation);
        break;
    case TermKind::Reference:
        writeTag(out, WireTag::Reference);
        out.varint(term.asReference().id);
        break;
    case TermKind::Function:
        writeFunction(out, term.asFunction());
        break;
    case TermKind::Binary:
        writeTag(out, WireTag::Binary);
        out.text(term.asBinary());
        break;
    default:
        writeTag(out, WireTag::EmptyList);
        break;
    }
}

/// Cells of a list and what follows the last of them; counting stops at `most` cells.
struct ListEnd
{
    std::size_t cells = 0;
    const Term* tail = nullptr;
};

inline ListEnd listEnd(const Term& list, std::size_t most)
{
    ListEnd end{0, &list};
    while (end.tail->isCons() && end.cells < most) {
        end.tail = &end.tail->tail();
        ++end.cells;
    }
    return end;
}

inline constexpr std::size_t everything = static_cast<std::size_t>(-1);

/// Writes terms of any depth in a loop. With a ByteCounter and limits it stops once a limit is
/// passed, so that measuring costs no more than the limit.
template<class Out>
class TermEncoder
{
public:
    explicit TermEncoder(Out& out,
                         std::size_t maxBytes = everything,
                         std::size_t maxDepth = everything)
        : m_out(out), m_maxBytes(maxBytes), m_maxDepth(maxDepth)
    {
    }

    void run(const Term& term)
    {
        step(term, 0);
        while (!m_rows.empty() && !beyondLimits()) {
            Row& top = m_rows.back();
            const Term& next = top.isList ? top.next->head() : *top.next;
            const std::size_t depth = top.depth;
            if (top.isList)
                top.next = &top.next->tail();
            else
                ++top.next;
            // Popped before its last term is looked at, so that a deep nest needs few rows.
            if (--top.left == 0)
                m_rows.pop_back();
            step(next, depth);
        }
    }

    /// Whether a limit was passed; what was counted is then not the whole term.
    bool beyondLimits() const
    {
        if constexpr (std::is_same_v<Out, ByteCounter>)
            return m_tooDeep || m_out.count > m_maxBytes;
        else
            return false;
    }

private:
    /// Terms still to be written: `left` of them, side by side in memory or along a list.
    struct Row
    {
        const Term* next;
        std::size_t left;
        bool isList;
        std::size_t depth;
    };

    void step(const Term& term, std::size_t depth)
    {
        switch (term.kind()) {
        case TermKind::Tuple: {
            const auto elements = term.elements();
            writeTupleHead(m_out, elements.size());
            push({elements.data(), elements.size(), false, depth + 1});
            break;
        }
        case TermKind::Cons: {
            const ListEnd end = listEnd(term, m_maxBytes);
            const bool proper = end.tail->isEmptyList();
            writeTag(m_out, proper ? WireTag::List : WireTag::ImproperList);
            m_out.varint(end.cells);
            if (!proper)
                push({end.tail, 1, false, depth + 1}); // comes after the elements
            push({&term, end.cells, true, depth + 1});
            break;
        }
        case TermKind::Map: {
            const auto entries = term.entries();
            writeTag(m_out, WireTag::Map);
            m_out.varint(entries.size());
            if (!entries.empty())
                push({&entries[0].key, 2 * entries.size(), false, depth + 1});
            break;
        }
        default:
            writeLeaf(m_out, term);
        }
    }

    void push(const Row& row)
    {
        if (row.depth > m_maxDepth)
            m_tooDeep = true;
        if (row.left > 0)
            m_rows.push_back(row);
    }

    Out& m_out;
    const std::size_t m_maxBytes;
    const std::size_t m_maxDepth;
    bool m_tooDeep = false;
    std::vector<Row> m_rows;
};

} // namespace exitwave::term
