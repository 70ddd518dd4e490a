#include "gui/views/window/event_view.h"

#include "gui/session/event_log_model.h"
#include "gui/session/selection.h"
#include "gui/session/session.h"
#include "gui/views/window/app_style.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace exitwave::views {

namespace {

using Model = session::EventLogModel;

/// Events after the playhead are written in the secondary colour: they have not happened yet.
class EventDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (!index.data(Model::PastRole).toBool()) {
            const QColor later = option->palette.color(QPalette::PlaceholderText);
            option->palette.setColor(QPalette::Text, later);
            option->font.setItalic(true);
        }
        if (index.column() == Model::TimeColumn || index.column() == Model::ProcessColumn) {
            option->font.setFamily(monoFamily());
            option->font.setPixelSize(12);
        }
    }
};

} // namespace

EventView::EventView(session::Session& session, session::Selection& selection, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection)
{
    setAttribute(Qt::WA_StyledBackground);
    m_model = new Model(session, this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 0, 12, 0);
    head->setSpacing(4);
    const std::pair<Model::Group, QString> groups[] = {
        {Model::Lives, tr("Lives")},
        {Model::Links, tr("Links")},
        {Model::ExitSignals, tr("Exit signals")},
        {Model::Messages, tr("Messages")},
        {Model::Notes, tr("Notes")},
    };
    for (const auto& [group, title] : groups) {
        auto* button = new QToolButton(this);
        button->setText(title);
        button->setCheckable(true);
        button->setChecked(true);
        button->setToolTip(tr("Show events of this kind"));
        connect(button, &QToolButton::toggled, this, [this, bit = group](bool on) {
            m_model->setGroups(m_model->groups().setFlag(bit, on));
        });
        head->addWidget(button);
    }
    auto* selected = new QToolButton(this);
    selected->setText(tr("Only selected"));
    selected->setCheckable(true);
    selected->setToolTip(tr("Show only events of the selected process"));
    connect(selected, &QToolButton::toggled, this, &EventView::setOnlySelected);
    head->addStretch(1);
    head->addWidget(selected);
    column->addLayout(head);

    m_table = new QTableView(this);
    m_table->setObjectName(QStringLiteral("events"));
    m_table->setAccessibleName(tr("Event log"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new EventDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(22);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setColumnWidth(Model::TimeColumn, 96);
    m_table->setColumnWidth(Model::EventColumn, 150);
    m_table->setColumnWidth(Model::ProcessColumn, 130);
    column->addWidget(m_table, 1);

    connect(m_table, &QTableView::activated, m_model, &Model::seekTo);
    connect(m_table->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex& index) {
                const auto node = index.data(Model::NodeRole).toUInt();
                if (index.isValid() && node != graph::noNode)
                    m_selection.select(node);
            });
    connect(&m_session, &session::Session::advanced, this, &EventView::followPlayhead);
    connect(m_model, &Model::rowsInserted, this, &EventView::followPlayhead); // it grows later
    connect(&m_selection, &session::Selection::changed, this, [this] {
        setOnlySelected(m_onlySelected);
    });
    m_model->setWatched(false); // until it is shown
}

void EventView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_model->setWatched(true);
    followPlayhead();
}

void EventView::hideEvent(QHideEvent* event)
{
    m_model->setWatched(false);
    QWidget::hideEvent(event);
}

void EventView::followPlayhead()
{
    if (!isVisible())
        return;
    const int row = m_model->playheadRow();
    if (row >= 0 && !m_table->underMouse())
        m_table->scrollTo(m_model->index(row, 0), QAbstractItemView::EnsureVisible);
}

void EventView::setOnlySelected(bool only)
{
    const bool was = std::exchange(m_onlySelected, only);
    const graph::NodeIndex node = m_selection.current();
    if (only && node != graph::noNode && node < m_session.graph().size())
        m_model->setProcess(m_session.graph().node(node).key);
    else if (was)
        m_model->setProcess(std::nullopt);
}

} // namespace exitwave::views
