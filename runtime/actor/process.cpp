// Making, looking at and dropping processes.
#include "runtime/actor/process.h"

#include "runtime/actor/core.h"

#include <algorithm>
#include <utility>

namespace exitwave::actor {

void prepareSlot(Slot& slot, Resumable* body)
{
    slot.shared.store(0, std::memory_order_relaxed);
    slot.backlog.store(0, std::memory_order_relaxed);
    slot.trapExit = false;
    slot.root = false;
    slot.doubleLinks = false;
    slot.awake = true; // it has its whole program to run
    slot.body = body;
}

SlotExtra& extraOf(Slot& slot)
{
    if (!slot.extra)
        slot.extra = poolNew<SlotExtra>();
    return *slot.extra;
}

ProcessInfo infoOf(SystemCore& core, Slot& slot, Pid pid)
{
    ProcessInfo info;
    info.pid = pid;
    info.alive = true;
    info.trapExit = slot.trapExit;
    info.registeredName = core.registry.nameOf(slot);
    for (std::uint32_t i = 0; i < slot.links.size(); ++i)
        info.links.push_back(otherHalf(*slot.links.at(i).half).from);
    std::sort(info.links.begin(), info.links.end());
    info.links.erase(std::unique(info.links.begin(), info.links.end()), info.links.end());
    if (slot.extra) {
        for (std::uint32_t i = 0; i < slot.extra->monitors.size(); ++i) {
            const BondTable::Entry entry = slot.extra->monitors.at(i);
            ProcessInfo::Monitor monitor{Ref{entry.key}, otherHalf(*entry.half).from, {}};
            if (entry.half->term.isTuple(2))
                monitor.name = entry.half->term.elements()[0].asAtom();
            info.monitors.push_back(monitor);
        }
        std::sort(info.monitors.begin(), info.monitors.end(), [](const auto& a, const auto& b) {
            return a.ref < b.ref;
        });
        for (std::uint32_t i = 0; i < slot.extra->watchers.size(); ++i)
            info.monitoredBy.push_back(otherHalf(*slot.extra->watchers.at(i).half).from);
        std::sort(info.monitoredBy.begin(), info.monitoredBy.end());
    }
    for (const Signal* message = slot.mailbox.first(); message; message = message->next)
        info.messages.push_back(message->term);
    return info;
}

namespace {

void dropSignals(Signal* signal)
{
    while (signal) {
        Signal* next = signal->next;
        freeSignal(signal);
        signal = next;
    }
}

void dropTable(BondTable& table)
{
    for (std::uint32_t i = 0; i < table.size(); ++i)
        freeSignal(table.at(i).half);
    table.clear();
}

} // namespace

void dropProcess(Slot& slot, Pid pid)
{
    delete std::exchange(slot.body, nullptr);
    dropSignals(slot.inbox.close(pid.generation));
    slot.mailbox.clear();
    dropTable(slot.links);
    if (slot.extra) {
        dropTable(slot.extra->monitors);
        dropTable(slot.extra->watchers);
        dropSignals(slot.extra->held);
        poolDelete(std::exchange(slot.extra, nullptr));
    }
}

} // namespace exitwave::actor
