#include "gui/session/process_filter_model.h"

#include "gui/session/process_table_model.h"

#include <utility>

namespace exitwave::session {

using graph::NodeIndex;
using graph::noNode;

namespace {

constexpr int refilterIntervalMs = 100;

} // namespace

ProcessFilterModel::ProcessFilterModel(QObject* parent) : QSortFilterProxyModel(parent)
{
    setSortRole(ProcessTableModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    m_later.setSingleShot(true);
    m_later.setInterval(refilterIntervalMs);
    connect(&m_later, &QTimer::timeout, this, &ProcessFilterModel::refilter);
}

void ProcessFilterModel::setSourceModel(QAbstractItemModel* model)
{
    if (m_processes != nullptr)
        m_processes->disconnect(this);
    m_processes = qobject_cast<const ProcessTableModel*>(model);
    Q_ASSERT(model == nullptr || m_processes != nullptr);
    if (m_processes != nullptr) {
        // Before the proxy's own connections: a reset asks for rows at once.
        connect(m_processes, &QAbstractItemModel::modelReset, this, [this] {
            if (filters())
                m_kept = keptNow();
        });
        connect(m_processes, &QAbstractItemModel::rowsInserted, this, [this] { sourceChanged(); });
        connect(m_processes, &QAbstractItemModel::rowsRemoved, this, [this] { sourceChanged(); });
        connect(m_processes, &QAbstractItemModel::rowsMoved, this, [this] { sourceChanged(); });
        connect(
            m_processes, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex& from) {
                if (from.column() != ProcessTableModel::AgeColumn)
                    sourceChanged();
            });
    }
    QSortFilterProxyModel::setSourceModel(model);
}

void ProcessFilterModel::sourceChanged()
{
    if (filters() && !m_later.isActive())
        m_later.start();
}

void ProcessFilterModel::setText(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    refilter();
}

void ProcessFilterModel::setOnlyAlive(bool onlyAlive)
{
    if (onlyAlive == m_onlyAlive)
        return;
    m_onlyAlive = onlyAlive;
    refilter();
}

bool ProcessFilterModel::matches(NodeIndex node) const
{
    const auto cell = [&](int column) { return m_processes->indexOf(node, column); };
    if (m_onlyAlive && !m_processes->data(cell(0), ProcessTableModel::AliveRole).toBool())
        return false;
    if (m_text.isEmpty())
        return true;
    for (const int column : {ProcessTableModel::NameColumn,
                             ProcessTableModel::PidColumn,
                             ProcessTableModel::StateColumn}) {
        if (m_processes->data(cell(column)).toString().contains(m_text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

/// Those that match and, in a tree, all above them: one pass, each way up ends where another one
/// has been already.
std::vector<bool> ProcessFilterModel::keptNow() const
{
    const std::size_t count = m_processes == nullptr ? 0 : m_processes->nodeCount();
    std::vector<bool> kept(count, false);
    for (NodeIndex node = 0; node < count; ++node) {
        if (kept[node] || !matches(node))
            continue;
        for (NodeIndex at = node; at != noNode && !kept[at]; at = m_processes->shownParent(at))
            kept[at] = true;
    }
    return kept;
}

void ProcessFilterModel::refilter()
{
    m_later.stop();
    const bool filteredBefore = std::exchange(m_filtering, filters());
    const std::vector<bool> before = std::exchange(m_kept, {});
    if (m_filtering)
        m_kept = keptNow();
    if (m_filtering && filteredBefore && m_kept == before)
        return;
    // Rows that come and go one run at a time cost the square of their number, in every view: the
    // whole is laid out anew instead, with selection and expanded rows kept.
    invalidate();
    std::vector<NodeIndex> news;
    const std::size_t count = m_processes == nullptr ? 0 : m_processes->nodeCount();
    for (NodeIndex node = 0; node < count; ++node) {
        const bool wasKept = !filteredBefore || (node < before.size() && before[node]);
        if (!wasKept && (!m_filtering || m_kept[node]))
            news.push_back(node);
    }
    Q_EMIT appeared(news);
}

bool ProcessFilterModel::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    if (!filters())
        return true;
    const NodeIndex node = m_processes->nodeAt(m_processes->index(row, 0, parent));
    return node < m_kept.size() && m_kept[node]; // one just born waits for the next look at all
}

} // namespace exitwave::session
