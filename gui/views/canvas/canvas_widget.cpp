#include "gui/views/canvas/canvas_widget.h"

#include "gui/graph/describe.h"
#include "gui/layout/force_layout.h"
#include "gui/layout/tree_layout.h"
#include "gui/scene/node_style.h"
#include "gui/session/session.h"
#include "gui/views/canvas/canvas_fonts.h"
#include "gui/views/canvas/gl_probe.h"

#include <QAccessible>
#include <QAccessibleEvent>
#include <QResizeEvent>
#include <QThread>

#include <algorithm>
#include <utility>

namespace exitwave::views {

namespace {

constexpr int frameIntervalMs = 16;
constexpr int counterIntervalMs = 250;
constexpr int followUpFrames = 3;

const graph::ProcessGraph& graphOf(const session::Session* session)
{
    static const graph::ProcessGraph nothing;
    return session != nullptr ? session->graph() : nothing;
}

const trace::TermTable& termsOf(const session::Session* session)
{
    static const trace::TermTable nothing;
    return session != nullptr ? session->timeline().terms() : nothing;
}

std::vector<CanvasLayout> builtInLayouts()
{
    return {{QStringLiteral("tree"),
             QStringLiteral("Tree"),
             [] { return std::make_unique<layout::TreeLayout>(); }},
            {QStringLiteral("force"), QStringLiteral("Forces"), [] {
                 return std::make_unique<layout::ForceLayout>();
             }}};
}

scene::Vec2 vec(QSizeF size)
{
    return {static_cast<float>(size.width()), static_cast<float>(size.height())};
}

} // namespace

CanvasWidget::CanvasWidget(QWidget* parent, Renderer renderer)
    : QWidget(parent)
    , m_stage(std::make_unique<layout::TreeLayout>(),
              [this] {
                  // One event at a time: sixty a second would queue up behind a slow frame.
                  if (!m_wakePosted.exchange(true)) {
                      QMetaObject::invokeMethod(
                          this, [this] { layoutWoke(); }, Qt::QueuedConnection);
                  }
              })
    , m_emptyTitle("No processes yet")
    , m_emptyHint("Run a lesson, connect to a node or open a trace from the File menu.")
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_AcceptTouchEvents);
    setAttribute(Qt::WA_OpaquePaintEvent); // the surface covers everything
    grabGesture(Qt::PinchGesture);
    setMinimumSize(200, 150);
    setAccessibleName(tr("Process graph"));
    m_stage.setTextWidth([](std::string_view text, float size, scene::FontKind font) {
        return textWidth(text, font, size);
    });
    m_clock.start();
    m_nextFrame.setSingleShot(true);
    m_nextFrame.setTimerType(Qt::PreciseTimer);
    connect(&m_nextFrame, &QTimer::timeout, this, &CanvasWidget::requestFrame);
    m_counterTimer.setInterval(counterIntervalMs);
    connect(&m_counterTimer, &QTimer::timeout, this, &CanvasWidget::refreshCounters);
    setLayouts(builtInLayouts());
    makeSurface(renderer);
    describe();
}

CanvasWidget::~CanvasWidget()
{
    m_surface.reset(); // while the overlay, which it draws, is still there
}

void CanvasWidget::makeSurface(Renderer renderer)
{
    m_surface.reset();
    if (renderer == Renderer::Automatic && GlProbe::instance().usable) {
        m_surface = makeGlSurface(*this, this, [this](const QString& why) {
            m_glError = why;
            // Not from within its own painting.
            QMetaObject::invokeMethod(
                this, [this] { makeSurface(Renderer::Painter); }, Qt::QueuedConnection);
        });
    } else {
        m_surface = makePainterSurface(*this, this);
    }
    m_surface->widget().setGeometry(rect());
    m_surface->widget().show();
}

bool CanvasWidget::usesGl() const
{
    return m_surface->usesGl();
}

QString CanvasWidget::rendererText() const
{
    if (!m_glError.isEmpty()) {
        return tr("drawing with QPainter because OpenGL refused: %1").arg(m_glError.trimmed());
    }
    if (m_surface->usesGl() || !GlProbe::instance().usable) {
        return GlProbe::instance().text;
    }
    return tr("drawing with QPainter");
}

// Session ---------------------------------------------------------------------------------------

void CanvasWidget::setSession(session::Session* session)
{
    if (m_session != nullptr) {
        m_session->disconnect(this);
    }
    m_session = session;
    m_stage.forget();
    m_autoFit = true;
    m_everPlaced = false;
    if (session != nullptr) {
        connect(session, &session::Session::advanced, this, &CanvasWidget::graphAdvanced);
        connect(session, &session::Session::sourceChanged, this, &CanvasWidget::sessionChanged);
        connect(session, &session::Session::modeChanged, this, &CanvasWidget::requestFrame);
        graph::GraphDelta all;
        all.reset = true;
        graphAdvanced(all);
    }
    describe();
    requestFrame();
}

void CanvasWidget::sessionChanged()
{
    // The same signal tells of a changed state; only a timeline that is empty again is another one.
    if (m_session->timeline().size() == 0) {
        m_stage.forget();
        m_autoFit = true;
        m_everPlaced = false;
    }
    requestFrame();
}

void CanvasWidget::graphAdvanced(const graph::GraphDelta& delta)
{
    const qsizetype matchesBefore = static_cast<qsizetype>(matchCount());
    m_lastAdvance = now();
    m_stage.advance(delta, graphOf(m_session), termsOf(m_session), m_lastAdvance);
    if (static_cast<qsizetype>(matchCount()) != matchesBefore) {
        Q_EMIT matchesChanged(static_cast<int>(matchCount()));
    }
    if (!m_counterTimer.isActive()) {
        m_counterTimer.start();
    }
    requestFrame();
}

void CanvasWidget::refreshCounters()
{
    const double rate = m_session != nullptr ? m_session->eventRate() : 0.0;
    if (rate == 0.0 && m_shownRate == 0.0) {
        m_counterTimer.stop();
        describe();
        return;
    }
    requestFrame();
}

// Frames ----------------------------------------------------------------------------------------

scene::FrameTime CanvasWidget::now() const
{
    return m_frozen.value_or(scene::FrameTime{m_clock.nsecsElapsed()});
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
    const graph::ProcessGraph& graph = graphOf(m_session);
    const bool clockRuns = m_session != nullptr && !graph.paused()
        && (m_session->playing()
            || (m_session->following() && m_session->state() == trace::SourceState::Live));
    return clockRuns && !graph.signalsInFlight().empty();
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
    const graph::ProcessGraph& graph = graphOf(m_session);
    const base::Timestamp playhead
        = m_session != nullptr ? m_session->playheadTime() : base::Timestamp{};
    m_stage.build(graph, termsOf(m_session), playhead, time);
    m_minimap = scene::makeMinimap(
        graph, m_stage.positions(), m_stage.camera().at(time), *m_stage.theme, Hud::minimapSize);

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
    const graph::ProcessGraph& graph = graphOf(m_session);
    input.size = vec(QSizeF(this->size()));
    input.theme = m_stage.theme;
    input.fonts = m_overlay.fonts();
    input.empty = graph.size() == 0;
    input.emptyTitle = m_emptyTitle;
    input.emptyHint = m_emptyHint;
    m_shownRate = m_session != nullptr ? m_session->eventRate() : 0.0;
    input.eventsPerSecond = m_shownRate;
    input.alive = graph.aliveCount();
    input.dead = graph.deadCount();
    input.lost = graph.lostEvents();
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
    const graph::ProcessGraph& graph = graphOf(m_session);
    const NodeIndex node = m_stage.hovered;
    const scene::DrawList::Hit* hit = m_stage.hitOf(node);
    if (hit == nullptr || node >= graph.size()) {
        return std::nullopt;
    }
    const graph::ProcessNode& process = graph.node(node);
    const trace::TermTable& terms = termsOf(m_session);
    NodeCard card;
    card.anchor = hit->center;
    card.reach = hit->radius;
    card.title = graph::shortLabel(process, terms);
    card.pid = graph::pidText(process.key);
    if (!process.alive && !m_stage.choreography().deathShown(node, now())) {
        // Its end is still on the way to the eye.
        card.state = "alive";
        card.stateColor = scene::colorOf(scene::livingLookOf(process, terms), *m_stage.theme);
        return card;
    }
    card.state = graph::stateWords(process, terms);
    card.stateColor = scene::colorOf(scene::lookOf(process, terms), *m_stage.theme);
    if (!process.alive) {
        card.reason = graph::briefTerm(terms.at(process.reason));
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

// Layout and view -------------------------------------------------------------------------------

void CanvasWidget::setLayouts(std::vector<CanvasLayout> layouts)
{
    const QString current = layout();
    m_layouts = std::move(layouts);
    m_layoutTitles.clear();
    for (const CanvasLayout& entry : m_layouts) {
        m_layoutTitles.push_back(entry.title.toStdString());
    }
    m_layout = m_layouts.size(); // none: the next setLayout takes effect
    if (!setLayout(current) && !m_layouts.empty()) {
        setLayout(m_layouts.front().id);
    }
}

bool CanvasWidget::setLayout(const QString& id)
{
    const auto found = std::find_if(
        m_layouts.begin(), m_layouts.end(), [&](const auto& entry) { return entry.id == id; });
    if (found == m_layouts.end()) {
        return false;
    }
    const auto index = static_cast<std::size_t>(found - m_layouts.begin());
    if (index != m_layout) {
        m_layout = index;
        m_stage.setLayout(found->make());
        m_autoFit = true;
        Q_EMIT layoutChanged(id);
    }
    return true;
}

QString CanvasWidget::layout() const
{
    return m_layout < m_layouts.size() ? m_layouts[m_layout].id : QString();
}

void CanvasWidget::arrangeAnew()
{
    if (m_layout < m_layouts.size()) {
        m_stage.arrangeAnew(graphOf(m_session), m_layouts[m_layout].make());
        m_autoFit = true;
        requestFrame();
    }
}

void CanvasWidget::unpin(NodeIndex node)
{
    m_stage.unpin(node);
    requestFrame();
}

void CanvasWidget::setTheme(const scene::Theme& theme)
{
    m_stage.theme = &theme;
    requestFrame();
}

void CanvasWidget::setEmptyText(const QString& title, const QString& hint)
{
    m_emptyTitle = title.toStdString();
    m_emptyHint = hint.toStdString();
    requestFrame();
}

void CanvasWidget::setOptions(const scene::SceneOptions& options)
{
    m_stage.options = options;
    m_stage.choreography().setShowMessages(options.messages);
    Q_EMIT optionsChanged();
    followUp();
}

void CanvasWidget::setLegendOpen(bool open)
{
    m_hud.setLegendOpen(open);
    followUp();
}

void CanvasWidget::setControlsOpen(bool open)
{
    m_hud.setControlsOpen(open);
    followUp();
}

void CanvasWidget::setHudVisible(bool visible)
{
    m_hud.setVisible(visible);
    followUp();
}

void CanvasWidget::setReducedMotion(bool reduced)
{
    m_stage.setReducedMotion(reduced);
    requestFrame();
}

scene::Margins CanvasWidget::margins() const
{
    scene::Margins margins;
    constexpr float roomForNames = 48.0F;
    const float legend = m_hud.legendHeight();
    if (static_cast<float>(height()) > 3.0F * legend) {
        margins.bottom = std::max(margins.bottom, legend + roomForNames);
    }
    return margins;
}

void CanvasWidget::fit()
{
    m_autoFit = true;
    m_stage.fit(margins(), now(), scene::Camera::usualGlide);
    requestFrame();
}

scene::Projection CanvasWidget::projection() const
{
    return m_stage.camera().at(now());
}

void CanvasWidget::centerOn(NodeIndex node)
{
    if (node < m_stage.positions().size()) {
        m_autoFit = false;
        m_stage.camera().centerOn(m_stage.positions()[node], now());
        requestFrame();
    }
}

// Pictures --------------------------------------------------------------------------------------

QImage CanvasWidget::grabImage()
{
    m_surface->widget().setGeometry(rect()); // a hidden canvas was not told of its size yet
    // Panels learn their size in their first frame and are seen from the second; the time that a
    // frame took is known to the next.
    prepareFrame(QSizeF(size()), devicePixelRatioF());
    m_surface->grabFrame();
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
    m_frozen.reset();
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
    const graph::ProcessGraph& graph = graphOf(m_session);
    QString text
        = tr("%1 processes alive, %2 dead.").arg(graph.aliveCount()).arg(graph.deadCount());
    const auto add = [&](const QString& what, NodeIndex node) {
        if (node < graph.size()) {
            const trace::TermTable& terms = termsOf(m_session);
            text += QStringLiteral(" %1: %2, %3.")
                        .arg(what,
                             QString::fromStdString(graph::shortLabel(graph.node(node), terms)),
                             QString::fromStdString(graph::stateWords(graph.node(node), terms)));
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
