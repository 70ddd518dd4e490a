// Replay: a playhead on a Timeline and the graph it shows. Live view, replay and scrubbing are all
// this.
#pragma once

#include "gui/graph/process_graph.h"
#include "gui/graph/timeline.h"

#include <cstddef>

namespace exitwave::graph {

/// Thread: the owner of the timeline, which must outlive it.
class Replay
{
public:
    explicit Replay(const Timeline& timeline) : m_timeline(timeline) {}

    [[nodiscard]] const ProcessGraph& graph() const { return m_graph; }
    [[nodiscard]] std::size_t position() const { return m_position; }
    [[nodiscard]] bool atEnd() const { return m_position == m_timeline.size(); }
    /// Moves to `position` (clamped to the timeline). Forward by applying, as far as that is
    /// cheaper than a key frame; otherwise from a key frame, and `delta.reset` says so. `delta` is
    /// appended to.
    void seek(std::size_t position, GraphDelta& delta);
    /// Applies at most `count` following events; returns how many.
    std::size_t advance(std::size_t count, GraphDelta& delta);

private:
    const Timeline& m_timeline;
    ProcessGraph m_graph;
    std::size_t m_position = 0;
};

} // namespace exitwave::graph
