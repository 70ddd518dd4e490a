// LayoutWorker: runs a Layout on a thread of its own; changes go in, positions come out.
#pragma once

#include "gui/layout/layout.h"

#include <functional>
#include <memory>
#include <vector>

namespace exitwave::layout {

/// Owns one thread and the layout on it. While something moves it steps about 60 times a second;
/// when all is still the thread sleeps.
///
///   owner: reset/apply/pin --queue--> worker: Layout --front/back buffer--> owner: takePositions
///
/// It remembers where every node of the trace last stood, so that rewinding and going forward again
/// shows each process at the same place; forget() starts a new trace.
/// Thread: all functions are called by the owner (GUI thread); `wake` is called on the worker.
class LayoutWorker
{
public:
    /// Called when new positions can be taken, or settled() became true. Must return at once (post
    /// to the owner's loop) and must not call the worker.
    using Wake = std::function<void()>;

    /// \pre layout is not null.
    explicit LayoutWorker(std::unique_ptr<Layout> layout, Wake wake = {});
    LayoutWorker(const LayoutWorker&) = delete;
    LayoutWorker& operator=(const LayoutWorker&) = delete;
    /// Stops and joins the thread.
    ~LayoutWorker();

    /// Starts over with `topology` (after a seek): nodes seen before stand where they stood.
    void reset(Topology topology);
    /// What was born, died or was linked since the last reset or apply.
    void apply(TopologyChange change);
    void pin(NodeIndex node, std::optional<Point> at);
    /// Another algorithm for the same nodes. Remembered places are dropped, pins stay.
    void setLayout(std::unique_ptr<Layout> layout);
    /// Another trace: drops all nodes, places and pins.
    void forget();

    /// Swaps the newest positions (by NodeIndex) into `out`. False, leaving `out` alone, when there
    /// are none since the last take.
    bool takePositions(std::vector<Point>& out);
    /// True when all that was posted is done, nothing moves and the newest positions were
    /// published. For screenshots and tests; take the positions after it turned true.
    [[nodiscard]] bool settled() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace exitwave::layout
