#include "gui/graph/graph_text.h"

#include "gui/graph/describe.h"

#include <algorithm>

namespace exitwave::graph {

namespace {

std::string counted(std::uint64_t count, const char* one, const char* many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// ", links #PID<0.101.0> #PID<0.102.0>", by birth; "" when there are none.
std::string peersText(const char* word, std::vector<NodeIndex> peers, const ProcessGraph& graph)
{
    if (peers.empty())
        return {};
    std::sort(peers.begin(), peers.end());
    std::string text = std::string(", ") + word;
    for (const NodeIndex peer : peers)
        text += " " + pidText(graph.node(peer).key);
    return text;
}

std::string
nodeLine(const ProcessGraph& graph, const ProcessNode& node, const trace::TermTable& terms)
{
    std::string line = pidText(node.key);
    if (const std::string label = shortLabel(node, terms); label != line)
        line += " " + label;
    line += ", " + stateWords(node, terms);
    if (node.inferred)
        line += ", spawn not seen";
    line += peersText("links", node.links, graph);
    std::vector<NodeIndex> monitored;
    for (const Monitor& monitor : node.monitors)
        monitored.push_back(monitor.target);
    line += peersText("monitors", std::move(monitored), graph);
    if (node.exitMessages != 0)
        line += ", " + counted(node.exitMessages, "EXIT message", "EXIT messages");
    if (node.alive && node.messagesArrived > node.messagesReceived)
        line += ", " + std::to_string(node.messagesArrived - node.messagesReceived) + " in queue";
    return line;
}

/// The forest without recursion: a chain of a million processes is as safe as a star.
void appendForest(std::string& text, const ProcessGraph& graph, const trace::TermTable& terms)
{
    struct Item
    {
        NodeIndex node;
        std::size_t depth;
    };
    std::vector<std::vector<NodeIndex>> children(graph.size());
    std::vector<Item> open;
    for (NodeIndex i = 0; i < graph.size(); ++i) {
        if (graph.node(i).parent != noNode)
            children[graph.node(i).parent].push_back(i);
        else
            open.push_back({i, 0});
    }
    std::reverse(open.begin(), open.end());
    constexpr std::size_t deepestIndent
        = 30; // deeper ones stay there: a long chain would not fit anywhere
    while (!open.empty()) {
        const Item item = open.back();
        open.pop_back();
        text.append(2 * std::min(item.depth, deepestIndent), ' ');
        text += nodeLine(graph, graph.node(item.node), terms) + "\n";
        const auto& below = children[item.node];
        for (auto child = below.rbegin(); child != below.rend(); ++child)
            open.push_back({*child, item.depth + 1});
    }
}

const char* originText(trace::SignalOrigin origin)
{
    switch (origin) {
    case trace::SignalOrigin::Link:
        return "through a link";
    case trace::SignalOrigin::ExitCall:
        return "with exit/2";
    case trace::SignalOrigin::Kill:
        return "as kill";
    case trace::SignalOrigin::Noproc:
        return "from no process";
    }
    return "in an unknown way";
}

void appendSignals(std::string& text, const ProcessGraph& graph, const trace::TermTable& terms)
{
    auto inFlight = graph.signalsInFlight();
    if (inFlight.empty())
        return;
    std::sort(inFlight.begin(), inFlight.end(), [](const auto& a, const auto& b) {
        return a.sentAt != b.sentAt ? a.sentAt < b.sentAt : a.id < b.id;
    });
    text += "signals in flight:\n";
    for (const SignalInFlight& signal : inFlight) {
        const auto key = [&](NodeIndex node) {
            return node == noNode ? trace::ProcessKey{} : graph.node(node).key;
        };
        text += "  " + pidText(key(signal.from)) + " -> " + pidText(key(signal.to)) + " "
            + originText(signal.origin) + ": " + shortReason(terms.at(signal.reason)) + "\n";
    }
}

} // namespace

std::string graphText(const ProcessGraph& graph, const trace::TermTable& terms)
{
    std::string text = "time " + secondsText(graph.now()) + ", "
        + std::to_string(graph.aliveCount()) + " alive, " + std::to_string(graph.deadCount())
        + " dead, " + counted(graph.crashCount(), "crash", "crashes");
    if (graph.lostEvents() != 0)
        text += ", " + counted(graph.lostEvents(), "event", "events") + " lost";
    if (graph.contradictions() != 0)
        text += ", " + counted(graph.contradictions(), "contradiction", "contradictions");
    if (graph.paused())
        text += ", paused";
    if (graph.ended())
        text += ", ended";
    text += "\n";
    appendForest(text, graph, terms);
    appendSignals(text, graph, terms);
    return text;
}

} // namespace exitwave::graph
