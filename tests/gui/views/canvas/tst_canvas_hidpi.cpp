// At two physical pixels per logical one the canvas is sharp, of the same layout, and picked right.
#include "tests/gui/views/canvas/canvas_stand.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <cstdlib>

using namespace exitwave;
using tests::CanvasStand;
using tests::ScriptedTrace;
using views::CanvasWidget;

class CanvasHidpiTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothRenderersMakeTheSamePictureOfTwiceTheSize()
    {
        const QSize size(640, 480);
        QVector<QImage> images;
        for (const auto renderer :
             {CanvasWidget::Renderer::Automatic, CanvasWidget::Renderer::Painter}) {
            ScriptedTrace trace;
            CanvasStand stand(renderer, size);
            tests::serviceTree(trace);
            stand.play(trace);
            QVERIFY(stand.canvas.settle());
            images.push_back(stand.canvas.grabImage());
            QCOMPARE(images.back().size(), size * 2);
            QCOMPARE(images.back().devicePixelRatio(), 2.0);
        }
        double sum = 0;
        for (int y = 0; y < images[0].height(); ++y) {
            for (int x = 0; x < images[0].width(); ++x)
                sum += std::abs(qGray(images[0].pixel(x, y)) - qGray(images[1].pixel(x, y)));
        }
        const double apart = sum / (255.0 * images[0].width() * images[0].height());
        QVERIFY2(apart < 0.01, qPrintable(QString::number(apart)));
    }

    void clicksMeetWhatIsSeen()
    {
        ScriptedTrace trace;
        CanvasStand stand(CanvasWidget::Renderer::Automatic, {640, 480});
        stand.canvas.setReducedMotion(true);
        const tests::ServiceTree tree = tests::serviceTree(trace);
        stand.play(trace);
        stand.canvas.show();
        QVERIFY(QTest::qWaitForWindowExposed(&stand.canvas));
        QVERIFY(stand.canvas.settle());
        stand.draw();
        QSignalSpy selected(&stand.canvas, &CanvasWidget::nodeSelected);
        QTest::mouseClick(&stand.canvas, Qt::LeftButton, {}, stand.point(tree.cache));
        QCOMPARE(selected.count(), 1);
        QCOMPARE(stand.canvas.selected(), stand.node(tree.cache));
    }
};

int main(int argc, char** argv)
{
    qputenv("QT_SCALE_FACTOR", "2");
    QApplication app(argc, argv);
    CanvasHidpiTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_canvas_hidpi.moc"
