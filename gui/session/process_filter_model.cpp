#include "gui/session/process_filter_model.h"

#include "gui/session/process_table_model.h"

namespace exitwave::session {

ProcessFilterModel::ProcessFilterModel(QObject* parent) : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
    setSortRole(ProcessTableModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

void ProcessFilterModel::setText(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    invalidateFilter();
}

void ProcessFilterModel::setOnlyAlive(bool onlyAlive)
{
    if (onlyAlive == m_onlyAlive)
        return;
    m_onlyAlive = onlyAlive;
    invalidateFilter();
}

bool ProcessFilterModel::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QAbstractItemModel& processes = *sourceModel();
    const auto cell = [&](int column) { return processes.index(row, column, parent); };
    if (m_onlyAlive && !cell(0).data(ProcessTableModel::AliveRole).toBool())
        return false;
    if (m_text.isEmpty())
        return true;
    for (const int column : {ProcessTableModel::NameColumn,
                             ProcessTableModel::PidColumn,
                             ProcessTableModel::StateColumn}) {
        if (cell(column).data().toString().contains(m_text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

} // namespace exitwave::session
