// The canvas's input: mouse, wheel, touch, keyboard, focus. The rest of CanvasWidget is in
// canvas_widget.cpp.
#include "gui/graph/describe.h"
#include "gui/session/session.h"
#include "gui/views/canvas/canvas_widget.h"

#include <QContextMenuEvent>
#include <QGestureEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace exitwave::views {

namespace {

constexpr float zoomStep = 1.25F; ///< of a key; a wheel notch is about the same
constexpr float panStep = 64.0F; ///< logical pixels of an arrow key
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
    static const graph::ProcessGraph noGraph;
    static const trace::TermTable noTerms;
    m_stage.setSearch(text.trimmed().toStdString(),
                      m_session != nullptr ? m_session->graph() : noGraph,
                      m_session != nullptr ? m_session->timeline().terms() : noTerms);
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

// Keyboard --------------------------------------------------------------------------------------

bool CanvasWidget::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride:
        if (m_overlay.wantsText()) {
            event->accept(); // while someone types, letters are letters
            return true;
        }
        break;
    case QEvent::NativeGesture:
        if (nativeGesture(static_cast<QNativeGestureEvent*>(event))) {
            return true;
        }
        break;
    case QEvent::Gesture:
        if (gesture(static_cast<QGestureEvent*>(event))) {
            return true;
        }
        break;
    default:
        break;
    }
    return QWidget::event(event);
}

void CanvasWidget::keyPressEvent(QKeyEvent* event)
{
    if (m_overlay.wantsText()) {
        m_overlay.input().key(*event, true);
        followUp();
        return;
    }
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = true;
        updateCursor();
        return;
    }
    if (!handleKey(event->key(), event->modifiers())) {
        QWidget::keyPressEvent(event);
    }
}

void CanvasWidget::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = false;
        updateCursor();
    }
    if (m_overlay.wantsText()) {
        m_overlay.input().key(*event, false);
        followUp();
        return;
    }
    QWidget::keyReleaseEvent(event);
}

bool CanvasWidget::handleKey(int key, Qt::KeyboardModifiers modifiers)
{
    const bool shift = modifiers.testFlag(Qt::ShiftModifier);
    const auto arrow = [&](float x, float y) {
        // With a process at hand the arrows walk; Shift, or no process, and they pan.
        if (shift || !walkTowards({x, y})) {
            pan(QPointF(static_cast<qreal>(-x * panStep), static_cast<qreal>(-y * panStep)));
        }
    };
    if (modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) {
        return false; // the window's shortcuts
    }
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(zoomStep);
        return true;
    case Qt::Key_Minus:
        zoom(1.0F / zoomStep);
        return true;
    case Qt::Key_F:
    case Qt::Key_Home:
        fit();
        return true;
    case Qt::Key_U:
        unpin(m_stage.hovered != graph::noNode ? m_stage.hovered : m_stage.selected);
        return true;
    case Qt::Key_Left:
        arrow(-1.0F, 0.0F);
        return true;
    case Qt::Key_Right:
        arrow(1.0F, 0.0F);
        return true;
    case Qt::Key_Up:
        arrow(0.0F, -1.0F);
        return true;
    case Qt::Key_Down:
        arrow(0.0F, 1.0F);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_stage.hovered != graph::noNode && m_stage.hovered != m_stage.selected) {
            select(m_stage.hovered);
        } else if (m_stage.selected != graph::noNode) {
            Q_EMIT nodeActivated(m_stage.selected);
        }
        return true;
    case Qt::Key_Escape:
        hover(graph::noNode);
        select(graph::noNode);
        return true;
    default:
        return false;
    }
}

bool CanvasWidget::walkTowards(scene::Vec2 direction)
{
    const NodeIndex from = m_stage.hovered != graph::noNode ? m_stage.hovered : m_stage.selected;
    if (m_stage.hitOf(from) == nullptr) {
        return false;
    }
    const NodeIndex next = m_stage.neighbour(from, direction);
    if (next != graph::noNode) {
        hover(next);
    }
    return true;
}

bool CanvasWidget::focusNextPrevChild(bool next)
{
    if (m_overlay.wantsText()) {
        return true; // the key goes to the field
    }
    const std::size_t count = m_session != nullptr ? m_session->graph().size() : 0;
    NodeIndex at = m_stage.hovered != graph::noNode ? m_stage.hovered : m_stage.selected;
    if (count == 0 || (next && at != graph::noNode && at + 1 >= count)
        || (!next && (at == graph::noNode || at == 0))) {
        hover(graph::noNode);
        return QWidget::focusNextPrevChild(next); // past the last process: on to the next widget
    }
    at = at == graph::noNode ? 0 : next ? at + 1 : at - 1;
    hover(at);
    if (!pointOf(at)) {
        centerOn(at);
    }
    return true;
}

void CanvasWidget::inputMethodEvent(QInputMethodEvent* event)
{
    if (m_overlay.wantsText()) {
        m_overlay.input().inputMethod(*event);
        followUp();
    }
    event->accept();
}

void CanvasWidget::focusOutEvent(QFocusEvent* event)
{
    m_overlay.input().focusLost();
    m_spaceHeld = false;
    followUp();
    QWidget::focusOutEvent(event);
}

} // namespace exitwave::views
