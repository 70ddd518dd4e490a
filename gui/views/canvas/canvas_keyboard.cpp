// The canvas's keyboard: zooming, panning, walking from process to process, focus and text. The
// rest of CanvasWidget is in canvas_widget.cpp.
#include "gui/views/canvas/canvas_widget.h"

#include <QGestureEvent>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QNativeGestureEvent>

#include <cstdint>

namespace exitwave::views {

namespace {

constexpr float zoomStep = 1.25F; ///< as a notch of the wheel
constexpr float panStep = 64.0F; ///< logical pixels

} // namespace

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
    if (modifiers.testFlag(Qt::ControlModifier)
        && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        // As a click with Ctrl: the process that the arrows have come to is the second of the pair.
        const NodeIndex second = m_stage.hovered;
        if (second != graph::noNode && m_stage.selected != graph::noNode
            && second != m_stage.selected) {
            m_stage.secondary = second;
            Q_EMIT secondarySelected(second);
            followUp();
        }
        return true;
    }
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
    case Qt::Key_PageDown:
        walkBy(1);
        return true;
    case Qt::Key_PageUp:
        walkBy(-1);
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

void CanvasWidget::walkBy(int step)
{
    const auto count = static_cast<std::int64_t>(shownGraph().size());
    if (count == 0) {
        return;
    }
    const NodeIndex from = m_stage.hovered != graph::noNode ? m_stage.hovered : m_stage.selected;
    const std::int64_t start = from != graph::noNode ? std::int64_t{from} : (step > 0 ? -1 : 0);
    const auto at = static_cast<NodeIndex>((start + step + count) % count);
    hover(at);
    if (!pointOf(at)) {
        centerOn(at);
    }
}

bool CanvasWidget::focusNextPrevChild(bool next)
{
    if (m_overlay.wantsText()) {
        return true; // the key goes to the field
    }
    return QWidget::focusNextPrevChild(next);
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
