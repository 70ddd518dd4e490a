// ProcessFilterModel: the processes whose text matches, and only the living if so wished.
#pragma once

#include <QSortFilterProxyModel>
#include <QString>

namespace exitwave::session {

/// Put over a ProcessTableModel. In a tree the ancestors of what matches stay, so that it can be
/// found. Sorts by ProcessTableModel::SortRole. Thread: GUI thread.
class ProcessFilterModel : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit ProcessFilterModel(QObject* parent = nullptr);

    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] bool onlyAlive() const { return m_onlyAlive; }

public Q_SLOTS:
    /// Keeps processes with `text` in name, pid or state, upper and lower case alike. Empty: all.
    void setText(const QString& text);
    void setOnlyAlive(bool onlyAlive);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString m_text;
    bool m_onlyAlive = false;
};

} // namespace exitwave::session
