// exitwave-cli graph
#include "gui/cli/commands.h"
#include "gui/cli/graph_at.h"
#include "gui/cli/graph_json.h"
#include "gui/graph/graph_text.h"

namespace exitwave::cli {

base::Result<graph::ProcessGraph> graphAtMoment(EventStream& stream, const graph::Moment& at)
{
    graph::ProcessGraph graph;
    graph::GraphDelta delta;
    graph::MomentFinder finder(at);
    if (at.kind == graph::Moment::Kind::Position && at.position == 0)
        return graph;
    while (stream.next()) {
        for (const trace::Event& event : stream.batch().events) {
            if (!finder.includes(graph, event))
                return graph;
            delta.clear();
            graph.apply(event, stream.terms(), delta);
        }
        if (at.kind == graph::Moment::Kind::Position && graph.eventCount() == at.position)
            return graph;
    }
    if (const auto there = finder.endAt(graph); !there)
        return base::fail(there.error().code, stream.name() + ": " + there.error().message);
    return graph;
}

base::Result<std::string> graphInFormat(const graph::ProcessGraph& graph,
                                        const trace::TermTable& terms,
                                        const std::string& format,
                                        plugins::PluginHost& host)
{
    if (format == "text")
        return graph::graphText(graph, terms);
    if (format == "json")
        return graphJson(graph, terms) + "\n";
    if (plugins::ExporterPlugin* exporter = host.exporterFor("." + format))
        return exporter->write(graph, terms);
    std::string known = "text, json";
    for (const auto& exporter : host.exporters())
        known += ", " + exporter.plugin->suffix().substr(1);
    return base::fail(base::ErrorCode::InvalidInput,
                      "“" + format + "” is no format of graphs. There are: " + known + ".");
}

base::Result<void> showGraph(EventStream& stream,
                             const graph::Moment& at,
                             const std::string& format,
                             plugins::PluginHost& host,
                             Output& output)
{
    // An unknown format is told before a long file is read.
    if (auto known = graphInFormat({}, stream.terms(), format, host); !known.ok())
        return known.error();
    const auto graph = graphAtMoment(stream, at);
    if (!graph.ok())
        return graph.error();
    const auto text = graphInFormat(graph.value(), stream.terms(), format, host);
    if (!text.ok())
        return text.error();
    output.write(text.value());
    return base::success();
}

} // namespace exitwave::cli
