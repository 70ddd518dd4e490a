// Frame times of the canvas: a service tree of 1000 and 10000 processes, at rest and with every
// position moving, by each renderer.
#include "gui/views/canvas/gl_probe.h"
#include "tests/gui/views/canvas/canvas_stand.h"

#include <QApplication>
#include <QTextStream>

#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

using namespace exitwave;
using tests::CanvasStand;
using tests::ScriptedTrace;
using views::CanvasWidget;

namespace {

/// Supervisors with 39 children each under one root; a fifth of the children is linked to its
/// supervisor, one in forty has crashed.
void grow(ScriptedTrace& trace, int processes)
{
    constexpr int family = 40;
    const auto root = trace.spawn({}, "root_sup");
    for (int s = 0; s < processes / family; ++s) {
        const auto supervisor = trace.spawn(root, "part" + std::to_string(s) + "_sup");
        for (int w = 1; w < family; ++w) {
            const auto worker = trace.spawn(supervisor, "", w % 5 == 0);
            if ((s + w) % family == 0)
                trace.crash(worker, "oops", {});
        }
    }
}

struct Figures
{
    float wallMs = 0.0F;
    float cpuMs = 0.0F;
};

Figures median(std::vector<Figures> frames)
{
    const auto middle = frames.begin() + static_cast<std::ptrdiff_t>(frames.size() / 2);
    const auto by = [&](float Figures::*what) {
        std::nth_element(frames.begin(), middle, frames.end(), [what](auto& a, auto& b) {
            return a.*what < b.*what;
        });
        return (*middle).*what;
    };
    return {by(&Figures::wallMs), by(&Figures::cpuMs)};
}

/// Paints `count` frames and measures each; zooming a little in between when `moving`, so that all
/// places on screen differ from the last frame's.
Figures measure(CanvasWidget& canvas, int count, bool moving)
{
    std::vector<Figures> frames;
    for (int i = 0; i < count; ++i) {
        if (moving) {
            constexpr float little = 1.002F;
            canvas.zoom(i % 2 == 0 ? little : 1.0F / little);
        }
        const QImage image = canvas.grabImage();
        if (image.isNull())
            return {};
        frames.push_back({canvas.frameMeter().wallMs(), canvas.frameMeter().cpuMs()});
    }
    return median(std::move(frames));
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    QApplication app(argc, argv);
    QTextStream out(stdout);
    out << "canvas of 1338 x 946, median of 41 frames; " << views::GlProbe::instance().text
        << "\n\n  processes  renderer   frame      wall ms   cpu ms (all threads)\n";
    for (const int processes : {1000, 10000}) {
        for (const bool gl : {true, false}) {
            if (gl && !views::GlProbe::instance().usable)
                continue;
            CanvasStand stand(gl ? CanvasWidget::Renderer::Automatic
                                 : CanvasWidget::Renderer::Painter,
                              {1338, 946});
            ScriptedTrace trace;
            grow(trace, processes);
            if (!stand.deliver(trace)) {
                out << "The session did not take the trace.\n";
                return 1;
            }
            stand.canvas.setLayout(QStringLiteral("force"));
            constexpr int patienceMs = 60000;
            if (!stand.canvas.settle(std::nullopt, patienceMs)) {
                out << "The layout did not come to rest within a minute.\n";
                return 1;
            }
            constexpr int frames = 41;
            for (const bool moving : {false, true}) {
                measure(stand.canvas, 3, moving); // shaders, labels and sprites are made
                const Figures figures = measure(stand.canvas, frames, moving);
                out << QStringLiteral("  %1  %2  %3  %4  %5\n")
                           .arg(processes, 9)
                           .arg(gl ? QStringLiteral("OpenGL  ") : QStringLiteral("QPainter"))
                           .arg(moving ? QStringLiteral("moving  ") : QStringLiteral("at rest "))
                           .arg(static_cast<double>(figures.wallMs), 9, 'f', 2)
                           .arg(static_cast<double>(figures.cpuMs), 8, 'f', 2);
                out.flush();
            }
        }
    }
    return 0;
}
