#include "gui/views/canvas/canvas_widget.h"

#include "gui/session/session.h"
#include "gui/views/canvas/canvas_fonts.h"
#include "gui/views/canvas/gl_probe.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

namespace exitwave::views {

namespace {

constexpr std::int64_t longOver = 2'000'000'000; // nanoseconds of trace time behind the playhead

constexpr int counterIntervalMs = 250;

/// Until a layout is chosen: no process has a place.
class NoLayout final : public layout::Layout
{
public:
    void reset(const layout::Topology&, std::span<const std::optional<layout::Point>>) override {}
    void apply(const layout::TopologyChange&) override {}
    bool step(std::chrono::microseconds) override { return false; }
    [[nodiscard]] std::span<const layout::Point> positions() const override { return {}; }
    void pin(NodeIndex, std::optional<layout::Point>) override {}
};

} // namespace

CanvasWidget::CanvasWidget(QWidget* parent, Renderer renderer)
    : QWidget(parent)
    , m_stage(std::make_unique<NoLayout>(),
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

const graph::ProcessGraph& CanvasWidget::shownGraph() const
{
    static const graph::ProcessGraph nothing;
    // Without a layout there is no place to show anything at.
    return m_session != nullptr && !m_layouts.empty() ? m_session->graph() : nothing;
}

const trace::TermTable& CanvasWidget::shownTerms() const
{
    static const trace::TermTable nothing;
    return m_session != nullptr ? m_session->timeline().terms() : nothing;
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
    if (m_layouts.empty()) {
        requestFrame(); // which says so
        return;
    }
    const qsizetype matchesBefore = static_cast<qsizetype>(matchCount());
    m_lastAdvance = now();
    // A jump of the playhead passes over what is long over: that is shown as it is, not played
    // again.
    const base::Timestamp playhead
        = m_session != nullptr ? m_session->playheadTime() : base::Timestamp{};
    const auto over = [&](const graph::GraphDelta::Moment& moment) {
        return (playhead - moment.time).ns > longOver;
    };
    if (std::any_of(delta.moments.begin(), delta.moments.end(), over)) {
        graph::GraphDelta fresh = delta;
        std::erase_if(fresh.moments, over);
        m_stage.advance(fresh, shownGraph(), shownTerms(), m_lastAdvance);
    } else {
        m_stage.advance(delta, shownGraph(), shownTerms(), m_lastAdvance);
    }
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

// Layout and view -------------------------------------------------------------------------------

void CanvasWidget::setLayouts(std::vector<CanvasLayout> layouts)
{
    const QString current = layout();
    const bool first = m_layouts.empty();
    m_layouts = std::move(layouts);
    m_layoutTitles.clear();
    for (const CanvasLayout& entry : m_layouts) {
        m_layoutTitles.push_back(entry.title.toStdString());
    }
    m_layout = m_layouts.size(); // none: the next setLayout takes effect
    if (!setLayout(current) && !m_layouts.empty()) {
        setLayout(m_layouts.front().id);
    }
    if (first && m_session != nullptr) {
        graph::GraphDelta all;
        all.reset = true;
        graphAdvanced(all);
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
        m_stage.arrangeAnew(shownGraph(), m_layouts[m_layout].make());
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

void CanvasWidget::setReducedMotion(bool reduced)
{
    m_stage.setReducedMotion(reduced);
    requestFrame();
}

scene::Margins CanvasWidget::margins() const
{
    scene::Margins margins;
    constexpr float roomForNames = 64.0F; // two lines under a selected process
    const float legend = m_hud.legendHeight();
    if (static_cast<float>(height()) > 3.0F * legend) {
        margins.bottom = std::max(margins.bottom, legend + roomForNames);
    }
    if (static_cast<float>(width()) > 5.0F * m_hud.controlsWidth()) {
        margins.right += m_hud.controlsWidth();
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

} // namespace exitwave::views
