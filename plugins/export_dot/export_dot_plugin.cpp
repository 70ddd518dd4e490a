#include "plugins/export_dot/export_dot_plugin.h"

#include "plugins/export_dot/dot_writer.h"

namespace exitwave::export_dot {

std::string ExportDotPlugin::suffix() const
{
    return ".dot";
}

std::string ExportDotPlugin::description() const
{
    return "Graphviz DOT";
}

base::Result<std::string> ExportDotPlugin::write(const graph::ProcessGraph& graph,
                                                 const trace::TermTable& terms) const
{
    return dotText(graph, terms);
}

} // namespace exitwave::export_dot
