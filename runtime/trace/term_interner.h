// TermInterner: gives equal terms of a trace the same id.
#pragma once

#include "runtime/term/term.h"
#include "runtime/trace/event.h"

#include <array>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace exitwave::trace {

/// Terms are told apart by what the trace keeps of them (encodeForTable), so equal terms share an
/// id and no term is kept alive. Memory is bounded: after `capacity` different terms the oldest
/// half is forgotten; such a term gets a second id when it comes again, which costs bytes and
/// changes nothing else. Thread: one owner (the collector).
class TermInterner
{
public:
    explicit TermInterner(std::size_t capacity = 1U << 16) : m_capacity(capacity) {}

    /// The id of `term`; never 0.
    TermId intern(const term::Term& term);
    /// Definitions of ids not taken yet, in order, encoded; the first of them is `first`.
    struct Fresh
    {
        TermId first;
        std::vector<std::string> encodings;
    };
    [[nodiscard]] Fresh takeFresh();
    [[nodiscard]] bool hasFresh() const { return !m_fresh.empty(); }
    [[nodiscard]] std::size_t freshCount() const { return m_fresh.size(); }
    /// How many ids were given.
    [[nodiscard]] std::size_t size() const { return m_last; }

private:
    struct Recent
    {
        term::Term term;
        TermId id;
    };
    TermId internEncoding(std::string encoding);

    const std::size_t m_capacity;
    std::uint32_t m_last = 0;
    std::array<Recent, 4> m_recent; // the very same objects: the reason of a cascade, looked up
                                    // without encoding it again
    std::size_t m_nextRecent = 0;
    std::unordered_map<std::string, TermId> m_young;
    std::unordered_map<std::string, TermId> m_old;
    std::vector<std::string> m_fresh;
};

} // namespace exitwave::trace
