// GraphDelta: what a run of events changed in a ProcessGraph, for layout, scene and item models.
#pragma once

#include "runtime/base/clock.h"
#include "runtime/trace/event.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace exitwave::graph {

/// Dense index of a process in its ProcessGraph; never reused within a trace, so it also keys
/// positions and table rows.
using NodeIndex = std::uint32_t;
inline constexpr NodeIndex noNode = std::numeric_limits<NodeIndex>::max();

/// Changes in the order they happened. A value: filled by apply, handed on, cleared.
struct GraphDelta
{
    /// True after a seek: forget what you know and read the graph afresh (the lists below are then
    /// empty).
    bool reset = false;
    std::vector<NodeIndex> born; ///< new nodes, ascending
    std::vector<NodeIndex> changed; ///< name, trap_exit, counters; may repeat
    std::vector<NodeIndex> died;
    struct Link
    {
        NodeIndex a = noNode;
        NodeIndex b = noNode;
        bool present = false;
    };
    std::vector<Link> links; ///< link edges that appeared or vanished
    struct MonitorEdge
    {
        NodeIndex from = noNode;
        NodeIndex to = noNode;
        bool present = false;
    };
    std::vector<MonitorEdge> monitors;
    /// What the canvas plays: exit signals and deaths, with the trace's times.
    struct Moment
    {
        enum class What : std::uint8_t {
            Crash,
            Death,
            SignalSent,
            SignalLanded,
            ExitMessage,
            Message
        };
        What what{};
        NodeIndex node = noNode; ///< who died, received or sent
        NodeIndex peer = noNode; ///< the other end of a signal
        trace::SignalId signal;
        trace::SignalId cause;
        trace::TermId reason;
        base::Timestamp time;
    };
    std::vector<Moment> moments;

    [[nodiscard]] bool empty() const
    {
        return !reset && born.empty() && changed.empty() && died.empty() && links.empty()
            && monitors.empty() && moments.empty();
    }
    /// Empties it; keeps the memory, because a delta is filled again and again.
    void clear();
    /// Appends a later delta. A reset swallows what came before it.
    void append(const GraphDelta& later);
};

} // namespace exitwave::graph
