// TreeLayout: who started whom, top down, as a tidy tree.
#pragma once

#include "gui/layout/layout.h"

#include <memory>

namespace exitwave::layout {

/// A tidy tree in linear time. Roots stand side by side; a few leaves stand in a row under their
/// parent, many form a compact fan, and rows that would grow too wide are wrapped, so that the
/// picture of a thousand children still has the shape of a page.
/// Births start at their parent and glide to their place (about 0.2 s at 60 steps a second); what
/// has a remembered place keeps it until something unforeseen is born. A pinned node takes its
/// subtree with it.
/// Thread: one at a time (the layout worker). No recursion: a chain of a million is as safe as a
/// star.
class TreeLayout final : public Layout
{
public:
    TreeLayout();
    ~TreeLayout() override;

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
