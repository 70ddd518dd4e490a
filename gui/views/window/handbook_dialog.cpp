#include "gui/views/window/handbook_dialog.h"

#include <QFile>
#include <QHBoxLayout>
#include <QListWidget>
#include <QTextBrowser>

#include <array>
#include <utility>

namespace exitwave::views {

HandbookDialog::HandbookDialog(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Handbook"));
    resize(900, 640);
    const std::array<std::pair<QString, QString>, 4> pages{{
        {QStringLiteral("first-minute"), tr("The first minute")},
        {QStringLiteral("signs"), tr("The signs")},
        {QStringLiteral("time"), tr("Time")},
        {QStringLiteral("keyboard"), tr("Keyboard")},
    }};
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 12, 12, 12);
    row->setSpacing(12);
    auto* list = new QListWidget(this);
    list->setFixedWidth(170);
    auto* text = new QTextBrowser(this);
    text->document()->setDocumentMargin(16);
    for (const auto& [file, title] : pages) {
        auto* item = new QListWidgetItem(title, list);
        item->setData(Qt::UserRole, file);
    }
    connect(list, &QListWidget::currentItemChanged, text, [text](const QListWidgetItem* item) {
        if (item == nullptr)
            return;
        QFile page(
            QStringLiteral(":/exitwave/handbook/%1.md").arg(item->data(Qt::UserRole).toString()));
        if (page.open(QIODevice::ReadOnly))
            text->setMarkdown(QString::fromUtf8(page.readAll()));
    });
    row->addWidget(list);
    row->addWidget(text, 1);
    list->setCurrentRow(0);
}

} // namespace exitwave::views
