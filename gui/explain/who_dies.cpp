// whoDies, whatIfSignal, fateWords, linksAtDeath (explain.h).
#include "gui/explain/explain.h"
#include "gui/graph/describe.h"
#include "runtime/actor/exit_decision.h"
#include "runtime/term/exit_reason.h"

#include <algorithm>

namespace exitwave::explain {

namespace {

using actor::ExitEffect;
using actor::ExitSource;

ExitEffect effectOn(const graph::ProcessNode& receiver, ExitSource source, const term::Term& reason)
{
    actor::ExitSituation situation;
    situation.source = source;
    situation.trapping = receiver.trapsExit;
    return actor::decideExit(situation, reason);
}

} // namespace

std::vector<Fate>
whoDies(const graph::ProcessGraph& graph, NodeIndex node, const term::Term& reason)
{
    std::vector<Fate> fates;
    if (node >= graph.size() || !graph.node(node).alive)
        return fates;
    std::vector<bool> reached(graph.size(), false);
    reached[node] = true;
    fates.push_back({node, true, graph::noNode, reason});
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
            const ExitEffect effect = effectOn(graph.node(peer), ExitSource::Link, reason);
            if (effect == ExitEffect::Ignored)
                continue;
            reached[peer] = true;
            fates.push_back({peer, effect != ExitEffect::Message, dying, reason});
        }
    }
    return fates;
}

std::vector<Fate>
whatIfSignal(const graph::ProcessGraph& graph, NodeIndex node, const term::Term& reason)
{
    if (node >= graph.size() || !graph.node(node).alive)
        return {};
    switch (effectOn(graph.node(node), ExitSource::ExitCall, reason)) {
    case ExitEffect::Ignored:
        break;
    case ExitEffect::Message:
        return {{node, false, graph::noNode, reason}};
    case ExitEffect::Dies:
        return whoDies(graph, node, reason);
    case ExitEffect::DiesKilled:
        return whoDies(graph, node, term::Term(term::atoms::killed)); // what its links see
    }
    return {};
}

std::string
fateWords(const graph::ProcessGraph& graph, const trace::TermTable& terms, const Fate& fate)
{
    const std::string name = graph::shortLabel(graph, fate.node, terms);
    if (fate.because == graph::noNode && fate.dies)
        return name + " exits: " + graph::shortReason(fate.reason);
    if (fate.dies)
        return name + " does not trap exits: it exits with the same reason";
    const std::string sender = fate.because == graph::noNode
        ? graph::pidText({})
        : graph::pidText(graph.node(fate.because).key);
    return name + " traps exits: it gets {:EXIT, " + sender + ", …} and lives";
}

std::vector<NodeIndex> linksAtDeath(const graph::ProcessGraph& graph, NodeIndex node)
{
    std::vector<NodeIndex> linked;
    if (node >= graph.size() || graph.node(node).alive)
        return linked;
    const auto* cause = graph.signal(graph.node(node).cause);
    if (cause != nullptr && cause->origin == trace::SignalOrigin::Link
        && cause->from != graph::noNode)
        linked.push_back(cause->from);
    for (const trace::SignalId id : graph.signalsSentBy(node)) {
        const auto* signal = graph.signal(id);
        if (signal->origin == trace::SignalOrigin::Link && signal->to != graph::noNode)
            linked.push_back(signal->to);
    }
    std::sort(linked.begin(), linked.end());
    linked.erase(std::unique(linked.begin(), linked.end()), linked.end());
    return linked;
}

} // namespace exitwave::explain
