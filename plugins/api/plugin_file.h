// readPluginFile: what a plugin's file says of itself, without running any of its code.
#pragma once

#include "plugins/api/plugin_host.h"

#include <QString>

namespace exitwave::plugins {

/// The description in the file at `path`, checked: state Found when the plugin may be loaded,
/// Failed with the reason when it is no plugin of Exitwave, describes itself incompletely, or was
/// built for another api version. Thread: any.
[[nodiscard]] PluginInfo readPluginFile(const QString& path);

} // namespace exitwave::plugins
