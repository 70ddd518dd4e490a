#include "gui/views/window/plugins_dialog.h"

#include "gui/views/window/plural.h"
#include "plugins/api/plugin_host.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace exitwave::views {

PluginsDialog::PluginsDialog(plugins::PluginHost& host, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Plugins"));
    resize(820, 460);
    static_cast<void>(host.sources());
    static_cast<void>(host.importers());
    static_cast<void>(host.exporters());
    static_cast<void>(host.layouts());

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    auto* tree = new QTreeWidget(this);
    tree->setObjectName(QStringLiteral("plugins"));
    tree->setRootIsDecorated(false);
    tree->setWordWrap(true);
    tree->setHeaderLabels(
        {tr("Plugin"), tr("Kind"), tr("Version"), tr("What it does, or why it is not used")});
    int failed = 0;
    for (const plugins::PluginInfo& info : host.plugins()) {
        const bool broken = info.state == plugins::PluginInfo::State::Failed;
        failed += broken ? 1 : 0;
        auto* item = new QTreeWidgetItem(tree);
        item->setText(0, info.name.isEmpty() ? info.id : info.name);
        item->setText(1,
                      broken && info.api == 0
                          ? tr("unknown")
                          : QString::fromLatin1(plugins::pluginKindName(info.kind)));
        item->setText(2, info.version);
        item->setText(3, broken ? tr("Not used: %1").arg(info.failure) : info.description);
        item->setToolTip(3, item->text(3));
        item->setToolTip(0, info.path);
    }
    tree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    tree->header()->setStretchLastSection(true);

    auto* summary = new QLabel(this);
    summary->setWordWrap(true);
    summary->setProperty("role",
                         failed > 0 ? QStringLiteral("error") : QStringLiteral("secondary"));
    summary->setText(host.plugins().empty() ? tr("No plugin was found. Looked in: %1")
                                                  .arg(plugins::PluginHost::standardFolders().join(
                                                      QStringLiteral(", ")))
                                            : plural(static_cast<qsizetype>(host.plugins().size()),
                                                     tr("%1 plugin found"),
                                                     tr("%1 plugins found"))
                             + (failed > 0 ? tr(", %1 of them cannot be used.").arg(failed)
                                           : QStringLiteral(".")));
    column->addWidget(summary);
    column->addWidget(tree, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace exitwave::views
