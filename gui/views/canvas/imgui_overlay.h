// ImGuiOverlay: one Dear ImGui context for one canvas: its input, fonts and two ways of drawing.
#pragma once

#include "gui/views/canvas/imgui_fonts.h"
#include "gui/views/canvas/imgui_input.h"

#include <QRectF>
#include <QSizeF>

#include <cstddef>
#include <functional>
#include <vector>

class QImage;
struct ImGuiContext;

namespace exitwave::views {

/// Thread: GUI thread. Contexts are made current by each call and left current.
class ImGuiOverlay
{
public:
    ImGuiOverlay();
    ImGuiOverlay(const ImGuiOverlay&) = delete;
    ImGuiOverlay& operator=(const ImGuiOverlay&) = delete;
    /// `releaseGl` must have been called when `renderGl` was.
    ~ImGuiOverlay();

    [[nodiscard]] ImGuiInput& input() { return m_input; }
    [[nodiscard]] const ImGuiFonts& fonts() const { return m_fonts; }
    /// Makes this context ImGui's current one.
    void makeCurrent();

    /// Runs one frame: takes waiting input, calls `build` between NewFrame and Render.
    /// `seconds` since the last.
    void frame(QSizeF size, qreal scale, float seconds, const std::function<void()>& build);
    /// Draws the last frame with the current OpenGL context into the bound framebuffer.
    void renderGl();
    /// Drops what OpenGL holds; its context must be current.
    void releaseGl();
    /// Draws the last frame over `image`.
    void renderImage(QImage& image);

    /// True when the point lies in a window of the last frame: the mouse is ImGui's there.
    [[nodiscard]] bool covers(QPointF point) const;
    [[nodiscard]] bool wantsMouse() const; ///< a widget of ImGui's holds the mouse
    [[nodiscard]] bool wantsText() const; ///< a text field has the focus: the keyboard is ImGui's
    [[nodiscard]] Qt::CursorShape cursor() const;
    /// Logical rectangles of the windows of the last frame.
    [[nodiscard]] const std::vector<QRectF>& windows() const { return m_windows; }

private:
    void collectWindows();

    ImGuiContext* m_context = nullptr;
    ImGuiInput m_input;
    ImGuiFonts m_fonts;
    std::vector<QRectF> m_windows;
    float m_scale = 0.0F;
    bool m_glReady = false;
    bool m_fontsUploaded = false;
};

} // namespace exitwave::views
