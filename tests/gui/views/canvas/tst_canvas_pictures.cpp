// Whole pictures of the canvas: a lesson, a service with a crash in progress, ten thousand
// processes, nothing at all; both renderers, both themes.
#include "gui/views/canvas/gl_probe.h"
#include "tests/gui/views/canvas/canvas_stand.h"

#include <QApplication>
#include <QImage>
#include <QTest>

#include <cstdlib>

using namespace exitwave;
using tests::CanvasStand;
using tests::ScriptedTrace;
using views::CanvasWidget;

namespace {

void save(const QImage& image, const QString& name)
{
    const QString folder = qEnvironmentVariable("EXITWAVE_PICTURES");
    if (!folder.isEmpty()) {
        QVERIFY(image.save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    }
}

double difference(const QImage& a, const QImage& b)
{
    double sum = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            sum += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y)));
        }
    }
    return sum / (255.0 * a.width() * a.height());
}

/// Pixels of exactly this colour.
int count(const QImage& image, const scene::Color& color)
{
    const QRgb wanted = qRgb(color.r, color.g, color.b);
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            found += (image.pixel(x, y) & RGB_MASK) == (wanted & RGB_MASK) ? 1 : 0;
        }
    }
    return found;
}

const scene::Theme& themeOf(bool dark)
{
    return dark ? scene::Theme::darkTheme() : scene::Theme::lightTheme();
}

CanvasWidget::Renderer rendererOf(bool gl)
{
    return gl ? CanvasWidget::Renderer::Automatic : CanvasWidget::Renderer::Painter;
}

/// worker 1 crashed, worker 2 died of it, its signal is on the way to worker 3.
void crashInProgress(CanvasStand& stand)
{
    ScriptedTrace trace;
    const tests::ServiceTree tree = tests::serviceTree(trace);
    stand.play(trace);
    trace.wait(1000);
    trace.crash(tree.workers[0], "oops", {tree.workers[1]});
    trace.land(tree.workers[0], tree.workers[1], {tree.workers[2]});
    trace.absorb(tree.workers[1], tree.workers[2]);
    stand.play(trace);
    stand.canvas.setSelection(stand.node(tree.workers[1]));
}

} // namespace

class CanvasPicturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(views::GlProbe::instance().usable); }

    void aCrashInProgressShowsItsSigns_data()
    {
        QTest::addColumn<bool>("gl");
        QTest::addColumn<bool>("dark");
        QTest::newRow("OpenGL dark") << true << true;
        QTest::newRow("OpenGL light") << true << false;
        QTest::newRow("QPainter dark") << false << true;
        QTest::newRow("QPainter light") << false << false;
    }
    void aCrashInProgressShowsItsSigns()
    {
        QFETCH(bool, gl);
        QFETCH(bool, dark);
        CanvasStand stand(rendererOf(gl));
        QCOMPARE(stand.canvas.usesGl(), gl);
        stand.canvas.setTheme(themeOf(dark));
        crashInProgress(stand);
        QVERIFY(stand.canvas.settle(base::milliseconds(560)));
        const QImage image = stand.canvas.grabImage();
        save(image, QString::fromLatin1("crash_%1").arg(QLatin1String(QTest::currentDataTag())));
        const scene::Theme& theme = themeOf(dark);
        QVERIFY(count(image, theme.canvas) > image.width() * image.height() / 3);
        QVERIFY(count(image, theme.crashed) > 60);
        QVERIFY(count(image, theme.running) > 200);
        QVERIFY(count(image, theme.traps) > 20);
    }

    void bothRenderersShowTheSameCrash()
    {
        CanvasStand gl(rendererOf(true));
        CanvasStand painter(rendererOf(false));
        crashInProgress(gl);
        crashInProgress(painter);
        gl.canvas.settle(base::milliseconds(560));
        painter.canvas.settle(base::milliseconds(560));
        const double apart = difference(gl.canvas.grabImage(), painter.canvas.grabImage());
        QVERIFY2(apart < 0.01, qPrintable(QString::number(apart)));
    }

    void aLessonOfThreeProcesses()
    {
        CanvasStand stand(rendererOf(true));
        ScriptedTrace trace;
        const auto root = trace.spawn({}, "lesson");
        const auto parent = trace.spawn(root, "parent");
        const auto child = trace.spawn(parent, "", true);
        trace.trapExit(parent);
        stand.play(trace);
        trace.wait(500);
        trace.crash(child, "oops", {parent});
        trace.absorb(child, parent);
        stand.play(trace);
        QVERIFY(stand.canvas.settle(base::milliseconds(600)));
        const QImage image = stand.canvas.grabImage();
        save(image, QStringLiteral("lesson"));
        QVERIFY(count(image, scene::Theme::darkTheme().crashed) > 30);
    }

    void tenThousandProcesses_data()
    {
        QTest::addColumn<bool>("gl");
        QTest::newRow("OpenGL") << true;
        QTest::newRow("QPainter") << false;
    }
    void tenThousandProcesses()
    {
        QFETCH(bool, gl);
        CanvasStand stand(rendererOf(gl));
        ScriptedTrace trace;
        const auto root = trace.spawn({}, "root_sup");
        for (int s = 0; s < 250; ++s) {
            const auto supervisor = trace.spawn(root, "part" + std::to_string(s) + "_sup");
            for (int w = 0; w < 39; ++w) {
                const auto worker = trace.spawn(supervisor, "", w % 5 == 0);
                if ((s + w) % 40 == 0) {
                    trace.crash(worker, "oops", {});
                }
            }
        }
        stand.play(trace);
        stand.canvas.setLayout(QStringLiteral("force"));
        QVERIFY(stand.canvas.settle(std::nullopt, 30000));
        const QImage image = stand.canvas.grabImage();
        save(image, QString::fromLatin1("many_%1").arg(QLatin1String(QTest::currentDataTag())));
        QVERIFY(count(image, scene::Theme::darkTheme().canvas) < image.width() * image.height());
    }

    void theProcessUnderThePointerTellsItsStateAndReason()
    {
        CanvasStand stand(rendererOf(false));
        crashInProgress(stand);
        QVERIFY(stand.canvas.settle());
        const QImage without = stand.canvas.grabImage();
        stand.canvas.setHovered(5); // worker 1
        const QImage with = stand.canvas.grabImage();
        save(with, QStringLiteral("card"));
        const QPoint at = stand.canvas.pointOf(5).value().toPoint();
        const QRect beside(at.x() + 30, at.y() + 4, 160, 60);
        QVERIFY(difference(without.copy(beside), with.copy(beside)) > 0.01);
    }

    void anEmptyCanvasSaysWhatBelongsThere()
    {
        for (const bool gl : {true, false}) {
            CanvasWidget canvas(nullptr, rendererOf(gl));
            canvas.resize(900, 600);
            const QImage image = canvas.grabImage();
            save(image, gl ? QStringLiteral("empty_gl") : QStringLiteral("empty_painter"));
            const scene::Theme& theme = scene::Theme::darkTheme();
            QVERIFY(count(image, theme.canvas) > 900 * 600 * 9 / 10);
            QVERIFY(count(image, theme.canvas) < 900 * 600 - 500);
        }
    }

    void smallCanvasesKeepThePanelsApart_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("window of 900x600 without docks") << QSize(900, 480);
        QTest::newRow("between docks") << QSize(460, 380);
        QTest::newRow("smallest") << QSize(200, 150);
    }
    void smallCanvasesKeepThePanelsApart()
    {
        QFETCH(QSize, size);
        CanvasStand stand(rendererOf(false), size);
        crashInProgress(stand);
        stand.canvas.setControlsOpen(true);
        stand.canvas.settle();
        save(stand.canvas.grabImage(), QStringLiteral("small_%1").arg(size.width()));
        const std::vector<QRectF> panels = stand.canvas.panels();
        for (std::size_t a = 0; a < panels.size(); ++a) {
            QVERIFY(QRectF(QPointF(), QSizeF(size)).contains(panels[a]));
            for (std::size_t b = a + 1; b < panels.size(); ++b) {
                QVERIFY2(!panels[a].intersects(panels[b]),
                         qPrintable(QStringLiteral("%1 and %2").arg(a).arg(b)));
            }
        }
    }
};

int main(int argc, char** argv)
{
    // Doubled pictures are asked for by the caller: QT_SCALE_FACTOR=2.
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    QApplication app(argc, argv);
    CanvasPicturesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_canvas_pictures.moc"
