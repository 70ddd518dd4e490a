// Writing terms, whole or cut to a size. The bytes are described in README.md.
#include "runtime/term/term_codec.h"

#include "runtime/base/utf8.h"
#include "runtime/term/term_encoder.h"

#include <algorithm>
#include <vector>

namespace exitwave::term {

namespace {

using base::ByteWriter;

constexpr std::string_view cutMark = "...";

/// Writes terms within budgets. Every function writes at least 1 and at most `budget` bytes
/// (\pre budget >= 1) and returns whether nothing was cut.
class Truncator
{
public:
    explicit Truncator(ByteWriter& writer) : m_writer(writer) {}

    bool write(const Term& term, std::size_t budget, std::size_t depth)
    {
        if (measure(term, budget, depth) <= budget) {
            TermEncoder<ByteWriter>(m_writer).run(term);
            return true;
        }
        if (depth < DecodeLimits().maxDepth) {
            switch (term.kind()) {
            case TermKind::Binary:
                return cutBinary(term.asBinary(), budget);
            case TermKind::Tuple: {
                const auto elements = term.elements();
                return cutTuple(elements, budget, depth);
            }
            case TermKind::Cons:
                return cutList(term, budget, depth);
            case TermKind::Map:
                return cutMap(term.entries(), budget, depth);
            default:
                break;
            }
        }
        return cutAll();
    }

private:
    /// Bytes that the whole term takes, or something larger than `most`.
    static std::size_t measure(const Term& term, std::size_t most, std::size_t depth)
    {
        ByteCounter counter;
        const std::size_t deepest = DecodeLimits().maxDepth;
        TermEncoder<ByteCounter> encoder(counter, most, deepest > depth ? deepest - depth : 0);
        encoder.run(term);
        return encoder.beyondLimits() ? everything : counter.count;
    }

    bool cutAll()
    {
        writeAtom(m_writer, atoms::ellipsis);
        return false;
    }

    bool cutBinary(std::string_view bytes, std::size_t budget)
    {
        const std::size_t head = 1 + base::varintSize(budget);
        if (budget < head + cutMark.size() + 1)
            return cutAll();
        std::string_view kept = bytes.substr(0, budget - head - cutMark.size());
        // Not within a character, if it is a text.
        for (std::size_t back = 0; back < 3 && kept.size() > back; ++back) {
            const std::string_view shorter = kept.substr(0, kept.size() - back);
            if (base::isValidUtf8(shorter)) {
                kept = shorter;
                break;
            }
        }
        writeTag(m_writer, WireTag::Binary);
        m_writer.text(std::string(kept).append(cutMark));
        return false;
    }

    bool cutTuple(std::span<const Term> elements, std::size_t budget, std::size_t depth)
    {
        const std::size_t head
            = elements.size() <= maxShortTuple ? 1 : 1 + base::varintSize(elements.size());
        if (head + 1 > budget)
            return cutAll();
        std::vector<const Term*> children;
        for (std::size_t i = 0; i < std::min(elements.size(), budget - head); ++i)
            children.push_back(&elements[i]);
        const bool dropped = children.size() < elements.size();
        if (dropped)
            children.back() = &ellipsis();
        writeTupleHead(m_writer, children.size());
        return writeChildren(children, budget - head, depth + 1) && !dropped;
    }

    bool cutList(const Term& list, std::size_t budget, std::size_t depth)
    {
        const std::size_t head = 1 + base::varintSize(budget);
        if (head + 2 > budget)
            return cutAll();
        std::vector<const Term*> children;
        const Term* cell = &list;
        for (; cell->isCons() && children.size() < budget - head - 1; cell = &cell->tail())
            children.push_back(&cell->head());
        const std::size_t cells = children.size();
        const bool dropped = cell->isCons();
        const bool improper = !dropped && !cell->isEmptyList();
        if (dropped)
            children.back() = &ellipsis();
        if (improper)
            children.push_back(cell);
        writeTag(m_writer, improper ? WireTag::ImproperList : WireTag::List);
        m_writer.varint(cells);
        return writeChildren(children, budget - head, depth + 1) && !dropped;
    }

    /// Keys are written whole or not at all, so that no two become equal; the entries from the
    /// first key on that does not fit are replaced by one entry `... => ...`.
    bool cutMap(std::span<const MapEntry> entries, std::size_t budget, std::size_t depth)
    {
        const std::size_t head = 1 + base::varintSize(entries.size());
        constexpr std::size_t mark = 2;
        if (head + mark > budget)
            return cutAll();
        std::vector<std::byte> bytes;
        ByteWriter inner(bytes);
        Truncator truncator(inner);
        const std::size_t most = budget - head - mark;
        std::size_t written = 0;
        bool whole = true;
        for (; written < entries.size(); ++written) {
            const std::size_t left = most - bytes.size();
            const std::size_t keySize = measure(entries[written].key, left, depth + 1);
            if (left < 2 || keySize > left - 1)
                break;
            TermEncoder<ByteWriter>(inner).run(entries[written].key);
            const std::size_t share = left / (entries.size() - written);
            const std::size_t valueBudget = share > keySize ? share - keySize : 1;
            whole = truncator.write(entries[written].value, valueBudget, depth + 1) && whole;
        }
        const bool dropped = written < entries.size();
        writeTag(m_writer, WireTag::Map);
        m_writer.varint(written + (dropped ? 1 : 0));
        m_writer.bytes(bytes);
        if (dropped) {
            cutAll();
            cutAll();
        }
        return whole && !dropped;
    }

    /// Writes the children one after the other. Those smaller than an equal share are written
    /// whole, the others divide what that leaves. \pre budget >= children.size()
    bool
    writeChildren(const std::vector<const Term*>& children, std::size_t budget, std::size_t depth)
    {
        const std::size_t share = budget / children.size();
        std::vector<bool> isSmall(children.size());
        std::size_t forBig = budget;
        std::size_t big = children.size();
        for (std::size_t i = 0; i < children.size(); ++i) {
            const std::size_t size = measure(*children[i], share, depth);
            if (size <= share) {
                isSmall[i] = true;
                forBig -= size;
                --big;
            }
        }
        bool whole = true;
        for (std::size_t i = 0; i < children.size(); ++i) {
            if (isSmall[i]) {
                TermEncoder<ByteWriter>(m_writer).run(*children[i]);
                continue;
            }
            const std::size_t before = m_writer.size();
            whole = write(*children[i], forBig / big, depth) && whole;
            forBig -= m_writer.size() - before;
            --big;
        }
        return whole;
    }

    static const Term& ellipsis()
    {
        static const Term term = atoms::ellipsis;
        return term;
    }

    ByteWriter& m_writer;
};

} // namespace

void encodeTerm(const Term& term, ByteWriter& writer)
{
    TermEncoder<ByteWriter>(writer).run(term);
}

std::size_t encodedSize(const Term& term)
{
    ByteCounter counter;
    TermEncoder<ByteCounter>(counter).run(term);
    return counter.count;
}

bool encodeTruncated(const Term& term, ByteWriter& writer, std::size_t maxBytes)
{
    return Truncator(writer).write(term, std::max(maxBytes, encodedMinimum), 0);
}

} // namespace exitwave::term
