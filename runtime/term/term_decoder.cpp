// Reading terms from bytes that nobody vouches for.
#include "runtime/term/term_codec.h"
#include "runtime/term/wire_tags.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace exitwave::term {

namespace {

using base::ByteReader;
using base::ErrorCode;

/// Reads in a loop with a stack of unfinished containers, so that depth costs memory that the
/// limits bound, and never the program's stack.
class Decoder
{
public:
    Decoder(ByteReader& reader, const DecodeLimits& limits) : m_reader(reader), m_limits(limits) {}

    base::Result<Term> run()
    {
        while (true) {
            std::optional<Term> finished = readHead();
            while (!m_error && finished) {
                if (m_open.empty())
                    return std::move(*finished);
                Open& container = m_open.back();
                container.parts.push_back(std::move(*finished));
                finished.reset();
                if (container.parts.size() == container.wanted) {
                    finished = build(container);
                    m_open.pop_back();
                }
            }
            if (m_error) {
                m_reader.setFailed();
                return std::move(*m_error);
            }
        }
    }

private:
    /// A container of which not all parts have been read.
    struct Open
    {
        WireTag kind;
        std::size_t wanted;
        std::vector<Term> parts;
    };

    static Term build(Open& container)
    {
        std::vector<Term>& parts = container.parts;
        switch (container.kind) {
        case WireTag::Tuple:
            return Term::tuple(parts);
        case WireTag::List:
            return Term::list(parts);
        case WireTag::ImproperList: {
            Term tail = std::move(parts.back());
            parts.pop_back();
            return Term::list(parts, std::move(tail));
        }
        default: {
            std::vector<MapEntry> entries;
            entries.reserve(parts.size() / 2);
            for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
                entries.push_back({std::move(parts[i]), std::move(parts[i + 1])});
            return Term::map(std::move(entries));
        }
        }
    }

    /// Reads one head. A leaf or an empty container is returned; a container with parts is opened
    /// instead. Nothing is returned after an error, either.
    std::optional<Term> readHead()
    {
        const std::size_t start = m_reader.position();
        if (++m_terms > m_limits.maxTerms) {
            return refuse(ErrorCode::Overflow,
                          start,
                          "more than " + std::to_string(m_limits.maxTerms) + " terms");
        }
        const std::uint8_t head = m_reader.u8();
        if (!m_reader.ok())
            return damaged(start, "the bytes end where a term should begin");
        if (head >= firstAtomTag && head < firstAtomTag + wireAtomCount)
            return Term(Atom::fromId(static_cast<std::uint32_t>(head - firstAtomTag)));
        if (head >= firstIntegerTag && head <= firstIntegerTag + maxShortInteger)
            return Term::integer(head - firstIntegerTag);
        if (head >= firstTupleTag && head <= firstTupleTag + maxShortTuple)
            return open(WireTag::Tuple, head - firstTupleTag, start);
        std::optional<Term> term = readTagged(static_cast<WireTag>(head), start);
        if (!m_error && !m_reader.ok())
            return damaged(start, "a term is cut short or its length is not a number");
        return term;
    }

    std::optional<Term> readTagged(WireTag tag, std::size_t start)
    {
        switch (tag) {
        case WireTag::Integer:
            return Term::integer(m_reader.zigzag());
        case WireTag::Real: {
            const double value = m_reader.f64();
            if (!std::isfinite(value))
                return damaged(start, "a float is not a finite number");
            return Term::real(value);
        }
        case WireTag::Pid: {
            const std::uint64_t index = m_reader.varint();
            const std::uint64_t generation = m_reader.varint();
            if (index > UINT32_MAX || generation > UINT32_MAX)
                return damaged(start, "a pid has a part beyond 32 bits");
            return Term(
                Pid{static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(generation)});
        }
        case WireTag::Reference:
            return Term(Ref{m_reader.varint()});
        case WireTag::EmptyList:
            return Term::emptyList();
        case WireTag::Atom:
            return readNamedAtom(start);
        case WireTag::Binary:
            return Term::binary(m_reader.text());
        case WireTag::Tuple:
            return open(tag, m_reader.varint(), start);
        case WireTag::List:
        case WireTag::ImproperList:
            return openList(tag, start);
        case WireTag::Map:
            return openMap(start);
        case WireTag::Function:
        case WireTag::ExternalFunction:
            return readFunction(tag == WireTag::ExternalFunction, start);
        }
        return refuse(ErrorCode::Unsupported,
                      start,
                      "a term begins with byte " + std::to_string(static_cast<int>(tag))
                          + ", which this version does not know; a later version of the program "
                            "may have written it");
    }

    std::optional<Term> readNamedAtom(std::size_t start)
    {
        const base::Result<Atom> atom = Atom::tryIntern(m_reader.text());
        if (!atom)
            return refuse(atom.error().code, start, atom.error().message);
        return Term(atom.value());
    }

    std::optional<Term> openList(WireTag tag, std::size_t start)
    {
        const std::uint64_t cells = m_reader.varint();
        if (cells == 0)
            return damaged(start, "a list that should have elements has none");
        if (cells > m_reader.remaining())
            return damaged(start, "a list is longer than the bytes that follow");
        return open(tag, tag == WireTag::ImproperList ? cells + 1 : cells, start);
    }

    std::optional<Term> openMap(std::size_t start)
    {
        const std::uint64_t entries = m_reader.varint();
        if (entries > m_reader.remaining() / 2)
            return damaged(start, "a map is larger than the bytes that follow");
        return open(WireTag::Map, 2 * entries, start);
    }

    std::optional<Term> open(WireTag kind, std::uint64_t wanted, std::size_t start)
    {
        if (!m_reader.ok())
            return std::nullopt;
        if (wanted > m_reader.remaining()) // every part takes a byte at least
            return damaged(start, "a container is larger than the bytes that follow");
        if (m_open.size() >= m_limits.maxDepth) {
            return refuse(ErrorCode::Overflow,
                          start,
                          "terms are nested deeper than " + std::to_string(m_limits.maxDepth));
        }
        Open container{kind, static_cast<std::size_t>(wanted), {}};
        if (wanted == 0)
            return build(container);
        // Not all at once: nested claims would add up to far more than there are bytes.
        container.parts.reserve(std::min<std::size_t>(container.wanted, 64));
        m_open.push_back(std::move(container));
        return std::nullopt;
    }

    std::optional<Term> readFunction(bool external, std::size_t start)
    {
        FunctionInfo info;
        info.external = external;
        if (!readAtom(info.module, start) || !readAtom(info.name, start))
            return std::nullopt;
        const std::uint64_t arity = m_reader.varint();
        const std::uint64_t index = external ? 0 : m_reader.varint();
        const std::uint64_t uniq = external ? 0 : m_reader.varint();
        if (!external)
            info.file = m_reader.text();
        if (arity > 255 || index > UINT32_MAX || uniq > UINT32_MAX)
            return damaged(start, "a function has a number beyond its range");
        info.arity = static_cast<std::uint32_t>(arity);
        info.index = static_cast<std::uint32_t>(index);
        info.uniq = static_cast<std::uint32_t>(uniq);
        if (!m_reader.ok())
            return std::nullopt;
        return Term::function(std::move(info));
    }

    /// An atom inside a function. False after an error.
    bool readAtom(Atom& atom, std::size_t start)
    {
        const std::uint8_t head = m_reader.u8();
        std::optional<Term> term;
        if (head >= firstAtomTag && head < firstAtomTag + wireAtomCount)
            term = Term(Atom::fromId(static_cast<std::uint32_t>(head - firstAtomTag)));
        else if (head == static_cast<std::uint8_t>(WireTag::Atom))
            term = readNamedAtom(start);
        else
            damaged(start, "the module or name of a function is not an atom");
        if (term)
            atom = term->asAtom();
        return term.has_value();
    }

    std::nullopt_t damaged(std::size_t offset, std::string_view what)
    {
        return refuse(ErrorCode::Damaged, offset, what);
    }

    std::nullopt_t refuse(ErrorCode code, std::size_t offset, std::string_view what)
    {
        if (!m_error) {
            m_error = base::fail(code,
                                 "cannot read the term at byte " + std::to_string(offset) + ": "
                                     + std::string(what));
        }
        return std::nullopt;
    }

    ByteReader& m_reader;
    const DecodeLimits& m_limits;
    std::vector<Open> m_open;
    std::size_t m_terms = 0;
    std::optional<base::Error> m_error;
};

} // namespace

base::Result<Term> decodeTerm(ByteReader& reader, const DecodeLimits& limits)
{
    return Decoder(reader, limits).run();
}

} // namespace exitwave::term
