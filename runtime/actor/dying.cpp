// The death of a process, step by step (SEMANTICS.md, section 3).
#include "runtime/actor/core.h"
#include "runtime/actor/worker.h"

#include <algorithm>

namespace exitwave::actor {

using trace::EventType;

namespace {
/// Others can go on with those who were told already while the rest are told.
constexpr std::uint32_t signalsPerRelief = 256;
} // namespace

void Worker::die(std::uint32_t index, Slot& slot, Pid pid)
{
    const PendingExit exit = std::move(m_exit);
    m_exit = {};
    Signal* rest = std::exchange(m_rest, nullptr);
    Signal* held = slot.extra ? std::exchange(slot.extra->held, nullptr) : nullptr;

    announceDeath(pid, exit);
    delete std::exchange(slot.body, nullptr); // timers go with the body

    m_core.registry.removeDying(slot, [&](term::Atom name) {
        observe(); // it may have been registered by another worker
        if (m_lane)
            emit(EventType::NameUnregistered, pid, {}, 0, 0, Term(name), 0);
    });
    Signal* late = slot.inbox.close(pid.generation); // from here on it is not alive

    releaseLinks(slot, pid, exit);
    if (slot.extra)
        releaseMonitors(slot, exit);
    if (rest || held || late)
        observe();
    for (Signal* signals : {rest, held, late}) {
        while (signals) {
            Signal* next = signals->next;
            undeliverable(pid, signals);
            signals = next;
        }
    }
    slot.mailbox.clear();
    const bool root = slot.root;
    m_table.give(m_free, index);
    count(statistics.exited);
    if (root)
        m_core.rootDied();
}

void Worker::announceDeath(Pid pid, const PendingExit& exit)
{
    const bool logged = exit.kind == trace::ExitKind::Error || exit.kind == trace::ExitKind::Throw;
    if (logged) {
        const std::string text = crashText(pid, exit.reason);
        m_core.log->error(text);
        if (m_lane)
            emit(EventType::CrashLogged, pid, {}, 0, 0, Term::binary(text), 0);
    }
    if (!m_lane)
        return;
    obituaries.add(pid, exit.reason);
    emit(EventType::ProcessExited,
         pid,
         {},
         0,
         exit.cause,
         exit.reason,
         static_cast<std::uint8_t>(exit.kind));
}

/// Each half goes to the other side as the exit signal.
void Worker::releaseLinks(Slot& slot, Pid pid, const PendingExit& exit)
{
    const std::uint32_t links = slot.links.size();
    for (std::uint32_t i = 0; i < links; ++i) {
        Signal& half = *slot.links.at(i).half;
        const Pid peer = otherHalf(half).from;
        half.position = noPosition;
        half.kind = SignalKind::LinkExit;
        half.how = static_cast<std::uint8_t>(trace::SignalOrigin::Link);
        half.term = exit.reason;
        half.id = nextId();
        if (m_lane)
            emit(EventType::ExitSignalSent, pid, peer, half.id, exit.cause, half.term, half.how);
        send(peer, &half);
        if ((i + 1) % signalsPerRelief == 0)
            m_core.scheduler->relieve(*this);
    }
    reductionsUsed += static_cast<int>(links);
    slot.links.clear();
}

void Worker::releaseMonitors(Slot& slot, const PendingExit& exit)
{
    SlotExtra& extra = *slot.extra;
    // DOWN signals in the order in which the monitors were made.
    m_watchers.clear();
    for (std::uint32_t i = 0; i < extra.watchers.size(); ++i)
        m_watchers.push_back(extra.watchers.at(i));
    std::sort(m_watchers.begin(), m_watchers.end(), [](const auto& a, const auto& b) {
        return a.key < b.key;
    });
    std::uint32_t told = 0;
    for (const BondTable::Entry& entry : m_watchers) {
        Signal& half = *entry.half;
        half.position = noPosition;
        half.kind = SignalKind::Down;
        half.term = exit.reason;
        send(otherHalf(half).from, &half);
        if (++told % signalsPerRelief == 0)
            m_core.scheduler->relieve(*this);
    }
    reductionsUsed += static_cast<int>(told + extra.monitors.size());
    // Whom it monitored need not tell it any more.
    for (std::uint32_t i = 0; i < extra.monitors.size(); ++i) {
        Signal& half = *extra.monitors.at(i).half;
        half.position = noPosition;
        half.kind = SignalKind::Demonitor;
        send(otherHalf(half).from, &half);
    }
    poolDelete(std::exchange(slot.extra, nullptr));
}

} // namespace exitwave::actor
