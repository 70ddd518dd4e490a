// Tests of the Session: sources, following, rewinding, commands and what it tells.
#include "tests/gui/session/session_fixture.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <thread>

using namespace exitwave;
using test::FakeFeed;
using test::FakeSource;
using test::RandomTrace;
using test::SessionFixture;

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptySessionIsIdleAndSaysWhatToDo()
    {
        SessionFixture f(false);
        QCOMPARE(f.session.state(), trace::SourceState::Idle);
        QCOMPARE(f.session.position(), std::size_t{0});
        QVERIFY(!f.session.acceptsCommands());
        QVERIFY(f.session.whyNoCommands().contains(QStringLiteral("lesson")));
        f.session.stepForward();
        f.session.stepBackward();
        f.session.nextCrash();
        f.session.setPlaying(true);
        f.session.seek(100);
        f.session.seekTime(-5);
        QVERIFY(!f.session.playing());
        QCOMPARE(f.session.position(), std::size_t{0});
    }
    void theLiveViewFollowsTheEnd()
    {
        SessionFixture f;
        RandomTrace program(1);
        program.run(10'000);
        QSignalSpy grew(&f.session, &session::Session::timelineGrew);
        QVERIFY(f.feedAll(program.take()));
        QVERIFY(f.session.following());
        QVERIFY(f.session.live());
        QCOMPARE(f.session.position(), f.session.timeline().size());
        QVERIFY(grew.count() >= 1);
        QVERIFY(f.session.eventRate() > 0);
    }
    void whenASlotClosesTheTraceNothingMoreIsToldOfIt()
    {
        using session::Session;
        for (const auto signal : {&Session::timelineGrew, &Session::sourceChanged}) {
            SessionFixture f;
            RandomTrace program(4);
            program.run(300);
            bool closed = false;
            QStringList after;
            QObject::connect(&f.session, signal, &f.session, [&] {
                if (!closed && f.session.timeline().size() > 0) {
                    f.session.close(); // which tells of an empty trace, and then
                    closed = true;
                }
            });
            QObject::connect(
                &f.session, &Session::advanced, &f.session, [&](const graph::GraphDelta& delta) {
                    if (closed || !delta.reset)
                        after << QStringLiteral("advanced");
                });
            QObject::connect(&f.session, &Session::modeChanged, &f.session, [&] {
                if (closed)
                    after << QStringLiteral("modeChanged");
            });
            f.feed->push(program.take());
            if (signal == &Session::sourceChanged)
                f.feed->end();
            QTRY_VERIFY(closed);
            QCoreApplication::processEvents();
            QCOMPARE(after, QStringList());
            QCOMPARE(f.session.graph().size(), std::size_t{0});
        }
    }
    void wakesFromOtherThreadsAreHeard()
    {
        SessionFixture f;
        RandomTrace program(2);
        program.run(1);
        f.feedAll(program.take());
        std::size_t events = f.session.timeline().size();
        std::vector<trace::Batch> batches;
        for (int round = 0; round < 200; ++round) {
            program.run(20);
            batches.push_back(program.take());
            events += batches.back().events.size();
        }
        std::thread reader([&] {
            for (trace::Batch& batch : batches)
                f.feed->push(std::move(batch));
        });
        QVERIFY(f.settle(events));
        reader.join();
        QTRY_COMPARE(f.session.position(), events);
    }
    void aRewoundSessionStaysWhereItIsWhileTheTraceGrows()
    {
        SessionFixture f;
        RandomTrace program(3);
        program.run(500);
        QVERIFY(f.feedAll(program.take()));
        f.session.seek(100);
        const QString past = f.graphNow();
        QVERIFY(!f.session.following());
        program.run(5'000);
        QVERIFY(f.feedAll(program.take()));
        QCOMPARE(f.session.position(), std::size_t{100});
        QCOMPARE(f.graphNow(), past);
        QVERIFY(f.session.live());

        f.session.returnToLive();
        QVERIFY(f.session.following());
        QCOMPARE(f.session.position(), f.session.timeline().size());
    }
    void holdingAndPlayingFromLive()
    {
        SessionFixture f;
        RandomTrace program(4);
        program.run(200);
        QVERIFY(f.feedAll(program.take()));
        f.session.setPlaying(false);
        QVERIFY(!f.session.following());
        const std::size_t held = f.session.position();
        program.run(200);
        QVERIFY(f.feedAll(program.take()));
        QCOMPARE(f.session.position(), held);
        f.session.setSpeed(100);
        f.session.setPlaying(true);
        QVERIFY(f.session.playing());
        f.clock.advance(base::seconds(60));
        QTRY_VERIFY(f.session.following()); // it caught up
        QVERIFY(!f.session.playing());
        QCOMPARE(f.session.position(), f.session.timeline().size());
    }
    void commandsGoOutWithIdsAndAnswersComeBackToTheirAskers()
    {
        SessionFixture f;
        QVERIFY(f.reach(trace::SourceState::Live));
        QStringList told;
        trace::Command command;
        command.kind = trace::CommandKind::Pause;
        f.session.request(command, [&](const trace::Answer& a) {
            told << QStringLiteral("one %1").arg(a.accepted);
        });
        f.session.request(command, [&](const trace::Answer& a) {
            told << QStringLiteral("two %1").arg(QString::fromStdString(a.text));
        });
        f.session.request(command);
        QCOMPARE(f.feed->commands.size(), std::size_t{3});
        QVERIFY(f.feed->commands[0].id != f.feed->commands[1].id);
        f.feed->answer({f.feed->commands[1].id, false, "The process is dead."});
        f.feed->answer({f.feed->commands[0].id, true, {}});
        f.feed->answer({f.feed->commands[0].id, true, {}}); // twice
        f.feed->answer({trace::CommandId{9999}, true, {}}); // somebody else's
        QTRY_COMPARE(
            told,
            (QStringList{QStringLiteral("two The process is dead."), QStringLiteral("one 1")}));
        QCOMPARE(f.refused, QStringList{QStringLiteral("The process is dead.")});
    }
    void commandsAreRefusedInThePastAndSayWhy()
    {
        SessionFixture f;
        RandomTrace program(5);
        program.run(50);
        QVERIFY(f.feedAll(program.take()));
        f.session.seek(10);
        bool answered = false;
        f.session.request({}, [&](const trace::Answer& answer) { answered = !answer.accepted; });
        QVERIFY(answered);
        QCOMPARE(f.refused,
                 QStringList{QStringLiteral(
                     "You are looking at the past: return to live to change the program.")});
        QVERIFY(f.feed->commands.empty());
        f.session.returnToLive();
        QVERIFY(f.session.acceptsCommands());
    }
    void aRecordingOrAnEndedProgramTakesNoCommands()
    {
        SessionFixture f;
        f.feed->info.acceptsCommands = false;
        QVERIFY(f.reach(trace::SourceState::Live));
        QVERIFY(f.session.whyNoCommands().contains(QStringLiteral("recording")));
        f.open();
        QVERIFY(f.reach(trace::SourceState::Live));
        QVERIFY(f.session.acceptsCommands());
        f.feed->end();
        QVERIFY(f.reach(trace::SourceState::Ended));
        QVERIFY(f.session.whyNoCommands().contains(QStringLiteral("ended")));
    }
    void openCommandsAreRefusedWhenTheProgramEndsOrTheSessionCloses()
    {
        SessionFixture f;
        QVERIFY(f.reach(trace::SourceState::Live));
        int refusals = 0;
        const auto count
            = [&](const trace::Answer& answer) { refusals += answer.accepted ? 0 : 1; };
        f.session.request({}, count);
        f.feed->end();
        QTRY_COMPARE(refusals, 1);
        f.open();
        QVERIFY(f.reach(trace::SourceState::Live));
        f.session.request({}, count);
        f.session.close();
        QCOMPARE(refusals, 2);
    }
    void aSourceThatCannotStartLeavesAnEmptySessionThatSaysWhy()
    {
        SessionFixture f(false);
        auto feed = std::make_shared<FakeFeed>();
        feed->startResult = base::fail(base::ErrorCode::NotFound, "There is no node 4711.");
        QSignalSpy changed(&f.session, &session::Session::sourceChanged);
        f.session.open(std::make_unique<FakeSource>(feed));
        QCOMPARE(f.session.state(), trace::SourceState::Failed);
        QCOMPARE(f.session.errorText(), QStringLiteral("There is no node 4711."));
        QVERIFY(changed.count() >= 1);
        QVERIFY(f.session.whyNoCommands().contains(QStringLiteral("4711")));
    }
    void aLostConnectionKeepsWhatCame()
    {
        SessionFixture f;
        RandomTrace program(6);
        program.run(300);
        const trace::Batch batch = program.take();
        f.feed->push(batch);
        f.feed->end(trace::SourceState::Failed);
        QVERIFY(f.reach(trace::SourceState::Failed));
        QCOMPARE(f.session.timeline().size(), batch.events.size());
        QTRY_COMPARE(f.session.position(), batch.events.size());
        QCOMPARE(f.session.errorText(), QStringLiteral("The node closed the connection."));
    }
    void openingAnotherSourceStopsAndForgetsTheFirst()
    {
        SessionFixture f;
        RandomTrace program(7);
        program.run(300);
        QVERIFY(f.feedAll(program.take()));
        const std::shared_ptr<FakeFeed> old = f.feed;
        QSignalSpy replaced(&f.session, &session::Session::timelineReplaced);
        bool resetTold = false;
        connect(&f.session, &session::Session::advanced, this, [&](const graph::GraphDelta& delta) {
            resetTold = resetTold || delta.reset;
        });
        f.open();
        QVERIFY(old->stopped);
        QCOMPARE(replaced.count(), 1);
        QVERIFY(resetTold);
        QCOMPARE(f.session.timeline().size(), std::size_t{0});
        QCOMPARE(f.session.graph().size(), std::size_t{0});
    }
    void diagnosticsAndBackwardClocksAreTold()
    {
        SessionFixture f;
        trace::Batch batch;
        batch.diagnostics.push_back({12, "Bytes 12 to 40 are damaged: 3 events are missing."});
        trace::Event event;
        event.type = trace::EventType::Annotation;
        event.time = {100};
        batch.events.push_back(event);
        event.time = {50};
        batch.events.push_back(event);
        QVERIFY(f.feedAll(batch));
        QTRY_COMPARE(f.diagnostics.size(), 2);
        QVERIFY(f.diagnostics.contains(
            QStringLiteral("Bytes 12 to 40 are damaged: 3 events are missing.")));
    }
    void aFloodIsAppliedInSlices()
    {
        SessionFixture f;
        RandomTrace program(8);
        program.run(400'000);
        f.feed->push(program.take());
        // Between two ticks the event loop runs: a timer of the test gets its turns while the flood
        // is taken in.
        int turns = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] { ++turns; });
        timer.start(0);
        QVERIFY(f.settle(400'000));
        QVERIFY2(turns > 10, qPrintable(QString::number(turns)));
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
