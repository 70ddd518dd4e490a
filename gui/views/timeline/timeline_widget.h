// TimelineWidget: the whole trace in one strip, with the playhead that is dragged on it.
#pragma once

#include "gui/scene/theme.h"
#include "gui/views/timeline/timeline_painter.h"
#include "gui/views/timeline/timeline_scale.h"

#include <QPointF>
#include <QTimer>
#include <QWidget>

#include <optional>

class QHelpEvent;
class QPushButton;

namespace exitwave::session {
class Session;
}

namespace exitwave::views {

/// Bars per row tell how much happened when; marks tell crashes and losses; the playhead is the
/// session's.
///
/// Mouse: press or drag seeks, wheel zooms at the pointer, middle drag or sideways wheel moves,
/// double click shows all. Keys: Left/Right step by an event, Ctrl+Left/Right go to the
/// previous/next crash, Space plays or holds, Home/End go to the first event and to the end (or
/// live), + - 0 zoom in, out and to all. Thread: GUI thread. The session must outlive it.
class TimelineWidget : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineWidget(session::Session& session, QWidget* parent = nullptr);

    void setTheme(const scene::Theme& theme); ///< the theme must outlive the widget
    [[nodiscard]] const TimelineScale& scale() const { return m_scale; }
    [[nodiscard]] TimelineGeometry geometryNow() const;

    /// "live", "live · behind by 3.2 s", "recording", "ended", ...: what the picture is of.
    [[nodiscard]] QString stateText() const;
    /// "12.480 s of 15.701 s"
    [[nodiscard]] QString timeText() const;
    /// What is at `x`: the time, what happened then, crashes and losses near it. Plain text,
    /// several lines.
    [[nodiscard]] QString describe(double x) const;

    [[nodiscard]] double playheadSeconds() const;
    void seekSeconds(double seconds);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

public Q_SLOTS:
    void showAll();
    void zoom(double factor); ///< around the playhead; less than 1 zooms in

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Drag { None, Playhead, Picture };

    void follow();
    void noteTrace();
    void placeButton();
    void styleButton();
    void seekTo(double x);
    void seekSoon(double x); ///< with the next frame: a seek may cost more than a mouse move
    void seekPending();
    void paintHeader(QPainter& painter, const TimelineGeometry& geometry) const;
    [[nodiscard]] scene::Color stateColor() const;
    [[nodiscard]] QFont labelFont() const;
    [[nodiscard]] QString processName(const trace::Event& event) const;
    [[nodiscard]] bool behind() const;
    void tellAccessibility();

    session::Session& m_session;
    const scene::Theme* m_theme;
    TimelineScale m_scale;
    QPushButton* m_returnToLive;
    QTimer m_liveTimer; // the end moves while nothing happens
    Drag m_drag = Drag::None;
    QPointF m_dragFrom;
    double m_hoverX = -1.0;
    std::optional<double> m_seekX; // where the dragged playhead goes with the next frame
};

} // namespace exitwave::views
