// Registry: processes by name.
#pragma once

#include "runtime/actor/slot_table.h"
#include "runtime/base/mutex.h"

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <vector>

namespace exitwave::actor {

/// One name per process, one process per name. A process whose death has begun can neither be
/// registered nor found. `done` is called under the lock, so that what it writes into the trace
/// stands before everything that others do because of it; it must not call back. Any thread.
class Registry
{
public:
    explicit Registry(SlotTable& table) : m_table(table) {}

    /// False when the name or the process is taken, the process is dead, or the name is
    /// `undefined`.
    template<class Done>
    [[nodiscard]] bool add(term::Atom name, Pid pid, Done&& done)
    {
        const base::MutexLock lock(m_mutex);
        if (!tryAdd(name, pid))
            return false;
        done();
        return true;
    }
    /// Calls `done(Pid)` with whose name it was. False when it was nobody's.
    template<class Done>
    [[nodiscard]] bool remove(term::Atom name, Done&& done)
    {
        const base::MutexLock lock(m_mutex);
        const std::optional<Pid> pid = tryRemove(name);
        if (!pid)
            return false;
        done(*pid);
        return true;
    }
    [[nodiscard]] std::optional<Pid> find(term::Atom name) const;
    /// First step of dying: no name can be given to the process after this. Calls `done(Atom)`
    /// with the name it had, if it had one.
    template<class Done>
    void removeDying(Slot& slot, Done&& done)
    {
        const std::uint8_t before = slot.shared.fetch_or(slotDying); // partner: tryAdd
        if ((before & slotNamed) == 0)
            return;
        const base::MutexLock lock(m_mutex);
        if (const std::optional<term::Atom> name = tryRemoveSlot(slot))
            done(*name);
    }
    /// The name of the process in `slot`. \pre the caller runs it, or nothing runs.
    [[nodiscard]] std::optional<term::Atom> nameOf(const Slot& slot) const;

private:
    bool tryAdd(term::Atom name, Pid pid) EXITWAVE_REQUIRES(m_mutex);
    std::optional<Pid> tryRemove(term::Atom name) EXITWAVE_REQUIRES(m_mutex);
    std::optional<term::Atom> tryRemoveSlot(Slot& slot) EXITWAVE_REQUIRES(m_mutex);

    SlotTable& m_table;
    mutable base::Mutex m_mutex;
    std::unordered_map<term::Atom, Pid> m_pids EXITWAVE_GUARDED_BY(m_mutex);
    std::unordered_map<std::uint32_t, term::Atom> m_names EXITWAVE_GUARDED_BY(m_mutex); // by index
};

} // namespace exitwave::actor
