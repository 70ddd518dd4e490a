// Both renderers draw every sign so that it can be told apart, and the same picture.
#include "gui/scene/theme.h"
#include "gui/views/canvas/gl_probe.h"
#include "gui/views/canvas/gl_renderer.h"
#include "gui/views/canvas/painter_renderer.h"
#include "gui/views/canvas/sign_geometry.h"

#include <QImage>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFramebufferObject>
#include <QOpenGLFunctions>
#include <QPainter>
#include <QTest>

#include <array>
#include <cmath>
#include <memory>

using namespace exitwave;
using scene::Shape;

namespace {

constexpr std::array shapes{Shape::Disc,
                            Shape::Square,
                            Shape::Ring,
                            Shape::RingCross,
                            Shape::RingBar,
                            Shape::Circle,
                            Shape::Bead,
                            Shape::Shield,
                            Shape::Dot};
constexpr float cell = 60.0F;
constexpr scene::Color white{255, 255, 255, 255};
constexpr scene::Color black{0, 0, 0, 255};

scene::Mark markOf(Shape shape, scene::Vec2 at, float radius)
{
    return {at, radius, 2.5F, white, {60, 60, 60, 255}, shape};
}

/// Each shape in a cell of its own, small in the first row (points) and large in the second
/// (quads); below them lines of every kind and labels with and without a box.
scene::DrawList everything()
{
    const scene::Theme& theme = scene::Theme::darkTheme();
    scene::DrawList list;
    list.background = black;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const float x = (static_cast<float>(i) + 0.5F) * cell;
        list.marks.push_back(markOf(shapes[i], {x, cell / 2}, 11.0F));
        list.overlayMarks.push_back(markOf(shapes[i], {x, cell * 1.5F}, 18.0F));
    }
    float y = cell * 2.0F + 20.0F;
    for (const scene::Stroke stroke :
         {scene::Stroke::Solid, scene::Stroke::Dashed, scene::Stroke::Dotted}) {
        scene::Line line{{20, y}, {240, y + 12}, white, 2.5F, stroke, false, false};
        list.lines.push_back(line);
        line.from.x += 260;
        line.to.x += 260;
        line.arrow = true;
        list.overlayLines.push_back(line);
        y += 24.0F;
    }
    list.lines.push_back({{20, y}, {240, y}, white, 1.0F, scene::Stroke::Solid, false, true});
    list.labels.push_back({{100, y + 30}, "worker 1", theme.text, 12.0F});
    list.labels.push_back({{300, y + 30},
                           "EXIT oops",
                           theme.crashed,
                           11.0F,
                           scene::FontKind::TextBold,
                           scene::Align::Center,
                           theme.raised,
                           theme.crashed,
                           10.0F});
    return list;
}

constexpr QSize canvasSize(540, 290);

double brightness(const QImage& image, const QRect& area)
{
    double sum = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x) {
            sum += qGray(image.pixel(x, y));
        }
    }
    return sum / (255.0 * area.width() * area.height());
}

/// Mean difference of two areas' pixels, 0 to 1.
double difference(const QImage& a, const QRect& at, const QImage& b, const QPoint& other)
{
    double sum = 0;
    for (int y = 0; y < at.height(); ++y) {
        for (int x = 0; x < at.width(); ++x) {
            sum += std::abs(qGray(a.pixel(at.x() + x, at.y() + y))
                            - qGray(b.pixel(other.x() + x, other.y() + y)));
        }
    }
    return sum / (255.0 * at.width() * at.height());
}

} // namespace

class RenderersTest : public QObject
{
    Q_OBJECT

private:
    QImage paint(const scene::DrawList& list, QSize size, qreal scale)
    {
        QImage image((QSizeF(size) * scale).toSize(), QImage::Format_RGB32);
        image.setDevicePixelRatio(scale);
        image.fill(Qt::magenta);
        QPainter painter(&image);
        views::PainterRenderer().render(list, QSizeF(size), painter);
        painter.end();
        image.setDevicePixelRatio(1.0);
        return image;
    }

    QImage renderGl(const scene::DrawList& list, QSize size, qreal scale)
    {
        const QSize pixels = (QSizeF(size) * scale).toSize();
        QOpenGLFramebufferObject buffer(pixels);
        const views::ViewSize view{static_cast<float>(size.width()),
                                   static_cast<float>(size.height()),
                                   static_cast<float>(scale)};
        m_renderer->render(list, view, buffer.handle());
        return buffer.toImage().convertToFormat(QImage::Format_RGB32);
    }

    void save(const QImage& image, const char* name)
    {
        const QString folder = qEnvironmentVariable("EXITWAVE_PICTURES");
        if (!folder.isEmpty()) {
            QVERIFY(image.save(folder + QLatin1Char('/') + QLatin1String(name)));
        }
    }

    QOffscreenSurface m_surface;
    std::unique_ptr<QOpenGLContext> m_context;
    std::unique_ptr<views::GlRenderer> m_renderer;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(views::GlProbe::instance().usable, qPrintable(views::GlProbe::instance().text));
        QSurfaceFormat format;
        format.setVersion(3, 3);
        format.setProfile(QSurfaceFormat::CoreProfile);
        m_context = std::make_unique<QOpenGLContext>();
        m_context->setFormat(format);
        QVERIFY(m_context->create());
        m_surface.setFormat(m_context->format());
        m_surface.create();
        QVERIFY(m_context->makeCurrent(&m_surface));
        m_renderer = std::make_unique<views::GlRenderer>();
        QVERIFY2(m_renderer->initialize(), qPrintable(m_renderer->errorText()));
    }

    void cleanupTestCase()
    {
        m_renderer->release();
        m_renderer.reset();
        m_context->doneCurrent();
    }

    void everyShapeLooksDifferentFromEveryOther_data()
    {
        QTest::addColumn<bool>("gl");
        QTest::addColumn<int>("row");
        QTest::newRow("OpenGL points") << true << 0;
        QTest::newRow("OpenGL quads") << true << 1;
        QTest::newRow("QPainter") << false << 0;
    }
    void everyShapeLooksDifferentFromEveryOther()
    {
        QFETCH(bool, gl);
        QFETCH(int, row);
        const scene::DrawList list = everything();
        const QImage image = gl ? renderGl(list, canvasSize, 1) : paint(list, canvasSize, 1);
        save(image, gl ? "shapes_gl.png" : "shapes_painter.png");
        const int side = static_cast<int>(cell);
        for (int a = 0; a < static_cast<int>(shapes.size()); ++a) {
            const QRect here(a * side, row * side, side, side);
            QVERIFY2(brightness(image, here) > 0.005, qPrintable(QString::number(a)));
            for (int b = a + 1; b < static_cast<int>(shapes.size()); ++b) {
                const double apart = difference(image, here, image, QPoint(b * side, row * side));
                QVERIFY2(apart > 0.004,
                         qPrintable(QStringLiteral("%1 and %2: %3").arg(a).arg(b).arg(apart)));
            }
        }
    }

    void bothRenderersDrawTheSamePicture_data()
    {
        QTest::addColumn<double>("scale");
        QTest::newRow("1x") << 1.0;
        QTest::newRow("1.5x") << 1.5;
        QTest::newRow("2x") << 2.0;
    }
    void bothRenderersDrawTheSamePicture()
    {
        QFETCH(double, scale);
        const scene::DrawList list = everything();
        const QImage gl = renderGl(list, canvasSize, scale);
        const QImage painted = paint(list, canvasSize, scale);
        save(gl, "same_gl.png");
        save(painted, "same_painter.png");
        QCOMPARE(gl.size(), painted.size());
        const double apart = difference(gl, gl.rect(), painted, QPoint());
        QVERIFY2(apart < 0.012, qPrintable(QString::number(apart)));
        // Every cell on its own too, so that one wrong sign is not lost in a large picture.
        const int side = static_cast<int>(cell * static_cast<float>(scale));
        for (int row = 0; row < 2; ++row) {
            for (int i = 0; i < static_cast<int>(shapes.size()); ++i) {
                const QRect here(i * side, row * side, side, side);
                const double inCell = difference(gl, here, painted, here.topLeft());
                QVERIFY2(
                    inCell < 0.02,
                    qPrintable(QStringLiteral("shape %1, row %2: %3").arg(i).arg(row).arg(inCell)));
            }
        }
    }

    void coloursAreExact()
    {
        scene::DrawList list;
        list.background = {20, 23, 28, 255};
        list.marks.push_back({{50, 50}, 20, 0, {90, 169, 230, 255}, {}, Shape::Disc});
        list.marks.push_back({{150, 50}, 10, 0, {255, 107, 74, 255}, {}, Shape::Disc});
        for (const QImage& image : {renderGl(list, {200, 100}, 1), paint(list, {200, 100}, 1)}) {
            QCOMPARE(QColor(image.pixel(5, 5)), QColor(20, 23, 28));
            QCOMPARE(QColor(image.pixel(50, 50)), QColor(90, 169, 230));
            QCOMPARE(QColor(image.pixel(150, 50)), QColor(255, 107, 74));
        }
    }

    void aShieldArchesOverItsProcess()
    {
        scene::DrawList list;
        list.background = black;
        const scene::Mark shield = markOf(Shape::Shield, {50, 50}, 12.0F);
        list.marks.push_back(shield);
        const int r = qRound(views::sign::shieldRadius(shield));
        for (const QImage& image : {renderGl(list, {100, 100}, 1), paint(list, {100, 100}, 1)}) {
            QVERIFY(qGray(image.pixel(50, 50 - r)) > 200);
            QVERIFY(qGray(image.pixel(50, 50 + r)) < 20);
            QVERIFY(qGray(image.pixel(50, 50)) < 20);
        }
    }

    void aSignWhoseCentreIsOutsideTheViewIsStillSeen()
    {
        scene::DrawList list;
        list.background = black;
        list.marks.push_back(markOf(Shape::Disc, {-5, 50}, 12.0F));
        for (const QImage& image : {renderGl(list, {100, 100}, 1), paint(list, {100, 100}, 1)}) {
            QCOMPARE(qGray(image.pixel(3, 50)), 255);
        }
    }

    void thousandsOfLinesKeepTheirStrokeAndCostNoWidth()
    {
        scene::DrawList list;
        list.background = black;
        for (std::size_t i = 0; i <= views::thinLineLimit; ++i) {
            const float y = 10.5F + static_cast<float>(i % 3) * 20.0F;
            const auto stroke = static_cast<scene::Stroke>(i % 3);
            list.lines.push_back({{0, y}, {200, y}, white, 3.0F, stroke, false, false});
        }
        const QImage image = renderGl(list, {200, 80}, 1);
        QVERIFY(brightness(image, {10, 10, 180, 1}) > 0.95);
        const double dashed = brightness(image, {10, 30, 180, 1});
        const double dotted = brightness(image, {10, 50, 180, 1});
        QVERIFY2(dashed > 0.4 && dashed < 0.8, qPrintable(QString::number(dashed)));
        QVERIFY2(dotted > 0.1 && dotted < dashed, qPrintable(QString::number(dotted)));
        QVERIFY(brightness(image, {10, 13, 180, 1}) < 0.05);
    }

    void moreLabelsThanTheAtlasHoldsAreAllDrawn()
    {
        scene::DrawList list;
        list.background = black;
        for (int i = 0; i < 3000; ++i) {
            const float x = 60.0F + 120.0F * static_cast<float>(i % 10);
            const float y = 10.0F + 16.0F * static_cast<float>((i / 10) % 40);
            list.labels.push_back(
                {{x, y}, "#PID<0." + std::to_string(i) + ".0> name", white, 12.0F});
        }
        renderGl(list, {1200, 660}, 1);
        list.labels.resize(400); // fits again, after the atlas began anew
        const QImage image = renderGl(list, {1200, 660}, 1);
        for (int i = 0; i < 400; i += 37) {
            const QRect where(120 * (i % 10) + 10, 16 * ((i / 10) % 40) + 4, 100, 12);
            QVERIFY2(brightness(image, where) > 0.05, qPrintable(QString::number(i)));
        }
    }

    void drawingLeavesNoErrorAndNoTracesInTheContext()
    {
        QOpenGLFunctions* gl = m_context->functions();
        while (gl->glGetError() != GL_NO_ERROR) {}
        renderGl(everything(), canvasSize, 1);
        QCOMPARE(gl->glGetError(), GLenum(GL_NO_ERROR));
        GLint alignment = 0;
        gl->glGetIntegerv(GL_UNPACK_ALIGNMENT, &alignment);
        QCOMPARE(alignment, 4);
        GLint program = -1;
        gl->glGetIntegerv(GL_CURRENT_PROGRAM, &program);
        QCOMPARE(program, 0);
    }

    void itDrawsTheSameAfterItsContextWasLost()
    {
        const QImage before = renderGl(everything(), canvasSize, 1);
        m_renderer->release();
        QVERIFY(!m_renderer->initialized());
        QVERIFY(m_renderer->initialize());
        QCOMPARE(renderGl(everything(), canvasSize, 1), before);
    }

    void placesThatAreNoNumbersHarmNothing()
    {
        const float nan = std::nanf("");
        scene::DrawList list = everything();
        list.lines.push_back({{nan, 0}, {10, 10}, white, 1, scene::Stroke::Solid, true, true});
        list.lines.push_back({{5, 5}, {5, 5}, white, 1, scene::Stroke::Dashed, true, true});
        list.marks.push_back(markOf(Shape::Disc, {nan, nan}, 10));
        const QImage gl = renderGl(list, canvasSize, 1);
        QCOMPARE(gl, renderGl(everything(), canvasSize, 1));
        QVERIFY(!paint(list, canvasSize, 1).isNull());
    }
};

QTEST_MAIN(RenderersTest)
#include "tst_renderers.moc"
