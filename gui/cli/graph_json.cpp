#include "gui/cli/graph_json.h"

#include "gui/graph/describe.h"
#include "runtime/term/inspect.h"

#include <nlohmann/json.hpp>

namespace exitwave::cli {

namespace {

using Json = nlohmann::ordered_json;
using graph::NodeIndex;

const char* deathName(graph::Death death)
{
    switch (death) {
    case graph::Death::None:
        return "none";
    case graph::Death::Normal:
        return "normal";
    case graph::Death::Crash:
        return "crash";
    case graph::Death::Victim:
        return "victim";
    case graph::Death::Killed:
        return "killed";
    }
    return "none";
}

const char* originName(trace::SignalOrigin origin)
{
    switch (origin) {
    case trace::SignalOrigin::Link:
        return "link";
    case trace::SignalOrigin::ExitCall:
        return "exit/2";
    case trace::SignalOrigin::Kill:
        return "kill";
    case trace::SignalOrigin::Noproc:
        return "noproc";
    }
    return "unknown";
}

Json pidOf(const graph::ProcessGraph& graph, NodeIndex node)
{
    return node == graph::noNode ? Json() : Json(graph::pidText(graph.node(node).key));
}

Json processJson(const graph::ProcessGraph& graph,
                 const graph::ProcessNode& node,
                 const trace::TermTable& terms)
{
    Json json;
    json["pid"] = graph::pidText(node.key);
    json["label"] = graph::shortLabel(node, terms);
    json["parent"] = pidOf(graph, node.parent);
    json["initial_call"] = graph::initialCallText(node, terms);
    json["spawned_at"] = graph::spawnPlaceText(node, terms);
    json["supervisor"] = graph::isSupervisor(node, terms);
    json["alive"] = node.alive;
    json["trap_exit"] = node.trapsExit;
    json["spawned_ns"] = node.spawnedAt.ns;
    json["spawn_seen"] = !node.inferred;
    json["exit_messages"] = node.exitMessages;
    json["messages_sent"] = node.messagesSent;
    json["messages_received"] = node.messagesReceived;
    if (!node.alive) {
        json["exited_ns"] = node.exitedAt.ns;
        json["death"] = deathName(node.death);
        json["cause"] = node.cause.value;
        json["reason"]
            = node.reason.value == 0 ? std::string() : term::inspectLine(terms.at(node.reason));
        json["summary"] = graph::stateWords(node, terms);
    }
    return json;
}

} // namespace

std::string graphJson(const graph::ProcessGraph& graph, const trace::TermTable& terms)
{
    Json json;
    json["time_ns"] = graph.now().ns;
    json["events"] = graph.eventCount();
    json["alive"] = graph.aliveCount();
    json["dead"] = graph.deadCount();
    json["crashes"] = graph.crashCount();
    json["lost"] = graph.lostEvents();
    json["contradictions"] = graph.contradictions();
    json["paused"] = graph.paused();
    json["ended"] = graph.ended();
    Json processes = Json::array();
    Json monitors = Json::array();
    for (NodeIndex i = 0; i < graph.size(); ++i) {
        processes.push_back(processJson(graph, graph.node(i), terms));
        for (const graph::Monitor& monitor : graph.node(i).monitors)
            monitors.push_back({{"from", pidOf(graph, i)}, {"to", pidOf(graph, monitor.target)}});
    }
    Json links = Json::array();
    for (const auto& [a, b] : graph.linkEdges())
        links.push_back(Json::array({pidOf(graph, a), pidOf(graph, b)}));
    Json signals = Json::array();
    for (const graph::SignalInFlight& signal : graph.signalsInFlight())
        signals.push_back({{"id", signal.id.value},
                           {"from", pidOf(graph, signal.from)},
                           {"to", pidOf(graph, signal.to)},
                           {"origin", originName(signal.origin)},
                           {"reason", term::inspectLine(terms.at(signal.reason))},
                           {"sent_ns", signal.sentAt.ns}});
    json["processes"] = std::move(processes);
    json["links"] = std::move(links);
    json["monitors"] = std::move(monitors);
    json["signals"] = std::move(signals);
    // Bytes of a program that are no UTF-8 become U+FFFD: JSON has no other way.
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace exitwave::cli
