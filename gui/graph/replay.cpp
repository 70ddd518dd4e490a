#include "gui/graph/replay.h"

#include <algorithm>

namespace exitwave::graph {

void Replay::seek(std::size_t position, GraphDelta& delta)
{
    position = std::min(position, m_timeline.size());
    if (position >= m_position) {
        const std::size_t ahead = position - m_position;
        // Where a copy could start: the end of the timeline, or the last key frame before the
        // target.
        std::size_t start = position;
        std::size_t nodes = m_timeline.m_head.size();
        if (position != m_timeline.size()) {
            const Timeline::KeyFrame* frame = m_timeline.keyFrameBefore(position);
            start = frame != nullptr ? frame->position : 0;
            nodes = frame != nullptr ? frame->graph.size() : 0;
        }
        // Copying a node costs about as much as applying an event. Few events are always applied:
        // views like to see them happen.
        constexpr std::size_t few = 4096;
        if (start <= m_position || ahead <= few || ahead <= nodes + (position - start)) {
            advance(ahead, delta);
            return;
        }
    }
    m_graph = m_timeline.graphAt(position);
    m_position = position;
    delta.clear();
    delta.reset = true;
}

std::size_t Replay::advance(std::size_t count, GraphDelta& delta)
{
    const std::size_t end = m_position + std::min(count, m_timeline.size() - m_position);
    const std::size_t before = m_position;
    while (m_position < end)
        m_graph.apply(m_timeline.event(m_position++), m_timeline.terms(), delta);
    return m_position - before;
}

} // namespace exitwave::graph
