// SourceNodePlugin: programs on this machine that serve their trace on a local socket.
#pragma once

#include "plugins/api/interfaces.h"
#include "runtime/tracer/node_list.h"

#include <QElapsedTimer>
#include <QObject>

#include <future>
#include <vector>

namespace exitwave::source_node {

/// Offers "node:NAME" for every node that answers, and opens also "node:/path/of/a.sock".
/// Thread: as SourcePlugin. offers() waits for nobody: it answers from the last look around, which
/// runs in a thread of its own, and begins the next when the last is a second old. So who asks
/// again soon sees what has changed; the first answer is empty.
class SourceNodePlugin final : public QObject, public plugins::SourcePlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "org.exitwave.Source/1" FILE "source_node.json")
    Q_INTERFACES(exitwave::plugins::SourcePlugin)

public:
    SourceNodePlugin();

    [[nodiscard]] std::vector<plugins::SourceOffer> offers() override;
    [[nodiscard]] bool accepts(const std::string& offerId) const override;
    [[nodiscard]] base::Result<std::unique_ptr<trace::EventSource>>
    open(const std::string& offerId, const plugins::SourceOptions& options) override;

private:
    std::vector<tracer::NodeEntry> m_known; // as of the last look
    std::future<std::vector<tracer::NodeEntry>> m_asked; // valid while one is under way
    QElapsedTimer m_sinceAsked;
};

} // namespace exitwave::source_node
