// Section 5 of SEMANTICS.md: monitors.
#include "tests/runtime/actor/rules.h"

namespace exitwave::rules {

namespace {

Task<void> exitsBoomWhenTold(Self& self)
{
    co_await self.receive();
    co_await self.exit(boom);
}

Task<Term> independentMonitors(Self& self)
{
    const Pid child = co_await self.spawn(site, exitsBoomWhenTold);
    co_await self.monitor(child);
    co_await self.monitor(child);
    co_await self.send(child, term::atoms::ok);
    co_return co_await allMessages(self);
}
Task<Term> monitorDead(Self& self)
{
    const actor::Spawned child = co_await self.spawnMonitor(site, exitsBoomWhenTold);
    co_await self.send(child.pid, term::atoms::ok);
    co_await self.receive();
    co_await self.monitor(child.pid);
    co_return co_await allMessages(self);
}
Task<Term> monitorByName(Self& self)
{
    const term::Atom name = term::Atom::intern("rule_5_3");
    const Pid child = co_await self.spawn(site, exitsBoomWhenTold);
    co_await self.registerName(name, child);
    co_await self.monitor(name);
    co_await self.send(child, term::atoms::ok);
    co_return co_await allMessages(self);
}
Task<Term> monitorUnknownName(Self& self)
{
    co_await self.monitor(term::Atom::intern("nobody_5_3"));
    co_return co_await allMessages(self);
}
Task<Term> monitorSelf(Self& self)
{
    co_await self.monitor(self.pid());
    const actor::ProcessInfo mine = co_await self.info(self.pid());
    co_return Term::boolean(mine.monitors.empty() && mine.monitoredBy.empty());
}
Task<Term> spawnMonitorIsAtomic(Self& self)
{
    co_await self.spawnMonitor(site, [](Self& child) -> Task<void> { co_await child.exit(boom); });
    co_return co_await allMessages(self);
}
Task<Term> noDownAfterDemonitor(Self& self)
{
    const actor::Spawned child = co_await self.spawnMonitor(site, exitsBoomWhenTold);
    const bool active = co_await self.demonitor(child.ref);
    co_await self.send(child.pid, term::atoms::ok);
    const Term messages = co_await allMessages(self);
    co_return tuple(Term::boolean(active), messages);
}
Task<Term> queuedDownStays(Self& self)
{
    const actor::Spawned child = co_await self.spawnMonitor(site, exitsBoomWhenTold);
    co_await self.send(child.pid, term::atoms::ok);
    co_await settle(self);
    const bool active = co_await self.demonitor(child.ref);
    const Term messages = co_await allMessages(self);
    co_return tuple(Term::boolean(active), messages);
}
Task<Term> flushTakesDown(Self& self)
{
    const actor::Spawned child = co_await self.spawnMonitor(site, exitsBoomWhenTold);
    co_await self.send(child.pid, term::atoms::ok);
    co_await settle(self);
    const actor::DemonitorOptions flush{true};
    const bool active = co_await self.demonitor(child.ref, flush);
    const Term messages = co_await allMessages(self);
    co_return tuple(Term::boolean(active), messages);
}
Task<Term> demonitorOfAnother(Self& self)
{
    const actor::Spawned child = co_await self.spawnMonitor(site, exitsBoomWhenTold);
    const Ref ref = child.ref;
    const Pid me = self.pid();
    co_await self.spawn(site, [ref, me](Self& stranger) -> Task<void> {
        const bool active = co_await stranger.demonitor(ref);
        co_await stranger.send(me, Term::boolean(active));
    });
    co_await settle(self);
    co_await self.send(child.pid, term::atoms::ok);
    co_return co_await allMessages(self);
}
Task<Term> downsInOrderOfCreation(Self& self)
{
    const Pid child = co_await self.spawn(site, exitsBoomWhenTold);
    const Ref first = co_await self.monitor(child);
    const Ref second = co_await self.monitor(child);
    const Ref third = co_await self.monitor(child);
    co_await self.demonitor(first);
    co_await self.send(child, term::atoms::ok);
    const std::optional<Term> one = co_await self.receive();
    const std::optional<Term> two = co_await self.receive();
    co_return Term::boolean(one->elements()[1] == Term(second)
                            && two->elements()[1] == Term(third));
}

} // namespace

std::vector<Rule> monitorRules()
{
    constexpr auto down = "{:DOWN, :ref, :process, :pid, :boom}";
    static const std::string two = std::string("[") + down + ", " + down + "]";
    static const std::string one = std::string("[") + down + "]";
    static const std::string stayed = "{false, " + one + "}";
    static const std::string stranger = "[false, " + std::string(down) + "]";
    return {
        {"5.1 each call makes a monitor", independentMonitors, two.c_str()},
        {"5.2 the dead give noproc", monitorDead, "[{:DOWN, :ref, :process, :pid, :noproc}]"},
        {"5.3 by name",
         monitorByName,
         "[{:DOWN, :ref, :process, {:rule_5_3, :nonode@nohost}, :boom}]"},
        {"5.3 an unknown name gives noproc",
         monitorUnknownName,
         "[{:DOWN, :ref, :process, {:nobody_5_3, :nonode@nohost}, :noproc}]"},
        {"5.4 oneself is not monitored", monitorSelf, "true"},
        {"5.5 spawn_monitor is atomic", spawnMonitorIsAtomic, one.c_str()},
        {"5.6 no DOWN after demonitor", noDownAfterDemonitor, "{true, []}"},
        {"5.6 a queued DOWN stays", queuedDownStays, stayed.c_str()},
        {"5.6 flush takes a queued DOWN", flushTakesDown, "{false, []}"},
        {"5.7 another's ref is no concern", demonitorOfAnother, stranger.c_str()},
        {"3 DOWNs in order of creation", downsInOrderOfCreation, "true"},
    };
}

} // namespace exitwave::rules
