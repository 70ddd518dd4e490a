// The step scheduler: the same seed gives the same events, and its clock moves by itself.
#include "runtime/base/byte_cursor.h"
#include "runtime/term/term_codec.h"
#include "tests/runtime/actor/random_society.h"
#include "tests/support/record_sink.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

using namespace exitwave;
using actor::Self;
using actor::Task;
using actor::Term;

namespace {

const actor::SpawnSite site("test", "process", 0);

class KeptLog final : public actor::LogSink
{
public:
    void write(std::string_view text) override { all += text; }
    std::string all;
};

/// All that a run told, as bytes.
QByteArray bytesOf(std::uint64_t seed, std::uint64_t societySeed, std::size_t laneCapacity)
{
    support::RecordSink sink(laneCapacity);
    KeptLog log;
    actor::SystemOptions options;
    options.mode = actor::SchedulerMode::Step;
    options.seed = seed;
    options.sink = &sink;
    options.log = &log;
    actor::System system(options);
    society::Plan plan;
    plan.seed = societySeed;
    society::populate(system, std::make_shared<society::Seats>(plan.seats), plan);
    system.start();
    system.waitIdle();
    system.stop();
    std::string bytes;
    base::ByteWriter writer(bytes);
    for (const trace::Record& record : sink.take()) {
        writer.u64(static_cast<std::uint64_t>(record.stamp));
        writer.u64(record.process.value);
        writer.u64(record.peer.value);
        writer.u64(record.id);
        writer.u64(record.cause.value);
        writer.u8(static_cast<std::uint8_t>(record.type));
        writer.u8(record.how);
        term::encodeTerm(record.term, writer);
    }
    return QByteArray::fromStdString(bytes + log.all);
}

} // namespace

class TestStep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameSeedGivesTheSameBytes()
    {
        for (std::uint64_t seed = 0; seed < 8; ++seed) {
            const QByteArray first = bytesOf(seed, 5, std::size_t{1} << 16);
            QVERIFY(first.size() > 10'000);
            QVERIFY(first == bytesOf(seed, 5, std::size_t{1} << 16));
        }
    }

    void differentSeedsGiveDifferentOrders()
    {
        QVERIFY(bytesOf(1, 5, std::size_t{1} << 16) != bytesOf(2, 5, std::size_t{1} << 16));
    }

    void aSmallLaneIsDrainedInsteadOfLosing()
    {
        // Lanes that refuse from three quarters full, under slices of 2000 reductions.
        QVERIFY(bytesOf(3, 5, std::size_t{1} << 15) == bytesOf(3, 5, std::size_t{1} << 18));
    }

    void aLargeDeathInOneSliceLosesNothing()
    {
        constexpr int links = 50'000;
        support::RecordSink sink(std::size_t{1} << 15);
        actor::SystemOptions options;
        options.mode = actor::SchedulerMode::Step;
        options.sink = &sink;
        actor::System system(options);
        system.spawnRoot(site, [](Self& self) -> Task<void> {
            const auto child = [](Self& me) -> Task<void> {
                co_await me.receive([](const Term&) { return false; });
            };
            for (int i = 0; i < links; ++i)
                co_await self.spawnLink(site, child);
            co_await self.exit(Term::atom("boom"));
        });
        system.start();
        system.waitIdle();
        system.stop();
        QCOMPARE(sink.lost(), std::uint64_t(0));
        const auto records = sink.take();
        const auto exited = std::count_if(records.begin(), records.end(), [](const auto& record) {
            return record.type == trace::EventType::ProcessExited;
        });
        QCOMPARE(static_cast<int>(exited), links + 1);
    }

    void theClockJumpsOverWaits()
    {
        base::VirtualClock clock;
        actor::SystemOptions options;
        options.mode = actor::SchedulerMode::Step;
        options.virtualClock = &clock;
        actor::System system(options);
        system.spawnRoot(
            site, [](Self& self) -> Task<void> { co_await self.sleep(base::seconds(86'400)); });
        QElapsedTimer timer;
        timer.start();
        system.start();
        system.waitRoots();
        QVERIFY(clock.now() >= base::seconds(86'400).ns);
        QVERIFY(timer.elapsed() < 60'000);
    }

    void aPacedClockTakesRealTime()
    {
        actor::SystemOptions options;
        options.mode = actor::SchedulerMode::Step;
        options.pace = 10; // 300 virtual ms take 30 real ones
        actor::System system(options);
        system.spawnRoot(
            site, [](Self& self) -> Task<void> { co_await self.sleep(base::milliseconds(300)); });
        QElapsedTimer timer;
        timer.start();
        system.start();
        system.waitRoots();
        QVERIFY(timer.elapsed() >= 29);
    }

    void theLogShowsVirtualTime()
    {
        KeptLog log;
        actor::SystemOptions options;
        options.mode = actor::SchedulerMode::Step;
        options.log = &log;
        actor::System system(options);
        system.spawnRoot(site, [](Self& self) -> Task<void> {
            co_await self.sleep(base::seconds(3661));
            co_await self.raise(Term::exception("RuntimeError", "oops"));
        });
        system.start();
        system.waitRoots();
        system.stop();
        QCOMPARE(QByteArray::fromStdString(log.all),
                 QByteArray("\n01:01:01.000 [error] Process #PID<0.100.0> raised an exception\n"
                            "** (RuntimeError) oops\n"));
    }

    void theLogNamesOnlyTheFirstOfALinkedCrash()
    {
        KeptLog log;
        actor::SystemOptions options;
        options.mode = actor::SchedulerMode::Step;
        options.log = &log;
        actor::System system(options);
        system.spawnRoot(site, [](Self& self) -> Task<void> {
            const auto linked = [](Self& me) -> Task<void> { co_await me.receive(); };
            for (int i = 0; i < 3; ++i)
                co_await self.spawnLink(site, linked);
            co_await self.raise(Term::exception("RuntimeError", "oops"));
        });
        system.spawnRoot(site, [](Self& self) -> Task<void> {
            co_await self.exit(Term::atom("boom")); // is no error
        });
        system.start();
        system.waitIdle();
        system.stop();
        QCOMPARE(system.counts().alive(), std::uint64_t(0));
        const QByteArray text = QByteArray::fromStdString(log.all);
        QCOMPARE(text.count("[error]"), 1);
        QVERIFY(text.contains("Process #PID<0.100.0> raised"));
    }

    void firstPidsAreFreshAndLaterOnesReused()
    {
        actor::SystemOptions options;
        options.mode = actor::SchedulerMode::Step;
        actor::System system(options);
        std::vector<actor::Pid> pids;
        system.spawnRoot(site, [&pids](Self& self) -> Task<void> {
            for (int i = 0; i < 1500; ++i) {
                const auto body = [](Self&) -> Task<void> { co_return; };
                const actor::Spawned child = co_await self.spawnMonitor(site, body);
                pids.push_back(child.pid);
                co_await self.receive();
            }
        });
        system.start();
        system.waitRoots();
        QCOMPARE(pids.front(), (actor::Pid{101, 0}));
        QCOMPARE(pids.at(1000), (actor::Pid{1101, 0}));
        QCOMPARE(pids.back().generation > 0, true);
        std::sort(pids.begin(), pids.end());
        QVERIFY(std::adjacent_find(pids.begin(), pids.end()) == pids.end());
    }
};

QTEST_GUILESS_MAIN(TestStep)
#include "tst_step.moc"
