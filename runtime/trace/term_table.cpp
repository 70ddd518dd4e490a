// TermTable: see the header.
#include "runtime/trace/term_table.h"

namespace exitwave::trace {

namespace {
// A damaged stream may name any id; beyond this distance from the last one it is not believed.
constexpr std::size_t maxGap = 1U << 20;

const term::Term& lostTerm()
{
    static const term::Term lost = term::Term::atom("lost");
    return lost;
}
} // namespace

void TermTable::add(const std::vector<TermDefinition>& definitions)
{
    for (const TermDefinition& definition : definitions) {
        const std::size_t id = definition.id.value;
        if (id == 0 || id > m_terms.size() + maxGap)
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
