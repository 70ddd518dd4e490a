// Hierarchy: who started whom as a forest that is safe to walk, made from any list of parents.
#pragma once

#include "gui/layout/layout.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace exitwave::layout {

/// A forest over the nodes 0..n-1. What is no forest is made one: a parent out of range or the node
/// itself counts as none, and of a ring of parents the lowest node becomes a root.
/// Value type; built in linear time, without recursion.
struct Hierarchy
{
    std::vector<NodeIndex> parent; ///< noNode for roots
    std::vector<NodeIndex> order; ///< every node, parents before children, siblings ascending
    std::vector<NodeIndex> children; ///< by parent, ascending; the roots come last
    std::vector<std::uint32_t> childBegin; ///< n + 2 entries; entry n begins the roots

    [[nodiscard]] static Hierarchy of(std::span<const NodeIndex> parents);

    [[nodiscard]] std::size_t size() const { return parent.size(); }
    [[nodiscard]] std::span<const NodeIndex> childrenOf(std::size_t node) const
    {
        return std::span(children).subspan(childBegin[node],
                                           childBegin[node + 1] - childBegin[node]);
    }
    [[nodiscard]] std::span<const NodeIndex> roots() const { return childrenOf(size()); }
    [[nodiscard]] bool isLeaf(NodeIndex node) const
    {
        return childBegin[node] == childBegin[std::size_t{node} + 1];
    }
};

} // namespace exitwave::layout
