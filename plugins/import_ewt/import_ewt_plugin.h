// ImportEwtPlugin: recordings of Exitwave as a source of events.
#pragma once

#include "plugins/api/interfaces.h"

#include <QObject>

namespace exitwave::import_ewt {

/// Opens .ewt files, also cut and damaged ones, as far as they go. Thread: as ImporterPlugin.
class ImportEwtPlugin final : public QObject, public plugins::ImporterPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "org.exitwave.Importer/1" FILE "import_ewt.json")
    Q_INTERFACES(exitwave::plugins::ImporterPlugin)

public:
    [[nodiscard]] std::vector<std::string> suffixes() const override;
    [[nodiscard]] std::string description() const override;
    [[nodiscard]] int confidence(const std::string& fileName,
                                 std::span<const std::byte> head) const override;
    [[nodiscard]] base::Result<std::unique_ptr<trace::EventSource>>
    open(const std::string& path) override;
};

} // namespace exitwave::import_ewt
