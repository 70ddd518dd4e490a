// Commands from outside: what they do, and why they are refused; slow motion and time.
#include "tests/runtime/actor/control_fixture.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

using namespace exitwave;
using namespace exitwave::control_tests;
using actor::Pid;
using actor::Self;
using actor::Task;
using actor::Term;
using trace::CommandKind;

class TestControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void processesCanBeChangedFromOutside_data() { eachScheduler(); }
    void processesCanBeChangedFromOutside()
    {
        Fixture fixture(chosen());
        actor::System& system = *fixture.system;
        const Pid a = system.spawnRoot(site, waits);
        const Pid b = system.spawnRoot(site, waits);
        system.start();
        QCOMPARE(fixture.tell(CommandKind::SetTrapExit, a, {}, {}, 1), QByteArray());
        QCOMPARE(fixture.tell(CommandKind::Link, a, {}, b), QByteArray());
        QCOMPARE(fixture.tell(CommandKind::Send, a, Term::atom("hello")), QByteArray());
        system.waitIdle();
        QVERIFY(system.inspect(a)->trapExit);
        QCOMPARE(system.inspect(a)->links, std::vector<Pid>{b});
        QCOMPARE(system.inspect(b)->links, std::vector<Pid>{a});
        QVERIFY(system.inspect(a)->messages == std::vector<Term>{Term::atom("hello")});
        QCOMPARE(fixture.tell(CommandKind::Unlink, b, {}, a), QByteArray());
        system.waitIdle();
        QVERIFY(system.inspect(a)->links.empty());
        QCOMPARE(fixture.tell(CommandKind::Exit, a, Term::atom("boom")), QByteArray());
        QCOMPARE(fixture.tell(CommandKind::Exit, b, Term::atom("boom")), QByteArray());
        system.waitIdle();
        QVERIFY(system.inspect(a).has_value()); // traps exits
        QVERIFY(!system.inspect(b).has_value());
        QCOMPARE(fixture.tell(CommandKind::Exit, a, Term::atom("kill")), QByteArray());
        system.waitRoots();
        QVERIFY(!system.inspect(a).has_value());
    }

    void whatCannotBeDoneIsRefusedWithTheReason_data() { eachScheduler(); }
    void whatCannotBeDoneIsRefusedWithTheReason()
    {
        Fixture fixture(chosen());
        actor::System& system = *fixture.system;
        const Pid a = system.spawnRoot(site, waits);
        const Pid b = system.spawnRoot(site, waits);
        system.start();
        QCOMPARE(fixture.tell(CommandKind::Exit, b, Term::atom("kill")), QByteArray());
        system.waitIdle();
        const QByteArray dead = fixture.tell(CommandKind::Exit, b, Term::atom("boom"));
        QCOMPARE(dead, QByteArray("#PID<0.101.0> is not alive: it exited with :killed."));
        QVERIFY(fixture.tell(CommandKind::Link, a, {}, b).startsWith("#PID<0.101.0> is not alive"));
        QCOMPARE(fixture.tell(CommandKind::Send, Pid{5000, 0}),
                 QByteArray("There is no process #PID<0.5000.0> in this program."));
        QCOMPARE(fixture.tell(CommandKind::Link, a, {}, a),
                 QByteArray("#PID<0.100.0> cannot be linked to itself."));
        QCOMPARE(fixture.tell(CommandKind::Step, {}),
                 QByteArray("The program is running: pause it before stepping it."));
        QVERIFY(!fixture.tell(CommandKind::SetDelay, {}, {}, {}, -1).isEmpty());
        system.stop();
        QCOMPARE(fixture.tell(CommandKind::Exit, a, Term::atom("boom")),
                 QByteArray("The program has ended: nothing can be changed any more."));
    }

    void aTimerWakesAnIdleWorkerWhileItsOwnIsBusy()
    {
        actor::SystemOptions options;
        options.workers = 2;
        Fixture fixture(options);
        actor::System& system = *fixture.system;
        std::atomic<bool> woken{false};
        std::atomic<bool> inTime{false};
        system.spawnRoot(site, [&](Self& self) -> Task<void> {
            const auto sleeper = [&woken](Self& me) -> Task<void> {
                co_await me.sleep(base::milliseconds(10));
                woken = true;
            };
            const auto hog = [&woken, &inTime](Self&) -> Task<void> {
                QElapsedTimer timer;
                timer.start();
                while (!woken && timer.elapsed() < 5000)
                    std::this_thread::yield();
                inTime = woken.load();
                co_return;
            };
            co_await self.spawn(site, sleeper);
            co_await self.spawn(site, hog);
        });
        system.start();
        system.waitIdle();
        QVERIFY(inTime);
    }

    void theLongestTimeIsNotOver_data() { eachScheduler(); }
    void theLongestTimeIsNotOver()
    {
        Fixture fixture(chosen());
        actor::System& system = *fixture.system;
        const Pid pid = system.spawnRoot(site, [](Self& self) -> Task<void> {
            co_await self.sleep(base::milliseconds(1));
            const base::Duration almostForever{INT64_MAX - 1};
            co_await self.sleep(almostForever);
            co_await self.sleep(almostForever);
        });
        system.spawnRoot(site, [pid](Self& self) -> Task<void> {
            co_await self.sleep(base::milliseconds(5));
            co_await self.exitSignal(pid, term::atoms::kill);
        });
        system.start();
        system.waitRoots();
        system.stop();
        for (const trace::Record& record : fixture.sink.take()) {
            if (record.type == trace::EventType::ProcessExited
                && record.process.value == pid.packed())
                QCOMPARE(record.how, static_cast<std::uint8_t>(trace::ExitKind::Kill));
        }
    }

    void whoAsksForTheLastRootsDeathIsToldOnce()
    {
        for (int round = 0; round < 50; ++round) {
            actor::SystemOptions options;
            options.workers = 4;
            Fixture fixture(options);
            actor::System& system = *fixture.system;
            std::atomic<int> told{0};
            system.onRootsDone([&told] { ++told; });
            system.start();
            for (int i = 0; i < 20; ++i)
                system.spawnRoot(site, [](Self&) -> Task<void> { co_return; });
            system.waitRoots();
            system.stop();
            QCOMPARE(told.load(), 1);
        }
    }

    void slowMotionHoldsEverySignalOnItsWay()
    {
        base::VirtualClock clock;
        actor::SystemOptions options;
        options.mode = actor::SchedulerMode::Step;
        options.virtualClock = &clock;
        options.hopDelay = base::seconds(1);
        Fixture fixture(options);
        actor::System& system = *fixture.system;
        system.spawnRoot(site, [](Self& self) -> Task<void> {
            co_await self.spawnLink(site, waits);
            co_await self.exit(Term::atom("boom"));
        });
        system.start();
        system.waitIdle();
        system.stop();
        std::int64_t sent = 0;
        std::int64_t delivered = 0;
        for (const trace::Record& record : fixture.sink.take()) {
            if (record.type == trace::EventType::ExitSignalSent)
                sent = record.stamp;
            if (record.type == trace::EventType::ExitSignalDelivered)
                delivered = record.stamp;
        }
        QVERIFY(delivered - sent >= base::seconds(1).ns);
        QVERIFY(delivered - sent < base::seconds(2).ns);
        QVERIFY(system.livePids().empty());
    }

    void answersDoNotOvertakeInSlowMotion_data()
    {
        QTest::addColumn<bool>("dies");
        QTest::newRow("an answer") << false;
        QTest::newRow("noproc") << true;
    }
    void answersDoNotOvertakeInSlowMotion()
    {
        QFETCH(bool, dies);
        actor::SystemOptions options;
        options.mode = actor::SchedulerMode::Step;
        options.hopDelay = base::seconds(1);
        Fixture fixture(options);
        actor::System& system = *fixture.system;
        std::vector<Term> messages;
        system.spawnRoot(site, [dies, &messages](Self& self) -> Task<void> {
            const Pid me = self.pid();
            const auto body = [me, dies](Self& other) -> Task<void> {
                co_await other.sleep(base::milliseconds(900));
                co_await other.send(me, Term::atom("early"));
                if (!dies)
                    co_await waits(other);
            };
            const Pid other = co_await self.spawn(site, body);
            // The question comes at 1 s, when "early" has been under way for 100 ms.
            if (dies) {
                co_await self.monitor(other);
                messages.push_back(*co_await self.receive());
                messages.push_back(*co_await self.receive());
            } else {
                co_await self.isAlive(other);
                const std::optional<Term> message
                    = co_await self.receive(actor::MatchAnything{}, base::Duration{0});
                messages.push_back(message.value_or(Term::atom("nothing")));
            }
        });
        system.start();
        system.waitIdle();
        system.stop();
        QCOMPARE(messages.size(), dies ? std::size_t(2) : std::size_t(1));
        QVERIFY(messages.front() == Term::atom("early"));
    }

    void endingSlowMotionLetsAllSignalsGo()
    {
        base::VirtualClock clock;
        actor::SystemOptions options;
        options.mode = actor::SchedulerMode::Step;
        options.virtualClock = &clock;
        options.hopDelay = base::seconds(50);
        options.startPaused = true;
        Fixture fixture(options);
        actor::System& system = *fixture.system;
        const Pid a = system.spawnRoot(site, waits);
        system.start();
        QCOMPARE(fixture.tell(CommandKind::Exit, a, Term::atom("boom")), QByteArray());
        QCOMPARE(fixture.tell(CommandKind::SetDelay, {}, {}, {}, 0), QByteArray());
        QCOMPARE(fixture.tell(CommandKind::Resume, {}), QByteArray());
        system.waitRoots();
        QVERIFY(clock.now() < base::seconds(1).ns);
    }
};

QTEST_GUILESS_MAIN(TestControl)
#include "tst_control.moc"
