// Tests of the playhead: replay equals live, seek equals fold, and playing keeps time.
#include "tests/gui/session/session_fixture.h"

#include <QTest>

#include <map>
#include <random>

using namespace exitwave;
using test::RandomTrace;
using test::SessionFixture;

namespace {

/// The graph after the first `position` events, folded from nothing.
QString folded(const graph::Timeline& timeline, std::size_t position)
{
    graph::ProcessGraph graph;
    graph::GraphDelta delta;
    for (std::size_t index = 0; index < position; ++index)
        graph.apply(timeline.event(index), timeline.terms(), delta);
    return QString::fromStdString(graph::graphText(graph, timeline.terms()));
}

/// A short trace with events at the seconds 0, 1, 2, ..., `count` - 1.
trace::Batch secondsTrace(int count)
{
    trace::Batch batch;
    for (int second = 0; second < count; ++second) {
        trace::Event event;
        event.type = trace::EventType::ProcessSpawned;
        event.process = trace::ProcessKey{static_cast<std::uint64_t>(second + 1)};
        event.time = {second * 1'000'000'000LL};
        batch.events.push_back(event);
    }
    return batch;
}

} // namespace

class TestSessionReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replayShowsAtEveryMomentWhatLiveShowed_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 12; ++seed)
            QTest::addRow("seed %llu", seed) << seed;
    }
    void replayShowsAtEveryMomentWhatLiveShowed()
    {
        QFETCH(quint64, seed);
        SessionFixture f;
        RandomTrace program(seed);
        std::map<std::size_t, QString> seen; // position: the graph that live showed
        std::size_t position = 0;
        graph::GraphDelta all;
        const auto watch
            = connect(&f.session, &session::Session::advanced, this, [&](const graph::GraphDelta&) {
                  seen[f.session.position()] = f.graphNow();
              });
        for (int round = 0; round < 12; ++round) {
            program.run(1 + seed * 97 % 800);
            QVERIFY(f.feedAll(program.take()));
            position = f.session.position();
        }
        disconnect(watch);
        QVERIFY(seen.size() >= 3);
        std::mt19937_64 random(seed);
        for (const auto& [at, live] : seen) {
            f.session.seek(random() % (position + 1)); // from anywhere
            f.session.seek(at);
            QCOMPARE(f.session.position(), at);
            QCOMPARE(f.graphNow(), live);
        }
        for (int probe = 0; probe < 20; ++probe) {
            const std::size_t at = random() % (position + 1);
            f.session.seek(at);
            QCOMPARE(f.graphNow(), folded(f.session.timeline(), at));
        }
    }
    void steppingGoesEventByEvent()
    {
        SessionFixture f;
        RandomTrace program(21);
        program.run(60);
        QVERIFY(f.feedAll(program.take()));
        f.session.seek(0);
        for (std::size_t at = 1; at <= f.session.timeline().size(); ++at) {
            f.session.stepForward();
            QCOMPARE(f.session.position(), at);
            QCOMPARE(f.session.playheadTime().ns, f.session.timeline().event(at - 1).time.ns);
        }
        f.session.stepForward();
        QCOMPARE(f.session.position(), f.session.timeline().size());
        f.session.stepBackward();
        QCOMPARE(f.session.position(), f.session.timeline().size() - 1);
        QCOMPARE(f.graphNow(), folded(f.session.timeline(), f.session.position()));
    }
    void crashesAreVisitedInOrderBothWays()
    {
        SessionFixture f;
        RandomTrace program(22);
        program.run(3000);
        QVERIFY(f.feedAll(program.take()));
        const std::vector<std::size_t> crashes = f.session.timeline().crashes();
        QVERIFY(crashes.size() > 3);
        f.session.seek(0);
        for (const std::size_t crash : crashes) {
            f.session.nextCrash();
            QCOMPARE(f.session.position(), crash + 1);
        }
        f.session.nextCrash(); // none is left
        QCOMPARE(f.session.position(), crashes.back() + 1);
        for (auto crash = crashes.rbegin() + 1; crash != crashes.rend(); ++crash) {
            f.session.previousCrash();
            QCOMPARE(f.session.position(), *crash + 1);
        }
    }
    void playingMovesThePlayheadByTheClock_data()
    {
        QTest::addColumn<double>("speed");
        QTest::newRow("0.1 times") << 0.1;
        QTest::newRow("as it was") << 1.0;
        QTest::newRow("5 times") << 5.0;
    }
    void playingMovesThePlayheadByTheClock()
    {
        QFETCH(double, speed);
        SessionFixture f;
        QVERIFY(f.feedAll(secondsTrace(20)));
        f.feed->end();
        QVERIFY(f.reach(trace::SourceState::Ended));
        f.session.setSpeed(speed);
        f.session.setPlaying(true); // from the end: starts over
        QCOMPARE(f.session.position(), std::size_t{0});
        QVERIFY(f.session.playing());
        const auto half
            = static_cast<std::int64_t>(2.5e9 / speed); // real time until the trace's second 2.5
        f.clock.advance({half});
        QCOMPARE(f.session.playheadTime().ns, 2'500'000'000);
        QTRY_COMPARE(f.session.position(), std::size_t{3}); // those at 0, 1 and 2 s
        f.clock.advance({half});
        QCOMPARE(f.session.playheadTime().ns, 5'000'000'000);
        QTRY_COMPARE(f.session.position(), std::size_t{6});
        f.session.setPlaying(false);
        QCOMPARE(f.session.playheadTime().ns, 5'000'000'000);
        f.clock.advance({half});
        QCOMPARE(f.session.playheadTime().ns, 5'000'000'000);
        f.session.setPlaying(true); // from here, not from the start
        QCOMPARE(f.session.position(), std::size_t{6});
    }
    void playingStopsAtTheEndOfWhatHasEnded()
    {
        SessionFixture f;
        QVERIFY(f.feedAll(secondsTrace(5)));
        f.feed->end();
        QVERIFY(f.reach(trace::SourceState::Ended));
        f.session.seekTime(3'500'000'000);
        QCOMPARE(f.session.position(), std::size_t{4});
        QCOMPARE(f.session.playheadTime().ns, 3'500'000'000);
        f.session.setPlaying(true);
        f.clock.advance(base::seconds(100));
        QTRY_VERIFY(!f.session.playing());
        QCOMPARE(f.session.position(), std::size_t{5});
        QCOMPARE(f.session.playheadTime().ns, 4'000'000'000);
    }
    void playingTooFastIsSlowerButSkipsNothing()
    {
        SessionFixture f;
        RandomTrace program(23);
        program.run(150'000);
        QVERIFY(f.feedAll(program.take()));
        f.feed->end();
        QVERIFY(f.reach(trace::SourceState::Ended));
        std::size_t births = 0;
        connect(&f.session, &session::Session::advanced, this, [&](const graph::GraphDelta& delta) {
            births = delta.reset ? f.session.graph().size() : births + delta.born.size();
        });
        f.session.setPlaying(true);
        while (f.session.playing()) {
            f.clock.advance(base::seconds(100));
            QVERIFY(QTest::qWaitFor([&, at = f.session.playheadTime()] {
                return !f.session.playing() || f.session.playheadTime() != at;
            }));
            QCoreApplication::processEvents();
        }
        QCOMPARE(f.session.position(), f.session.timeline().size());
        QCOMPARE(births, f.session.graph().size());
    }
    void thePlayheadOfALiveProgramFollowsItsClock()
    {
        SessionFixture f;
        QVERIFY(f.feedAll(secondsTrace(3)));
        QCOMPARE(f.session.playheadTime().ns, 2'000'000'000);
        f.clock.advance(base::milliseconds(300));
        QCOMPARE(f.session.playheadTime().ns, 2'300'000'000);
        f.session.seek(1);
        QCOMPARE(f.session.playheadTime().ns, 0);
        QCOMPARE(f.session.endTime().ns, 2'300'000'000);
    }
    void seekingBeyondTheTraceStaysInIt()
    {
        SessionFixture f;
        QVERIFY(f.feedAll(secondsTrace(3)));
        f.session.seekTime(99'000'000'000);
        QCOMPARE(f.session.position(), std::size_t{3});
        QCOMPARE(f.session.playheadTime().ns, 2'000'000'000);
        f.session.seekTime(-1);
        QCOMPARE(f.session.playheadTime().ns, 0);
        f.session.seek(1'000);
        QCOMPARE(f.session.position(), std::size_t{3});
    }
};

QTEST_GUILESS_MAIN(TestSessionReplay)
#include "tst_session_replay.moc"
