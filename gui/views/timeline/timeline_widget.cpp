#include "gui/views/timeline/timeline_widget.h"

#include "gui/session/process_text.h"
#include "gui/session/session.h"
#include "gui/session/session_state_text.h"
#include "gui/session/time_text.h"
#include "gui/views/timeline/timeline_accessible.h"

#include <QAccessible>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPaintEvent>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace exitwave::views {

namespace {

constexpr int liveIntervalMs = 100;

} // namespace

TimelineWidget::TimelineWidget(session::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(&scene::Theme::darkTheme())
    , m_returnToLive(new QPushButton(tr("Return to live"), this))
{
    installTimelineAccessibility();
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(tr("All events of the trace over time. Left and Right step by an "
                                "event, with Ctrl by a crash; Space plays."));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_returnToLive->setObjectName(QStringLiteral("returnToLive"));
    m_returnToLive->setCursor(Qt::PointingHandCursor);
    m_returnToLive->setToolTip(tr("Show what the program does now"));
    connect(m_returnToLive, &QPushButton::clicked, &session, &session::Session::returnToLive);

    m_liveTimer.setInterval(liveIntervalMs);
    connect(&m_liveTimer, &QTimer::timeout, this, &TimelineWidget::noteTrace);
    connect(&session, &session::Session::timelineReplaced, this, [this] {
        m_scale.showAll();
        noteTrace();
    });
    connect(&session, &session::Session::timelineGrew, this, &TimelineWidget::noteTrace);
    connect(&session, &session::Session::sourceChanged, this, &TimelineWidget::noteTrace);
    connect(&session, &session::Session::modeChanged, this, &TimelineWidget::noteTrace);
    connect(&session, &session::Session::advanced, this, &TimelineWidget::follow);
    styleButton();
    noteTrace();
}

void TimelineWidget::setTheme(const scene::Theme& theme)
{
    m_theme = &theme;
    styleButton();
    update();
}

void TimelineWidget::styleButton()
{
    const QString color = toQColor(m_theme->traps).name();
    QFont font = labelFont();
    m_returnToLive->setFont(font);
    m_returnToLive->setStyleSheet(
        QStringLiteral(
            "QPushButton { color: %1; background: transparent; border: 1px solid %1; "
            "border-radius: %2px; "
            "padding: 0px 10px; } QPushButton:hover, QPushButton:focus { background: %3; }")
            .arg(color)
            .arg(9)
            .arg(toQColor(m_theme->raised).name()));
}

QFont TimelineWidget::labelFont() const
{
    QFont small = font();
    small.setPixelSize(11);
    return small;
}

TimelineGeometry TimelineWidget::geometryNow() const
{
    const QFontMetricsF metrics(labelFont());
    double labelWidth = 0.0;
    for (std::size_t row = 0; row < graph::Timeline::rowCount; ++row)
        labelWidth
            = std::max(labelWidth,
                       metrics.horizontalAdvance(rowTitle(static_cast<graph::Timeline::Row>(row))));
    return TimelineGeometry::of(width(), height(), labelWidth, metrics.height());
}

QSize TimelineWidget::sizeHint() const
{
    return {900, 164};
}

QSize TimelineWidget::minimumSizeHint() const
{
    return {320, 124};
}

bool TimelineWidget::behind() const
{
    return m_session.live() && !m_session.following();
}

/// Takes over where the trace begins and ends now.
void TimelineWidget::noteTrace()
{
    const TimelineGeometry geometry = geometryNow();
    m_scale.left = geometry.strip.left();
    m_scale.width = geometry.strip.width();
    const base::Timestamp oldEnd = m_scale.end;
    m_scale.setTrace(m_session.timeline().beginTime(),
                     std::max(m_session.endTime(), m_session.timeline().endTime()));
    if (m_session.following() && !m_scale.showsAll() && m_drag != Drag::Picture
        && m_scale.to >= oldEnd)
        m_scale.reveal(m_scale.end); // who looks at the end goes on looking at it
    if (m_session.live() != m_liveTimer.isActive()) {
        if (m_session.live())
            m_liveTimer.start();
        else
            m_liveTimer.stop();
    }
    placeButton();
    update();
}

/// The playhead moved: while it moves by itself it stays in the picture.
void TimelineWidget::follow()
{
    if (m_session.playing() && m_drag != Drag::Picture)
        m_scale.reveal(m_session.playheadTime());
    tellAccessibility();
    placeButton();
    update();
}

void TimelineWidget::tellAccessibility()
{
    if (!QAccessible::isActive())
        return;
    QAccessibleValueChangeEvent change(this, timeText());
    QAccessible::updateAccessibility(&change);
}

QString TimelineWidget::stateText() const
{
    return m_session.state() == trace::SourceState::Idle ? QString()
                                                         : session::stateText(m_session);
}

scene::Color TimelineWidget::stateColor() const
{
    if (m_session.state() == trace::SourceState::Failed)
        return m_theme->crashed;
    if (behind() || (m_session.live() && m_session.graph().paused()))
        return m_theme->traps;
    return m_session.live() ? m_theme->good : m_theme->secondary;
}

QString TimelineWidget::timeText() const
{
    const graph::Timeline& timeline = m_session.timeline();
    if (timeline.size() == 0)
        return {};
    const base::Timestamp end = std::max(m_session.endTime(), timeline.endTime());
    const base::Duration span = end - base::Timestamp{};
    return tr("%1 of %2")
        .arg(session::momentText(std::min(m_session.playheadTime(), end), span),
             session::momentText(end, span));
}

QString TimelineWidget::processName(const trace::Event& event) const
{
    const graph::NodeIndex node = m_session.graph().find(event.process);
    if (node != graph::noNode)
        return session::processName(m_session.graph().node(node), m_session.timeline().terms());
    return QString::fromStdString(graph::pidText(event.process));
}

void TimelineWidget::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), toQColor(m_theme->panel));
    const TimelineGeometry geometry = geometryNow();
    paintHeader(painter, geometry);
    if (m_session.timeline().size() == 0) {
        painter.setFont(labelFont());
        painter.setPen(toQColor(m_theme->secondary));
        painter.drawText(geometry.strip,
                         Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Here the events of a program appear over time. Run a lesson, connect "
                            "to a running node, or open a trace."));
    } else {
        const TimelinePainter picture{
            m_session.timeline(),
            m_scale,
            geometry,
            *m_theme,
            labelFont(),
            m_session.playheadTime(),
            m_drag == Drag::None ? m_hoverX : -1.0,
            [this](const trace::Event& event) { return processName(event); }};
        picture.paintRows(painter);
        picture.paintLosses(painter);
        picture.paintCrashes(painter);
        picture.paintAxis(painter);
        picture.paintPlayhead(painter);
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(toQColor(m_theme->selection));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void TimelineWidget::paintHeader(QPainter& painter, const TimelineGeometry& geometry) const
{
    painter.setFont(labelFont());
    painter.setPen(toQColor(stateColor()));
    painter.drawText(geometry.header, Qt::AlignLeft | Qt::AlignVCenter, stateText());

    QFont mono
        = QFontDatabase::systemFont(QFontDatabase::FixedFont); // its digits are all of one width
    mono.setPixelSize(12);
    painter.setFont(mono);
    painter.setPen(toQColor(m_theme->secondary));
    painter.drawText(geometry.header, Qt::AlignRight | Qt::AlignVCenter, timeText());
}

void TimelineWidget::placeButton()
{
    m_returnToLive->setVisible(behind());
    if (!behind())
        return;
    const TimelineGeometry geometry = geometryNow();
    const QFontMetricsF metrics(labelFont());
    // Room for the widest number, so that the button does not tremble beside a number that changes.
    const double state = metrics.horizontalAdvance(session::widestBehindText());
    const double left = geometry.header.left() + state;
    const QSize size(static_cast<int>(metrics.horizontalAdvance(m_returnToLive->text())) + 24, 20);
    m_returnToLive->setGeometry(static_cast<int>(left),
                                static_cast<int>(geometry.header.center().y()) - size.height() / 2,
                                size.width(),
                                size.height());
}

void TimelineWidget::showAll()
{
    m_scale.showAll();
    update();
}

void TimelineWidget::zoom(double factor)
{
    const double x = m_scale.mapTimeToX(m_session.playheadTime());
    m_scale.zoomAt(std::clamp(x, m_scale.left, m_scale.left + m_scale.width), factor);
    update();
}

} // namespace exitwave::views
