// ExportDotPlugin: a moment of a trace as a graph for Graphviz.
#pragma once

#include "plugins/api/interfaces.h"

#include <QObject>

namespace exitwave::export_dot {

/// Writes .dot files. Thread: as ExporterPlugin.
class ExportDotPlugin final : public QObject, public plugins::ExporterPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "org.exitwave.Exporter/1" FILE "export_dot.json")
    Q_INTERFACES(exitwave::plugins::ExporterPlugin)

public:
    [[nodiscard]] std::string suffix() const override;
    [[nodiscard]] std::string description() const override;
    [[nodiscard]] base::Result<std::string> write(const graph::ProcessGraph& graph,
                                                  const trace::TermTable& terms) const override;
};

} // namespace exitwave::export_dot
