// PluginsDialog: every plugin that was found, and why the others are not used.
#pragma once

#include <QDialog>

namespace exitwave::plugins {
class PluginHost;
}

namespace exitwave::views {

/// Thread: GUI thread. Loads every plugin when it opens, so that each failure is known and shown.
class PluginsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit PluginsDialog(plugins::PluginHost& host, QWidget* parent = nullptr);
};

} // namespace exitwave::views
