// Names given and taken under one lock.
#include "runtime/actor/registry.h"

namespace exitwave::actor {

bool Registry::tryAdd(term::Atom name, Pid pid)
{
    if (name == term::atoms::undefined)
        return false;
    if (m_pids.count(name) != 0 || !m_table.isAlive(pid))
        return false;
    Slot& slot = m_table.at(pid.index);
    // Each sees the other's bit or is seen: the exiting process sets slotDying the same way. When
    // the slot has been reused meanwhile, it is the new process that is not alive under `pid`.
    const std::uint8_t before = slot.shared.fetch_or(slotNamed); // partner: removeDying
    if ((before & slotNamed) != 0)
        return false;
    if ((before & slotDying) != 0 || !m_table.isAlive(pid)) {
        slot.shared.fetch_and(static_cast<std::uint8_t>(~slotNamed));
        return false;
    }
    m_pids.emplace(name, pid);
    m_names.emplace(pid.index, name);
    return true;
}

std::optional<Pid> Registry::tryRemove(term::Atom name)
{
    const auto entry = m_pids.find(name);
    if (entry == m_pids.end())
        return std::nullopt;
    const Pid pid = entry->second;
    m_pids.erase(entry);
    m_names.erase(pid.index);
    // A dying process that still has the bit waits for the lock and then finds nothing.
    m_table.at(pid.index).shared.fetch_and(static_cast<std::uint8_t>(~slotNamed));
    return pid;
}

std::optional<Pid> Registry::find(term::Atom name) const
{
    const base::MutexLock lock(m_mutex);
    const auto entry = m_pids.find(name);
    if (entry == m_pids.end())
        return std::nullopt;
    return entry->second;
}

std::optional<term::Atom> Registry::tryRemoveSlot(Slot& slot)
{
    const auto index = static_cast<std::uint32_t>(&slot - &m_table.at(0));
    const auto entry = m_names.find(index);
    if (entry == m_names.end())
        return std::nullopt;
    const term::Atom name = entry->second;
    m_pids.erase(name);
    m_names.erase(entry);
    return name;
}

std::optional<term::Atom> Registry::nameOf(const Slot& slot) const
{
    if ((slot.shared.load() & slotNamed) == 0)
        return std::nullopt;
    const base::MutexLock lock(m_mutex);
    const auto index = static_cast<std::uint32_t>(&slot - &m_table.at(0));
    const auto entry = m_names.find(index);
    if (entry == m_names.end())
        return std::nullopt;
    return entry->second;
}

} // namespace exitwave::actor
