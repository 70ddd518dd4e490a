#include "gui/views/canvas/canvas_surface.h"
#include "gui/views/canvas/gl_probe.h"
#include "gui/views/canvas/gl_renderer.h"

#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QOpenGLWidget>

#include <utility>

namespace exitwave::views {

namespace {

/// Moving the widget into another window destroys its context unless contexts are shared; then
/// everything is made anew.
class GlSurface final : public QOpenGLWidget, public CanvasSurface
{
public:
    GlSurface(FrameSource& source, QWidget* parent, std::function<void(const QString&)> failed)
        : QOpenGLWidget(parent), m_source(source), m_failed(std::move(failed))
    {
        QSurfaceFormat wanted;
        wanted.setVersion(3, 3);
        wanted.setProfile(QSurfaceFormat::CoreProfile);
        setFormat(wanted);
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
    }
    ~GlSurface() override { releaseContext(); }

    [[nodiscard]] QWidget& widget() override { return *this; }
    [[nodiscard]] bool usesGl() const override { return true; }
    [[nodiscard]] QImage grabFrame() override
    {
        QImage image = grabFramebuffer();
        image.setDevicePixelRatio(devicePixelRatioF());
        return image;
    }

protected:
    void initializeGL() override
    {
        m_lost = connect(
            context(), &QOpenGLContext::aboutToBeDestroyed, this, [this] { releaseContext(); });
        if (!m_renderer.initialize()) {
            m_failed(m_renderer.errorText());
        }
    }

    void paintGL() override
    {
        if (!m_renderer.initialized()) {
            return;
        }
        FrameMeter& meter = m_source.meter();
        meter.begin();
        const qreal scale = devicePixelRatioF();
        m_source.prepareFrame(QSizeF(size()), scale);
        const ViewSize view{
            static_cast<float>(width()), static_cast<float>(height()), static_cast<float>(scale)};
        m_renderer.render(m_source.drawList(), view, defaultFramebufferObject());
        m_source.overlay().renderGl();
        if (GlProbe::instance().software) {
            // The processor draws: measure what it does, not only what it was told.
            context()->functions()->glFinish();
        }
        meter.end();
        m_source.frameDone();
    }

private:
    void releaseContext()
    {
        disconnect(m_lost);
        if (context() == nullptr || !m_renderer.initialized()) {
            return;
        }
        makeCurrent();
        m_source.overlay().releaseGl();
        m_renderer.release();
        doneCurrent();
    }

    FrameSource& m_source;
    std::function<void(const QString&)> m_failed;
    GlRenderer m_renderer;
    QMetaObject::Connection m_lost;
};

} // namespace

std::unique_ptr<CanvasSurface>
makeGlSurface(FrameSource& source, QWidget* parent, std::function<void(const QString&)> failed)
{
    return std::make_unique<GlSurface>(source, parent, std::move(failed));
}

} // namespace exitwave::views
