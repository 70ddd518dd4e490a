// Tests of TimelineScale and of the marks on it: all of the timeline's geometry, without a window.
#include "gui/views/timeline/timeline_painter.h"
#include "gui/views/timeline/timeline_scale.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace exitwave;
using base::Timestamp;
using views::TimelineScale;

namespace {

constexpr qlonglong second = 1'000'000'000;

TimelineScale tenSeconds()
{
    TimelineScale scale;
    scale.left = 100;
    scale.width = 1000;
    scale.setTrace({0}, {10 * second});
    return scale;
}

} // namespace

class TestTimelineScale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timesAndPixelsMapToOneAnother_data()
    {
        QTest::addColumn<qlonglong>("from");
        QTest::addColumn<qlonglong>("to");
        QTest::addColumn<qlonglong>("time");
        QTest::addColumn<double>("x");
        QTest::newRow("beginning") << 0LL << 10 * second << 0LL << 100.0;
        QTest::newRow("middle") << 0LL << 10 * second << 5 * second << 600.0;
        QTest::newRow("end") << 0LL << 10 * second << 10 * second << 1100.0;
        QTest::newRow("zoomed") << 4 * second << 6 * second << 5 * second << 600.0;
        QTest::newRow("before the picture") << 4 * second << 6 * second << 3 * second << -400.0;
        QTest::newRow("a hundred nanoseconds")
            << 5 * second << 5 * second + 100 << 5 * second + 50 << 600.0;
    }
    void timesAndPixelsMapToOneAnother()
    {
        QFETCH(qlonglong, from);
        QFETCH(qlonglong, to);
        QFETCH(qlonglong, time);
        QFETCH(double, x);
        TimelineScale scale = tenSeconds();
        scale.from = {from};
        scale.to = {to};
        QCOMPARE(scale.mapTimeToX({time}), x);
        QCOMPARE(qlonglong{scale.mapXToTime(x).ns}, time);
    }
    void pixelsOutsideTheTraceAreItsEnds()
    {
        const TimelineScale scale = tenSeconds();
        QCOMPARE(scale.mapXToTime(-1e9).ns, 0);
        QCOMPARE(scale.mapXToTime(1e9).ns, 10 * second);
    }
    void anEmptyTraceDividesByNothing()
    {
        TimelineScale scale;
        scale.setTrace({0}, {0});
        scale.width = 0;
        scale.zoomAt(5, 0.5);
        scale.panBy(100);
        scale.reveal({77});
        QCOMPARE(scale.mapXToTime(12).ns, 0);
        QVERIFY(std::isfinite(scale.mapTimeToX({1})));
        QVERIFY(scale.showsAll());
        QVERIFY(scale.ticks(80).times.size() <= 2);
        QCOMPARE(scale.buckets(4).count, std::size_t{1});
    }
    void zoomingKeepsTheTimeUnderThePointer()
    {
        TimelineScale scale = tenSeconds();
        scale.zoomAt(600, 0.5);
        QCOMPARE(scale.from.ns, 5 * second / 2);
        QCOMPARE(scale.to.ns, 15 * second / 2);
        const Timestamp under = scale.mapXToTime(350);
        scale.zoomAt(350, 0.1);
        QVERIFY(std::abs(scale.mapTimeToX(under) - 350) < 0.01);
        scale.zoomAt(350, 1e6);
        QVERIFY(scale.showsAll());
        for (int notch = 0; notch < 200; ++notch)
            scale.zoomAt(700, 0.8);
        QCOMPARE(scale.span().ns, TimelineScale::minimumSpan.ns);
    }
    void panningStopsAtTheEnds()
    {
        TimelineScale scale = tenSeconds();
        scale.zoomAt(600, 0.2);
        const auto span = scale.span();
        scale.panBy(100);
        QCOMPARE(scale.from.ns, 4 * second - span.ns / 10);
        scale.panBy(1e7);
        QCOMPARE(scale.from.ns, 0);
        scale.panBy(-1e7);
        QCOMPARE(scale.to.ns, 10 * second);
        QCOMPARE(scale.span(), span);
    }
    void aGrowingTraceStaysWholeOrStaysPut()
    {
        TimelineScale scale = tenSeconds();
        scale.setTrace({0}, {20 * second});
        QVERIFY(scale.showsAll());
        scale.zoomAt(100, 0.5);
        scale.setTrace({0}, {30 * second});
        QCOMPARE(scale.from.ns, 0);
        QCOMPARE(scale.to.ns, 10 * second);
        scale.reveal({25 * second});
        QCOMPARE(scale.to.ns, 25 * second);
        scale.reveal({3 * second});
        QCOMPARE(scale.from.ns, 3 * second);
        QCOMPARE(scale.span().ns, 10 * second);
    }
    void anyHandlingLeavesTheScaleInsideTheTrace()
    {
        const quint64 seed = std::random_device()();
        qInfo("seed %llu", seed);
        std::mt19937_64 random(seed);
        const auto below
            = [&](std::uint64_t bound) { return static_cast<std::int64_t>(random() % bound); };
        for (int round = 0; round < 200; ++round) {
            TimelineScale scale;
            scale.left = 80;
            scale.width = 1 + static_cast<double>(below(2000));
            std::int64_t end = below(40) == 0 ? 0 : below(1ULL << below(62));
            scale.setTrace({0}, {end});
            for (int step = 0; step < 40; ++step) {
                switch (below(4)) {
                case 0:
                    scale.zoomAt(static_cast<double>(below(2500)),
                                 std::pow(2.0, static_cast<double>(below(21)) - 10));
                    break;
                case 1:
                    scale.panBy(static_cast<double>(below(5000)) - 2500);
                    break;
                case 2:
                    scale.reveal({below(static_cast<std::uint64_t>(end) + 1)});
                    break;
                default:
                    end += below(static_cast<std::uint64_t>(end / 10) + 1);
                    scale.setTrace({0}, {end});
                }
                QVERIFY(scale.begin <= scale.from && scale.from <= scale.to
                        && scale.to <= scale.end);
                QVERIFY(scale.span().ns
                        >= std::min<std::int64_t>(end, TimelineScale::minimumSpan.ns));
                const auto buckets = scale.buckets(4);
                QVERIFY(static_cast<double>(buckets.count) <= scale.width / 4 + 2);
                QVERIFY(scale.ticks(80).times.size()
                        <= static_cast<std::size_t>(scale.width / 80 + 2));
            }
        }
    }
    void ticksAreRoundAndFarEnoughApart_data()
    {
        QTest::addColumn<qlonglong>("span");
        QTest::addColumn<qlonglong>("step");
        QTest::newRow("ten seconds") << 10 * second << second;
        QTest::newRow("fifteen seconds") << 15 * second << 2 * second;
        QTest::newRow("a microsecond") << 1000LL << 100LL;
        QTest::newRow("ten minutes") << 600 * second << 60 * second;
        QTest::newRow("a day") << 86'400 * second << 7'200 * second + 14'400 * second;
    }
    void ticksAreRoundAndFarEnoughApart()
    {
        QFETCH(qlonglong, span);
        QFETCH(qlonglong, step);
        TimelineScale scale;
        scale.width = 1000;
        scale.setTrace({0}, {span});
        const TimelineScale::Ticks ticks = scale.ticks(90);
        QCOMPARE(qlonglong{ticks.step.ns}, step);
        QVERIFY(!ticks.times.empty());
        for (const Timestamp time : ticks.times)
            QCOMPARE(time.ns % ticks.step.ns, 0);
    }
    void barsKeepTheirTimesWhileThePictureMoves()
    {
        TimelineScale scale = tenSeconds();
        scale.zoomAt(600, 0.3);
        const auto before = scale.buckets(4);
        scale.panBy(-37.3);
        const auto after = scale.buckets(4);
        QCOMPARE(after.length, before.length);
        QCOMPARE((after.first - before.first).ns % before.length.ns, 0);
    }
    void marksThatTouchAreOne()
    {
        trace::Batch batch;
        const auto crash = [&](qlonglong time) {
            trace::Event event;
            event.type = trace::EventType::ProcessExited;
            event.process = trace::ProcessKey{batch.events.size() + 1};
            event.time = {time};
            event.how = static_cast<std::uint8_t>(trace::ExitKind::Error);
            event.term = trace::TermId{1};
            batch.events.push_back(event);
        };
        batch.terms.push_back({trace::TermId{1}, term::Term::atom("boom")});
        for (const qlonglong time :
             {1 * second, 1 * second + 1000, 1 * second + 2000, 5 * second, 9 * second})
            crash(time);
        graph::Timeline timeline;
        timeline.append(batch);
        QCOMPARE(timeline.crashes().size(), std::size_t{5});
        TimelineScale scale = tenSeconds();
        auto marks = views::marksOf(timeline, timeline.crashes(), scale, 6);
        QCOMPARE(marks.size(), std::size_t{3});
        QCOMPARE(marks[0].count, std::size_t{3});
        QCOMPARE(marks[0].x, 200.0);
        QCOMPARE(marks[1].first, std::size_t{3});
        scale.from = {4 * second};
        scale.to = {6 * second};
        marks = views::marksOf(timeline, timeline.crashes(), scale, 6);
        QCOMPARE(marks.size(), std::size_t{1});
        scale.from = {1 * second};
        scale.to = {1 * second + 5000};
        QCOMPARE(views::marksOf(timeline, timeline.crashes(), scale, 6).size(), std::size_t{3});
    }
};

QTEST_GUILESS_MAIN(TestTimelineScale)
#include "tst_timeline_scale.moc"
