// Tests of the TimelineWidget, driven by mouse and keys as a person would, and looked at as a
// picture.
#include "gui/views/timeline/timeline_widget.h"
#include "tests/gui/session/session_fixture.h"

#include <QAccessible>
#include <QElapsedTimer>
#include <QImage>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace exitwave;
using test::RandomTrace;
using test::SessionFixture;
using views::TimelineWidget;

namespace {

/// A live session with a random program of about `events` events in a widget of 1000 pixels.
struct Shown : SessionFixture
{
    explicit Shown(std::size_t events = 4000, std::uint64_t seed = 5)
    {
        RandomTrace program(seed);
        if (events > 0) {
            program.run(events);
            fed = feedAll(program.take());
        }
        widget.resize(1000, 160);
        widget.show();
        exposed = QTest::qWaitForWindowExposed(&widget);
    }
    double xOf(base::Timestamp time) const { return widget.scale().mapTimeToX(time); }
    double middle() const { return widget.geometryNow().strip.center().x(); }
    void wheel(double x, int vertical, int horizontal = 0)
    {
        const QPointF at(x, 60);
        QWheelEvent event(at,
                          widget.mapToGlobal(at),
                          {},
                          {horizontal, vertical},
                          Qt::NoButton,
                          Qt::NoModifier,
                          Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(&widget, &event);
    }
    QPoint point(double x) const { return {static_cast<int>(std::lround(x)), 60}; }

    TimelineWidget widget{session};
    bool fed = true;
    bool exposed = false;
};

} // namespace

class TestTimelineWidget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clickingAndDraggingSeeks()
    {
        Shown s;
        QVERIFY(s.fed && s.exposed);
        QVERIFY(s.session.following());
        QTest::mousePress(&s.widget, Qt::LeftButton, {}, s.point(s.middle()));
        QVERIFY(!s.session.following());
        const base::Timestamp first = s.session.playheadTime();
        QVERIFY(std::abs(s.xOf(first) - s.middle()) <= 1.0);
        QCOMPARE(s.session.position(), s.session.timeline().positionAt(first));
        QSignalSpy moved(&s.session, &session::Session::advanced);
        for (int by = 1; by <= 120; ++by) // faster than frames are: few of them are seeks
            QTest::mouseMove(&s.widget, s.point(s.middle() + by));
        QTRY_VERIFY(std::abs(s.xOf(s.session.playheadTime()) - s.middle() - 120) <= 1.0);
        QVERIFY2(moved.size() < 60, qPrintable(QString::number(moved.size())));
        QTest::mouseRelease(&s.widget, Qt::LeftButton, {}, s.point(s.middle() + 120));
        QTest::mouseMove(&s.widget, s.point(s.middle() - 200)); // released: only hovers
        QVERIFY(std::abs(s.xOf(s.session.playheadTime()) - s.middle() - 120) <= 1.0);
    }
    void theHeaderDoesNotSeek()
    {
        Shown s;
        QTest::mouseClick(&s.widget, Qt::LeftButton, {}, {500, 8});
        QVERIFY(s.session.following());
    }
    void theWheelZoomsAtThePointerAndDoubleClickShowsAll()
    {
        Shown s;
        const double x = s.middle() + 150;
        const base::Timestamp under = s.widget.scale().mapXToTime(x);
        const auto before = s.widget.scale().span();
        s.wheel(x, 5 * 120);
        QVERIFY(s.widget.scale().span() < before);
        QVERIFY(std::abs(s.xOf(under) - x) < 0.5);
        const base::Timestamp from = s.widget.scale().from;
        s.wheel(x, 0, 240);
        QVERIFY(s.widget.scale().from < from);
        QTest::mouseDClick(&s.widget, Qt::LeftButton, {}, s.point(x));
        QVERIFY(s.widget.scale().showsAll());
    }
    void middleDragMovesThePicture()
    {
        Shown s;
        s.session.seek(10);
        s.wheel(s.middle(), 8 * 120);
        const base::Timestamp under = s.widget.scale().mapXToTime(s.middle());
        QTest::mousePress(&s.widget, Qt::MiddleButton, {}, s.point(s.middle()));
        QTest::mouseMove(&s.widget, s.point(s.middle() + 60));
        QTest::mouseRelease(&s.widget, Qt::MiddleButton, {}, s.point(s.middle() + 60));
        QVERIFY(std::abs(s.xOf(under) - s.middle() - 60) <= 1.0);
        QCOMPARE(s.session.position(), std::size_t{10});
    }
    void keysStepJumpPlayAndReturn()
    {
        Shown s;
        s.widget.setFocus();
        const std::size_t end = s.session.timeline().size();
        QTest::keyClick(&s.widget, Qt::Key_Left);
        QCOMPARE(s.session.position(), end - 1);
        QTest::keyClick(&s.widget, Qt::Key_Right);
        QCOMPARE(s.session.position(), end);
        QTest::keyClick(&s.widget, Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(s.session.position(), *s.session.timeline().previousCrash(end));
        QTest::keyClick(&s.widget, Qt::Key_Home);
        QCOMPARE(s.session.position(), std::size_t{0});
        QTest::keyClick(&s.widget, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(s.session.position(), s.session.timeline().crashes().front() + 1);
        QTest::keyClick(&s.widget, Qt::Key_Space);
        QVERIFY(s.session.playing());
        QTest::keyClick(&s.widget, Qt::Key_Space);
        QVERIFY(!s.session.playing());
        QTest::keyClick(&s.widget, Qt::Key_Plus);
        QVERIFY(!s.widget.scale().showsAll());
        QTest::keyClick(&s.widget, Qt::Key_0);
        QVERIFY(s.widget.scale().showsAll());
        QTest::keyClick(&s.widget, Qt::Key_End);
        QVERIFY(s.session.following());
    }
    void theStateIsSaidAndTheButtonReturnsToLive()
    {
        Shown s;
        auto* button = s.widget.findChild<QPushButton*>(QStringLiteral("returnToLive"));
        QVERIFY(button);
        QVERIFY(button->isHidden());
        QCOMPARE(s.widget.stateText(), QStringLiteral("live"));
        s.session.seekTime(s.session.timeline().endTime().ns);
        s.clock.advance(base::milliseconds(3200));
        QCOMPARE(s.widget.stateText(), QStringLiteral("live · behind by 3.2 s"));
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(s.session.following());
        QVERIFY(button->isHidden());
        s.feed->end();
        QVERIFY(s.reach(trace::SourceState::Ended));
        QCOMPARE(s.widget.stateText(), QStringLiteral("ended"));
    }
    void theTimesAreSaid()
    {
        Shown s(0);
        QCOMPARE(s.widget.timeText(), QString());
        trace::Batch batch;
        trace::Event event;
        event.type = trace::EventType::ProcessSpawned;
        event.process = trace::ProcessKey{1};
        batch.events.push_back(event);
        event.process = trace::ProcessKey{2};
        event.time = {15'701'000'000};
        batch.events.push_back(event);
        QVERIFY(s.feedAll(batch));
        s.session.seekTime(12'480'000'000);
        QCOMPARE(s.widget.timeText(), QStringLiteral("12.480 s of 15.701 s"));
    }
    void hoveringTellsWhatHappenedThere()
    {
        Shown s;
        const trace::Event& crash
            = s.session.timeline().event(s.session.timeline().crashes().front());
        const QString told = s.widget.describe(s.xOf(crash.time));
        QVERIFY2(told.contains(QStringLiteral("crashed: oops")), qPrintable(told));
        QVERIFY2(told.contains(QStringLiteral("exit: ")), qPrintable(told));
        const trace::Event& loss
            = s.session.timeline().event(s.session.timeline().losses().front());
        QVERIFY(
            s.widget.describe(s.xOf(loss.time)).contains(QStringLiteral("events were lost here")));
        QVERIFY(s.widget.describe(0).isEmpty()); // over the row titles
    }
    void thePlayheadStaysInThePictureWhilePlaying()
    {
        Shown s;
        s.feed->end();
        QVERIFY(s.reach(trace::SourceState::Ended));
        s.session.seek(0);
        s.wheel(s.middle(), 10 * 120);
        s.session.setPlaying(true);
        s.clock.advance({s.session.timeline().endTime().ns * 3 / 4});
        QTRY_VERIFY(s.session.position() > s.session.timeline().size() / 2);
        const base::Timestamp now = s.session.playheadTime();
        QVERIFY(s.widget.scale().from <= now && now <= s.widget.scale().to);
    }
    void assistiveTechnologySeesASlider()
    {
        Shown s;
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&s.widget);
        QVERIFY(accessible);
        QCOMPARE(accessible->role(), QAccessible::Slider);
        QVERIFY(accessible->text(QAccessible::Value).contains(QStringLiteral("live")));
        QAccessibleValueInterface* value = accessible->valueInterface();
        QVERIFY(value);
        value->setCurrentValue(0.001);
        QCOMPARE(s.session.playheadTime().ns, 1'000'000);
        QCOMPARE(value->currentValue().toDouble(), 0.001);
    }
    void bothThemesShowBarsMarksAndPlayhead_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }
    void bothThemesShowBarsMarksAndPlayhead()
    {
        QFETCH(bool, dark);
        Shown s(1500);
        const scene::Theme& theme = dark ? scene::Theme::darkTheme() : scene::Theme::lightTheme();
        s.widget.resize(1390, 164);
        s.widget.setTheme(theme);
        s.session.seekTime(s.session.timeline().endTime().ns * 7 / 10);
        s.clock.advance(base::milliseconds(1200));
        QCoreApplication::processEvents();
        const QImage picture = s.widget.grab().toImage();
        const QString folder = qEnvironmentVariable("EXITWAVE_PICTURES");
        if (!folder.isEmpty())
            QVERIFY(picture.save(
                QStringLiteral("%1/timeline-%2.png")
                    .arg(folder, dark ? QStringLiteral("dark") : QStringLiteral("light"))));
        const auto count = [&](scene::Color color) {
            int pixels = 0;
            for (int y = 0; y < picture.height(); ++y) {
                for (int x = 0; x < picture.width(); ++x)
                    pixels += picture.pixelColor(x, y) == views::toQColor(color) ? 1 : 0;
            }
            return pixels;
        };
        QVERIFY(count(theme.running) > 500); // spawn bars
        QVERIFY(count(theme.waiting) > 1000); // message bars
        QVERIFY(count(theme.crashed) > 200); // exit bars and crash lines
        QVERIFY(count(theme.panel) > 50'000);
        const int x = static_cast<int>(s.xOf(s.session.playheadTime()));
        QCOMPARE(picture.pixelColor(x, static_cast<int>(s.widget.geometryNow().strip.top()) + 4),
                 views::toQColor(theme.text));
    }
    void theLastEventHasABarToo()
    {
        Shown s(0);
        trace::Batch batch;
        trace::Event event;
        event.type = trace::EventType::ProcessSpawned;
        for (const std::uint64_t second : {0U, 1U, 2U}) { // the last one is where the strip ends
            event.process = trace::ProcessKey{second + 1};
            event.time = {static_cast<std::int64_t>(second) * 1'000'000'000};
            batch.events.push_back(event);
        }
        QVERIFY(s.feedAll(batch));
        s.feed->end();
        QVERIFY(s.reach(trace::SourceState::Ended));
        s.session.seekTime(500'000'000);
        const QImage picture = s.widget.grab().toImage();
        const QRectF row = s.widget.geometryNow().row(0);
        const QColor color = views::toQColor(scene::Theme::darkTheme().running);
        for (const double x : {row.left() + 1, row.center().x() + 1, row.right() - 2})
            QCOMPARE(picture.pixelColor(static_cast<int>(x), static_cast<int>(row.bottom()) - 4),
                     color);
    }
    void anEmptyTimelineSaysWhatBelongsHere()
    {
        SessionFixture f(false);
        TimelineWidget widget(f.session);
        widget.resize(900, 150);
        const QImage picture = widget.grab().toImage();
        const scene::Color panel = scene::Theme::darkTheme().panel;
        int other = 0;
        for (int x = 0; x < picture.width(); ++x)
            other
                += picture.pixelColor(x, static_cast<int>(widget.geometryNow().strip.center().y()))
                    != views::toQColor(panel)
                ? 1
                : 0;
        QVERIFY(other > 50); // a line of text
        QTest::mouseClick(&widget, Qt::LeftButton, {}, {400, 60});
        QTest::keyClick(&widget, Qt::Key_Right);
        QCOMPARE(f.session.position(), std::size_t{0});
    }
    void paintingALongTraceTakesNoLongerThanAShortOne()
    {
        Shown s(300'000, 9);
        QImage picture(s.widget.size(), QImage::Format_ARGB32_Premultiplied);
        s.widget.render(&picture);
        QElapsedTimer timer;
        timer.start();
        constexpr int rounds = 20;
        for (int round = 0; round < rounds; ++round)
            s.widget.render(&picture);
        const double ms = static_cast<double>(timer.nsecsElapsed()) / 1e6 / rounds;
        qInfo("%zu events, %zu crashes: %.2f ms a picture",
              s.session.timeline().size(),
              s.session.timeline().crashes().size(),
              ms);
        QVERIFY(ms < 100); // generous: unoptimised builds and sanitizers; a scan of all events is
                           // far beyond
    }
};

QTEST_MAIN(TestTimelineWidget)
#include "tst_timeline_widget.moc"
