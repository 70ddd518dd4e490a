// whoDies (explain.h).
#include "gui/explain/explain.h"
#include "gui/graph/describe.h"
#include "runtime/term/exit_reason.h"

#include <algorithm>

namespace exitwave::explain {

std::vector<Fate> whoDies(const graph::ProcessGraph& graph,
                          const trace::TermTable& terms,
                          NodeIndex node,
                          const term::Term& reason)
{
    std::vector<Fate> fates;
    if (node >= graph.size() || !graph.node(node).alive)
        return fates;
    const bool normal = term::isNormal(reason);
    const std::string words = graph::shortReason(reason);
    const auto name = [&](NodeIndex index) { return graph::shortLabel(graph, index, terms); };
    std::vector<bool> reached(graph.size(), false);

    reached[node] = true;
    fates.push_back({node, true, graph::noNode, reason, name(node) + " exits: " + words});
    for (std::size_t next = 0; next < fates.size(); ++next) {
        if (!fates[next].dies)
            continue;
        const NodeIndex dying = fates[next].node;
        // In order of birth: the order in which its signals go out is not defined.
        std::vector<NodeIndex> linked = graph.node(dying).links;
        std::sort(linked.begin(), linked.end());
        for (const NodeIndex peer : linked) {
            if (reached[peer] || !graph.node(peer).alive)
                continue;
            const bool traps = graph.node(peer).trapsExit;
            if (normal && !traps)
                continue;
            reached[peer] = true;
            fates.push_back(
                {peer,
                 !traps,
                 dying,
                 reason,
                 traps ? name(peer) + " traps exits: it gets {:EXIT, "
                         + graph::pidText(graph.node(dying).key) + ", …} and lives"
                       : name(peer) + " does not trap exits: it exits with the same reason"});
        }
    }
    return fates;
}

} // namespace exitwave::explain
