// Selection: the process that is looked at, and the second one of a pair (link, unlink).
#pragma once

#include "gui/graph/graph_delta.h"

#include <QObject>

namespace exitwave::session {

class Session;

/// What is selected in all views at once. Cleared when the session's timeline is replaced; a node
/// that the playhead has gone back behind stays selected, so that it is found again. Thread: GUI
/// thread.
class Selection : public QObject
{
    Q_OBJECT

public:
    explicit Selection(Session& session, QObject* parent = nullptr);

    [[nodiscard]] graph::NodeIndex current() const { return m_current; } ///< noNode: nothing
    [[nodiscard]] graph::NodeIndex secondary() const
    {
        return m_secondary;
    } ///< never equal to current(), but for noNode
    [[nodiscard]] graph::NodeIndex hovered() const
    {
        return m_hovered;
    } ///< under the pointer, in any view

public Q_SLOTS:
    /// Also clears the secondary one.
    void select(exitwave::graph::NodeIndex node);
    void selectSecondary(exitwave::graph::NodeIndex node);
    void hover(exitwave::graph::NodeIndex node);
    void clear();

Q_SIGNALS:
    void changed(exitwave::graph::NodeIndex current, exitwave::graph::NodeIndex secondary);
    void hoverChanged(exitwave::graph::NodeIndex node);

private:
    void set(graph::NodeIndex current, graph::NodeIndex secondary);

    graph::NodeIndex m_current = graph::noNode;
    graph::NodeIndex m_secondary = graph::noNode;
    graph::NodeIndex m_hovered = graph::noNode;
};

} // namespace exitwave::session
