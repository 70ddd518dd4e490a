// The canvas's mouse, wheel and touch. The rest of CanvasWidget is in canvas_widget.cpp.
#include "gui/views/canvas/canvas_widget.h"

#include <QContextMenuEvent>
#include <QGestureEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace exitwave::views {

namespace {

constexpr float zoomStep = 1.25F; ///< of a wheel notch
constexpr int clickSlack = 4; ///< a hand is not that steady

scene::Vec2 vec(QPointF point)
{
    return {static_cast<float>(point.x()), static_cast<float>(point.y())};
}

} // namespace

// Selection -------------------------------------------------------------------------------------

void CanvasWidget::setSelection(NodeIndex selected, NodeIndex secondary)
{
    m_stage.selected = selected;
    m_stage.secondary = secondary == selected ? graph::noNode : secondary;
    describe();
    requestFrame();
}

void CanvasWidget::setHovered(NodeIndex node)
{
    if (node != m_stage.hovered) {
        m_stage.hovered = node;
        followUp();
    }
}

void CanvasWidget::select(NodeIndex node)
{
    m_stage.selected = node;
    m_stage.secondary = graph::noNode;
    describe();
    Q_EMIT nodeSelected(node);
    requestFrame();
}

void CanvasWidget::hover(NodeIndex node)
{
    if (node != m_stage.hovered) {
        m_stage.hovered = node;
        describe();
        Q_EMIT nodeHovered(node);
        followUp();
    }
}

NodeIndex CanvasWidget::nodeAt(QPointF point) const
{
    return m_overlay.covers(point) ? graph::noNode : m_stage.nodeAt(vec(point));
}

std::optional<QPointF> CanvasWidget::pointOf(NodeIndex node) const
{
    if (const scene::DrawList::Hit* hit = m_stage.hitOf(node)) {
        return QPointF(static_cast<qreal>(hit->center.x), static_cast<qreal>(hit->center.y));
    }
    return std::nullopt;
}

void CanvasWidget::setSearch(const QString& text)
{
    m_stage.setSearch(text.trimmed().toStdString(), shownGraph(), shownTerms());
    Q_EMIT matchesChanged(static_cast<int>(matchCount()));
    requestFrame();
}

void CanvasWidget::selectNextMatch(bool forward)
{
    const std::span<const NodeIndex> matches = m_stage.matches();
    if (matches.empty()) {
        return;
    }
    const NodeIndex current = m_stage.selected;
    NodeIndex next = forward ? matches.front() : matches.back();
    if (current != graph::noNode && forward) {
        const auto after = std::upper_bound(matches.begin(), matches.end(), current);
        next = after == matches.end() ? matches.front() : *after;
    } else if (current != graph::noNode) {
        const auto at = std::lower_bound(matches.begin(), matches.end(), current);
        next = at == matches.begin() ? matches.back() : *(at - 1);
    }
    select(next);
    centerOn(next);
}

// Mouse -----------------------------------------------------------------------------------------

void CanvasWidget::mousePressEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    m_pressedAt = at;
    m_lastMouse = at;
    m_dragged = false;
    if (m_overlay.covers(at)) {
        m_drag = Drag::Panel;
        m_overlay.input().mouseMove(at);
        m_overlay.input().mouseButton(event->button(), true);
        followUp();
        return;
    }
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_spaceHeld)) {
        m_pressedNode = graph::noNode;
        m_drag = Drag::Background;
        m_dragged = true; // never a click
    } else if (event->button() == Qt::LeftButton) {
        m_pressedNode = m_stage.nodeAt(vec(at));
        m_drag = m_pressedNode == graph::noNode ? Drag::Background : Drag::Node;
        if (m_pressedNode < m_stage.positions().size()) {
            const layout::Point center = m_stage.positions()[m_pressedNode];
            const layout::Point under = projection().toWorld(vec(at));
            m_grip = {under.x - center.x, under.y - center.y};
        }
    }
    updateCursor();
}

void CanvasWidget::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    const QPointF by = at - m_lastMouse;
    m_lastMouse = at;
    if (m_drag == Drag::None || m_drag == Drag::Panel) {
        const bool wasOverPanel = m_overlay.covers(at - by);
        m_overlay.input().mouseMove(at);
        if (m_drag == Drag::None) {
            hover(nodeAt(at));
        }
        if (wasOverPanel || m_overlay.covers(at)) {
            followUp();
        }
        return;
    }
    if (!m_dragged && (at - m_pressedAt).manhattanLength() < clickSlack) {
        return;
    }
    if (!m_dragged) {
        m_dragged = true;
        m_lastMouse = at;
        updateCursor();
        if (m_drag == Drag::Background) {
            pan(at - m_pressedAt);
            return;
        }
    }
    if (m_drag == Drag::Background) {
        pan(by);
    } else {
        dragNode(at);
    }
}

void CanvasWidget::mouseReleaseEvent(QMouseEvent* event)
{
    const Drag drag = m_drag;
    m_drag = Drag::None;
    if (drag == Drag::Panel) {
        m_overlay.input().mouseMove(event->position());
        m_overlay.input().mouseButton(event->button(), false);
        followUp();
        return;
    }
    if (!m_dragged && drag != Drag::None && event->button() == Qt::LeftButton) {
        const bool second = event->modifiers().testFlag(Qt::ControlModifier);
        if (second && m_pressedNode != graph::noNode && m_stage.selected != graph::noNode
            && m_pressedNode != m_stage.selected) {
            m_stage.secondary = m_pressedNode;
            Q_EMIT secondarySelected(m_pressedNode);
        } else {
            select(m_pressedNode);
        }
    }
    updateCursor();
    followUp();
}

void CanvasWidget::mouseDoubleClickEvent(QMouseEvent* event)
{
    const NodeIndex node = nodeAt(event->position());
    if (event->button() != Qt::LeftButton || node == graph::noNode) {
        mousePressEvent(event);
        return;
    }
    if (m_stage.pinned(node)) {
        unpin(node);
    } else {
        Q_EMIT nodeActivated(node);
    }
}

void CanvasWidget::dragNode(QPointF to)
{
    const layout::Point under = projection().toWorld(vec(to));
    m_autoFit = false; // the picture must not run away from the hand
    m_stage.pin(m_pressedNode, {under.x - m_grip.x, under.y - m_grip.y});
    requestFrame();
}

void CanvasWidget::leaveEvent(QEvent* /*event*/)
{
    m_overlay.input().mouseLeave();
    hover(graph::noNode);
    followUp();
}

void CanvasWidget::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() == QContextMenuEvent::Mouse) {
        if (!m_overlay.covers(QPointF(event->pos()))) {
            Q_EMIT contextMenuRequested(m_stage.nodeAt(vec(QPointF(event->pos()))),
                                        event->globalPos());
        }
        return;
    }
    const NodeIndex node = m_stage.hovered != graph::noNode ? m_stage.hovered : m_stage.selected;
    const QPointF at = pointOf(node).value_or(QPointF(rect().center()));
    Q_EMIT contextMenuRequested(node, mapToGlobal(at.toPoint()));
}

void CanvasWidget::updateCursor()
{
    Qt::CursorShape shape = m_overlay.cursor();
    if (m_drag == Drag::Background && m_dragged) {
        shape = Qt::ClosedHandCursor;
    } else if (m_spaceHeld) {
        shape = Qt::OpenHandCursor;
    } else if (m_drag == Drag::Node || (m_drag == Drag::None && m_stage.hovered != graph::noNode)) {
        shape = Qt::PointingHandCursor;
    }
    if (cursor().shape() != shape) {
        setCursor(shape);
    }
}

// Zoom and pan ----------------------------------------------------------------------------------

void CanvasWidget::zoomAt(QPointF at, float factor)
{
    m_autoFit = false;
    m_stage.camera().zoomAt(vec(at), factor, now());
    requestFrame();
}

void CanvasWidget::zoom(float factor)
{
    zoomAt(QPointF(width() / 2.0, height() / 2.0), factor);
}

void CanvasWidget::pan(QPointF by)
{
    m_autoFit = false;
    m_stage.camera().panBy(vec(by), now());
    requestFrame();
}

void CanvasWidget::wheelEvent(QWheelEvent* event)
{
    constexpr qreal notch = 120.0;
    if (m_overlay.covers(event->position())) {
        m_overlay.input().mouseMove(event->position());
        m_overlay.input().wheel(QPointF(event->angleDelta()) / notch);
        followUp();
    } else {
        const qreal turns = static_cast<qreal>(event->angleDelta().y()) / notch;
        zoomAt(event->position(), std::pow(zoomStep, static_cast<float>(turns)));
    }
    event->accept();
}

bool CanvasWidget::nativeGesture(QNativeGestureEvent* event)
{
    if (event->gestureType() != Qt::ZoomNativeGesture) {
        return false;
    }
    zoomAt(event->position(), 1.0F + static_cast<float>(event->value()));
    return true;
}

bool CanvasWidget::gesture(QGestureEvent* event)
{
    const auto* pinch = static_cast<QPinchGesture*>(event->gesture(Qt::PinchGesture));
    if (pinch == nullptr) {
        return false;
    }
    const QPointF center = mapFromGlobal(pinch->centerPoint());
    zoomAt(center, static_cast<float>(pinch->scaleFactor()));
    pan(pinch->centerPoint() - pinch->lastCenterPoint());
    event->accept(Qt::PinchGesture);
    return true;
}

} // namespace exitwave::views
