#include "gui/scene/choreography.h"

#include <algorithm>

namespace exitwave::scene {

namespace {

using Moment = graph::GraphDelta::Moment;

constexpr base::Duration halfHop{Choreography::hop.ns / 2};

base::Duration scaled(base::Duration length, float part)
{
    return {static_cast<std::int64_t>(static_cast<double>(length.ns) * part)};
}

} // namespace

void Choreography::clear()
{
    m_travels.clear();
    m_travelOrder.clear();
    m_endings.clear();
    m_arrivals.clear();
    m_messages.clear();
    m_active = 0;
    m_skipped = 0;
    m_quietAt = {};
}

void Choreography::apply(const graph::GraphDelta& delta,
                         const graph::ProcessGraph& graph,
                         FrameTime now)
{
    m_hopDelay = graph.hopDelay();
    if (delta.reset) {
        clear();
        return;
    }
    if (delta.moments.empty())
        return;
    forgetPast(now);
    for (const Moment& moment : delta.moments) {
        switch (moment.what) {
        case Moment::What::SignalSent:
            signalSent(moment, graph, now);
            break;
        case Moment::What::SignalLanded:
            signalLanded(moment, now);
            break;
        case Moment::What::ExitMessage:
            exitMessage(moment, now);
            break;
        case Moment::What::Crash:
        case Moment::What::Death:
            ended(moment, now);
            break;
        case Moment::What::Message:
            messageSent(moment, now);
            break;
        }
    }
}

/// Not before the cause has arrived, but never too far behind the playhead.
FrameTime Choreography::afterCause(trace::SignalId cause, FrameTime now) const
{
    const auto travel = m_travels.find(cause.value);
    if (cause.value == 0 || travel == m_travels.end() || !travel->second.landed)
        return now;
    return std::clamp(travel->second.arrival, now, now + maxLag);
}

void Choreography::signalSent(const Moment& moment, const graph::ProcessGraph& graph, FrameTime now)
{
    if (m_travels.size() >= maxPending) {
        ++m_skipped;
        return;
    }
    Travel travel;
    travel.bead.signal = moment.signal;
    travel.bead.from = moment.node;
    travel.bead.to = moment.peer;
    travel.bead.reason = moment.reason;
    if (const auto* record = graph.signal(moment.signal))
        travel.bead.origin = record->origin;
    travel.sentAt = moment.time;
    travel.start = m_reducedMotion ? now : afterCause(moment.cause, now);
    travel.arrival = travel.start + hop;
    travel.shown = roomForEffect();
    movesUntil(travel.start + halfHop);
    if (m_travels.emplace(moment.signal.value, travel).second)
        m_travelOrder.push_back(moment.signal.value);
}

/// How far a signal that has not landed is: by the clock of the trace when that tells, else on its
/// way to the middle of the link, where it waits.
float Choreography::flightFraction(const Travel& travel,
                                   base::Timestamp playhead,
                                   FrameTime now) const
{
    if (m_hopDelay > 0) {
        const double part
            = static_cast<double>((playhead - travel.sentAt).ns) / static_cast<double>(m_hopDelay);
        return static_cast<float>(std::clamp(part, 0.0, 1.0));
    }
    if (m_reducedMotion)
        return 0.5F;
    return 0.5F * progress(travel.start, halfHop, now);
}

void Choreography::land(Travel& travel, base::Timestamp landedAt, FrameTime now)
{
    travel.startFraction = travel.start > now ? 0.0F : flightFraction(travel, landedAt, now);
    travel.start = std::max(travel.start, now);
    travel.arrival = travel.start + scaled(hop, 1.0F - travel.startFraction);
    if (m_reducedMotion || travel.arrival > now + maxLag)
        travel.arrival = m_reducedMotion ? now : now + maxLag;
    travel.start = std::min(travel.start, travel.arrival);
    travel.landed = true;
    if (!m_reducedMotion)
        movesUntil(travel.arrival + trailLength);
}

/// Returns when the signal is seen to arrive.
FrameTime Choreography::signalLanded(const Moment& moment, FrameTime now)
{
    const auto found = m_travels.find(moment.signal.value);
    if (found != m_travels.end()) {
        if (!found->second.landed)
            land(found->second, moment.time, now);
        return found->second.arrival;
    }
    return now; // sent before the last seek
}

void Choreography::ended(const Moment& moment, FrameTime now)
{
    FrameTime at = now;
    const auto cause = m_travels.find(moment.cause.value);
    if (moment.cause.value != 0 && cause != m_travels.end()) {
        if (!cause->second.landed)
            land(cause->second, moment.time, now);
        at = std::max(now, cause->second.arrival);
    }
    if (m_endings.size() >= maxPending) {
        ++m_skipped;
        return;
    }
    const bool flash = moment.what == Moment::What::Crash && !m_reducedMotion && roomForEffect();
    m_endings[moment.node] = {at, flash};
    movesUntil(flash ? at + flashLength : at);
}

void Choreography::exitMessage(const Moment& moment, FrameTime now)
{
    const FrameTime at = signalLanded(moment, now);
    if (!roomForEffect())
        return;
    m_arrivals.push_back({moment.node, moment.peer, moment.reason, at});
    movesUntil(at + captionLength);
}

void Choreography::messageSent(const Moment& moment, FrameTime now)
{
    if (!m_showMessages || m_reducedMotion || moment.node == graph::noNode
        || moment.peer == graph::noNode || !roomForEffect())
        return;
    m_messages.push_back({moment.node, moment.peer, now});
    movesUntil(now + messageLength);
}

bool Choreography::roomForEffect()
{
    if (m_active >= maxEffects) {
        ++m_skipped;
        return false;
    }
    ++m_active;
    return true;
}

void Choreography::movesUntil(FrameTime end)
{
    m_quietAt = std::max(m_quietAt, end);
}

/// Drops what is over, and counts what is left.
void Choreography::forgetPast(FrameTime now)
{
    m_active = 0;
    std::deque<std::uint64_t> kept;
    for (const std::uint64_t id : m_travelOrder) {
        const Travel& travel = m_travels.at(id);
        if (travel.landed && travel.arrival + trailLength < now) {
            m_travels.erase(id);
            continue;
        }
        kept.push_back(id);
        m_active += travel.shown ? 1 : 0;
    }
    m_travelOrder.swap(kept);
    for (auto it = m_endings.begin(); it != m_endings.end();) {
        if (it->second.at + flashLength < now) {
            it = m_endings.erase(it);
            continue;
        }
        m_active += it->second.flash ? 1 : 0;
        ++it;
    }
    const auto over = [now](const Arrival& arrival) { return arrival.at + captionLength < now; };
    m_arrivals.erase(std::remove_if(m_arrivals.begin(), m_arrivals.end(), over), m_arrivals.end());
    const auto passed = [now](const Flight& flight) { return flight.at + messageLength < now; };
    m_messages.erase(std::remove_if(m_messages.begin(), m_messages.end(), passed),
                     m_messages.end());
    m_active += m_arrivals.size() + m_messages.size();
}

} // namespace exitwave::scene
