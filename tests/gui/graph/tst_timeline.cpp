// The log, its index, and the way to any of its moments.
#include "gui/graph/replay.h"
#include "gui/graph/timeline.h"
#include "tests/support/random_program.h"

#include <QRandomGenerator>
#include <QTest>

using namespace exitwave;
using namespace exitwave::testing;
using graph::GraphDelta;
using graph::Timeline;

namespace {

/// Everything of a graph that can be asked for is the same.
void compareGraphs(const graph::ProcessGraph& actual, const graph::ProcessGraph& expected)
{
    QCOMPARE(actual.eventCount(), expected.eventCount());
    QVERIFY(actual.nodes() == expected.nodes());
    QVERIFY(actual.signalsInFlight() == expected.signalsInFlight());
    QVERIFY(actual.linkEdges() == expected.linkEdges());
    QCOMPARE(actual.aliveCount(), expected.aliveCount());
    QCOMPARE(actual.crashCount(), expected.crashCount());
    QCOMPARE(actual.lostEvents(), expected.lostEvents());
    QCOMPARE(actual.contradictions(), expected.contradictions());
    QCOMPARE(actual.now().ns, expected.now().ns);
    QCOMPARE(actual.paused(), expected.paused());
    QCOMPARE(actual.ended(), expected.ended());
}

graph::ProcessGraph folded(const Timeline& timeline, std::size_t position)
{
    graph::ProcessGraph graph;
    GraphDelta delta;
    for (std::size_t i = 0; i < position; ++i)
        graph.apply(timeline.event(i), timeline.terms(), delta);
    return graph;
}

Timeline randomTimeline(std::uint64_t seed, std::size_t events)
{
    RandomProgram program(seed);
    program.run(events);
    Timeline timeline;
    timeline.append(program.build.batch);
    return timeline;
}

} // namespace

class TestTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_seed = QRandomGenerator::global()->generate64();
        if (qEnvironmentVariableIsSet("EXITWAVE_SEED"))
            m_seed = qEnvironmentVariable("EXITWAVE_SEED").toULongLong();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed)); // EXITWAVE_SEED repeats it
    }

    void anEmptyTimelineAnswersEverything()
    {
        const Timeline timeline;
        QCOMPARE(timeline.positionAt(base::Timestamp{5}), std::size_t(0));
        QVERIFY(!timeline.nextCrash(0) && !timeline.previousCrash(0));
        QCOMPARE(timeline.density({0}, {10}, 4).size(), std::size_t(4));
        QCOMPARE(timeline.graphAt(3).size(), std::size_t(0));
        graph::Replay replay(timeline);
        GraphDelta delta;
        replay.seek(9, delta);
        QVERIFY(delta.empty() && replay.atEnd());
    }

    void positionsFollowTime()
    {
        TraceBuilder build;
        build.spawn(1); // 1000 ns
        build.setTime(1000);
        build.spawn(2); // 2000
        build.setTime(1000);
        build.spawn(3); // 2000 as well
        Timeline timeline;
        timeline.append(build.batch);
        QCOMPARE(timeline.positionAt({999}), std::size_t(0));
        QCOMPARE(timeline.positionAt({1000}), std::size_t(1));
        QCOMPARE(timeline.positionAt({1999}), std::size_t(1));
        QCOMPARE(timeline.positionAt({2000}), std::size_t(3));
        QCOMPARE(timeline.beginTime().ns, 1000);
        QCOMPARE(timeline.endTime().ns, 2000);
    }

    void timeThatGoesBackwardsIsRaisedAndCounted()
    {
        TraceBuilder build;
        build.spawn(1);
        build.setTime(-5000);
        build.spawn(2);
        Timeline timeline;
        timeline.append(build.batch);
        QCOMPARE(timeline.event(1).time.ns, 1000);
        QCOMPARE(timeline.reordered(), std::uint64_t(1));
    }

    void crashesAndLossesAreIndexed()
    {
        TraceBuilder build;
        build.crashOfThree(); // the crash is event 8
        build.add(trace::EventType::Loss, {}).id = 3;
        build.spawn(9);
        build.exit(9, raised("again"), trace::ExitKind::Error);
        Timeline timeline;
        timeline.append(build.batch);
        QCOMPARE(timeline.crashes(), (std::vector<std::size_t>{8, 17}));
        QCOMPARE(timeline.losses(), (std::vector<std::size_t>{15}));
        QCOMPARE(timeline.nextCrash(0), std::optional<std::size_t>(9));
        QCOMPARE(timeline.nextCrash(9), std::optional<std::size_t>(18));
        QCOMPARE(timeline.nextCrash(18), std::optional<std::size_t>());
        QCOMPARE(timeline.previousCrash(18), std::optional<std::size_t>(9));
        QCOMPARE(timeline.previousCrash(10), std::optional<std::size_t>(9));
        QCOMPARE(timeline.previousCrash(9), std::optional<std::size_t>());
    }

    void densityCountsEveryEventOnce()
    {
        const Timeline timeline = randomTimeline(m_seed, 5000);
        const base::Timestamp begin{timeline.beginTime().ns - 10};
        const base::Timestamp end{timeline.endTime().ns + 1};
        for (const std::size_t buckets : {std::size_t(1), std::size_t(7), std::size_t(1400)}) {
            const auto density = timeline.density(begin, end, buckets);
            std::array<std::uint64_t, Timeline::rowCount> sums{};
            for (const auto& bucket : density) {
                for (std::size_t row = 0; row < sums.size(); ++row)
                    sums[row] += bucket[row];
            }
            std::array<std::uint64_t, Timeline::rowCount> expected{};
            for (const trace::Event& event : timeline.events()) {
                expected[0] += event.type == trace::EventType::ProcessSpawned;
                expected[1] += event.type == trace::EventType::ProcessExited;
                expected[2] += event.type == trace::EventType::ExitSignalSent;
                expected[3] += event.type == trace::EventType::MessageSent;
            }
            QCOMPARE(sums, expected);
        }
    }

    void densityPutsEventsIntoTheirBucket()
    {
        TraceBuilder build;
        for (std::uint32_t i = 1; i <= 10; ++i)
            build.spawn(i); // at 1000, 2000, ... 10000
        Timeline timeline;
        timeline.append(build.batch);
        const auto density
            = timeline.density({0}, {10000}, 5); // [0, 2000) holds one, the others two
        QCOMPARE(density[0][0], 1u);
        for (std::size_t i = 1; i < 5; ++i)
            QCOMPARE(density[i][0], 2u);
        QCOMPARE(timeline.density({5000}, {5000}, 2)[0][0], 0u);
        QCOMPARE(timeline.density({INT64_MIN}, {INT64_MAX}, 1)[0][0], 10u);
    }

    void seekingIsTheSameAsFolding()
    {
        const Timeline timeline = randomTimeline(m_seed, 40000); // several key frames
        std::mt19937_64 random(m_seed);
        for (int i = 0; i < 12; ++i) {
            const std::size_t position = random() % (timeline.size() + 1);
            compareGraphs(timeline.graphAt(position), folded(timeline, position));
        }
        compareGraphs(timeline.graphAt(timeline.size()), folded(timeline, timeline.size()));
    }

    void seekingNonsenseIsTheSameAsFolding()
    {
        Timeline timeline;
        timeline.append(randomNonsense(m_seed, 20000));
        for (std::size_t position = 0; position < timeline.size(); position += 3777)
            compareGraphs(timeline.graphAt(position), folded(timeline, position));
    }

    void aReplayThatGoesBackAndForthShowsWhatWasThere()
    {
        const Timeline timeline = randomTimeline(m_seed, 30000);
        std::mt19937_64 random(m_seed);
        graph::Replay replay(timeline);
        for (int i = 0; i < 40; ++i) {
            GraphDelta delta;
            const std::size_t before = replay.position();
            switch (random() % 3) {
            case 0:
                replay.seek(random() % (timeline.size() + 1), delta);
                break;
            case 1:
                replay.advance(random() % 500, delta);
                break;
            default:
                replay.seek(before == 0 ? 0 : before - 1, delta);
            }
            if (replay.position() < before)
                QVERIFY(delta.reset && delta.born.empty() && delta.moments.empty());
            compareGraphs(replay.graph(), timeline.graphAt(replay.position()));
        }
    }

    void aReplayFollowsAGrowingTimeline()
    {
        RandomProgram program(m_seed);
        Timeline timeline;
        graph::Replay replay(timeline);
        for (int i = 0; i < 20; ++i) {
            program.run(500);
            timeline.append(program.build.batch);
            program.build.batch.terms.clear();
            program.build.batch.events.clear();
            GraphDelta delta;
            replay.seek(timeline.size(), delta);
            QVERIFY(!delta.reset);
            compareGraphs(replay.graph(), timeline.graphAt(timeline.size()));
        }
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
