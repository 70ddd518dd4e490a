#include "gui/layout/hierarchy.h"

namespace exitwave::layout {

namespace {

using graph::noNode;

/// Cuts every ring of parents at its lowest node.
void cutRings(std::vector<NodeIndex>& parent)
{
    // 0: not seen, otherwise the number of the walk that saw it first.
    std::vector<NodeIndex> seenBy(parent.size(), 0);
    for (NodeIndex start = 0; start < parent.size(); ++start) {
        const NodeIndex walk = start + 1;
        NodeIndex node = start;
        while (node != noNode && seenBy[node] == 0) {
            seenBy[node] = walk;
            node = parent[node];
        }
        if (node == noNode || seenBy[node] != walk)
            continue; // reached a root, or ground that an earlier walk has made safe
        NodeIndex lowest = node;
        for (NodeIndex other = parent[node]; other != node; other = parent[other])
            lowest = other < lowest ? other : lowest;
        parent[lowest] = noNode;
    }
}

} // namespace

Hierarchy Hierarchy::of(std::span<const NodeIndex> parents)
{
    const std::size_t count = parents.size();
    Hierarchy result;
    result.parent.assign(parents.begin(), parents.end());
    for (std::size_t node = 0; node < count; ++node) {
        if (result.parent[node] >= count || result.parent[node] == node)
            result.parent[node] = noNode;
    }
    cutRings(result.parent);

    const auto slot = [&](std::size_t node) {
        return result.parent[node] == noNode ? count : std::size_t{result.parent[node]};
    };
    result.childBegin.assign(count + 2, 0);
    for (std::size_t node = 0; node < count; ++node)
        ++result.childBegin[slot(node) + 1];
    for (std::size_t i = 1; i < result.childBegin.size(); ++i)
        result.childBegin[i] += result.childBegin[i - 1];
    result.children.resize(count);
    std::vector<std::uint32_t> next(result.childBegin.begin(), result.childBegin.end() - 1);
    for (std::size_t node = 0; node < count; ++node)
        result.children[next[slot(node)]++] = static_cast<NodeIndex>(node);

    result.order.reserve(count);
    for (const NodeIndex root : result.roots())
        result.order.push_back(root);
    for (std::size_t i = 0; i < result.order.size(); ++i) {
        for (const NodeIndex child : result.childrenOf(result.order[i]))
            result.order.push_back(child);
    }
    return result;
}

} // namespace exitwave::layout
