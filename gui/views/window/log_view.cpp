#include "gui/views/window/log_view.h"

#include "gui/session/log_model.h"
#include "gui/views/window/plural.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace exitwave::views {

LogView::LogView(session::LogModel& model, QWidget* parent) : QWidget(parent)
{
    setAttribute(Qt::WA_StyledBackground);
    using Model = session::LogModel;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 0, 12, 0);
    auto* dropped = new QLabel(this);
    dropped->setProperty("role", QStringLiteral("secondary"));
    const auto showDropped = [dropped, &model] {
        dropped->setText(model.dropped() == 0
                             ? tr("Every line since the start")
                             : plural(static_cast<qsizetype>(model.dropped()),
                                      tr("%1 older line is not shown any more"),
                                      tr("%1 older lines are not shown any more")));
    };
    connect(&model, &Model::droppedChanged, dropped, showDropped);
    showDropped();
    auto* clear = new QToolButton(this);
    clear->setText(tr("Clear"));
    connect(clear, &QToolButton::clicked, &model, &Model::clear);
    head->addWidget(dropped, 1);
    head->addWidget(clear);
    column->addLayout(head);

    auto* table = new QTableView(this);
    table->setObjectName(QStringLiteral("log"));
    table->setAccessibleName(tr("Log"));
    table->setModel(&model);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(22);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setColumnWidth(Model::TimeColumn, 110);
    table->setColumnWidth(Model::LevelColumn, 80);
    table->setColumnWidth(Model::SourceColumn, 110);
    column->addWidget(table, 1);
    // New lines come into view only for someone who is already at the end.
    connect(&model, &QAbstractItemModel::rowsAboutToBeInserted, table, [table] {
        const QScrollBar* bar = table->verticalScrollBar();
        table->setProperty("atEnd", bar->value() == bar->maximum());
    });
    connect(&model, &QAbstractItemModel::rowsInserted, table, [table] {
        if (table->property("atEnd").toBool())
            table->scrollToBottom();
    });
}

} // namespace exitwave::views
