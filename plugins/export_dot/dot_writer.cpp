#include "plugins/export_dot/dot_writer.h"

#include "gui/graph/describe.h"

#include <algorithm>

namespace exitwave::export_dot {

namespace {

using graph::Death;
using graph::NodeIndex;
using graph::ProcessGraph;
using graph::ProcessNode;

std::string nodeId(NodeIndex index)
{
    return "n" + std::to_string(index);
}

/// Shape and colours, the light theme's: DOT is mostly printed.
std::string lookOf(const ProcessNode& node, const trace::TermTable& terms)
{
    switch (node.death) {
    case Death::Crash:
        return "shape=doubleoctagon, color=\"#c7361b\", fontcolor=\"#c7361b\"";
    case Death::Victim:
        return "shape=octagon, color=\"#c7361b\", fontcolor=\"#c7361b\"";
    case Death::Killed:
        return "shape=diamond, color=\"#a81e66\", fontcolor=\"#a81e66\"";
    case Death::Normal:
        return "shape=ellipse, style=dashed, color=\"#5c6470\", fontcolor=\"#5c6470\"";
    case Death::None:
        break;
    }
    std::string look = graph::isSupervisor(node, terms)
        ? "shape=box, style=\"rounded\", color=\"#1d2129\""
        : "shape=ellipse, style=filled, fillcolor=\"#cfe3f3\", color=\"#1f78b4\"";
    if (node.trapsExit)
        look += ", peripheries=2";
    return look;
}

std::string labelOf(const ProcessNode& node, const trace::TermTable& terms)
{
    const std::string pid = graph::pidText(node.key);
    const std::string name = graph::shortLabel(node, terms);
    std::string label = escaped(name);
    if (name != pid)
        label += "\\n" + escaped(pid);
    if (!node.alive || node.trapsExit) {
        const std::string words = node.alive ? "traps exits" : graph::stateWords(node, terms);
        label += "\\n" + escaped(words);
    }
    return label;
}

void appendEdges(std::string& dot, const ProcessGraph& graph)
{
    for (NodeIndex i = 0; i < graph.size(); ++i) {
        if (graph.node(i).parent != graph::noNode)
            dot += "  " + nodeId(graph.node(i).parent) + " -> " + nodeId(i) + ";\n";
    }
    for (const auto& [a, b] : graph.linkEdges())
        dot += "  " + nodeId(a) + " -> " + nodeId(b)
            + " [style=dashed, dir=none, constraint=false, color=\"#5b87b0\"];\n";
    for (NodeIndex i = 0; i < graph.size(); ++i) {
        std::vector<NodeIndex> targets;
        for (const graph::Monitor& monitor : graph.node(i).monitors)
            targets.push_back(monitor.target);
        std::sort(targets.begin(), targets.end());
        targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
        for (const NodeIndex target : targets)
            dot += "  " + nodeId(i) + " -> " + nodeId(target)
                + " [style=dotted, arrowhead=normal, constraint=false, color=\"#5a4bb5\"];\n";
    }
}

void appendSignals(std::string& dot, const ProcessGraph& graph, const trace::TermTable& terms)
{
    bool outsideDrawn = false;
    for (const graph::SignalInFlight& signal : graph.signalsInFlight()) {
        if (signal.from == graph::noNode && !outsideDrawn) {
            dot += "  outside [label=\"outside\", shape=plaintext];\n";
            outsideDrawn = true;
        }
        dot += "  " + (signal.from == graph::noNode ? "outside" : nodeId(signal.from)) + " -> "
            + nodeId(signal.to)
            + " [style=bold, arrowhead=normal, constraint=false, color=\"#c7361b\", "
              "fontcolor=\"#c7361b\", label=\""
            + escaped("EXIT " + graph::shortReason(terms.at(signal.reason))) + "\"];\n";
    }
}

} // namespace

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out;
}

std::string dotText(const ProcessGraph& graph, const trace::TermTable& terms)
{
    std::string dot = "digraph processes {\n"
                      "  graph [label=\""
        + escaped(graph::secondsText(graph.now())) + ": " + std::to_string(graph.aliveCount())
        + " alive, " + std::to_string(graph.deadCount())
        + " dead\"];\n"
          "  node [fontname=\"sans-serif\"];\n"
          "  edge [fontname=\"sans-serif\", arrowhead=onormal, color=\"#9aa1ab\"];\n";
    for (NodeIndex i = 0; i < graph.size(); ++i)
        dot += "  " + nodeId(i) + " [label=\"" + labelOf(graph.node(i), terms) + "\", "
            + lookOf(graph.node(i), terms) + "];\n";
    appendEdges(dot, graph);
    appendSignals(dot, graph, terms);
    dot += "}\n";
    return dot;
}

} // namespace exitwave::export_dot
