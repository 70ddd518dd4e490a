// LayoutForcePlugin: the force layout as a plugin.
#pragma once

#include "plugins/api/interfaces.h"

#include <QObject>

namespace exitwave::layout_force {

/// Places processes by forces: what is related comes close. Thread: as LayoutPlugin.
class LayoutForcePlugin final : public QObject, public plugins::LayoutPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "org.exitwave.Layout/1" FILE "layout_force.json")
    Q_INTERFACES(exitwave::plugins::LayoutPlugin)

public:
    [[nodiscard]] std::string title() const override;
    [[nodiscard]] std::unique_ptr<layout::Layout> create() const override;
};

} // namespace exitwave::layout_force
