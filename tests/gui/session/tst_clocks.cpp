// Tests of PlayClock, LiveClock, RateMeter and small texts.
#include "gui/session/play_clock.h"
#include "gui/session/rate_meter.h"
#include "gui/session/sentence.h"
#include "gui/session/time_text.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace exitwave;
using session::LiveClock;
using session::PlayClock;

class TestClocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tracetimeRunsAtTheChosenSpeed_data()
    {
        QTest::addColumn<double>("speed");
        QTest::addColumn<double>("used");
        QTest::newRow("slowest") << 0.1 << 0.1;
        QTest::newRow("as it was") << 1.0 << 1.0;
        QTest::newRow("fastest") << 100.0 << 100.0;
        QTest::newRow("too slow is clamped") << 0.0 << 0.1;
        QTest::newRow("too fast is clamped") << 1e9 << 100.0;
        QTest::newRow("not a number is 1") << std::nan("") << 1.0;
    }
    void tracetimeRunsAtTheChosenSpeed()
    {
        QFETCH(double, speed);
        QFETCH(double, used);
        base::VirtualClock clock;
        PlayClock play(clock);
        play.setSpeed(speed);
        QCOMPARE(play.speed(), used);
        play.start(base::Timestamp{5'000'000'000});
        clock.advance(base::seconds(3));
        QCOMPARE(play.time().ns, 5'000'000'000 + std::llround(3e9 * used));
    }
    void anHourOfIrregularTicksLosesNothing()
    {
        base::VirtualClock clock;
        PlayClock play(clock);
        play.setSpeed(0.25);
        play.start({});
        std::int64_t real = 0;
        for (std::int64_t tick = 0; real < 3'600'000'000'000; ++tick) {
            const std::int64_t step = 1 + tick * 7919 % 33'333'333;
            clock.advance({step});
            real += step;
            static_cast<void>(play.time());
        }
        QCOMPARE(play.time().ns, std::llround(static_cast<double>(real) * 0.25));
    }
    void aNewSpeedDoesNotMoveThePlayhead()
    {
        base::VirtualClock clock;
        PlayClock play(clock);
        play.start({});
        clock.advance(base::seconds(2));
        play.setSpeed(10);
        QCOMPARE(play.time().ns, 2'000'000'000);
        clock.advance(base::seconds(1));
        QCOMPARE(play.time().ns, 12'000'000'000);
    }
    void theLiveClockGoesOnBetweenEventsAndNeverJumpsBackByALittle()
    {
        base::VirtualClock clock;
        LiveClock live(clock);
        live.setHeld(false);
        live.arrived(base::Timestamp{1'000'000'000});
        clock.advance(base::milliseconds(400));
        QCOMPARE(live.time().ns, 1'400'000'000);
        live.arrived(base::Timestamp{1'380'000'000}); // delivery took 20 ms
        QCOMPARE(live.time().ns, 1'400'000'000);
    }
    void theLiveClockFollowsAProgramWhoseTimeStandsStill()
    {
        base::VirtualClock clock;
        LiveClock live(clock);
        live.setHeld(false);
        live.arrived(base::Timestamp{1'000'000'000});
        clock.advance(base::seconds(60));
        live.arrived(base::Timestamp{1'000'000'001});
        QCOMPARE(live.time().ns, 1'000'000'001);
    }
    void theLiveClockHoldsWhileTheProgramIsPaused()
    {
        base::VirtualClock clock;
        LiveClock live(clock);
        live.setHeld(false);
        live.arrived(base::Timestamp{100});
        live.setHeld(true);
        clock.advance(base::seconds(5));
        QCOMPARE(live.time().ns, 100);
        live.setHeld(false);
        clock.advance({7});
        QCOMPARE(live.time().ns, 107);
    }
    void theLiveClockStopsSoonAfterTheEnd()
    {
        base::VirtualClock clock;
        LiveClock live(clock);
        live.setHeld(false);
        live.arrived(base::Timestamp{100});
        live.end({50});
        clock.advance(base::seconds(5));
        QCOMPARE(live.time().ns, 150);
    }
    void theRateCountsTheLastSecondOnly()
    {
        session::RateMeter meter;
        meter.add(500, 0);
        meter.add(300, 550'000'000);
        QCOMPARE(meter.rate(900'000'000), 800.0);
        QCOMPARE(meter.rate(1'200'000'000), 300.0);
        QCOMPARE(meter.rate(60'000'000'000), 0.0);
    }
    void timesReadWell_data()
    {
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("expected");
        using namespace session;
        const auto seconds = [](double s) { return base::Duration{std::llround(s * 1e9)}; };
        const auto at = [](double s) { return base::Timestamp{std::llround(s * 1e9)}; };
        QTest::newRow("nothing") << durationText({0}) << QStringLiteral("0 s");
        QTest::newRow("nanoseconds") << durationText({7}) << QStringLiteral("7 ns");
        QTest::newRow("milliseconds") << durationText(seconds(0.084)) << QStringLiteral("84 ms");
        QTest::newRow("seconds") << durationText(seconds(3.2)) << QStringLiteral("3.2 s");
        QTest::newRow("minutes") << durationText(seconds(125)) << QStringLiteral("2 min 5 s");
        QTest::newRow("hours") << durationText(seconds(3720)) << QStringLiteral("1 h 2 min");
        QTest::newRow("moment in seconds")
            << momentText(at(12.48), seconds(15.701)) << QStringLiteral("12.480 s");
        QTest::newRow("moment keeps the unit of the trace")
            << momentText(at(0.0005), seconds(2)) << QStringLiteral("0.001 s");
        QTest::newRow("moment of a short trace")
            << momentText(at(0.0005), seconds(0.001)) << QStringLiteral("0.500 ms");
        QTest::newRow("moment in minutes")
            << momentText(at(5.48), seconds(90)) << QStringLiteral("0:05.480");
        QTest::newRow("moment in hours")
            << momentText(at(3725.48), seconds(7200)) << QStringLiteral("1:02:05.480");
        QTest::newRow("tick") << tickText(at(2), seconds(2)) << QStringLiteral("2 s");
        QTest::newRow("tick with a decimal")
            << tickText(at(2.5), seconds(0.5)) << QStringLiteral("2.5 s");
        QTest::newRow("tick in microseconds")
            << tickText(at(0.0004), seconds(0.0002)) << QStringLiteral("400 µs");
        QTest::newRow("tick in nanoseconds")
            << tickText(at(40e-9), seconds(20e-9)) << QStringLiteral("40 ns");
        QTest::newRow("tick in minutes") << tickText(at(90), seconds(30)) << QStringLiteral("1:30");
        QTest::newRow("tick in hours")
            << tickText(at(7200), seconds(3600)) << QStringLiteral("2:00:00");
    }
    void timesReadWell()
    {
        QFETCH(QString, shown);
        QTEST(shown, "expected");
    }
    void clausesBecomeSentences()
    {
        QCOMPARE(session::sentence("there is no file"), QStringLiteral("There is no file."));
        QCOMPARE(session::sentence("/tmp/x.ewt is damaged"),
                 QStringLiteral("/tmp/x.ewt is damaged."));
        QCOMPARE(session::sentence("no. 4 failed!"), QStringLiteral("no. 4 failed!"));
        QCOMPARE(session::sentence("Done. "), QStringLiteral("Done."));
        QCOMPARE(session::sentence(""), QString());
    }
    void tickStepsAreRoundAndLargeEnough()
    {
        for (double ns = 1; ns < 1e17; ns *= 1.7) {
            const base::Duration wanted{std::llround(ns)};
            const base::Duration step = session::tickStep(wanted);
            QVERIFY2(step >= wanted, qPrintable(QString::number(ns)));
            QVERIFY2(static_cast<double>(step.ns) <= 4.0 * ns + 1, qPrintable(QString::number(ns)));
        }
        QCOMPARE(session::tickStep({0}).ns, 1);
    }
};

QTEST_GUILESS_MAIN(TestClocks)
#include "tst_clocks.moc"
