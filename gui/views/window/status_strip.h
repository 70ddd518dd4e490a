// StatusStrip: source, state, counts and figures in the window's status bar.
#pragma once

#include "gui/scene/theme.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QStatusBar;

namespace exitwave::session {
class Session;
}

namespace exitwave::views {

class CanvasWidget;

/// Fills a status bar and keeps it true. Thread: GUI thread. Session and canvas must outlive it.
class StatusStrip : public QObject
{
    Q_OBJECT

public:
    StatusStrip(session::Session& session, CanvasWidget& canvas, QStatusBar& bar);

    void setTheme(const scene::Theme& theme);

private:
    void refresh();
    [[nodiscard]] QString stateText() const;

    session::Session& m_session;
    CanvasWidget& m_canvas;
    const scene::Theme* m_theme;
    QTimer m_timer; // four times a second: counts are read, not watched
    QLabel* m_source = nullptr;
    QLabel* m_counts = nullptr;
    QLabel* m_lost = nullptr;
    QLabel* m_rate = nullptr;
    QLabel* m_renderer = nullptr;
};

} // namespace exitwave::views
