// Obituaries: of what the latest dead died, for answers to those who still ask for them.
#pragma once

#include "runtime/base/mutex.h"
#include "runtime/term/term.h"

#include <array>
#include <cstddef>
#include <optional>
#include <utility>

namespace exitwave::actor {

/// Remembers the latest deaths only. Each worker has its own, so that deaths do not wait for each
/// other. Thread: add() by the worker; reasonOf() by any.
class Obituaries
{
public:
    static constexpr std::size_t capacity = 2048;

    void add(term::Pid pid, const term::Term& reason)
    {
        term::Term forgotten; // released after the lock
        const base::MutexLock lock(m_mutex);
        Entry& entry = m_entries[m_next++ % capacity];
        forgotten = std::exchange(entry.reason, reason);
        entry.pid = pid;
    }
    /// Nothing when it is not among the latest dead.
    [[nodiscard]] std::optional<term::Term> reasonOf(term::Pid pid) const
    {
        const base::MutexLock lock(m_mutex);
        for (const Entry& entry : m_entries) {
            if (entry.pid == pid && pid != term::Pid{})
                return entry.reason;
        }
        return std::nullopt;
    }

private:
    struct Entry
    {
        term::Pid pid;
        term::Term reason;
    };

    mutable base::Mutex m_mutex;
    std::array<Entry, capacity> m_entries EXITWAVE_GUARDED_BY(m_mutex);
    std::size_t m_next EXITWAVE_GUARDED_BY(m_mutex) = 0;
};

} // namespace exitwave::actor
