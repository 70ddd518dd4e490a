// The part of ProcessGraph that follows messages, exit signals and the deaths they cause.
#include "gui/graph/process_graph.h"
#include "runtime/term/exit_reason.h"

#include <algorithm>

namespace exitwave::graph {

using trace::Event;
using trace::EventType;
using Moment = GraphDelta::Moment;

void ProcessGraph::message(const Event& event, GraphDelta& delta)
{
    const NodeIndex self = ensure(event.process, event.time, delta);
    const NodeIndex peer = ensure(event.peer, event.time, delta);
    if (event.type == EventType::MessageSent) {
        // Sender 0 is a person with a watcher's command.
        if (self != noNode) {
            ++m_nodes[self].messagesSent;
            delta.changed.push_back(self);
        }
        if (peer != noNode && m_nodes[peer].alive) {
            ++m_nodes[peer].messagesArrived;
            delta.changed.push_back(peer);
        }
        delta.moments.push_back(
            {Moment::What::Message, self, peer, event.signal(), {}, event.term, event.time});
        return;
    }
    if (self == noNode || !m_nodes[self].alive) {
        ++m_contradictions;
        return;
    }
    ProcessNode& node = m_nodes[self];
    ++node.messagesReceived;
    // A timer's message has no sending; others may have been sent before the trace began.
    node.messagesArrived = std::max(node.messagesArrived, node.messagesReceived);
    delta.changed.push_back(self);
}

void ProcessGraph::signalSent(const Event& event, GraphDelta& delta)
{
    const NodeIndex from = ensure(event.process, event.time, delta);
    const NodeIndex to = ensure(event.peer, event.time, delta);
    if (to == noNode || event.id == 0 || m_signalEntries.count(event.id) != 0) {
        ++m_contradictions; // to nobody, without an identity, or sent twice
        return;
    }
    if (m_signals.size() >= std::max(signalsInFlightKept, 4 * m_nodes.size()))
        forgetOldFlights();
    SignalEntry entry;
    entry.record.from = from;
    entry.record.to = to;
    entry.record.reason = event.term;
    entry.record.cause = event.cause;
    entry.record.origin = event.howAs<trace::SignalOrigin>();
    entry.slot = static_cast<std::uint32_t>(m_signals.size());
    m_signals.push_back({event.signal(), from, to, event.term, entry.record.origin, event.time});
    m_signalEntries.emplace(event.id, entry);
    delta.moments.push_back(
        {Moment::What::SignalSent, from, to, event.signal(), event.cause, event.term, event.time});
}

/// Takes a signal out of flight; the last one takes its slot.
void ProcessGraph::landFlight(SignalEntry& entry)
{
    if (entry.slot == notInFlight)
        return;
    const std::uint32_t slot = entry.slot;
    entry.slot = notInFlight;
    if (slot + 1 != m_signals.size()) {
        m_signals[slot] = m_signals.back();
        m_signalEntries[m_signals[slot].id.value].slot = slot;
    }
    m_signals.pop_back();
}

/// Only when deliveries were lost: so many signals are never in flight at once.
void ProcessGraph::forgetOldFlights()
{
    std::sort(m_signals.begin(), m_signals.end(), [](const auto& a, const auto& b) {
        return a.sentAt != b.sentAt ? a.sentAt < b.sentAt : a.id < b.id;
    });
    const std::size_t half = m_signals.size() / 2;
    for (std::size_t i = 0; i < half; ++i)
        m_signalEntries.erase(m_signals[i].id.value);
    m_signals.erase(m_signals.begin(), m_signals.begin() + static_cast<std::ptrdiff_t>(half));
    for (std::size_t i = 0; i < m_signals.size(); ++i)
        m_signalEntries[m_signals[i].id.value].slot = static_cast<std::uint32_t>(i);
    m_contradictions += half;
}

/// The record of a signal that was just handled, made up from its handling when its sending was not
/// recorded.
ProcessGraph::SignalEntry&
ProcessGraph::signalHandled(const Event& event, NodeIndex to, NodeIndex from)
{
    const auto [place, isNew] = m_signalEntries.try_emplace(event.id);
    SignalEntry& entry = place->second;
    if (isNew) {
        entry.record.from = from;
        entry.record.to = to;
        entry.record.reason = event.term;
        entry.record.inferred = true;
        const bool overLink = from != noNode && (!m_nodes[from].alive || linked(from, to));
        entry.record.origin = overLink ? trace::SignalOrigin::Link : trace::SignalOrigin::ExitCall;
    } else {
        landFlight(entry);
    }
    entry.record.handled = true;
    entry.record.outcome = event.howAs<trace::SignalOutcome>();
    return entry;
}

void ProcessGraph::signalDelivered(const Event& event, GraphDelta& delta)
{
    const NodeIndex to = ensure(event.process, event.time, delta);
    const NodeIndex from = ensure(event.peer, event.time, delta);
    if (to == noNode || event.id == 0) {
        ++m_contradictions;
        return;
    }
    const auto outcome = event.howAs<trace::SignalOutcome>();
    const SignalEntry& entry = signalHandled(event, to, from);
    const auto origin = entry.record.origin;
    const auto cause = entry.record.cause;

    m_handled.push_back(event.id);
    while (m_handled.size() > std::max(handledSignalsKept, m_nodes.size())) {
        const auto oldest = m_signalEntries.find(m_handled.front());
        if (oldest != m_signalEntries.end() && !oldest->second.fatal
            && oldest->second.slot == notInFlight)
            m_signalEntries.erase(oldest);
        m_handled.pop_front();
    }

    ProcessNode& node = m_nodes[to];
    const bool becameMessage = outcome == trace::SignalOutcome::Message && node.alive;
    if (becameMessage) {
        ++node.exitMessages;
        ++node.messagesArrived;
        delta.changed.push_back(to);
    } else if (outcome == trace::SignalOutcome::Noproc && node.alive && node.inferred) {
        die(to, event.time, delta); // it was dead before anything was heard of it
        node.death = Death::Normal;
    } else if (node.alive == (outcome == trace::SignalOutcome::Noproc)) {
        ++m_contradictions; // the dead handle nothing, and only they are no process
    }
    const bool overLink
        = origin == trace::SignalOrigin::Link || origin == trace::SignalOrigin::Noproc;
    if (overLink && from != noNode)
        removeHalf(to, from, delta);
    delta.moments.push_back({becameMessage ? Moment::What::ExitMessage : Moment::What::SignalLanded,
                             to,
                             from,
                             event.signal(),
                             cause,
                             event.term,
                             event.time});
}

void ProcessGraph::exited(const Event& event, const trace::TermTable& terms, GraphDelta& delta)
{
    const NodeIndex index = actor(event, delta);
    if (index == noNode)
        return;
    die(index, event.time, delta);
    const Death death = deathOf(event, index, terms);
    ProcessNode& node = m_nodes[index];
    node.reason = event.term;
    node.cause = event.cause;
    node.exitKind = event.howAs<trace::ExitKind>();
    node.death = death;
    if (death == Death::Crash)
        ++m_crashes;
    NodeIndex killer = noNode;
    if (const auto cause = m_signalEntries.find(event.cause.value);
        cause != m_signalEntries.end()) {
        cause->second.fatal = true;
        landFlight(cause->second); // already done, unless its delivery was lost
        killer = cause->second.record.from;
    }
    delta.moments.push_back({death == Death::Crash ? Moment::What::Crash : Moment::What::Death,
                             index,
                             killer,
                             {},
                             event.cause,
                             event.term,
                             event.time});
}

Death ProcessGraph::deathOf(const Event& event, NodeIndex node, const trace::TermTable& terms)
{
    using trace::ExitKind;
    const bool abnormal = term::isCrash(terms.at(event.term));
    switch (event.howAs<ExitKind>()) {
    case ExitKind::Returned:
        return Death::Normal;
    case ExitKind::ExitCall:
        return abnormal ? Death::Crash : Death::Normal;
    case ExitKind::Error:
    case ExitKind::Throw:
        return Death::Crash;
    case ExitKind::Kill:
        return Death::Killed;
    case ExitKind::Signal: {
        if (!abnormal)
            return Death::Normal;
        const SignalRecord* cause = signal(event.cause);
        if (cause == nullptr || cause->origin == trace::SignalOrigin::Link
            || cause->origin == trace::SignalOrigin::Noproc)
            return Death::Victim;
        return cause->from == node ? Death::Crash
                                   : Death::Killed; // exit(self(), reason) is its own doing
    }
    }
    ++m_contradictions; // a way to die that this version does not know
    return abnormal ? Death::Crash : Death::Normal;
}

} // namespace exitwave::graph
