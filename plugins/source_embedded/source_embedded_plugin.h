// SourceEmbeddedPlugin: the lessons, run by Exitwave's own runtime inside this program.
#pragma once

#include "plugins/api/interfaces.h"

#include <QObject>

namespace exitwave::source_embedded {

/// Offers "lesson:NAME" for every lesson. What a lesson prints is in its trace only.
/// Thread: as SourcePlugin.
class SourceEmbeddedPlugin final : public QObject, public plugins::SourcePlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "org.exitwave.Source/1" FILE "source_embedded.json")
    Q_INTERFACES(exitwave::plugins::SourcePlugin)

public:
    [[nodiscard]] std::vector<plugins::SourceOffer> offers() override;
    [[nodiscard]] bool accepts(const std::string& offerId) const override;
    [[nodiscard]] base::Result<std::unique_ptr<trace::EventSource>>
    open(const std::string& offerId, const plugins::SourceOptions& options) override;
};

} // namespace exitwave::source_embedded
