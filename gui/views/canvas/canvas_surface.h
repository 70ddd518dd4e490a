// CanvasSurface: the child widget that a canvas is drawn on, with OpenGL or with QPainter.
#pragma once

#include "gui/scene/draw_list.h"
#include "gui/views/canvas/frame_meter.h"
#include "gui/views/canvas/imgui_overlay.h"

#include <QImage>
#include <QSizeF>
#include <QString>
#include <QWidget>

#include <functional>
#include <memory>

namespace exitwave::views {

/// What a surface draws; implemented by the canvas. Thread: GUI thread.
class FrameSource
{
public:
    FrameSource() = default;
    FrameSource(const FrameSource&) = delete;
    FrameSource& operator=(const FrameSource&) = delete;
    virtual ~FrameSource() = default;

    /// Makes the frame that the two below then give.
    virtual void prepareFrame(QSizeF size, qreal scale) = 0;
    [[nodiscard]] virtual const scene::DrawList& drawList() const = 0;
    [[nodiscard]] virtual ImGuiOverlay& overlay() = 0;
    [[nodiscard]] virtual FrameMeter& meter() = 0;
    /// A frame was painted: the time to ask for the next.
    virtual void frameDone() = 0;
};

/// Takes no input: mouse and keyboard belong to the canvas around it. Thread: GUI thread.
class CanvasSurface
{
public:
    CanvasSurface() = default;
    CanvasSurface(const CanvasSurface&) = delete;
    CanvasSurface& operator=(const CanvasSurface&) = delete;
    virtual ~CanvasSurface() = default;

    [[nodiscard]] virtual QWidget& widget() = 0;
    /// Draws a frame now and returns it, in physical pixels with its scale set; also while hidden.
    [[nodiscard]] virtual QImage grabFrame() = 0;
    [[nodiscard]] virtual bool usesGl() const = 0;
};

/// A surface on OpenGL. `failed` is called, with the reason, when the driver refuses a program:
/// the owner then takes the other kind. \pre GlProbe says that it is usable.
[[nodiscard]] std::unique_ptr<CanvasSurface>
makeGlSurface(FrameSource& source, QWidget* parent, std::function<void(const QString&)> failed);
[[nodiscard]] std::unique_ptr<CanvasSurface> makePainterSurface(FrameSource& source,
                                                                QWidget* parent);

} // namespace exitwave::views
