#include "gui/layout/layout.h"

namespace exitwave::layout {

Topology Topology::of(const graph::ProcessGraph& graph)
{
    Topology topology;
    topology.parent.reserve(graph.size());
    topology.alive.reserve(graph.size());
    for (const graph::ProcessNode& node : graph.nodes()) {
        topology.parent.push_back(node.parent);
        topology.alive.push_back(node.alive ? 1 : 0);
    }
    topology.links = graph.linkEdges();
    return topology;
}

TopologyChange TopologyChange::of(const graph::GraphDelta& delta, const graph::ProcessGraph& graph)
{
    TopologyChange change;
    change.births.reserve(delta.born.size());
    for (const NodeIndex node : delta.born)
        change.births.push_back({node, graph.node(node).parent});
    change.deaths = delta.died;
    change.links = delta.links;
    return change;
}

} // namespace exitwave::layout
