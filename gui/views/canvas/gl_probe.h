// GlProbe: whether this program can draw with OpenGL, decided before any QOpenGLWidget exists.
#pragma once

#include <QString>

namespace exitwave::views {

/// What the probe found.
struct GlProbe
{
    bool usable = false; ///< a QOpenGLWidget will work
    bool software = false; ///< drawn by the processor (llvmpipe and the like): spend less per frame
    /// For the status bar: "OpenGL 4.5, llvmpipe (software)", or "no OpenGL 3.3: drawing with
    /// QPainter because ...".
    QString text;

    /// Probes once per process and remembers. A QOpenGLWidget that cannot get a context takes the
    /// whole program down in Qt 6.4, so nothing may construct one where `usable` is false.
    /// Thread: GUI thread, after QApplication.
    [[nodiscard]] static const GlProbe& instance();
    /// Probes now.
    [[nodiscard]] static GlProbe run();
};

} // namespace exitwave::views
