// Clocks, timestamps and durations.
#include "runtime/base/clock.h"

#include <QTest>

using namespace exitwave::base;

class ClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aVirtualClockMovesOnlyWhenTold()
    {
        VirtualClock clock;
        QCOMPARE(clock.now(), std::int64_t{0});
        clock.advance(milliseconds(3));
        QCOMPARE(clock.now(), std::int64_t{3'000'000});
        clock.advanceTo(5'000'000);
        QCOMPARE(clock.now(), std::int64_t{5'000'000});
        clock.advanceTo(1); // the past
        QCOMPARE(clock.now(), std::int64_t{5'000'000});
    }

    void theMonotonicClockNeverGoesBack()
    {
        const MonotonicClock clock;
        std::int64_t before = clock.now();
        for (int i = 0; i < 10'000; ++i) {
            const std::int64_t now = clock.now();
            QVERIFY(now >= before);
            before = now;
        }
    }

    void momentsAndSpansCalculate()
    {
        const Timestamp start{100};
        QCOMPARE((start + microseconds(1)).ns, std::int64_t{1'100});
        QCOMPARE((start - Duration{40}).ns, std::int64_t{60});
        QCOMPARE((Timestamp{7} - start).ns, std::int64_t{-93});
        QVERIFY(start < start + seconds(1));
        QCOMPARE((seconds(1) - milliseconds(1)).ns, std::int64_t{999'000'000});
    }

    void theWallClockIsInThisCentury()
    {
        QVERIFY(wallClockNanoseconds() > std::int64_t{1'600'000'000} * 1'000'000'000);
    }
};

QTEST_GUILESS_MAIN(ClockTest)
#include "tst_clock.moc"
