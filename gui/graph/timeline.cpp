#include "gui/graph/timeline.h"

#include <algorithm>

namespace exitwave::graph {

namespace {

constexpr std::size_t keyFrameMinimum = 4096;
constexpr std::size_t keyFramePerNode = 8;
constexpr std::size_t noRow = Timeline::rowCount;

std::size_t rowOf(trace::EventType type)
{
    switch (type) {
    case trace::EventType::ProcessSpawned:
        return static_cast<std::size_t>(Timeline::Row::Spawn);
    case trace::EventType::ProcessExited:
        return static_cast<std::size_t>(Timeline::Row::Exit);
    case trace::EventType::ExitSignalSent:
        return static_cast<std::size_t>(Timeline::Row::Signal);
    case trace::EventType::MessageSent:
        return static_cast<std::size_t>(Timeline::Row::Message);
    default:
        return noRow;
    }
}

bool isBefore(const trace::Event& event, base::Timestamp time)
{
    return event.time < time;
}

} // namespace

void Timeline::append(const trace::Batch& batch)
{
    m_terms.add(batch.terms);
    for (const trace::Event& event : batch.events)
        appendEvent(event);
}

void Timeline::appendEvent(trace::Event event)
{
    if (event.time < endTime()) {
        event.time = endTime();
        ++m_reordered;
    }
    if (m_events.size() % countsEvery == 0)
        m_counts.push_back(m_runningCounts);
    if (const std::size_t row = rowOf(event.type); row != noRow)
        ++m_runningCounts[row];

    const std::uint32_t crashesBefore = m_head.crashCount();
    m_scratch.clear();
    m_head.apply(event, m_terms, m_scratch);
    if (m_head.crashCount() != crashesBefore)
        m_crashes.push_back(m_events.size());
    if (event.type == trace::EventType::Loss)
        m_losses.push_back(m_events.size());
    m_events.push_back(event);
    keepKeyFrame();
}

void Timeline::keepKeyFrame()
{
    const std::size_t last = m_keyFrames.empty() ? 0 : m_keyFrames.back().position;
    const std::size_t since = m_events.size() - last;
    if (since >= keyFrameMinimum && since > keyFramePerNode * m_head.size())
        m_keyFrames.push_back({m_events.size(), m_head});
}

base::Timestamp Timeline::beginTime() const
{
    return m_events.empty() ? base::Timestamp{} : m_events.front().time;
}

base::Timestamp Timeline::endTime() const
{
    return m_events.empty() ? base::Timestamp{} : m_events.back().time;
}

std::size_t Timeline::positionAt(base::Timestamp time) const
{
    const auto after = std::upper_bound(
        m_events.begin(), m_events.end(), time, [](base::Timestamp t, const trace::Event& event) {
            return t < event.time;
        });
    return static_cast<std::size_t>(after - m_events.begin());
}

std::optional<std::size_t> Timeline::nextCrash(std::size_t position) const
{
    // The position right after crash i is i + 1: look for the first i >= position.
    const auto next = std::lower_bound(m_crashes.begin(), m_crashes.end(), position);
    if (next == m_crashes.end())
        return std::nullopt;
    return *next + 1;
}

std::optional<std::size_t> Timeline::previousCrash(std::size_t position) const
{
    // The last i with i + 1 < position.
    const auto end
        = std::lower_bound(m_crashes.begin(), m_crashes.end(), position == 0 ? 0 : position - 1);
    if (end == m_crashes.begin())
        return std::nullopt;
    return *(end - 1) + 1;
}

Timeline::Counts Timeline::countsBefore(std::size_t position) const
{
    if (position == m_events.size())
        return m_runningCounts;
    Counts counts = m_counts[position / countsEvery];
    for (std::size_t i = position / countsEvery * countsEvery; i < position; ++i) {
        if (const std::size_t row = rowOf(m_events[i].type); row != noRow)
            ++counts[row];
    }
    return counts;
}

Timeline::Density
Timeline::density(base::Timestamp from, base::Timestamp to, std::size_t buckets) const
{
    Density density(buckets);
    if (buckets == 0 || to <= from)
        return density;
    // Unsigned, because a hostile trace may span more than 2^63 ns.
    const std::uint64_t range
        = static_cast<std::uint64_t>(to.ns) - static_cast<std::uint64_t>(from.ns);
    const std::uint64_t whole = range / buckets;
    const std::uint64_t rest = range % buckets;
    auto at = std::lower_bound(m_events.begin(), m_events.end(), from, isBefore);
    Counts before = countsBefore(static_cast<std::size_t>(at - m_events.begin()));
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
        const std::uint64_t part = bucket + 1;
        const std::uint64_t edge
            = static_cast<std::uint64_t>(from.ns) + whole * part + rest * part / buckets;
        const base::Timestamp end{bucket + 1 == buckets ? to.ns : static_cast<std::int64_t>(edge)};
        at = std::lower_bound(at, m_events.end(), end, isBefore);
        const Counts until = countsBefore(static_cast<std::size_t>(at - m_events.begin()));
        for (std::size_t row = 0; row < rowCount; ++row)
            density[bucket][row] = static_cast<std::uint32_t>(until[row] - before[row]);
        before = until;
    }
    return density;
}

const Timeline::KeyFrame* Timeline::keyFrameBefore(std::size_t position) const
{
    const auto after = std::upper_bound(
        m_keyFrames.begin(), m_keyFrames.end(), position, [](std::size_t p, const KeyFrame& frame) {
            return p < frame.position;
        });
    return after == m_keyFrames.begin() ? nullptr : &*(after - 1);
}

ProcessGraph Timeline::graphAt(std::size_t position) const
{
    position = std::min(position, size());
    if (position == size())
        return m_head;
    const KeyFrame* frame = keyFrameBefore(position);
    ProcessGraph graph = frame != nullptr ? frame->graph : ProcessGraph{};
    GraphDelta scratch;
    for (std::size_t i = frame != nullptr ? frame->position : 0; i < position; ++i) {
        scratch.clear();
        graph.apply(m_events[i], m_terms, scratch);
    }
    return graph;
}

} // namespace exitwave::graph
