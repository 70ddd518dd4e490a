// Timeline: every event of a trace, and the way to any of its moments.
#pragma once

#include "gui/graph/graph_delta.h"
#include "gui/graph/process_graph.h"
#include "runtime/base/clock.h"
#include "runtime/trace/event.h"
#include "runtime/trace/event_source.h"
#include "runtime/trace/term_table.h"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace exitwave::graph {

/// The event log, append-only, with its terms and key frames. A position is a count of applied
/// events: 0 is before the first event, size() after the last. Thread: one owner (GUI thread). A
/// key frame (a copy of the graph) is made when the events since the last exceed 8 times its node
/// count and at least 4096, so memory and seek cost stay proportional to the state.
class Timeline
{
public:
    /// Takes what a source delivered. Events whose time goes backwards (a broken foreign source)
    /// are raised to the last time and counted.
    void append(const trace::Batch& batch);

    [[nodiscard]] std::size_t size() const { return m_events.size(); }
    [[nodiscard]] const trace::Event& event(std::size_t index) const { return m_events[index]; }
    [[nodiscard]] std::span<const trace::Event> events() const { return m_events; }
    [[nodiscard]] const trace::TermTable& terms() const { return m_terms; }
    [[nodiscard]] base::Timestamp beginTime() const; ///< of the first event; 0 when empty
    [[nodiscard]] base::Timestamp endTime() const; ///< of the last event; 0 when empty
    /// Number of events at or before `time`: the position that shows that moment.
    [[nodiscard]] std::size_t positionAt(base::Timestamp time) const;
    /// Indices of ProcessExited events that are crashes (uncaught error or throw, or own abnormal
    /// exit), ascending.
    [[nodiscard]] const std::vector<std::size_t>& crashes() const { return m_crashes; }
    /// Indices of Loss events, ascending.
    [[nodiscard]] const std::vector<std::size_t>& losses() const { return m_losses; }
    /// Position right after the next / previous crash relative to `position`; nullopt when there is
    /// none.
    [[nodiscard]] std::optional<std::size_t> nextCrash(std::size_t position) const;
    [[nodiscard]] std::optional<std::size_t> previousCrash(std::size_t position) const;

    /// Rows of the density strip.
    enum class Row : std::uint8_t { Spawn, Exit, Signal, Message };
    static constexpr std::size_t rowCount = 4;
    using Density = std::vector<std::array<std::uint32_t, rowCount>>;
    /// Events per row in `buckets` equal parts of [from, to). O(buckets * log n) from running
    /// counts, so that painting never scans the log, however long the range. Empty parts when to <=
    /// from.
    [[nodiscard]] Density
    density(base::Timestamp from, base::Timestamp to, std::size_t buckets) const;

    /// The graph after the first `position` events: nearest key frame, then apply.
    [[nodiscard]] ProcessGraph graphAt(std::size_t position) const;
    [[nodiscard]] std::uint64_t reordered() const { return m_reordered; }

private:
    struct KeyFrame
    {
        std::size_t position = 0;
        ProcessGraph graph;
    };
    friend class Replay;
    [[nodiscard]] const KeyFrame* keyFrameBefore(std::size_t position) const;
    /// Events per row among the first `position`.
    using Counts = std::array<std::uint64_t, rowCount>;
    [[nodiscard]] Counts countsBefore(std::size_t position) const;
    void appendEvent(trace::Event event);
    void keepKeyFrame();

    std::vector<trace::Event> m_events;
    trace::TermTable m_terms;
    std::vector<KeyFrame> m_keyFrames; // ascending
    static constexpr std::size_t countsEvery = 128;
    std::vector<Counts> m_counts; // entry k: countsBefore(k * countsEvery)
    Counts m_runningCounts{};
    GraphDelta m_scratch; // what m_head changed; nobody asks
    ProcessGraph m_head; // state at size(): source of key frames
    std::vector<std::size_t> m_crashes;
    std::vector<std::size_t> m_losses;
    std::uint64_t m_reordered = 0;
};

} // namespace exitwave::graph
