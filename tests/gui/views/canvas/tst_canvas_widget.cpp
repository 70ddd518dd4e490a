// The canvas as a person uses it: with mouse and keyboard, in a window, moved between windows, left
// alone.
#include "gui/views/canvas/gl_probe.h"
#include "tests/gui/views/canvas/canvas_stand.h"

#include <QAccessible>
#include <QApplication>
#include <QMainWindow>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <array>
#include <cmath>

using namespace exitwave;
using graph::NodeIndex;
using tests::CanvasStand;
using tests::ScriptedTrace;
using views::CanvasWidget;

Q_DECLARE_METATYPE(exitwave::graph::NodeIndex)

namespace {

/// A canvas with a service on it, at rest, on screen.
struct Shown : CanvasStand
{
    explicit Shown(CanvasWidget::Renderer renderer) : CanvasStand(renderer, {1000, 800})
    {
        canvas.setReducedMotion(true); // positions and camera jump: nothing to wait for
        tree = tests::serviceTree(trace);
        play(trace);
        canvas.show();
        bool exposed = QTest::qWaitForWindowExposed(&canvas);
        Q_UNUSED(exposed)
        canvas.setFocus();
        rest();
    }
    /// Lets the layout come to rest and everything be seen, without stopping the clock.
    void rest()
    {
        canvas.settle();
        canvas.resume();
        draw();
    }

    ScriptedTrace trace;
    tests::ServiceTree tree;
};

void wheel(QWidget& widget, QPoint at, int steps)
{
    QWheelEvent event(QPointF(at),
                      widget.mapToGlobal(QPointF(at)),
                      {},
                      QPoint(0, steps * 120),
                      Qt::NoButton,
                      Qt::NoModifier,
                      Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(&widget, &event);
}

} // namespace

class CanvasWidgetTest : public QObject
{
    Q_OBJECT

    static CanvasWidget::Renderer renderer()
    {
        QFETCH_GLOBAL(bool, gl);
        return gl ? CanvasWidget::Renderer::Automatic : CanvasWidget::Renderer::Painter;
    }

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<bool>("gl");
        if (views::GlProbe::instance().usable)
            QTest::newRow("OpenGL") << true;
        QTest::newRow("QPainter") << false;
    }

    void theProbeSaysWhatDraws()
    {
        QFETCH_GLOBAL(bool, gl);
        CanvasWidget canvas(nullptr, renderer());
        QCOMPARE(canvas.usesGl(), gl);
        const QString text = canvas.rendererText();
        QVERIFY2(text.contains(gl ? QStringLiteral("OpenGL") : QStringLiteral("QPainter")),
                 qPrintable(text));
    }

    void aClickSelectsAndASecondOneWithCtrlMakesAPair()
    {
        Shown shown(renderer());
        QSignalSpy selected(&shown.canvas, &CanvasWidget::nodeSelected);
        QSignalSpy second(&shown.canvas, &CanvasWidget::secondarySelected);
        QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, shown.point(shown.tree.workers[0]));
        QCOMPARE(selected.count(), 1);
        QCOMPARE(shown.canvas.selected(), shown.node(shown.tree.workers[0]));
        QTest::mouseClick(
            &shown.canvas, Qt::LeftButton, Qt::ControlModifier, shown.point(shown.tree.workers[3]));
        QCOMPARE(second.count(), 1);
        QCOMPARE(shown.canvas.secondary(), shown.node(shown.tree.workers[3]));
        QCOMPARE(shown.canvas.selected(), shown.node(shown.tree.workers[0]));
        QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, QPoint(500, 40));
        QCOMPARE(shown.canvas.selected(), graph::noNode);
    }

    void draggingAProcessPinsItAndADoubleClickLetsItGo()
    {
        Shown shown(renderer());
        const NodeIndex node = shown.node(shown.tree.workers[4]);
        const QPoint from = shown.point(shown.tree.workers[4]);
        const QPoint to = from + QPoint(60, 70);
        QSignalSpy selected(&shown.canvas, &CanvasWidget::nodeSelected);
        QTest::mousePress(&shown.canvas, Qt::LeftButton, {}, from);
        QTest::mouseMove(&shown.canvas, from + QPoint(30, 30));
        QTest::mouseMove(&shown.canvas, to);
        QTest::mouseRelease(&shown.canvas, Qt::LeftButton, {}, to);
        QVERIFY(shown.canvas.pinned(node));
        QCOMPARE(selected.count(), 0); // a drag is no click
        const auto away = [&] {
            shown.draw();
            return (shown.point(shown.tree.workers[4]) - to).manhattanLength();
        };
        QTRY_VERIFY(away() <= 2);
        QTest::mouseDClick(&shown.canvas, Qt::LeftButton, {}, shown.point(shown.tree.workers[4]));
        QVERIFY(!shown.canvas.pinned(node));
    }

    void uLetsGoOfASelectedProcess()
    {
        Shown shown(renderer());
        const NodeIndex node = shown.node(shown.tree.workers[4]);
        const QPoint from = shown.point(shown.tree.workers[4]);
        QTest::mousePress(&shown.canvas, Qt::LeftButton, {}, from);
        QTest::mouseMove(&shown.canvas, from + QPoint(20, 20));
        QTest::mouseRelease(&shown.canvas, Qt::LeftButton, {}, from + QPoint(20, 20));
        QVERIFY(shown.canvas.pinned(node));
        shown.canvas.setHovered(graph::noNode);
        shown.canvas.setSelection(node);
        QTest::keyClick(&shown.canvas, Qt::Key_U);
        QVERIFY(!shown.canvas.pinned(node));
    }

    void draggingTheBackgroundPans()
    {
        Shown shown(renderer());
        const QPoint before = shown.point(shown.tree.app);
        QTest::mousePress(&shown.canvas, Qt::LeftButton, {}, QPoint(500, 600));
        QTest::mouseMove(&shown.canvas, QPoint(520, 600));
        QTest::mouseMove(&shown.canvas, QPoint(540, 570));
        QTest::mouseRelease(&shown.canvas, Qt::LeftButton, {}, QPoint(540, 570));
        shown.draw();
        QCOMPARE(shown.point(shown.tree.app) - before, QPoint(40, -30));
        QCOMPARE(shown.canvas.selected(), graph::noNode);
    }

    void theWheelZoomsAtThePointerButNotOnAPanel()
    {
        Shown shown(renderer());
        const QPoint at = shown.point(shown.tree.cache);
        const float scale = shown.canvas.projection().scale;
        wheel(shown.canvas, at, 2);
        shown.draw();
        QVERIFY(shown.canvas.projection().scale > 1.4F * scale);
        QVERIFY((shown.point(shown.tree.cache) - at).manhattanLength() <= 2);
        const float zoomed = shown.canvas.projection().scale;
        QVERIFY(!shown.canvas.panels().empty());
        wheel(shown.canvas, shown.canvas.panels().front().center().toPoint(), 2);
        QCOMPARE(shown.canvas.projection().scale, zoomed);
    }

    void panelsTakeTheirClicks()
    {
        Shown shown(renderer());
        shown.canvas.setSelection(shown.node(shown.tree.app));
        QVERIFY(!shown.canvas.controlsOpen());
        const QSizeF size(shown.canvas.size());
        // The closed view controls stand in the upper right corner.
        QPoint title;
        for (const QRectF& panel : shown.canvas.panels()) {
            if (panel.right() > size.width() - 20 && panel.top() < 20)
                title = panel.center().toPoint();
        }
        QVERIFY(!title.isNull());
        QTest::mouseClick(&shown.canvas, Qt::LeftButton, {}, title);
        QTRY_VERIFY(shown.canvas.controlsOpen());
        QCOMPARE(shown.canvas.selected(), shown.node(shown.tree.app));
    }

    void keysZoomFitPanAndWalk()
    {
        Shown shown(renderer());
        const float scale = shown.canvas.projection().scale;
        QTest::keyClick(&shown.canvas, Qt::Key_Plus);
        QVERIFY(shown.canvas.projection().scale > scale);
        QTest::keyClick(&shown.canvas, Qt::Key_Minus);
        QVERIFY(std::abs(shown.canvas.projection().scale - scale) < 0.01F);
        const layout::Point center = shown.canvas.projection().center;
        QTest::keyClick(&shown.canvas, Qt::Key_Left);
        QVERIFY(shown.canvas.projection().center.x < center.x);
        QTest::keyClick(&shown.canvas, Qt::Key_Home);
        shown.draw();
        QVERIFY(std::abs(shown.canvas.projection().center.x - center.x) < 0.5F);

        QSignalSpy hovered(&shown.canvas, &CanvasWidget::nodeHovered);
        QTest::keyClick(&shown.canvas, Qt::Key_PageDown);
        QTest::keyClick(&shown.canvas, Qt::Key_PageDown);
        QCOMPARE(hovered.last().first().value<NodeIndex>(), NodeIndex(1));
        QTest::keyClick(&shown.canvas, Qt::Key_Return);
        QCOMPARE(shown.canvas.selected(), NodeIndex(1));
        QTest::keyClick(&shown.canvas, Qt::Key_PageUp);
        QCOMPARE(hovered.last().first().value<NodeIndex>(), NodeIndex(0));
        QTest::keyClick(&shown.canvas, Qt::Key_Down); // from the root to the children below
        const auto below = hovered.last().first().value<NodeIndex>();
        QVERIFY(below != graph::noNode);
        QCOMPARE(shown.session.graph().node(below).parent, NodeIndex(0));
    }

    void thePageKeysReachEveryProcessAndGoRound()
    {
        Shown shown(renderer());
        QSignalSpy hovered(&shown.canvas, &CanvasWidget::nodeHovered);
        const auto count = static_cast<NodeIndex>(shown.session.graph().size());
        for (NodeIndex node = 0; node < count; ++node) {
            QTest::keyClick(&shown.canvas, Qt::Key_PageDown);
            QCOMPARE(hovered.last().first().value<NodeIndex>(), node);
        }
        QTest::keyClick(&shown.canvas, Qt::Key_PageDown);
        QCOMPARE(hovered.last().first().value<NodeIndex>(), NodeIndex(0));
        QTest::keyClick(&shown.canvas, Qt::Key_PageUp);
        QCOMPARE(hovered.last().first().value<NodeIndex>(), count - 1);
    }

    void tabLeavesTheCanvas()
    {
        QWidget window;
        auto* column = new QVBoxLayout(&window);
        auto* before = new QWidget(&window);
        auto* canvas = new CanvasWidget(&window, renderer());
        auto* after = new QWidget(&window);
        for (QWidget* widget : {before, static_cast<QWidget*>(canvas), after}) {
            widget->setFocusPolicy(Qt::StrongFocus);
            column->addWidget(widget);
        }
        Shown shown(renderer()); // its session has processes to walk
        canvas->setLayouts(tests::layoutsOfTests());
        canvas->setSession(&shown.session);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        canvas->setFocus();
        QTest::keyClick(canvas, Qt::Key_Tab);
        QVERIFY(after->hasFocus());
        canvas->setFocus();
        QTest::keyClick(canvas, Qt::Key_Backtab);
        QVERIFY(before->hasFocus());
        canvas->setSession(nullptr);
    }

    void aScreenReaderIsToldWhatIsSelected()
    {
        Shown shown(renderer());
        shown.canvas.setSelection(shown.node(shown.tree.workers[2]));
        QVERIFY(!shown.canvas.accessibleName().isEmpty());
        const QString text = shown.canvas.accessibleDescription();
        QVERIFY2(text.contains(QStringLiteral("worker 3")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("38 processes alive")), qPrintable(text));
    }

    void searchingFindsByNameAndByPid()
    {
        Shown shown(renderer());
        shown.canvas.setSearch(QStringLiteral("WORKER"));
        QCOMPARE(shown.canvas.matchCount(), std::size_t(5));
        shown.canvas.selectNextMatch();
        QCOMPARE(shown.canvas.selected(), shown.node(shown.tree.workers[0]));
        shown.canvas.selectNextMatch(false);
        QCOMPARE(shown.canvas.selected(), shown.node(shown.tree.workers[4]));
        shown.canvas.setSearch(QStringLiteral(".101."));
        QCOMPARE(shown.canvas.matchCount(), std::size_t(1));
        QSignalSpy changed(&shown.canvas, &CanvasWidget::matchesChanged);
        shown.canvas.setSearch(QStringLiteral("late"));
        QCOMPARE(shown.canvas.matchCount(), std::size_t(0));
        shown.trace.spawn(shown.tree.app, "latecomer");
        shown.play(shown.trace);
        QCOMPARE(shown.canvas.matchCount(), std::size_t(1));
        QCOMPARE(changed.last().first().toInt(), 1);
    }

    void theContextMenuIsAskedForWithItsProcess()
    {
        Shown shown(renderer());
        QSignalSpy asked(&shown.canvas, &CanvasWidget::contextMenuRequested);
        const QPoint at = shown.point(shown.tree.metrics);
        QContextMenuEvent byMouse(QContextMenuEvent::Mouse, at, shown.canvas.mapToGlobal(at));
        QApplication::sendEvent(&shown.canvas, &byMouse);
        QCOMPARE(asked.last().first().value<NodeIndex>(), shown.node(shown.tree.metrics));
        shown.canvas.setSelection(shown.node(shown.tree.web));
        shown.canvas.setHovered(graph::noNode);
        QContextMenuEvent byKey(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QApplication::sendEvent(&shown.canvas, &byKey);
        QCOMPARE(asked.last().first().value<NodeIndex>(), shown.node(shown.tree.web));
    }

    void nothingIsPaintedWhileNothingHappens()
    {
        Shown shown(renderer());
        shown.canvas.setReducedMotion(false);
        // The rate of events on screen sinks to zero within about a second after the last one.
        std::size_t last = 0;
        const auto still = [&] {
            const std::size_t now = shown.canvas.frameMeter().frames();
            return std::exchange(last, now) == now;
        };
        QTRY_VERIFY_WITH_TIMEOUT((QTest::qWait(600), still()), 10000);
        const std::size_t before = shown.canvas.frameMeter().frames();
        QTest::qWait(700);
        QCOMPARE(shown.canvas.frameMeter().frames(), before);
    }

    void aSignalThatNeverLandsDoesNotKeepItPainting()
    {
        Shown shown(renderer());
        shown.trace.crash(shown.tree.workers[0], "oops", {shown.tree.workers[1]});
        shown.play(shown.trace);
        QCOMPARE(shown.session.graph().signalsInFlight().size(), std::size_t(1));
        std::size_t last = 0;
        const auto still = [&] {
            const std::size_t now = shown.canvas.frameMeter().frames();
            return std::exchange(last, now) == now;
        };
        QTRY_VERIFY_WITH_TIMEOUT((QTest::qWait(600), still()), 15000);
    }

    void aCrashIsAnimatedAndThenComesToRest()
    {
        Shown shown(renderer());
        shown.canvas.setReducedMotion(false);
        const std::size_t before = shown.canvas.frameMeter().frames();
        shown.trace.crash(shown.tree.workers[0], "oops", {shown.tree.workers[1]});
        shown.trace.land(shown.tree.workers[0], shown.tree.workers[1]);
        shown.play(shown.trace);
        QTRY_VERIFY(shown.canvas.frameMeter().frames() > before + 5);
    }

    void itSurvivesBeingMovedToAnotherWindow()
    {
        ScriptedTrace trace;
        CanvasStand stand(renderer());
        tests::serviceTree(trace);
        stand.play(trace);
        auto first = std::make_unique<QMainWindow>();
        first->setCentralWidget(&stand.canvas);
        first->resize(700, 500);
        first->show();
        QVERIFY(QTest::qWaitForWindowExposed(first.get()));
        QTRY_VERIFY(stand.canvas.frameMeter().frames() > 0);
        stand.canvas.settle();
        const QImage before = stand.canvas.grabImage();

        QMainWindow second;
        first->takeCentralWidget();
        second.setCentralWidget(&stand.canvas);
        second.resize(700, 500);
        second.show();
        QVERIFY(QTest::qWaitForWindowExposed(&second));
        first.reset();
        stand.canvas.settle();
        const QImage after = stand.canvas.grabImage();
        QCOMPARE(after.size(), before.size());
        // Text of the labels and signs are there again: the picture is not just background.
        int differing = 0;
        for (int y = 150; y < after.height(); ++y) {
            for (int x = 0; x < after.width(); ++x)
                differing += after.pixel(x, y) != before.pixel(x, y) ? 1 : 0;
        }
        QVERIFY2(differing < 500, qPrintable(QString::number(differing)));
        second.takeCentralWidget();
        stand.canvas.setParent(nullptr);
    }

    void layoutsAreChosenByTheirNames()
    {
        Shown shown(renderer());
        QSignalSpy changed(&shown.canvas, &CanvasWidget::layoutChanged);
        QCOMPARE(shown.canvas.layout(), QStringLiteral("tree"));
        QVERIFY(shown.canvas.setLayout(QStringLiteral("force")));
        QVERIFY(!shown.canvas.setLayout(QStringLiteral("none of that name")));
        QCOMPARE(shown.canvas.layout(), QStringLiteral("force"));
        QCOMPARE(changed.count(), 1);
        QVERIFY(shown.canvas.settle());
    }

    void anotherTraceStartsAfresh()
    {
        Shown shown(renderer());
        shown.canvas.setSelection(shown.node(shown.tree.app));
        shown.session.open(std::make_unique<tests::ScriptedSource>());
        QCOMPARE(shown.canvas.selected(), graph::noNode);
        shown.draw();
        QVERIFY(!shown.canvas.pointOf(0));
    }

    void rewindingShowsFewerProcessesAtTheSamePlaces()
    {
        Shown shown(renderer());
        const NodeIndex pool = shown.node(shown.tree.pool);
        const std::size_t all = shown.session.graph().size();
        const auto world = [&](NodeIndex node) {
            const QPointF at = shown.canvas.pointOf(node).value();
            return shown.canvas.projection().toWorld(
                {static_cast<float>(at.x()), static_cast<float>(at.y())});
        };
        const layout::Point before = world(pool);
        shown.session.seek(shown.session.timeline().size() / 2);
        QVERIFY(shown.session.graph().size() < all);
        shown.session.seek(shown.session.timeline().size());
        shown.rest();
        const layout::Point after = world(pool);
        QVERIFY(std::abs(before.x - after.x) < 0.05F);
        QVERIFY(std::abs(before.y - after.y) < 0.05F);
    }
};

int main(int argc, char** argv)
{
    // Without shared contexts moving to another window loses the context: the harder case.
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts, false);
    QApplication app(argc, argv);
    CanvasWidgetTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_canvas_widget.moc"
