// Commands from outside: what they do, and why they are refused.
#include "runtime/actor/system.h"
#include "tests/support/record_sink.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <thread>

using namespace exitwave;
using actor::Pid;
using actor::Self;
using actor::Task;
using actor::Term;
using trace::Command;
using trace::CommandKind;

namespace {

const actor::SpawnSite site("test", "process", 0);

class SilentLog final : public actor::LogSink
{
public:
    void write(std::string_view) override {}
};

Task<void> waits(Self& self)
{
    const auto never = [](const Term&) { return false; };
    co_await self.receive(never);
}

/// A system that can be told things.
struct Fixture
{
    explicit Fixture(actor::SystemOptions options = {})
    {
        options.sink = &sink;
        options.log = &log;
        system = std::make_unique<actor::System>(options);
    }
    /// The answer's text; empty when accepted.
    QByteArray tell(const Command& command)
    {
        std::promise<trace::Answer> promise;
        system->control().handle(command, [&](trace::Answer answer) { promise.set_value(answer); });
        const trace::Answer answer = promise.get_future().get();
        if (answer.accepted != answer.text.empty())
            return "an answer that contradicts itself";
        return QByteArray::fromStdString(answer.text);
    }
    QByteArray
    tell(CommandKind kind, Pid process, Term term = {}, Pid peer = {}, std::int64_t value = 0)
    {
        Command command;
        command.kind = kind;
        command.process = trace::ProcessKey{process.packed()};
        command.peer = trace::ProcessKey{peer.packed()};
        command.term = std::move(term);
        command.value = value;
        return tell(command);
    }
    std::size_t count(trace::EventType type)
    {
        const auto records = sink.take();
        return static_cast<std::size_t>(std::count_if(
            records.begin(), records.end(), [&](const auto& r) { return r.type == type; }));
    }

    support::RecordSink sink;
    SilentLog log;
    std::unique_ptr<actor::System> system;
};

void eachScheduler()
{
    QTest::addColumn<bool>("step");
    QTest::newRow("threaded") << false;
    QTest::newRow("step") << true;
}

actor::SystemOptions chosen()
{
    const bool step = *static_cast<bool*>(QTest::qData("step", qMetaTypeId<bool>()));
    actor::SystemOptions options;
    options.mode = step ? actor::SchedulerMode::Step : actor::SchedulerMode::Threaded;
    options.workers = 2;
    return options;
}

} // namespace

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
        while (fixture.tell(CommandKind::Step, {}).isEmpty()) {
            QVERIFY(++steps < 100);
            system.waitIdle();
            const std::size_t now = fixture.count(trace::EventType::ExitSignalDelivered);
            QVERIFY(now <= 1);
            delivered += now;
        }
        QCOMPARE(delivered, std::size_t(3));
        QCOMPARE(system.counts().alive(), std::uint64_t(0));
        system.waitIdle(); // while another worker is at work, there may be something soon
        QVERIFY(fixture.tell(CommandKind::Step, {}).startsWith("There is nothing to step"));
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
        QCOMPARE(fixture.tell(CommandKind::Step, {}), QByteArray()); // a: the message
        QCOMPARE(fixture.tell(CommandKind::Step, {}), QByteArray()); // b: sends its request
        system.waitIdle();
        QVERIFY(system.inspect(a).has_value());
        while (fixture.tell(CommandKind::Step, {}).isEmpty())
            system.waitIdle();
        QVERIFY(!system.inspect(a).has_value());
        QCOMPARE(system.inspect(b)->links.size(), std::size_t(0));
        QCOMPARE(system.inspect(b)->messages.size(), std::size_t(1)); // {:EXIT, a, :noproc}
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
