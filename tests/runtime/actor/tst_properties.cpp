// What must hold however the workers race: properties of random scenarios.
#include "runtime/actor/system.h"
#include "runtime/term/inspect.h"

#include <QTest>

#include <atomic>

using namespace exitwave;
using actor::Pid;
using actor::Self;
using actor::Task;
using actor::Term;
using term::Ref;

namespace {

const actor::SpawnSite site("test", "process", 0);
const Term boom = Term::atom("boom");
constexpr base::Duration none{0};

class SilentLog final : public actor::LogSink
{
public:
    void write(std::string_view) override {}
};

/// Runs four copies of `probe` side by side on four workers; how often they saw a violation.
template<class Probe>
int violationsOf(Probe probe)
{
    SilentLog log;
    actor::SystemOptions options;
    options.workers = 4;
    options.log = &log;
    std::atomic<int> violations{0};
    actor::System system(options);
    for (int i = 0; i < 4; ++i) {
        system.spawnRoot(site, [&violations, probe](Self& self) -> Task<void> {
            const int seen = co_await probe(self);
            violations += seen;
        });
    }
    system.start();
    system.waitRoots();
    system.stop();
    return violations;
}

constexpr int rounds = 400;

auto exitFrom(Pid pid)
{
    return [pid](const Term& message) {
        return message.isTagged(term::atoms::EXIT, 3) && message.elements()[1] == Term(pid);
    };
}

Task<void> exitsBoom(Self& self)
{
    co_await self.exit(boom);
}
Task<void> waits(Self& self)
{
    co_await self.receive();
}

Task<int> unlinkIsFinal(Self& self)
{
    int violations = 0;
    co_await self.setTrapExit(true);
    for (int i = 0; i < rounds; ++i) {
        const Pid child = co_await self.spawnLink(site, exitsBoom);
        co_await self.unlink(child);
        const auto fromChild = exitFrom(child);
        co_await self.receive(fromChild, none); // flushes
        const Ref ref = co_await self.monitor(child);
        const auto down = [ref](const Term& message) {
            return message.isTagged(term::atoms::DOWN, 5) && message.elements()[1] == Term(ref);
        };
        co_await self.receive(down); // it is dead, and all its signals have come
        const std::optional<Term> late = co_await self.receive(fromChild, none);
        violations += late ? 1 : 0;
    }
    co_return violations;
}

Task<int> demonitorIsFinal(Self& self)
{
    int violations = 0;
    const auto isDown = [](const Term& message) { return message.isTagged(term::atoms::DOWN, 5); };
    const actor::DemonitorOptions flush{true};
    for (int i = 0; i < rounds; ++i) {
        const actor::Spawned child = co_await self.spawnMonitor(site, exitsBoom);
        co_await self.demonitor(child.ref, flush);
        const bool alive = co_await self.isAlive(child.pid);
        (void)alive; // a round trip: what it had to say has been said, or will never be
        const std::optional<Term> late = co_await self.receive(isDown, none);
        violations += late ? 1 : 0;
    }
    co_return violations;
}

Task<int> pairOrder(Self& self)
{
    constexpr int count = 50;
    const Pid me = self.pid();
    int violations = 0;
    co_await self.setTrapExit(true);
    for (int i = 0; i < rounds / 10; ++i) {
        // Messages and exit signals by turns, then death.
        const Pid child = co_await self.spawnLink(site, [me](Self& process) -> Task<void> {
            for (int n = 0; n < count; n += 2) {
                co_await process.send(me, Term::integer(n));
                co_await process.exitSignal(me, Term::integer(n + 1));
            }
            co_await process.exit(Term::integer(count));
        });
        for (int n = 0; n <= count; ++n) {
            const std::optional<Term> message = co_await self.receive();
            const bool isExit = message->isTagged(term::atoms::EXIT, 3);
            const Term number = isExit ? message->elements()[2] : *message;
            const bool fromChild = !isExit || message->elements()[1] == Term(child);
            violations += number == Term::integer(n) && fromChild ? 0 : 1;
        }
    }
    co_return violations;
}

Task<int> neverNoproc(Self& self)
{
    int violations = 0;
    co_await self.setTrapExit(true);
    const actor::SpawnOptions both{true, true};
    for (int i = 0; i < rounds; ++i) {
        const actor::Spawned child = co_await self.spawnWith(site, both, exitsBoom);
        (void)child;
        const std::optional<Term> exit = co_await self.receive();
        const std::optional<Term> down = co_await self.receive();
        violations += exit->isTagged(term::atoms::EXIT, 3) && exit->elements()[2] == boom ? 0 : 1;
        violations += down->isTagged(term::atoms::DOWN, 5) && down->elements()[4] == boom ? 0 : 1;
    }
    co_return violations;
}

Task<int> oneExitPerLinkOneDownPerMonitor(Self& self)
{
    int violations = 0;
    co_await self.setTrapExit(true);
    const Pid me = self.pid();
    for (int i = 0; i < rounds; ++i) {
        // Both link at once, so that there may be two halves on each side.
        const Pid child = co_await self.spawn(site, [me](Self& process) -> Task<void> {
            co_await process.link(me);
            co_await process.receive();
            co_await process.exit(boom);
        });
        co_await self.link(child);
        co_await self.monitor(child);
        co_await self.monitor(child);
        co_await self.send(child, Term());
        int exits = 0;
        int downs = 0;
        while (downs < 2) {
            const std::optional<Term> message = co_await self.receive();
            exits += message->isTagged(term::atoms::EXIT, 3) ? 1 : 0;
            downs += message->isTagged(term::atoms::DOWN, 5) ? 1 : 0;
        }
        const std::optional<Term> more = co_await self.receive(actor::MatchAnything{}, none);
        violations += exits == 1 && !more ? 0 : 1;
    }
    co_return violations;
}

Task<int> nameIsFree(Self& self)
{
    int violations = 0;
    const term::Atom name = term::Atom::intern("name_" + std::to_string(self.pid().index));
    for (int i = 0; i < rounds; ++i) {
        const actor::Spawned child = co_await self.spawnMonitor(site, waits);
        co_await self.registerName(name, child.pid);
        co_await self.send(name, Term());
        co_await self.receive(); // DOWN
        const std::optional<Pid> found = co_await self.whereis(name);
        violations += found ? 1 : 0;
    }
    co_return violations;
}

Task<int> deadAfterKill(Self& self)
{
    int violations = 0;
    for (int i = 0; i < rounds; ++i) {
        const Pid child = co_await self.spawn(site, waits);
        co_await self.exitSignal(child, term::atoms::kill);
        const bool alive = co_await self.isAlive(child);
        violations += alive ? 1 : 0;
    }
    co_return violations;
}

} // namespace

class TestProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void afterUnlinkAndFlushNoExitArrives() { QCOMPARE(violationsOf(unlinkIsFinal), 0); }
    void afterDemonitorWithFlushNoDownArrives() { QCOMPARE(violationsOf(demonitorIsFinal), 0); }
    void signalsBetweenTwoProcessesKeepTheirOrder() { QCOMPARE(violationsOf(pairOrder), 0); }
    void spawnLinkAndSpawnMonitorNeverSeeNoproc() { QCOMPARE(violationsOf(neverNoproc), 0); }
    void eachDeathGivesOneExitPerLinkAndOneDownPerMonitor()
    {
        QCOMPARE(violationsOf(oneExitPerLinkOneDownPerMonitor), 0);
    }
    void theNameIsFreeBeforeTheDeathIsSeen() { QCOMPARE(violationsOf(nameIsFree), 0); }
    void aKilledProcessIsNotAliveForItsKiller() { QCOMPARE(violationsOf(deadAfterKill), 0); }
};

QTEST_GUILESS_MAIN(TestProperties)
#include "tst_properties.moc"
