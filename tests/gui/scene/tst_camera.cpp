// The camera: what is under the pointer stays there, fitting shows all, gliding ends.
#include "gui/scene/camera.h"

#include <QTest>

using namespace exitwave;
using namespace exitwave::scene;

namespace {

constexpr FrameTime start{5'000'000'000};

bool near(float a, float b, float tolerance = 0.05F)
{
    return std::abs(a - b) <= tolerance;
}

bool near(Vec2 a, Vec2 b)
{
    return near(a.x, b.x) && near(a.y, b.y);
}

} // namespace

class TstCamera : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void screenAndWorldAreInverse()
    {
        Camera camera;
        camera.setViewport({800, 600});
        camera.zoomAt({100, 500}, 1.7F, start);
        camera.panBy({33, -12}, start);
        const Projection view = camera.at(start);
        for (const Vec2 point : {Vec2{0, 0}, Vec2{799, 1}, Vec2{400, 300}, Vec2{-50, 900}})
            QVERIFY(near(view.toScreen(view.toWorld(point)), point));
    }

    void zoomingKeepsTheWorldPointUnderThePointer()
    {
        Camera camera;
        camera.setViewport({800, 600});
        const Vec2 pointer{620, 140};
        const layout::Point held = camera.at(start).toWorld(pointer);
        for (int i = 0; i < 5; ++i) {
            camera.zoomAt(pointer, 1.25F, start);
            QVERIFY(near(camera.at(start).toScreen(held), pointer));
        }
        QVERIFY(!camera.animating(start));
    }

    void zoomHasLimits()
    {
        Camera camera;
        for (int i = 0; i < 200; ++i)
            camera.zoomAt({10, 10}, 1.5F, start);
        QCOMPARE(camera.at(start).scale, Camera::maxScale);
        for (int i = 0; i < 200; ++i)
            camera.zoomAt({10, 10}, 0.5F, start);
        QCOMPARE(camera.at(start).scale, Camera::minScale);
    }

    void panningMovesThePictureWithThePointer()
    {
        Camera camera;
        const Vec2 before = camera.at(start).toScreen({1, 2});
        camera.panBy({15, -40}, start);
        const Vec2 after = camera.at(start).toScreen({1, 2});
        QVERIFY(near(after, {before.x + 15, before.y - 40}));
    }

    void fittingShowsEverythingInsideTheMargins()
    {
        Camera camera;
        camera.setViewport({1000, 700});
        const Margins margins{200, 50, 40, 160};
        const Bounds bounds{{-40, -3}, {120, 60}};
        camera.fit(bounds, margins, start, base::Duration{});
        const Projection view = camera.at(start);
        const Vec2 low = view.toScreen(bounds.min);
        const Vec2 high = view.toScreen(bounds.max);
        QVERIFY(low.x >= 199.9F && low.y >= 49.9F);
        QVERIFY(high.x <= 960.1F && high.y <= 540.1F);
        QVERIFY2(near(low.x, 200) || near(low.y, 50), "and no smaller than needed");
    }

    void fittingFewProcessesDoesNotBlowThemUp()
    {
        Camera camera;
        camera.setViewport({1000, 700});
        camera.fit({{3, 3}, {3, 3}}, Margins{}, start, base::Duration{});
        QCOMPARE(camera.at(start).scale, Camera::maxFitScale);
        QVERIFY(camera.at(start).toScreen({3, 3}).x > 300);
    }

    void aTinyViewportStillGivesAFiniteView()
    {
        Camera camera;
        camera.setViewport({0, 0});
        camera.fit({{0, 0}, {10, 10}}, Margins{}, start, base::Duration{});
        QVERIFY(std::isfinite(camera.at(start).toScreen({5, 5}).x));
        QVERIFY(camera.at(start).scale > 0);
    }

    void glidingIsAFunctionOfTimeAndEnds()
    {
        Camera camera;
        camera.centerOn({10, 0}, start);
        QVERIFY(camera.animating(start));
        const FrameTime middle = start + base::milliseconds(100);
        const FrameTime end = start + Camera::usualGlide;
        QCOMPARE(camera.at(middle), camera.at(middle));
        QVERIFY(camera.at(middle).center.x > 0 && camera.at(middle).center.x < 10);
        QCOMPARE(camera.at(end).center.x, 10.0F);
        QVERIFY(!camera.animating(end));
        QCOMPARE(camera.at(end), camera.target());
    }

    void aGestureStopsAGlideWhereItIs()
    {
        Camera camera;
        camera.centerOn({100, 0}, start);
        const FrameTime middle = start + base::milliseconds(60);
        const float before = camera.at(middle).center.x;
        camera.panBy({0, 0}, middle);
        QVERIFY(!camera.animating(middle));
        QVERIFY(near(camera.at(start + base::seconds(5)).center.x, before));
    }

    void boundsEncloseAllAndNothingHasNone()
    {
        QVERIFY(!boundsOf({}).has_value());
        const std::vector<layout::Point> points{{1, 5}, {-2, 7}, {0, -1}};
        QCOMPARE(*boundsOf(points), (Bounds{{-2, -1}, {1, 7}}));
    }
};

QTEST_GUILESS_MAIN(TstCamera)
#include "tst_camera.moc"
