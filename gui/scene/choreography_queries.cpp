// What a Choreography shows at a moment: pure functions of time.
#include "gui/scene/choreography.h"

#include <algorithm>

namespace exitwave::scene {

bool Choreography::animating(FrameTime now) const
{
    return now < m_quietAt;
}

bool Choreography::deathShown(NodeIndex node, FrameTime now) const
{
    const auto ending = m_endings.find(node);
    return ending == m_endings.end() || ending->second.at <= now;
}

std::optional<FrameTime> Choreography::deathTime(NodeIndex node) const
{
    const auto ending = m_endings.find(node);
    if (ending == m_endings.end())
        return std::nullopt;
    return ending->second.at;
}

std::uint32_t Choreography::exitMessagesToCome(NodeIndex node, FrameTime now) const
{
    return static_cast<std::uint32_t>(
        std::count_if(m_arrivals.begin(), m_arrivals.end(), [&](const Arrival& arrival) {
            return arrival.node == node && arrival.at > now;
        }));
}

std::vector<Choreography::Bead>
Choreography::beads(const graph::ProcessGraph& graph, base::Timestamp playhead, FrameTime now) const
{
    std::vector<Bead> result;
    for (const std::uint64_t id : m_travelOrder) {
        const Travel& travel = m_travels.at(id);
        if (!travel.shown || !travel.landed || now >= travel.arrival)
            continue;
        Bead bead = travel.bead;
        bead.started = now >= travel.start;
        const float way = progress(travel.start, travel.arrival - travel.start, now);
        bead.fraction = travel.startFraction + (1.0F - travel.startFraction) * way;
        result.push_back(bead);
    }
    std::vector<graph::SignalInFlight> flights = graph.signalsInFlight();
    std::sort(
        flights.begin(), flights.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    for (const graph::SignalInFlight& flight : flights) {
        if (result.size() >= maxEffects)
            break;
        Travel travel;
        const auto known = m_travels.find(flight.id.value);
        if (known != m_travels.end()) {
            travel = known->second;
        } else {
            // Found in flight after a seek: it stands where it is.
            travel.bead = {flight.id, flight.from, flight.to, flight.reason, flight.origin};
            travel.sentAt = flight.sentAt;
            travel.start = now + base::Duration{-hop.ns};
        }
        if (travel.landed)
            continue; // already above
        Bead bead = travel.bead;
        bead.started = now >= travel.start;
        bead.fraction = flightFraction(travel, playhead, now);
        result.push_back(bead);
    }
    return result;
}

std::vector<Choreography::Trail> Choreography::trails(FrameTime now) const
{
    std::vector<Trail> result;
    for (const std::uint64_t id : m_travelOrder) {
        const Travel& travel = m_travels.at(id);
        if (!travel.shown || !travel.landed || m_reducedMotion || now < travel.arrival)
            continue;
        const float part = progress(travel.arrival, trailLength, now);
        if (part < 1.0F)
            result.push_back({travel.bead.from, travel.bead.to, 1.0F - part});
    }
    return result;
}

std::vector<Choreography::Flash> Choreography::flashes(FrameTime now) const
{
    std::vector<Flash> result;
    for (const auto& [node, ending] : m_endings) {
        const float part = progress(ending.at, flashLength, now);
        if (ending.flash && now >= ending.at && part < 1.0F)
            result.push_back({node, part});
    }
    return result;
}

std::vector<Choreography::Landing> Choreography::landings(FrameTime now) const
{
    std::vector<Landing> result;
    for (const Arrival& arrival : m_arrivals) {
        const float caption = progress(arrival.at, captionLength, now);
        if (now < arrival.at || caption >= 1.0F)
            continue;
        const float pulse = m_reducedMotion ? 1.0F : progress(arrival.at, pulseLength, now);
        result.push_back({arrival.node, arrival.from, arrival.reason, pulse, caption});
    }
    return result;
}

std::vector<Choreography::Dart> Choreography::darts(FrameTime now) const
{
    std::vector<Dart> result;
    for (const Flight& flight : m_messages) {
        const float part = progress(flight.at, messageLength, now);
        if (now >= flight.at && part < 1.0F)
            result.push_back({flight.from, flight.to, part});
    }
    return result;
}

} // namespace exitwave::scene
