// Layout: the interface of everything that gives processes their places.
#pragma once

#include "gui/graph/graph_delta.h"
#include "gui/graph/process_graph.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace exitwave::layout {

using graph::NodeIndex;

/// A place in world units. One unit is the usual distance between neighbouring leaves; y grows
/// downwards.
struct Point
{
    float x = 0.0F;
    float y = 0.0F;
    friend bool operator==(const Point&, const Point&) = default;
};

/// The part of a graph that layouts look at; a copy, so that a layout runs on another thread.
struct Topology
{
    std::vector<NodeIndex> parent; ///< by NodeIndex; graph::noNode for roots
    std::vector<std::uint8_t> alive; ///< by NodeIndex
    std::vector<std::pair<NodeIndex, NodeIndex>> links; ///< each edge once, a < b
    [[nodiscard]] static Topology of(const graph::ProcessGraph& graph);
};

/// What changed since the last call, extracted from a GraphDelta.
struct TopologyChange
{
    struct Birth
    {
        NodeIndex node = graph::noNode;
        NodeIndex parent = graph::noNode;
    };
    std::vector<Birth> births; ///< ascending; node == number of nodes known before it
    std::vector<NodeIndex> deaths;
    std::vector<graph::GraphDelta::Link> links;
    [[nodiscard]] static TopologyChange of(const graph::GraphDelta& delta,
                                           const graph::ProcessGraph& graph);
};

/// Thread: all calls come from one thread at a time (the layout worker), never concurrently.
/// Deterministic: the same calls give the same positions, bit for bit. New processes appear beside
/// their parent; what did not change stays calm. Dead processes keep their place (their tombstones
/// are part of the picture).
class Layout
{
public:
    Layout() = default;
    Layout(const Layout&) = delete;
    Layout& operator=(const Layout&) = delete;
    virtual ~Layout() = default;

    /// Starts over with `topology`. `remembered` holds earlier positions by node (may be shorter or
    /// empty): a node that has one starts there.
    virtual void reset(const Topology& topology, std::span<const std::optional<Point>> remembered)
        = 0;
    virtual void apply(const TopologyChange& change) = 0;
    /// Improves for at most about `budget`. True while more steps would still move something
    /// visibly.
    virtual bool step(std::chrono::microseconds budget) = 0;
    /// By NodeIndex; valid until the next call. Always finite.
    [[nodiscard]] virtual std::span<const Point> positions() const = 0;
    /// Holds a node at `at` (a person dragged it); nullopt lets it go.
    virtual void pin(NodeIndex node, std::optional<Point> at) = 0;
};

} // namespace exitwave::layout
