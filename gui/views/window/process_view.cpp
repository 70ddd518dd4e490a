#include "gui/views/window/process_view.h"

#include "gui/session/process_filter_model.h"
#include "gui/session/process_table_model.h"
#include "gui/session/selection.h"
#include "gui/session/session.h"
#include "gui/views/window/process_delegate.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <vector>

namespace exitwave::views {

using Model = session::ProcessTableModel;

namespace {

/// A tree that can be told to wait with its layout.
class Table : public QTreeView
{
public:
    using QTreeView::QTreeView;
    using QTreeView::scheduleDelayedItemsLayout;
};

} // namespace

ProcessView::ProcessView(session::Session& session, session::Selection& selection, QWidget* parent)
    : QWidget(parent), m_session(session), m_selection(selection)
{
    setAttribute(Qt::WA_StyledBackground);
    m_model = new Model(session, Model::Shape::Tree, this);
    m_filter = new session::ProcessFilterModel(this);
    m_filter->setSourceModel(m_model);
    m_delegate = new ProcessDelegate(this);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 0, 12, 0);
    head->setSpacing(6);
    m_filterLine = new QLineEdit(this);
    m_filterLine->setPlaceholderText(tr("Filter by name, pid or state"));
    m_filterLine->setClearButtonEnabled(true);
    m_filterLine->setAccessibleName(tr("Filter processes"));
    connect(m_filterLine, &QLineEdit::textChanged, m_filter, &session::ProcessFilterModel::setText);
    auto* alive = new QToolButton(this);
    alive->setText(tr("Alive"));
    alive->setCheckable(true);
    alive->setToolTip(tr("Show living processes only"));
    connect(alive, &QToolButton::toggled, m_filter, &session::ProcessFilterModel::setOnlyAlive);
    auto* flat = new QToolButton(this);
    flat->setObjectName(QStringLiteral("flatList"));
    flat->setText(tr("List"));
    flat->setCheckable(true);
    flat->setToolTip(tr("One list with all columns, to sort, instead of the tree by parent"));
    connect(flat, &QToolButton::toggled, this, [this](bool on) { setTree(!on); });
    head->addWidget(m_filterLine, 1);
    head->addWidget(alive);
    head->addWidget(flat);
    column->addLayout(head);

    m_counts = new QLabel(this);
    m_counts->setProperty("role", QStringLiteral("secondary"));
    m_counts->setContentsMargins(14, 0, 12, 0);
    column->addWidget(m_counts);

    m_table = new Table(this);
    m_table->setObjectName(QStringLiteral("processes"));
    m_table->setAccessibleName(tr("Processes"));
    m_table->setModel(m_filter);
    m_table->setItemDelegate(m_delegate);
    m_table->setUniformRowHeights(true);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setIndentation(16);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    column->addWidget(m_table, 1);
    setTree(true);

    connect(m_table->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            [this](const QModelIndex& index) {
                if (!m_following)
                    m_selection.select(nodeAt(index));
            });
    connect(m_table, &QTreeView::customContextMenuRequested, this, [this](const QPoint& at) {
        const graph::NodeIndex node = nodeAt(m_table->indexAt(at));
        if (node == graph::noNode)
            return;
        m_selection.select(node);
        Q_EMIT contextMenuRequested(node, m_table->viewport()->mapToGlobal(at));
    });
    connect(m_table, &QTreeView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT activated(nodeAt(index));
    });
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &ProcessView::expandNew);
    connect(m_filter,
            &session::ProcessFilterModel::appeared,
            this,
            [this](const std::vector<graph::NodeIndex>& nodes) {
                // Rows are laid out once, after all of them are expanded.
                static_cast<Table*>(m_table)->scheduleDelayedItemsLayout();
                for (const graph::NodeIndex node : nodes) {
                    const QModelIndex row = m_filter->mapFromSource(m_model->indexOf(node));
                    if (m_filter->rowCount(row) > 0)
                        m_table->expand(row);
                }
                showSelection();
            });
    connect(m_filter, &QAbstractItemModel::modelReset, m_table, &QTreeView::expandAll);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
    connect(&m_selection, &session::Selection::changed, this, &ProcessView::showSelection);
    connect(&m_session, &session::Session::advanced, this, &ProcessView::showCounts);
    showCounts();
}

void ProcessView::setTheme(const scene::Theme& theme)
{
    m_delegate->setTheme(theme);
    m_table->viewport()->update();
}

void ProcessView::setTree(bool tree)
{
    m_model->setShape(tree ? Model::Shape::Tree : Model::Shape::Flat);
    m_table->setRootIsDecorated(tree);
    m_table->setSortingEnabled(!tree);
    if (tree)
        m_filter->sort(-1); // the order of birth
    m_table->header()->setVisible(!tree);
    for (const int column : {Model::LinksColumn,
                             Model::QueueColumn,
                             Model::MessagesColumn,
                             Model::ParentColumn,
                             Model::AgeColumn})
        m_table->setColumnHidden(column, tree);
    // In the tree, names take what pids and notes leave; the list is as wide as its columns.
    QHeaderView* header = m_table->header();
    header->setStretchLastSection(!tree);
    header->setSectionResizeMode(Model::NameColumn,
                                 tree ? QHeaderView::Stretch : QHeaderView::Interactive);
    m_table->setColumnWidth(Model::NameColumn, 180);
    m_table->setColumnWidth(Model::PidColumn, 112);
    m_table->setColumnWidth(Model::StateColumn, tree ? 72 : 160);
    m_delegate->setBrief(tree);
    m_table->expandAll();
}

graph::NodeIndex ProcessView::nodeAt(const QModelIndex& row) const
{
    return m_model->nodeAt(m_filter->mapToSource(row));
}

bool ProcessView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress
        && tableKey(*static_cast<QKeyEvent*>(event)))
        return true;
    if (watched == m_table->viewport() && event->type() == QEvent::MouseButtonPress) {
        const auto& mouse = *static_cast<QMouseEvent*>(event);
        const graph::NodeIndex node = nodeAt(m_table->indexAt(mouse.pos()));
        if (mouse.button() == Qt::LeftButton && mouse.modifiers() == Qt::ControlModifier
            && node != graph::noNode && m_selection.current() != graph::noNode) {
            m_selection.selectSecondary(node);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

/// With Ctrl, the keys go for the second of a pair and leave the selected process selected.
bool ProcessView::tableKey(const QKeyEvent& key)
{
    if (key.modifiers() != Qt::ControlModifier)
        return false;
    const QModelIndex row = m_table->currentIndex();
    switch (key.key()) {
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const QModelIndex next
            = key.key() == Qt::Key_Up ? m_table->indexAbove(row) : m_table->indexBelow(row);
        if (next.isValid()) {
            m_following = true;
            m_table->selectionModel()->setCurrentIndex(next, QItemSelectionModel::NoUpdate);
            m_following = false;
        }
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (row.isValid() && m_selection.current() != graph::noNode)
            m_selection.selectSecondary(nodeAt(row));
        return true;
    default:
        return false;
    }
}

/// A tree that hides its newest processes would show nothing. Only rows with something below are
/// expanded: the table remembers each one, and moves what it remembers with every insertion.
void ProcessView::expandNew(const QModelIndex& under, int first, int last)
{
    if (m_model->shape() == Model::Shape::Tree) {
        if (under.isValid() && !m_table->isExpanded(under))
            m_table->expand(under);
        for (int row = first; row <= last; ++row)
            expandBelow(m_filter->index(row, 0, under));
    }
    const graph::NodeIndex selected = m_selection.current();
    if (selected != graph::noNode && nodeAt(m_table->currentIndex()) == graph::noNode)
        showSelection(); // it was selected elsewhere before it had a row here
}

void ProcessView::expandBelow(const QModelIndex& top)
{
    std::vector<QModelIndex> waiting{top}; // processes can be nested very deeply
    while (!waiting.empty()) {
        const QModelIndex row = waiting.back();
        waiting.pop_back();
        const int children = m_filter->rowCount(row);
        if (children > 0)
            m_table->expand(row);
        for (int child = 0; child < children; ++child)
            waiting.push_back(m_filter->index(child, 0, row));
    }
}

void ProcessView::showSelection()
{
    const QModelIndex index = m_filter->mapFromSource(m_model->indexOf(m_selection.current()));
    m_following = true;
    if (index.isValid()) {
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
    } else {
        m_table->selectionModel()->clear();
    }
    m_following = false;
}

void ProcessView::showCounts()
{
    const graph::ProcessGraph& processes = m_session.graph();
    m_counts->setText(
        processes.size() == 0
            ? tr("No processes yet")
            : tr("%1 alive · %2 dead").arg(processes.aliveCount()).arg(processes.deadCount()));
}

} // namespace exitwave::views
