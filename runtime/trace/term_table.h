// TermTable: the terms of one trace by their ids.
#pragma once

#include "runtime/term/term.h"
#include "runtime/trace/event.h"
#include "runtime/trace/event_source.h"

#include <cstddef>
#include <vector>

namespace exitwave::trace {

/// How many ids of a trace may be left out by its definitions. A damaged stream may name any id;
/// one that leaps further than this, all leaps together, is not believed, so that few bytes cannot
/// claim much memory. Thread: one owner.
class TermGaps
{
public:
    static constexpr std::size_t most = std::size_t{1} << 20;

    /// Whether `id` may come after ids up to `known`; if so, what it leaves out counts from now on.
    [[nodiscard]] bool allow(TermId id, std::size_t known);

private:
    std::size_t m_sum = 0; // ids left out so far; at most `most`
};

/// Append-only. Thread: one owner (the GUI thread in the app).
class TermTable
{
public:
    /// Adds what a batch defined. A definition out of sequence (damaged input) is kept at its id;
    /// the gap reads as the atom `:lost`. One beyond what TermGaps allows is not kept.
    void add(const std::vector<TermDefinition>& definitions);
    /// The term of `id`; the atom `:lost` for ids never defined, nil for id 0.
    [[nodiscard]] const term::Term& at(TermId id) const;
    [[nodiscard]] std::size_t size() const { return m_terms.size(); }

private:
    std::vector<term::Term> m_terms; // index = id - 1
    TermGaps m_gaps;
};

} // namespace exitwave::trace
