// ProcessView: the table of processes, as a tree by parent or as a flat list, with a filter.
#pragma once

#include "gui/graph/graph_delta.h"
#include "gui/scene/theme.h"

#include <QWidget>

class QKeyEvent;
class QLabel;
class QLineEdit;
class QModelIndex;
class QToolButton;
class QTreeView;

namespace exitwave::session {
class ProcessFilterModel;
class ProcessTableModel;
class Selection;
class Session;
} // namespace exitwave::session

namespace exitwave::views {

class ProcessDelegate;

/// Shows and sets the selection. A click with Ctrl chooses the second of a pair; so do Ctrl+Up and
/// Ctrl+Down to a row and Ctrl+Enter or Ctrl+Space on it. Thread: GUI thread. Session and selection
/// must outlive it.
class ProcessView : public QWidget
{
    Q_OBJECT

public:
    ProcessView(session::Session& session,
                session::Selection& selection,
                QWidget* parent = nullptr);

    void setTheme(const scene::Theme& theme);
    /// False: every process in one list with all columns, sortable.
    void setTree(bool tree);
    [[nodiscard]] QTreeView* table() const { return m_table; }
    [[nodiscard]] QLineEdit* filterLine() const { return m_filterLine; }

Q_SIGNALS:
    /// Right click or menu key on a process, which is selected then.
    void contextMenuRequested(exitwave::graph::NodeIndex node, const QPoint& globalPosition);
    /// Enter or double click: show it on the canvas.
    void activated(exitwave::graph::NodeIndex node);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] graph::NodeIndex nodeAt(const QModelIndex& row) const;
    bool tableKey(const QKeyEvent& key);
    void expandNew(const QModelIndex& under, int first, int last);
    void expandBelow(const QModelIndex& top);
    void showSelection();
    void showCounts();

    session::Session& m_session;
    session::Selection& m_selection;
    session::ProcessTableModel* m_model = nullptr;
    session::ProcessFilterModel* m_filter = nullptr;
    ProcessDelegate* m_delegate = nullptr;
    QTreeView* m_table = nullptr;
    QLineEdit* m_filterLine = nullptr;
    QLabel* m_counts = nullptr;
    bool m_following = false; // the selection is being brought to the table, not taken from it
};

} // namespace exitwave::views
