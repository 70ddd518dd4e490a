// TermTable: the terms of one trace by their ids.
#pragma once

#include "runtime/term/term.h"
#include "runtime/trace/event.h"
#include "runtime/trace/event_source.h"

#include <vector>

namespace exitwave::trace {

/// Append-only. Thread: one owner (the GUI thread in the app).
class TermTable
{
public:
    /// Adds what a batch defined. A definition out of sequence (damaged input) is kept at its id;
    /// the gap reads as the atom `:lost`.
    void add(const std::vector<TermDefinition>& definitions);
    /// The term of `id`; the atom `:lost` for ids never defined, nil for id 0.
    [[nodiscard]] const term::Term& at(TermId id) const;
    [[nodiscard]] std::size_t size() const { return m_terms.size(); }

private:
    std::vector<term::Term> m_terms; // index = id - 1
};

} // namespace exitwave::trace
