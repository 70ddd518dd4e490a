// Random societies on several workers: what must hold when they have come to rest.
#include "tests/runtime/actor/random_society.h"
#include "tests/runtime/actor/trace_check.h"
#include "tests/support/record_sink.h"

#include <QTest>

#include <algorithm>

using namespace exitwave;

namespace {

class SilentLog final : public actor::LogSink
{
public:
    void write(std::string_view) override {}
};

} // namespace

class TestStress : public QObject
{
    Q_OBJECT

private:
    /// Every link is known to both ends, every monitor to both.
    void verifySymmetry(const actor::System& system)
    {
        for (const term::Pid pid : system.livePids()) {
            const auto info = system.inspect(pid);
            for (const term::Pid peer : info->links) {
                const auto other = system.inspect(peer);
                QVERIFY2(other.has_value(), "linked to a dead process");
                QVERIFY(std::count(other->links.begin(), other->links.end(), pid) == 1);
            }
            for (const auto& monitor : info->monitors) {
                const auto other = system.inspect(monitor.target);
                QVERIFY2(other.has_value(), "monitors a dead process");
                QVERIFY(std::count(other->monitoredBy.begin(), other->monitoredBy.end(), pid) > 0);
            }
        }
    }

    /// What was sent to the living was received or lies in their mailboxes; only what went down
    /// with its receiver is missing.
    void verifyNothingVanished(const actor::System& system, const society::TraceSummary& summary)
    {
        for (const term::Pid pid : system.livePids()) {
            const auto messages = system.inspect(pid)->messages;
            const auto queued = std::count_if(messages.begin(),
                                              messages.end(),
                                              [](const term::Term& m) { return m.isInteger(); });
            const auto waiting = summary.waiting.find(pid.packed());
            QCOMPARE(waiting == summary.waiting.end() ? std::int64_t(0) : waiting->second,
                     static_cast<std::int64_t>(queued));
        }
    }

    void runSociety(actor::SystemOptions options, const society::Plan& plan)
    {
        support::RecordSink sink(std::size_t{1} << 19);
        SilentLog log;
        options.sink = &sink;
        options.log = &log;
        actor::System system(options);
        society::populate(system, std::make_shared<society::Seats>(plan.seats), plan);
        system.start();
        system.waitIdle();
        system.stop();
        QCOMPARE(sink.lost(), std::uint64_t(0));
        const society::TraceSummary summary = society::checkTrace(sink.take());
        for (const std::string& fault : summary.faults)
            qWarning("seed %llu: %s", static_cast<unsigned long long>(plan.seed), fault.c_str());
        QVERIFY(summary.faults.empty());
        const actor::Counts counts = system.counts();
        QCOMPARE(summary.spawned, counts.spawned);
        QCOMPARE(summary.exited, counts.exited);
        QCOMPARE(std::uint64_t(system.livePids().size()), counts.alive());
        QCOMPARE(summary.messagesSent, counts.messagesSent);
        verifyNothingVanished(system, summary);
        QVERIFY(summary.exited > 0);
        verifySymmetry(system);
    }

private Q_SLOTS:
    void onWorkersAllHolds()
    {
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            society::Plan plan;
            plan.seed = seed;
            actor::SystemOptions options;
            options.workers = 1 + static_cast<unsigned>(seed % 4);
            runSociety(options, plan);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void onTheStepSchedulerAllHolds()
    {
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            society::Plan plan;
            plan.seed = seed;
            actor::SystemOptions options;
            options.mode = actor::SchedulerMode::Step;
            options.seed = seed;
            runSociety(options, plan);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void inSlowMotionAllHolds()
    {
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            society::Plan plan;
            plan.seed = seed;
            plan.actions = 60;
            actor::SystemOptions options;
            options.hopDelay = base::microseconds(200);
            if (seed % 2 == 0)
                options.mode = actor::SchedulerMode::Step;
            else
                options.workers = 3;
            runSociety(options, plan);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void stoppingInTheMiddleLeavesNothingBehind()
    {
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            society::Plan plan;
            plan.seed = seed;
            plan.actions = 100'000;
            SilentLog log;
            actor::SystemOptions options;
            options.workers = 3;
            options.log = &log;
            actor::System system(options);
            society::populate(system, std::make_shared<society::Seats>(plan.seats), plan);
            system.start();
            QTRY_VERIFY(system.counts().spawned > 100);
            system.stop(); // leak checkers see whether everything is dropped
        }
    }
};

QTEST_GUILESS_MAIN(TestStress)
#include "tst_stress.moc"
