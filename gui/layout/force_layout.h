// ForceLayout: processes as discs that keep their distance, held together by who started whom.
#pragma once

#include "gui/layout/layout.h"

#include <memory>

namespace exitwave::layout {

/// Forces act on the skeleton only: the processes that started others. Leaves stand in stable slots
/// around their parent. The start is a nested circle packing; every body has its own temperature,
/// so a change warms its neighbourhood and the rest stays where it is. Links pull trees together.
/// Freezes: when everything is cold, step() returns false and costs nothing.
/// Thread: one at a time (the layout worker). Deterministic: the work done per step depends on the
/// budget asked for and the number of bodies, never on the clock.
class ForceLayout final : public Layout
{
public:
    ForceLayout();
    ~ForceLayout() override;

    void reset(const Topology& topology, std::span<const std::optional<Point>> remembered) override;
    void apply(const TopologyChange& change) override;
    bool step(std::chrono::microseconds budget) override;
    [[nodiscard]] std::span<const Point> positions() const override;
    void pin(NodeIndex node, std::optional<Point> at) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace exitwave::layout
