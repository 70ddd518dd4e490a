// exitwave-cli info
#include "gui/cli/commands.h"
#include "gui/graph/describe.h"
#include "gui/graph/process_graph.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <map>
#include <vector>

namespace exitwave::cli {

namespace {

/// What is gathered in one pass.
struct Summary
{
    graph::ProcessGraph graph;
    std::map<trace::EventType, std::uint64_t> byType;
    std::vector<std::string> crashes; // the first ones, as lines
    base::Timestamp last;
};
constexpr std::size_t crashesShown = 20;

Summary summarize(EventStream& stream)
{
    Summary summary;
    graph::GraphDelta delta;
    while (stream.next()) {
        for (const trace::Event& event : stream.batch().events) {
            const std::uint32_t before = summary.graph.crashCount();
            delta.clear();
            summary.graph.apply(event, stream.terms(), delta);
            ++summary.byType[event.type];
            if (summary.graph.crashCount() == before || summary.crashes.size() == crashesShown)
                continue;
            const graph::NodeIndex node = summary.graph.find(event.process);
            const std::string pid = graph::pidText(event.process);
            const std::string label = graph::shortLabel(summary.graph, node, stream.terms());
            summary.crashes.push_back(pid + (label == pid ? "" : " " + label) + " "
                                      + graph::raisedWords(stream.terms().at(event.term)) + " at "
                                      + graph::secondsText(event.time) + ", event "
                                      + std::to_string(summary.graph.eventCount()));
        }
    }
    return summary;
}

std::string wallClockText(std::int64_t unixNs)
{
    if (unixNs <= 0)
        return "unknown";
    const std::time_t seconds = unixNs / 1'000'000'000;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    std::array<char, 40> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &utc);
    std::array<char, 8> millis{};
    std::snprintf(
        millis.data(), millis.size(), ".%03d", static_cast<int>(unixNs / 1'000'000 % 1000));
    return std::string(text.data(), size) + millis.data() + " UTC";
}

void field(Output& output, std::string_view name, const std::string& value)
{
    std::string line(name);
    line.resize(12, ' ');
    output.writeLine(line + value);
}

void writeTypes(Output& output, const std::map<trace::EventType, std::uint64_t>& byType)
{
    for (const auto& [type, count] : byType) {
        const trace::EventInfo* info = trace::eventInfo(type);
        std::string line = "  ";
        line += info != nullptr ? std::string(info->text)
                                : "unknown type " + std::to_string(static_cast<int>(type));
        line.resize(std::max<std::size_t>(line.size() + 1, 28), ' ');
        output.writeLine(line + std::to_string(count));
    }
}

} // namespace

base::Result<void> showInfo(EventStream& stream, Output& output)
{
    const Summary summary = summarize(stream);
    const trace::SourceInfo info = stream.info();
    const graph::ProcessGraph& graph = summary.graph;
    field(output, "file", stream.name());
    field(output, "program", info.program.empty() ? "unknown" : info.program);
    field(output, "started", wallClockText(info.startedAtUnixNs));
    field(output, "duration", graph::secondsText(graph.now()));
    field(output, "events", std::to_string(graph.eventCount()));
    writeTypes(output, summary.byType);
    field(output,
          "processes",
          std::to_string(graph.size()) + " (" + std::to_string(graph.aliveCount()) + " alive, "
              + std::to_string(graph.deadCount()) + " dead at the end)");
    field(output, "crashes", std::to_string(graph.crashCount()));
    for (const std::string& crash : summary.crashes)
        output.writeLine("  " + crash);
    if (graph.crashCount() > summary.crashes.size())
        output.writeLine("  and " + std::to_string(graph.crashCount() - summary.crashes.size())
                         + " more");
    field(output,
          "lost",
          std::to_string(graph.lostEvents()) + (graph.lostEvents() == 1 ? " event" : " events"));
    if (graph.contradictions() != 0)
        field(output,
              "odd",
              std::to_string(graph.contradictions()) + " events contradict what came before them");
    if (stream.undamaged())
        field(output, "state", graph.ended() ? "complete" : "the program was still running");
    else
        field(output, "state", "damaged or incomplete: see the messages on standard error");
    return base::success();
}

} // namespace exitwave::cli
