// The canvas's frames: what one is made of, when the next is due, and pictures of them. The rest of
// CanvasWidget is in canvas_widget.cpp.
#include "gui/graph/describe.h"
#include "gui/scene/node_style.h"
#include "gui/session/session.h"
#include "gui/views/canvas/canvas_widget.h"

#include <QAccessible>
#include <QAccessibleEvent>
#include <QElapsedTimer>
#include <QResizeEvent>
#include <QThread>

#include <algorithm>

namespace exitwave::views {

namespace {

constexpr int frameIntervalMs = 16;
constexpr int followUpFrames = 3;

scene::Vec2 vec(QSizeF size)
{
    return {static_cast<float>(size.width()), static_cast<float>(size.height())};
}

} // namespace

// Frames ----------------------------------------------------------------------------------------

scene::FrameTime CanvasWidget::now() const
{
    return m_frozen.value_or(scene::FrameTime{m_clock.nsecsElapsed()} + m_ahead);
}

void CanvasWidget::requestFrame()
{
    m_surface->widget().update();
}

void CanvasWidget::followUp()
{
    m_followUps = followUpFrames;
    requestFrame();
}

void CanvasWidget::layoutWoke()
{
    m_wakePosted = false;
    if (!m_frozen) {
        requestFrame();
    }
}

bool CanvasWidget::moves() const
{
    if (m_followUps > 0) {
        return true;
    }
    if (m_frozen) {
        return false;
    }
    const scene::FrameTime time = now();
    if (m_stage.moving() || m_stage.camera().animating(time)
        || m_stage.choreography().animating(time)) {
        return true;
    }
    const bool clockRuns = m_session != nullptr && !shownGraph().paused()
        && (m_session->playing()
            || (m_session->following() && m_session->state() == trace::SourceState::Live));
    if (!clockRuns) {
        return false;
    }
    // A signal whose landing was lost must not keep the canvas painting for ever.
    const base::Duration longest = base::Duration{shownGraph().hopDelay()} + base::seconds(1);
    const base::Timestamp playhead = m_session->playheadTime();
    const auto& signalsInFlight = shownGraph().signalsInFlight();
    return std::any_of(signalsInFlight.begin(), signalsInFlight.end(), [&](const auto& signal) {
        return playhead - signal.sentAt < longest;
    });
}

void CanvasWidget::prepareFrame(QSizeF size, qreal scale)
{
    const scene::FrameTime time = now();
    m_followUps = std::max(0, m_followUps - 1);
    m_stage.camera().setViewport(vec(size));
    m_stage.moveTo(time);
    if (m_autoFit && !m_stage.positions().empty() && !m_frozen) {
        if (!m_everPlaced) {
            m_stage.fit(margins(), time, base::Duration{});
            m_everPlaced = true;
        } else if (m_stage.wantsFit(margins(), time)) {
            m_stage.fit(margins(), time, scene::Camera::usualGlide);
        }
    }
    const base::Timestamp playhead
        = m_session != nullptr ? m_session->playheadTime() : base::Timestamp{};
    m_stage.build(shownGraph(), shownTerms(), playhead, time);
    m_minimap = scene::makeMinimap(shownGraph(),
                                   m_stage.positions(),
                                   m_stage.camera().at(time),
                                   *m_stage.theme,
                                   Hud::minimapSize);

    constexpr float nanosecond = 1e-9F;
    const float seconds = static_cast<float>((time - m_lastFrame).ns) * nanosecond;
    m_lastFrame = time;
    HudActions actions;
    m_overlay.frame(size, scale, seconds, [&] { actions = m_hud.build(hudInput()); });
    if (m_overlay.input().pending()) {
        m_followUps = std::max(m_followUps, 1);
    }
    setAttribute(Qt::WA_InputMethodEnabled, m_overlay.wantsText());
    obey(actions);
    updateCursor();
}

const scene::DrawList& CanvasWidget::drawList() const
{
    return m_stage.drawList();
}

void CanvasWidget::frameDone()
{
    if (moves() && !m_nextFrame.isActive()) {
        const int spent = static_cast<int>(m_meter.wallMs());
        m_nextFrame.start(std::max(1, frameIntervalMs - spent));
    }
}

HudInput CanvasWidget::hudInput()
{
    HudInput input;
    input.size = vec(QSizeF(this->size()));
    input.theme = m_stage.theme;
    input.fonts = m_overlay.fonts();
    input.empty = shownGraph().size() == 0;
    input.emptyTitle = m_emptyTitle;
    input.emptyHint = m_emptyHint;
    if (m_layouts.empty() && m_session != nullptr && m_session->graph().size() > 0) {
        input.emptyTitle = "No layout is installed";
        input.emptyHint = "Plugins give processes their places: see Tools, Plugins.";
    }
    m_shownRate = m_session != nullptr ? m_session->eventRate() : 0.0;
    input.eventsPerSecond = m_shownRate;
    input.alive = shownGraph().aliveCount();
    input.dead = shownGraph().deadCount();
    input.lost = shownGraph().lostEvents();
    input.frameTimes = m_meter.history();
    input.frameMs = m_meter.medianMs();
    const scene::DrawList& drawn = m_stage.drawList();
    const auto leftOut = [&input](std::uint32_t count, const char* what) {
        if (count > 0) {
            input.notDrawn += (input.notDrawn.empty() ? "" : ", ") + std::to_string(count) + what
                + (count == 1 ? "" : "s");
        }
    };
    leftOut(drawn.droppedLinks, " link");
    leftOut(drawn.droppedLabels, " name");
    input.layouts = m_layoutTitles;
    input.layout = m_layout;
    input.options = m_stage.options;
    input.minimap = &m_minimap;
    if (m_drag == Drag::None) {
        input.card = nodeCard();
    }
    return input;
}

std::optional<NodeCard> CanvasWidget::nodeCard() const
{
    const NodeIndex node = m_stage.hovered;
    const scene::DrawList::Hit* hit = m_stage.hitOf(node);
    if (hit == nullptr || node >= shownGraph().size()) {
        return std::nullopt;
    }
    const graph::ProcessNode& process = shownGraph().node(node);
    NodeCard card;
    card.anchor = hit->center;
    card.reach = hit->radius;
    card.title = graph::shortLabel(process, shownTerms());
    card.pid = graph::pidText(process.key);
    if (!process.alive && !m_stage.choreography().deathShown(node, now())) {
        // Its end is still on the way to the eye.
        card.state = "alive";
        card.stateColor
            = scene::colorOf(scene::livingLookOf(process, shownTerms()), *m_stage.theme);
        return card;
    }
    card.state = graph::stateWords(process, shownTerms());
    card.stateColor = scene::colorOf(scene::lookOf(process, shownTerms()), *m_stage.theme);
    if (!process.alive) {
        card.reason = graph::briefTerm(shownTerms().at(process.reason));
    }
    return card;
}

void CanvasWidget::obey(const HudActions& actions)
{
    if (actions.layout) {
        setLayout(m_layouts[*actions.layout].id);
    }
    if (actions.arrangeAnew) {
        arrangeAnew();
    }
    if (actions.options) {
        setOptions(*actions.options);
    }
    if (actions.minimapPoint) {
        m_autoFit = false;
        m_stage.camera().centerOn(
            m_minimap.toWorld(*actions.minimapPoint), now(), base::Duration{});
        requestFrame();
    }
}

// Pictures --------------------------------------------------------------------------------------

QImage CanvasWidget::grabImage()
{
    window()->winId(); // a QOpenGLWidget in a window that was never made has no scale yet
    m_surface->widget().setGeometry(rect()); // a hidden canvas was not told of its size yet
    // Panels learn their size in their first frame and are seen from the second; the time that a
    // frame took is known to the next.
    prepareFrame(QSizeF(size()), devicePixelRatioF());
    static_cast<void>(m_surface->grabFrame());
    return m_surface->grabFrame();
}

bool CanvasWidget::settle(std::optional<base::Duration> presented, int timeoutMs)
{
    QElapsedTimer waited;
    waited.start();
    constexpr unsigned long pauseUs = 500;
    while (!m_stage.layoutSettled() && waited.elapsed() < timeoutMs) {
        QThread::usleep(pauseUs);
    }
    const bool settled = m_stage.layoutSettled();
    constexpr base::Duration longAfter = base::seconds(60);
    window()->winId();
    m_frozen = m_lastAdvance + presented.value_or(longAfter);
    m_surface->widget().setGeometry(rect());
    prepareFrame(QSizeF(size()), devicePixelRatioF()); // the legend's height, for the margins
    prepareFrame(QSizeF(size()), devicePixelRatioF());
    m_stage.snap();
    m_everPlaced = !m_stage.positions().empty();
    m_stage.fit(margins(), now(), base::Duration{});
    requestFrame();
    return settled;
}

void CanvasWidget::resume()
{
    if (m_frozen) {
        // Time goes on from where it stood: presentation never goes back.
        m_ahead = *m_frozen - scene::FrameTime{m_clock.nsecsElapsed()};
        m_frozen.reset();
    }
    requestFrame();
}

void CanvasWidget::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_surface->widget().setGeometry(rect());
    followUp();
}

void CanvasWidget::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    followUp();
}

void CanvasWidget::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        followUp();
    }
}

void CanvasWidget::describe()
{
    QString text = tr("%1 processes alive, %2 dead.")
                       .arg(shownGraph().aliveCount())
                       .arg(shownGraph().deadCount());
    const auto add = [&](const QString& what, NodeIndex node) {
        if (node < shownGraph().size()) {
            text += QStringLiteral(" %1: %2, %3.")
                        .arg(what,
                             QString::fromStdString(
                                 graph::shortLabel(shownGraph().node(node), shownTerms())),
                             QString::fromStdString(
                                 graph::stateWords(shownGraph().node(node), shownTerms())));
        }
    };
    add(tr("Selected"), m_stage.selected);
    add(tr("At the pointer"), m_stage.hovered);
    if (text != accessibleDescription()) {
        setAccessibleDescription(text);
        QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
}

} // namespace exitwave::views
