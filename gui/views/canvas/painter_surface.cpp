#include "gui/views/canvas/canvas_surface.h"
#include "gui/views/canvas/painter_renderer.h"

#include <QPaintEvent>
#include <QPainter>

namespace exitwave::views {

namespace {

class PainterSurface final : public QWidget, public CanvasSurface
{
public:
    PainterSurface(FrameSource& source, QWidget* parent) : QWidget(parent), m_source(source)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setAttribute(Qt::WA_OpaquePaintEvent);
        setFocusPolicy(Qt::NoFocus);
    }

    [[nodiscard]] QWidget& widget() override { return *this; }
    [[nodiscard]] bool usesGl() const override { return false; }
    [[nodiscard]] QImage grabFrame() override
    {
        drawFrame();
        return m_picture;
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        drawFrame();
        QPainter painter(this);
        painter.drawImage(QPointF(), m_picture);
    }

private:
    void drawFrame()
    {
        FrameMeter& meter = m_source.meter();
        meter.begin();
        const qreal scale = devicePixelRatioF();
        const QSize pixels = (QSizeF(size()) * scale).toSize();
        if (m_picture.size() != pixels) {
            m_picture = QImage(pixels, QImage::Format_RGB32);
        }
        m_picture.setDevicePixelRatio(scale);
        m_source.prepareFrame(QSizeF(size()), scale);
        QPainter painter(&m_picture);
        m_renderer.render(m_source.drawList(), QSizeF(size()), painter);
        painter.end();
        m_source.overlay().renderImage(m_picture);
        meter.end();
        m_source.frameDone();
    }

    FrameSource& m_source;
    PainterRenderer m_renderer;
    QImage m_picture;
};

} // namespace

std::unique_ptr<CanvasSurface> makePainterSurface(FrameSource& source, QWidget* parent)
{
    return std::make_unique<PainterSurface>(source, parent);
}

} // namespace exitwave::views
