// CanvasWidget: the live picture of a session's processes, links and exit signals.
#pragma once

#include "gui/scene/scene.h"
#include "gui/views/canvas/canvas_stage.h"
#include "gui/views/canvas/canvas_surface.h"
#include "gui/views/canvas/hud.h"

#include <QElapsedTimer>
#include <QString>
#include <QTimer>
#include <QWidget>

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QGestureEvent;
class QNativeGestureEvent;

namespace exitwave::session {
class Session;
}

namespace exitwave::views {

/// A layout that the user can choose.
struct CanvasLayout
{
    QString id; ///< stable: "tree"
    QString title; ///< "Tree"
    std::function<std::unique_ptr<layout::Layout>()> make;
};

/// Shows a session; all it asks of the user it can also be told (and is, by the window's actions),
/// so nothing needs a mouse. Draws on demand: while nothing moves, no frame is painted.
///
///   wheel, pinch, + -      zoom at the pointer          click         select
///   drag, arrows, space    pan                          ctrl click    second of a pair
///   drag a process         pin it                       double click  let it go again (also U)
///   Home                   show all                     arrows, page keys   walk processes
///   Tab                    leaves the canvas            Enter               selects, activates
///
/// Thread: GUI thread.
class CanvasWidget : public QWidget, private FrameSource
{
    Q_OBJECT

public:
    enum class Renderer { Automatic, Painter };

    /// Automatic: OpenGL where GlProbe finds it usable, else QPainter.
    explicit CanvasWidget(QWidget* parent = nullptr, Renderer renderer = Renderer::Automatic);
    ~CanvasWidget() override;

    /// What to show; nullptr shows nothing. The session must live until another is set or the
    /// canvas is gone.
    void setSession(session::Session* session);
    void setTheme(const scene::Theme& theme);
    /// Text of the canvas while there are no processes.
    void setEmptyText(const QString& title, const QString& hint);

    // Selection ---------------------------------------------------------------------------------
    [[nodiscard]] NodeIndex selected() const { return m_stage.selected; }
    [[nodiscard]] NodeIndex secondary() const { return m_stage.secondary; }
    /// From elsewhere; emits nothing.
    void setSelection(NodeIndex selected, NodeIndex secondary = graph::noNode);
    void setHovered(NodeIndex node); ///< from elsewhere; emits nothing
    void centerOn(NodeIndex node);

    // Search ------------------------------------------------------------------------------------
    /// Marks processes whose name or pid contains `text`; empty ends the search.
    void setSearch(const QString& text);
    [[nodiscard]] std::size_t matchCount() const { return m_stage.matches().size(); }
    /// Selects the next (or previous) match and brings it into view.
    void selectNextMatch(bool forward = true);

    // Layout ------------------------------------------------------------------------------------
    /// What the user can choose; the first is taken when the one in use is not among them. Without
    /// a call no process has a place, and the canvas says why.
    void setLayouts(std::vector<CanvasLayout> layouts);
    [[nodiscard]] const std::vector<CanvasLayout>& layouts() const { return m_layouts; }
    /// False: no layout has that id.
    bool setLayout(const QString& id);
    [[nodiscard]] QString layout() const;
    void arrangeAnew(); ///< drops pins and places all processes anew
    [[nodiscard]] bool pinned(NodeIndex node) const { return m_stage.pinned(node); }
    void unpin(NodeIndex node);

    // View --------------------------------------------------------------------------------------
    [[nodiscard]] const scene::SceneOptions& options() const { return m_stage.options; }
    void setOptions(const scene::SceneOptions& options);
    [[nodiscard]] bool legendOpen() const { return m_hud.legendOpen(); }
    void setLegendOpen(bool open);
    [[nodiscard]] bool controlsOpen() const { return m_hud.controlsOpen(); }
    void setControlsOpen(bool open);
    void setReducedMotion(bool reduced);
    void fit(); ///< shows all, and keeps doing so while the graph grows
    void zoom(float factor); ///< at the middle
    [[nodiscard]] scene::Projection projection() const;

    // Pictures ----------------------------------------------------------------------------------
    /// The canvas with its HUD, in physical pixels; also while hidden.
    [[nodiscard]] QImage grabImage();
    /// For pictures and tests: lets the layout come to rest, shows everything without gliding, and
    /// stops presentation `presented` after the last change of the graph (nothing: at its end).
    /// Blocks for up to `timeoutMs`; false when the layout took longer. resume() goes on.
    bool settle(std::optional<base::Duration> presented = std::nullopt, int timeoutMs = 5000);
    void resume();

    // Figures -----------------------------------------------------------------------------------
    [[nodiscard]] bool usesGl() const;
    [[nodiscard]] QString rendererText() const; ///< for the status bar
    [[nodiscard]] float frameTimeMs() const { return m_meter.medianMs(); }
    [[nodiscard]] const FrameMeter& frameMeter() const { return m_meter; }
    /// Where the HUD's panels were in the last frame: the mouse is theirs there.
    [[nodiscard]] const std::vector<QRectF>& panels() const { return m_overlay.windows(); }
    [[nodiscard]] NodeIndex nodeAt(QPointF point) const;
    /// Where a process stands on the canvas; nullopt when it was not drawn in the last frame.
    [[nodiscard]] std::optional<QPointF> pointOf(NodeIndex node) const;

Q_SIGNALS:
    /// By the user; noNode: nothing.
    void nodeSelected(exitwave::graph::NodeIndex node);
    void secondarySelected(exitwave::graph::NodeIndex node);
    void nodeHovered(exitwave::graph::NodeIndex node);
    void nodeActivated(exitwave::graph::NodeIndex node); ///< Enter or double click
    /// noNode: on the background.
    void contextMenuRequested(exitwave::graph::NodeIndex node, QPoint globalPosition);
    void layoutChanged(const QString& id);
    void optionsChanged();
    void matchesChanged(int count);

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    enum class Drag { None, Background, Node, Panel };

    // FrameSource
    void prepareFrame(QSizeF size, qreal scale) override;
    [[nodiscard]] const scene::DrawList& drawList() const override;
    [[nodiscard]] ImGuiOverlay& overlay() override { return m_overlay; }
    [[nodiscard]] FrameMeter& meter() override { return m_meter; }
    void frameDone() override;

    /// Of the session; empty ones without it.
    [[nodiscard]] const graph::ProcessGraph& shownGraph() const;
    [[nodiscard]] const trace::TermTable& shownTerms() const;
    void makeSurface(Renderer renderer);
    void requestFrame();
    void followUp(); ///< ImGui answers input over several frames
    void layoutWoke();
    void graphAdvanced(const graph::GraphDelta& delta);
    void sessionChanged();
    void refreshCounters();
    [[nodiscard]] scene::FrameTime now() const;
    [[nodiscard]] bool moves() const; ///< the next frame would differ by itself
    [[nodiscard]] scene::Margins margins() const;
    [[nodiscard]] HudInput hudInput();
    [[nodiscard]] std::optional<NodeCard> nodeCard() const;
    void obey(const HudActions& actions);
    void select(NodeIndex node);
    void hover(NodeIndex node);
    bool walkTowards(scene::Vec2 direction);
    void walkBy(int step); ///< in the order of birth; round at the ends
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);
    void zoomAt(QPointF at, float factor);
    void pan(QPointF by);
    void dragNode(QPointF to);
    bool nativeGesture(QNativeGestureEvent* event);
    bool gesture(QGestureEvent* event);
    void updateCursor();
    void describe();

    session::Session* m_session = nullptr;
    std::vector<CanvasLayout> m_layouts;
    std::vector<std::string> m_layoutTitles;
    std::size_t m_layout = 0;
    std::atomic<bool> m_wakePosted{false}; // set on the layout's thread, cleared on this one
    CanvasStage m_stage;
    ImGuiOverlay m_overlay;
    Hud m_hud;
    FrameMeter m_meter;
    scene::Minimap m_minimap;
    std::unique_ptr<CanvasSurface> m_surface;
    QString m_glError;

    QElapsedTimer m_clock;
    std::optional<scene::FrameTime> m_frozen;
    base::Duration m_ahead; // of the clock, by what was skipped while frozen
    scene::FrameTime m_lastAdvance;
    scene::FrameTime m_lastFrame;
    QTimer m_nextFrame;
    QTimer m_counterTimer;
    double m_shownRate = 0.0;
    int m_followUps = 0;
    bool m_autoFit = true;
    bool m_everPlaced = false; // the first places are shown at once, without a glide
    std::string m_emptyTitle;
    std::string m_emptyHint;

    Drag m_drag = Drag::None;
    bool m_dragged = false; // moved far enough to be no click
    bool m_spaceHeld = false;
    QPointF m_pressedAt;
    QPointF m_lastMouse;
    NodeIndex m_pressedNode = graph::noNode;
    layout::Point m_grip; // from the pressed process's centre to the pointer, world units
};

} // namespace exitwave::views
