// ProcessFilterModel: the processes whose text matches, and only the living if so wished.
#pragma once

#include "gui/graph/graph_delta.h"

#include <QSortFilterProxyModel>
#include <QString>
#include <QTimer>

#include <vector>

namespace exitwave::session {

class ProcessTableModel;

/// Put over a ProcessTableModel, and over nothing else. In a tree the ancestors of what matches
/// stay, so that it can be found. Who is kept is worked out for all processes at once: when text or
/// wish change, and at most ten times a second while the program goes on. Sorts by
/// ProcessTableModel::SortRole. Thread: GUI thread.
class ProcessFilterModel : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit ProcessFilterModel(QObject* parent = nullptr);

    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] bool onlyAlive() const { return m_onlyAlive; }
    void setSourceModel(QAbstractItemModel* model) override;

public Q_SLOTS:
    /// Keeps processes with `text` in name, pid or state, upper and lower case alike. Empty: all.
    void setText(const QString& text);
    void setOnlyAlive(bool onlyAlive);

Q_SIGNALS:
    /// Processes that are kept now and were not before; they are in the model already.
    void appeared(const std::vector<exitwave::graph::NodeIndex>& nodes);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    [[nodiscard]] bool filters() const { return m_onlyAlive || !m_text.isEmpty(); }
    [[nodiscard]] bool matches(graph::NodeIndex node) const;
    [[nodiscard]] std::vector<bool> keptNow() const;
    void sourceChanged();
    void refilter();

    QString m_text;
    bool m_onlyAlive = false;
    const ProcessTableModel* m_processes = nullptr;
    bool m_filtering = false; // as of the last refilter()
    std::vector<bool> m_kept; // by node, while something is filtered
    QTimer m_later;
};

} // namespace exitwave::session
