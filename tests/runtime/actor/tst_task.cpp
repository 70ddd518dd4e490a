// Chains of tasks: however deep, they end without growing the machine stack, the innermost first.
#include "runtime/actor/system.h"

#include <QTest>

#include <optional>
#include <vector>

using namespace exitwave;
using actor::Self;
using actor::Task;
using actor::Term;

namespace {

const actor::SpawnSite site("test", "process", 0);
constexpr int deep = 300'000;

Task<void> waitBelow(Self& self, int depth)
{
    if (depth > 0)
        co_await waitBelow(self, depth - 1);
    else
        co_await self.receive([](const Term&) { return false; });
}

Task<void> failBelow(Self& self, int depth)
{
    if (depth > 0)
        co_await failBelow(self, depth - 1);
    else
        co_await self.exit(Term::atom("bottom"));
}

/// Notes when it goes.
struct Mark
{
    std::vector<int>& gone;
    int depth;
    ~Mark() { gone.push_back(depth); }
};

Task<void> markBelow(Self& self, int depth, std::vector<int>& gone)
{
    const Mark mark{gone, depth};
    if (depth > 0)
        co_await markBelow(self, depth - 1, gone);
    else
        co_await self.exit(Term::atom("bottom"));
}

actor::SystemOptions stepping()
{
    actor::SystemOptions options;
    options.mode = actor::SchedulerMode::Step;
    return options;
}

} // namespace

class TestTask : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aProcessInADeepChainOfTasksCanBeKilled()
    {
        actor::System system(stepping());
        const term::Pid pid
            = system.spawnRoot(site, [](Self& self) { return waitBelow(self, deep); });
        system.spawnRoot(site, [pid](Self& self) -> Task<void> {
            co_await self.sleep(base::seconds(1));
            co_await self.exitSignal(pid, term::atoms::kill);
        });
        system.start();
        system.waitRoots();
        QCOMPARE(system.counts().exited, std::uint64_t(2));
    }

    void aSystemCanBeDroppedOverADeepChain()
    {
        actor::System system(stepping());
        system.spawnRoot(site, [](Self& self) { return waitBelow(self, deep); });
        system.start();
        system.waitIdle();
        QCOMPARE(system.counts().alive(), std::uint64_t(1));
    }

    void whatIsRaisedBelowADeepChainCanBeCaughtAboveIt()
    {
        std::optional<Term> caught;
        bool killed = false;
        {
            actor::System system(stepping());
            const term::Pid pid = system.spawnRoot(site, [&caught](Self& self) -> Task<void> {
                auto attempt = co_await actor::tryCatch(failBelow(self, deep));
                if (!attempt.ok())
                    caught = attempt.caught().value;
                // What was caught is gone: dying later must not look at it.
                co_await self.receive([](const Term&) { return false; });
            });
            system.spawnRoot(site, [pid](Self& self) -> Task<void> {
                co_await self.sleep(base::seconds(1));
                co_await self.exitSignal(pid, term::atoms::kill);
            });
            system.start();
            system.waitRoots();
            killed = system.counts().exited == 2;
        }
        QVERIFY(caught == Term::atom("bottom"));
        QVERIFY(killed);
    }

    void theInnermostTaskGoesFirst_data()
    {
        QTest::addColumn<bool>("caught");
        QTest::newRow("caught") << true;
        QTest::newRow("the process dies") << false;
    }
    void theInnermostTaskGoesFirst()
    {
        QFETCH(bool, caught);
        std::vector<int> gone;
        actor::System system(stepping());
        system.spawnRoot(site, [&gone, caught](Self& self) -> Task<void> {
            if (caught)
                co_await actor::tryCatch(markBelow(self, 3, gone));
            else
                co_await markBelow(self, 3, gone);
        });
        system.start();
        system.waitRoots();
        QCOMPARE(gone, (std::vector<int>{0, 1, 2, 3}));
    }
};

QTEST_GUILESS_MAIN(TestTask)
#include "tst_task.moc"
