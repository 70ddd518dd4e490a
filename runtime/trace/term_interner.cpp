// TermInterner: see the header.
#include "runtime/trace/term_interner.h"

#include "runtime/trace/codec.h"

#include <utility>

namespace exitwave::trace {

TermId TermInterner::intern(const term::Term& term)
{
    for (const Recent& recent : m_recent) {
        if (recent.id.value != 0 && recent.term.sameAs(term))
            return recent.id;
    }
    const TermId id = internEncoding(encodeForTable(term));
    m_recent[m_nextRecent] = {term, id};
    m_nextRecent = (m_nextRecent + 1) % m_recent.size();
    return id;
}

TermId TermInterner::internEncoding(std::string encoding)
{
    if (const auto young = m_young.find(encoding); young != m_young.end())
        return young->second;
    if (m_young.size() >= m_capacity / 2) {
        m_old = std::move(m_young);
        m_young.clear();
    }
    const auto old = m_old.find(encoding);
    const bool known = old != m_old.end();
    const TermId id = known ? old->second : TermId{++m_last};
    if (!known)
        m_fresh.push_back(encoding);
    m_young.emplace(std::move(encoding), id);
    return id;
}

TermInterner::Fresh TermInterner::takeFresh()
{
    Fresh fresh;
    fresh.first = TermId{m_last + 1 - static_cast<std::uint32_t>(m_fresh.size())};
    fresh.encodings = std::exchange(m_fresh, {});
    return fresh;
}

} // namespace exitwave::trace
