// TermTable: see the header.
#include "runtime/trace/term_table.h"

namespace exitwave::trace {

namespace {

const term::Term& lostTerm()
{
    static const term::Term lost = term::Term::atom("lost");
    return lost;
}

} // namespace

bool TermGaps::allow(TermId id, std::size_t known)
{
    const std::size_t gap = id.value > known ? id.value - known - 1 : 0;
    if (gap > most - m_sum)
        return false;
    m_sum += gap;
    return true;
}

void TermTable::add(const std::vector<TermDefinition>& definitions)
{
    for (const TermDefinition& definition : definitions) {
        const std::size_t id = definition.id.value;
        if (id == 0 || (id > m_terms.size() && !m_gaps.allow(definition.id, m_terms.size())))
            continue;
        if (id > m_terms.size())
            m_terms.resize(id, lostTerm());
        m_terms[id - 1] = definition.value;
    }
}

const term::Term& TermTable::at(TermId id) const
{
    static const term::Term none;
    if (id.value == 0)
        return none;
    return id.value <= m_terms.size() ? m_terms[id.value - 1] : lostTerm();
}

} // namespace exitwave::trace
