// Where there is no OpenGL the canvas draws with QPainter, says so, and nothing crashes.
#include "gui/views/canvas/gl_probe.h"
#include "tests/gui/views/canvas/canvas_stand.h"

#include <QApplication>
#include <QMainWindow>
#include <QTest>

using namespace exitwave;
using tests::CanvasStand;
using tests::ScriptedTrace;
using views::CanvasWidget;

namespace {

/// How much of a picture has exactly the colour of a crash: its signs, and signals on their way.
int crashedPixels(const QImage& image)
{
    const scene::Color crashed = scene::Theme::darkTheme().crashed;
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            found += image.pixelColor(x, y) == QColor(crashed.r, crashed.g, crashed.b) ? 1 : 0;
    }
    return found;
}

} // namespace

class CanvasWithoutGlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theProbeSaysWhy()
    {
        const views::GlProbe& probe = views::GlProbe::instance();
        QVERIFY(!probe.usable);
        QVERIFY2(
            probe.text.startsWith(QStringLiteral("no OpenGL 3.3: drawing with QPainter because")),
            qPrintable(probe.text));
    }

    void theCanvasIsShownAndDrawnInAWindow()
    {
        ScriptedTrace trace;
        CanvasStand stand(CanvasWidget::Renderer::Automatic);
        QVERIFY(!stand.canvas.usesGl());
        QCOMPARE(stand.canvas.rendererText(), views::GlProbe::instance().text);
        const tests::ServiceTree tree = tests::serviceTree(trace);
        stand.play(trace);
        QMainWindow window;
        window.setCentralWidget(&stand.canvas);
        window.resize(900, 700);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_VERIFY(stand.canvas.frameMeter().frames() > 0);
        trace.crash(tree.workers[0], "oops", {tree.workers[1]});
        trace.land(tree.workers[0], tree.workers[1]);
        stand.play(trace);
        QVERIFY(stand.canvas.settle());
        const QImage image = stand.canvas.grabImage();
        QCOMPARE(image.size(), stand.canvas.size());
        const int found = crashedPixels(image);
        QVERIFY2(found > 30, qPrintable(QString::number(found)));
        QVERIFY(stand.canvas.panels().size() >= 3); // and the HUD over it
        window.takeCentralWidget();
        stand.canvas.setParent(nullptr);
    }

    void aPictureIsMadeWithoutEverBeingShown()
    {
        ScriptedTrace trace;
        CanvasStand stand(CanvasWidget::Renderer::Automatic, {640, 480});
        tests::serviceTree(trace);
        stand.play(trace);
        QVERIFY(stand.canvas.settle());
        const QImage image = stand.canvas.grabImage();
        QCOMPARE(image.size(), QSize(640, 480));
        QVERIFY(stand.canvas.pointOf(0).has_value());
    }

    void aJumpDoesNotPlayAgainWhatIsLongOver()
    {
        ScriptedTrace trace;
        CanvasStand stand(CanvasWidget::Renderer::Automatic);
        const tests::ServiceTree tree = tests::serviceTree(trace);
        stand.play(trace);
        const std::size_t before = stand.session.position();
        trace.crash(tree.workers[0], "oops", {tree.workers[1]});
        trace.land(tree.workers[0], tree.workers[1]);
        trace.wait(10'000);
        trace.spawn(tree.workers[2]);
        stand.play(trace);
        QVERIFY(stand.canvas.settle());
        const int atRest = crashedPixels(stand.canvas.grabImage());
        stand.canvas.resume();

        stand.session.seek(before);
        QVERIFY(stand.canvas.settle());
        stand.canvas.resume();
        stand.session.seek(stand.session.timeline().size());
        QVERIFY(
            stand.canvas.settle(base::Duration{160'000'000})); // when a signal would be under way
        QCOMPARE(crashedPixels(stand.canvas.grabImage()), atRest);
    }

    void withoutLayoutsNoProcessHasAPlace()
    {
        ScriptedTrace trace;
        CanvasStand shown(CanvasWidget::Renderer::Automatic);
        tests::serviceTree(trace);
        shown.play(trace);
        CanvasWidget canvas;
        canvas.resize(600, 400);
        const QImage empty = canvas.grabImage();
        canvas.setSession(&shown.session);
        QVERIFY(canvas.settle());
        QVERIFY(canvas.layout().isEmpty());
        QVERIFY(!canvas.pointOf(0));
        QVERIFY(canvas.grabImage() != empty); // another text: why there is no picture
        canvas.setLayouts(tests::layoutsOfTests());
        QCOMPARE(canvas.layout(), QStringLiteral("tree"));
        QVERIFY(canvas.settle());
        static_cast<void>(canvas.grabImage());
        QVERIFY(canvas.pointOf(0));
        canvas.setSession(nullptr);
    }

    void aCanvasWithoutASessionIsCalm()
    {
        CanvasWidget canvas;
        canvas.resize(300, 200);
        canvas.show();
        QVERIFY(QTest::qWaitForWindowExposed(&canvas));
        canvas.setSearch(QStringLiteral("x"));
        canvas.selectNextMatch();
        canvas.arrangeAnew();
        canvas.fit();
        canvas.centerOn(7);
        canvas.unpin(7);
        canvas.setSelection(3, 4);
        QTest::keyClick(&canvas, Qt::Key_Tab);
        QTest::keyClick(&canvas, Qt::Key_Down);
        QVERIFY(!canvas.grabImage().isNull());
    }
};

QTEST_MAIN(CanvasWithoutGlTest)
#include "tst_canvas_without_gl.moc"
