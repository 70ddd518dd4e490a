#include "gui/session/selection.h"

#include "gui/session/session.h"

namespace exitwave::session {

Selection::Selection(Session& session, QObject* parent) : QObject(parent)
{
    connect(&session, &Session::timelineReplaced, this, [this] {
        clear();
        hover(graph::noNode);
    });
}

void Selection::select(graph::NodeIndex node)
{
    set(node, graph::noNode);
}

void Selection::selectSecondary(graph::NodeIndex node)
{
    set(m_current, node == m_current ? graph::noNode : node);
}

void Selection::hover(graph::NodeIndex node)
{
    if (node == m_hovered)
        return;
    m_hovered = node;
    Q_EMIT hoverChanged(node);
}

void Selection::clear()
{
    set(graph::noNode, graph::noNode);
}

void Selection::set(graph::NodeIndex current, graph::NodeIndex secondary)
{
    if (current == m_current && secondary == m_secondary)
        return;
    m_current = current;
    m_secondary = secondary;
    Q_EMIT changed(current, secondary);
}

} // namespace exitwave::session
