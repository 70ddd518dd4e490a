// A paused program: nothing happens in it but steps, and its time stands still.
#include "tests/runtime/actor/control_fixture.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace exitwave;
using namespace exitwave::control_tests;
using actor::Pid;
using actor::Self;
using actor::Task;
using actor::Term;
using trace::CommandKind;

class TestPause : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPausedProgramGoesOnStepByStep_data() { eachScheduler(); }
    void aPausedProgramGoesOnStepByStep()
    {
        actor::SystemOptions options = chosen();
        options.startPaused = true;
        Fixture fixture(options);
        actor::System& system = *fixture.system;
        for (int i = 0; i < 3; ++i)
            system.spawnRoot(site, [](Self&) -> Task<void> { co_return; });
        system.start();
        system.waitIdle();
        QCOMPARE(system.counts().exited, std::uint64_t(0));
        for (std::uint64_t done = 1; done <= 2; ++done) {
            QCOMPARE(fixture.tell(CommandKind::Step, {}), QByteArray());
            system.waitIdle();
            QCOMPARE(system.counts().exited, done);
        }
        QCOMPARE(fixture.tell(CommandKind::Resume, {}), QByteArray());
        system.waitRoots();
        QCOMPARE(system.counts().exited, std::uint64_t(3));
        system.stop();
        QCOMPARE(fixture.count(trace::EventType::ControlChanged), std::size_t(2)); // start, resume
    }

    void aPausedProgramLeavesItsTimersAlone()
    {
        base::VirtualClock clock;
        actor::SystemOptions options;
        options.workers = 2;
        options.clock = &clock;
        Fixture fixture(options);
        actor::System& system = *fixture.system;
        const Pid other = system.spawnRoot(site, waits);
        std::atomic<bool> begun{false};
        std::atomic<int> ticks{0};
        system.spawnRoot(site, [&begun, &ticks](Self& self) -> Task<void> {
            begun = true;
            for (;;) {
                co_await self.sleep(base::milliseconds(10));
                ++ticks;
            }
        });
        system.start();
        QTRY_VERIFY(begun);
        QCOMPARE(fixture.tell(CommandKind::Pause, {}), QByteArray());
        system.waitIdle(); // it sleeps now
        clock.advance(base::seconds(1000));
        // Each command makes a worker look around.
        for (int i = 1; i <= 21; ++i)
            QCOMPARE(fixture.tell(CommandKind::SetTrapExit, other, {}, {}, i % 2), QByteArray());
        system.waitIdle();
        QCOMPARE(ticks.load(), 0);
        QVERIFY(!system.inspect(other)->trapExit); // signals wait, too

        // The pause does not count: all 10 ms are still to be waited.
        QCOMPARE(fixture.tell(CommandKind::Resume, {}), QByteArray());
        clock.advance(base::milliseconds(9));
        for (int i = 0; i < 20; ++i)
            QCOMPARE(fixture.tell(CommandKind::SetTrapExit, other, {}, {}, i % 2), QByteArray());
        QCOMPARE(ticks.load(), 0);
        clock.advance(base::milliseconds(1));
        QTRY_COMPARE(ticks.load(), 1);
    }

    void aPausedProgramIsNotSettledBeforeItsEnd_data() { eachScheduler(); }
    void aPausedProgramIsNotSettledBeforeItsEnd()
    {
        actor::SystemOptions options = chosen();
        options.startPaused = true;
        Fixture fixture(options);
        actor::System& system = *fixture.system;
        system.spawnRoot(site, [](Self&) -> Task<void> { co_return; });
        system.start();
        system.waitIdle();
        std::thread resumer([&fixture] { fixture.tell(CommandKind::Resume, {}); });
        system.waitSettled();
        const std::uint64_t exited = system.counts().exited;
        resumer.join();
        QCOMPARE(exited, std::uint64_t(1));
    }

    void aStepInSlowMotionDeliversOneSignal_data() { eachScheduler(); }
    void aStepInSlowMotionDeliversOneSignal()
    {
        actor::SystemOptions options = chosen();
        options.startPaused = true;
        options.hopDelay = base::seconds(1);
        Fixture fixture(options);
        actor::System& system = *fixture.system;
        system.spawnRoot(site, [](Self& self) -> Task<void> {
            for (int i = 0; i < 3; ++i)
                co_await self.spawnLink(site, waits);
            co_await self.exit(Term::atom("boom"));
        });
        system.start();
        system.waitIdle();
        std::size_t delivered = 0;
        int steps = 0;
        QByteArray refusal;
        while ((refusal = fixture.tell(CommandKind::Step, {})).isEmpty()) {
            QVERIFY(++steps < 100);
            system.waitIdle();
            const std::size_t now = fixture.count(trace::EventType::ExitSignalDelivered);
            QVERIFY(now <= 1);
            delivered += now;
        }
        QCOMPARE(delivered, std::size_t(3));
        QCOMPARE(system.counts().alive(), std::uint64_t(0));
        QVERIFY(refusal.startsWith("There is nothing to step"));
    }

    void aStepHandlesOneOfSeveralSignalsThatWait_data() { eachScheduler(); }
    void aStepHandlesOneOfSeveralSignalsThatWait()
    {
        Fixture fixture(chosen());
        actor::System& system = *fixture.system;
        const Pid a = system.spawnRoot(site, [](Self& self) -> Task<void> {
            for (;;)
                co_await self.receive();
        });
        system.start();
        system.waitIdle();
        QCOMPARE(fixture.tell(CommandKind::Pause, {}), QByteArray());
        for (int i = 0; i < 4; ++i)
            QCOMPARE(fixture.tell(CommandKind::Send, a, Term::integer(i)), QByteArray());
        for (std::uint64_t done = 1; done <= 3; ++done) {
            QCOMPARE(fixture.tell(CommandKind::Step, {}), QByteArray());
            system.waitIdle();
            QCOMPARE(system.counts().messagesReceived, done);
        }
        // What the last step left behind is neither lost nor overtaken.
        QCOMPARE(fixture.tell(CommandKind::Send, a, Term::integer(4)), QByteArray());
        QCOMPARE(fixture.tell(CommandKind::Resume, {}), QByteArray());
        system.waitIdle();
        std::vector<Term> received;
        for (const trace::Record& record : fixture.sink.take()) {
            if (record.type == trace::EventType::MessageReceived)
                received.push_back(record.term);
        }
        QCOMPARE(received.size(), std::size_t(5));
        for (int i = 0; i < 5; ++i)
            QVERIFY(received[static_cast<std::size_t>(i)] == Term::integer(i));
    }

    void whoDiesInAStepTakesTheSignalsBehindWithIt_data() { eachScheduler(); }
    void whoDiesInAStepTakesTheSignalsBehindWithIt()
    {
        Fixture fixture(chosen());
        actor::System& system = *fixture.system;
        const Pid a = system.spawnRoot(site, waits);
        const Pid b = system.spawnRoot(site, waits);
        system.start();
        system.waitIdle();
        QCOMPARE(fixture.tell(CommandKind::SetTrapExit, b, {}, {}, 1), QByteArray());
        system.waitIdle();
        QCOMPARE(fixture.tell(CommandKind::Pause, {}), QByteArray());
        QCOMPARE(fixture.tell(CommandKind::Send, a, Term::integer(1)), QByteArray());
        QCOMPARE(fixture.tell(CommandKind::Exit, a, Term::atom("boom")), QByteArray());
        QCOMPARE(fixture.tell(CommandKind::Link, b, {}, a), QByteArray());
        do // which of the two goes first is open; the request comes before or after the death
            system.waitIdle();
        while (fixture.tell(CommandKind::Step, {}).isEmpty());
        system.waitIdle();
        QVERIFY(!system.inspect(a).has_value());
        QCOMPARE(system.inspect(b)->links.size(), std::size_t(0));
        QCOMPARE(system.inspect(b)->messages.size(), std::size_t(1)); // an EXIT
    }
};

QTEST_GUILESS_MAIN(TestPause)
#include "tst_pause.moc"
