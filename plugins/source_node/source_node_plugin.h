// SourceNodePlugin: programs on this machine that serve their trace on a local socket.
#pragma once

#include "plugins/api/interfaces.h"

#include <QObject>

namespace exitwave::source_node {

/// Offers "node:NAME" for every node that answers now, and opens also "node:/path/of/a.sock".
/// Thread: as SourcePlugin; offers() waits at most about 300 ms for the nodes to introduce
/// themselves.
class SourceNodePlugin final : public QObject, public plugins::SourcePlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "org.exitwave.Source/1" FILE "source_node.json")
    Q_INTERFACES(exitwave::plugins::SourcePlugin)

public:
    [[nodiscard]] std::vector<plugins::SourceOffer> offers() override;
    [[nodiscard]] bool accepts(const std::string& offerId) const override;
    [[nodiscard]] base::Result<std::unique_ptr<trace::EventSource>>
    open(const std::string& offerId, const plugins::SourceOptions& options) override;
};

} // namespace exitwave::source_node
