#include "plugins/source_node/source_node_plugin.h"

#include "runtime/tracer/socket_source.h"

#include <QCoreApplication>

#include <chrono>

namespace exitwave::source_node {

namespace {

const std::string idPrefix = "node:";
constexpr qint64 askAgainMs = 1000; // an answer is good for so long

} // namespace

SourceNodePlugin::SourceNodePlugin()
{
    // A question that is still under way must not outlive the program.
    if (QCoreApplication* application = QCoreApplication::instance())
        connect(application, &QObject::destroyed, this, [this] {
            if (m_asked.valid())
                m_asked.wait();
        });
}

std::vector<plugins::SourceOffer> SourceNodePlugin::offers()
{
    if (m_asked.valid() && m_asked.wait_for(std::chrono::seconds(0)) == std::future_status::ready)
        m_known = m_asked.get();
    if (!m_asked.valid() && (!m_sinceAsked.isValid() || m_sinceAsked.hasExpired(askAgainMs))) {
        m_sinceAsked.start();
        m_asked = std::async(std::launch::async, [] { return tracer::listNodes(); });
    }
    std::vector<plugins::SourceOffer> offers;
    for (const tracer::NodeEntry& node : m_known) {
        plugins::SourceOffer offer;
        offer.id = idPrefix + node.name;
        offer.title = node.name;
        offer.summary = node.title.empty() ? node.program : node.title + ", " + node.program;
        if (node.processId != 0)
            offer.summary += ", process " + std::to_string(node.processId);
        offer.group = "Running nodes";
        offer.kind = plugins::OfferKind::RunningNode;
        offers.push_back(std::move(offer));
    }
    return offers;
}

bool SourceNodePlugin::accepts(const std::string& offerId) const
{
    return offerId.size() > idPrefix.size() && offerId.compare(0, idPrefix.size(), idPrefix) == 0;
}

base::Result<std::unique_ptr<trace::EventSource>>
SourceNodePlugin::open(const std::string& offerId, const plugins::SourceOptions& /*options*/)
{
    // Whether the node is there shows when the source connects: asking here as well would be a
    // race.
    if (!accepts(offerId))
        return base::fail(base::ErrorCode::NotFound,
                          "“" + offerId + "” names no node; running nodes: "
                              + tracer::describeRunningNodes() + ".");
    return std::unique_ptr<trace::EventSource>(
        std::make_unique<tracer::SocketSource>(offerId.substr(idPrefix.size())));
}

} // namespace exitwave::source_node
