#include "gui/views/canvas/gl_probe.h"

#include <QGuiApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QStringList>

namespace exitwave::views {

namespace {

GlProbe refuse(const QString& why)
{
    return GlProbe{
        false, true, QStringLiteral("no OpenGL 3.3: drawing with QPainter because %1").arg(why)};
}

bool isSoftware(const QString& renderer)
{
    const QStringList names{QStringLiteral("llvmpipe"),
                            QStringLiteral("softpipe"),
                            QStringLiteral("swr"),
                            QStringLiteral("swiftshader"),
                            QStringLiteral("software")};
    for (const QString& name : names) {
        if (renderer.contains(name, Qt::CaseInsensitive)) {
            return true;
        }
    }
    return false;
}

} // namespace

const GlProbe& GlProbe::instance()
{
    static const GlProbe probe = run();
    return probe;
}

GlProbe GlProbe::run()
{
    // A context alone proves too little: the offscreen platform makes one, yet shows no widget.
    const QString platform = QGuiApplication::platformName();
    const QStringList hosts{QStringLiteral("xcb"),
                            QStringLiteral("wayland"),
                            QStringLiteral("wayland-egl"),
                            QStringLiteral("windows"),
                            QStringLiteral("cocoa")};
    if (!hosts.contains(platform)) {
        return refuse(QStringLiteral("the platform \"%1\" cannot host it").arg(platform));
    }

    QSurfaceFormat format;
    format.setVersion(3, 3);
    format.setProfile(QSurfaceFormat::CoreProfile);
    QOpenGLContext context;
    context.setFormat(format);
    if (!context.create()) {
        return refuse(QStringLiteral("no context could be created"));
    }
    QOffscreenSurface surface;
    surface.setFormat(context.format());
    surface.create();
    if (!surface.isValid() || !context.makeCurrent(&surface)) {
        return refuse(QStringLiteral("the context cannot be used"));
    }
    const QSurfaceFormat got = context.format();
    const auto* name = reinterpret_cast<const char*>(context.functions()->glGetString(GL_RENDERER));
    const QString renderer = QString::fromLatin1(name != nullptr ? name : "unnamed renderer");
    context.doneCurrent();

    const QString version = QStringLiteral("%1.%2").arg(got.majorVersion()).arg(got.minorVersion());
    if (got.version() < qMakePair(3, 3)) {
        return refuse(QStringLiteral("%1 offers only %2").arg(renderer, version));
    }
    if (got.profile() != QSurfaceFormat::CoreProfile) {
        return refuse(QStringLiteral("%1 offers no core profile").arg(renderer));
    }

    GlProbe result;
    result.usable = true;
    result.software = isSoftware(renderer);
    // "llvmpipe (LLVM 15.0.6, 256 bits)": the bracket says nothing to a reader.
    const QString shortName = renderer.section(QLatin1Char('('), 0, 0).trimmed();
    result.text = QStringLiteral("OpenGL %1, %2").arg(version, shortName);
    if (result.software) {
        result.text += QStringLiteral(" (software)");
    }
    return result;
}

} // namespace exitwave::views
