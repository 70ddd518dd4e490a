// Mouse, keys and tool tips of the TimelineWidget.
#include "gui/session/process_text.h"
#include "gui/session/session.h"
#include "gui/session/time_text.h"
#include "gui/views/timeline/timeline_widget.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStringList>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace exitwave::views {

namespace {

constexpr double nearPixels = 5.0; // a tool tip tells of marks this close
constexpr double wheelStep = 0.8; // per notch
constexpr int notch = 120;
constexpr int frameMs = 16;

} // namespace

void TimelineWidget::seekTo(double x)
{
    if (m_session.timeline().size() > 0)
        m_session.seekTime(m_scale.mapXToTime(x).ns);
}

void TimelineWidget::seekSoon(double x)
{
    if (!m_seekX)
        QTimer::singleShot(frameMs, Qt::PreciseTimer, this, &TimelineWidget::seekPending);
    m_seekX = x;
}

void TimelineWidget::seekPending()
{
    if (const std::optional<double> x = std::exchange(m_seekX, std::nullopt))
        seekTo(*x);
}

double TimelineWidget::playheadSeconds() const
{
    return static_cast<double>(m_session.playheadTime().ns) / 1e9;
}

void TimelineWidget::seekSeconds(double seconds)
{
    m_session.seekTime(std::llround(std::clamp(seconds, 0.0, 1e9) * 1e9));
}

void TimelineWidget::mousePressEvent(QMouseEvent* event)
{
    m_dragFrom = event->position();
    if (event->button() == Qt::LeftButton
        && event->position().y() >= geometryNow().lane.top() - nearPixels) {
        m_drag = Drag::Playhead;
        seekTo(event->position().x());
    } else if (event->button() == Qt::MiddleButton) {
        m_drag = Drag::Picture;
        setCursor(Qt::ClosedHandCursor);
    }
    event->accept();
}

void TimelineWidget::mouseMoveEvent(QMouseEvent* event)
{
    m_hoverX = event->position().x();
    if (m_drag == Drag::Playhead)
        seekSoon(m_hoverX);
    else if (m_drag == Drag::Picture)
        m_scale.panBy(m_hoverX - m_dragFrom.x());
    m_dragFrom = event->position();
    update();
}

void TimelineWidget::mouseReleaseEvent(QMouseEvent* event)
{
    seekPending();
    m_drag = Drag::None;
    unsetCursor();
    update();
    event->accept();
}

void TimelineWidget::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        showAll();
}

void TimelineWidget::leaveEvent(QEvent* event)
{
    m_hoverX = -1.0;
    update();
    QWidget::leaveEvent(event);
}

void TimelineWidget::wheelEvent(QWheelEvent* event)
{
    const QPoint turned = event->angleDelta();
    if (std::abs(turned.x()) > std::abs(turned.y())
        || event->modifiers().testFlag(Qt::ShiftModifier)) {
        const int by = turned.x() != 0 ? turned.x() : turned.y();
        m_scale.panBy(static_cast<double>(by) / 2.0);
    } else {
        m_scale.zoomAt(event->position().x(),
                       std::pow(wheelStep, static_cast<double>(turned.y()) / notch));
    }
    update();
    event->accept();
}

void TimelineWidget::keyPressEvent(QKeyEvent* event)
{
    const bool byCrash = event->modifiers().testFlag(Qt::ControlModifier);
    switch (event->key()) {
    case Qt::Key_Left:
        byCrash ? m_session.previousCrash() : m_session.stepBackward();
        break;
    case Qt::Key_Right:
        byCrash ? m_session.nextCrash() : m_session.stepForward();
        break;
    case Qt::Key_Space:
        m_session.setPlaying(!m_session.playing() && !m_session.following());
        break;
    case Qt::Key_Home:
        m_session.seek(0);
        break;
    case Qt::Key_End:
        m_session.returnToLive();
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(wheelStep);
        return;
    case Qt::Key_Minus:
        zoom(1.0 / wheelStep);
        return;
    case Qt::Key_0:
        showAll();
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    m_scale.reveal(m_session.playheadTime());
    update();
}

bool TimelineWidget::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = describe(help->pos().x());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(
                help->globalPos(),
                text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")),
                this);
        return true;
    }
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        noteTrace();
    return QWidget::event(event);
}

void TimelineWidget::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    noteTrace();
}

QString TimelineWidget::describe(double x) const
{
    const graph::Timeline& timeline = m_session.timeline();
    if (timeline.size() == 0 || x < m_scale.left || x > m_scale.left + m_scale.width)
        return {};
    const base::Timestamp time = m_scale.mapXToTime(x);
    QStringList lines{session::momentText(time, timeline.endTime() - base::Timestamp{})};

    // The bar under the pointer.
    const TimelineScale::Buckets buckets = m_scale.buckets(4.0);
    const std::int64_t bucket = (time - buckets.first).ns / buckets.length.ns;
    const base::Timestamp from = buckets.first + base::Duration{bucket * buckets.length.ns};
    const graph::Timeline::Density density = timeline.density(from, from + buckets.length, 1);
    for (std::size_t row = 0; row < graph::Timeline::rowCount && !density.empty(); ++row) {
        if (density[0][row] > 0)
            lines << tr("%1: %2")
                         .arg(rowTitle(static_cast<graph::Timeline::Row>(row)))
                         .arg(density[0][row]);
    }
    // Marks: each is told once, wherever within its reach the pointer is.
    for (const TimelineMark& mark : marksOf(timeline, timeline.crashes(), m_scale, nearPixels)) {
        if (std::abs(mark.x - x) > nearPixels)
            continue;
        const trace::Event& crash = timeline.event(timeline.crashes()[mark.first]);
        lines << tr("%1 crashed: %2")
                     .arg(processName(crash),
                          session::shortReason(timeline.terms().at(crash.term)));
        if (mark.count > 1)
            lines << tr("and %1 more crashes here").arg(mark.count - 1);
    }
    for (const TimelineMark& mark : marksOf(timeline, timeline.losses(), m_scale, nearPixels)) {
        if (std::abs(mark.x - x) > nearPixels)
            continue;
        std::uint64_t lost = 0;
        for (std::size_t loss = mark.first; loss < mark.first + mark.count; ++loss)
            lost += timeline.event(timeline.losses()[loss]).id;
        lines << tr("%1 events were lost here").arg(lost);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace exitwave::views
