// Sections 3 and 4 of SEMANTICS.md: the order of dying, and links.
#include "tests/runtime/actor/rules.h"

namespace exitwave::rules {

namespace {

Task<void> exitsBoomWhenTold(Self& self)
{
    co_await self.receive();
    co_await self.exit(boom);
}

/// A dead process.
Task<Pid> corpse(Self& self)
{
    const actor::Spawned child = co_await self.spawnMonitor(site, waiting);
    co_await self.send(child.pid, term::atoms::ok);
    co_await self.receive();
    co_return child.pid;
}

Task<Term> nameGoneWhenDownArrives(Self& self)
{
    const term::Atom name = term::Atom::intern("rule_3_1");
    const actor::Spawned child = co_await self.spawnMonitor(site, exitsBoomWhenTold);
    co_await self.registerName(name, child.pid);
    co_await self.send(child.pid, term::atoms::ok);
    co_await self.receive();
    const std::optional<Pid> found = co_await self.whereis(name);
    co_await self.registerName(name, self.pid()); // at once
    co_await self.unregisterName(name);
    co_return Term::boolean(found.has_value());
}
Task<Term> exitBeforeDown(Self& self)
{
    co_await self.setTrapExit(true);
    const actor::Spawned child = co_await self.spawnMonitor(site, exitsBoomWhenTold);
    co_await self.link(child.pid);
    co_await self.send(child.pid, term::atoms::ok);
    co_return co_await allMessages(self);
}
Task<Term> messageBeforeDeath(Self& self)
{
    co_await self.setTrapExit(true);
    const Pid me = self.pid();
    co_await self.spawnLink(site, [me](Self& child) -> Task<void> {
        co_await child.send(me, Term::atom("last_words"));
        co_await child.exit(boom);
    });
    co_return co_await allMessages(self);
}
Task<Term> cascade(Self& self)
{
    // A ring of ten; one crashes, all die of the same reason.
    std::vector<Pid> ring;
    for (int i = 0; i < 10; ++i) {
        const Pid previous = ring.empty() ? Pid{} : ring.back();
        const Pid next = co_await self.spawn(site, [previous](Self& process) -> Task<void> {
            if (previous != Pid{})
                co_await process.link(previous);
            co_await process.receive();
            co_await process.exit(boom);
        });
        ring.push_back(next);
    }
    co_await settle(self);
    std::vector<Ref> refs;
    for (const Pid process : ring)
        co_await self.monitor(process);
    co_await self.send(ring[4], term::atoms::ok);
    int booms = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const std::optional<Term> down = co_await self.receive();
        booms += down->elements()[4] == boom ? 1 : 0;
    }
    co_return Term::integer(booms);
}
Task<Term> twiceLinkedOnceUnlinked(Self& self)
{
    const Pid child = co_await self.spawn(site, waiting);
    co_await self.link(child);
    co_await self.link(child);
    co_await self.unlink(child);
    const actor::ProcessInfo mine = co_await self.info(self.pid());
    const actor::ProcessInfo theirs = co_await self.info(child);
    co_return Term::integer(static_cast<std::int64_t>(mine.links.size() + theirs.links.size()));
}
Task<Term> linkToSelf(Self& self)
{
    co_await self.link(self.pid());
    const actor::ProcessInfo mine = co_await self.info(self.pid());
    co_return Term::boolean(mine.links.empty());
}
Task<void> linkTo(Self& self, Pid other)
{
    co_await self.link(other);
}
Task<Term> linkDeadRaises(Self& self)
{
    const Pid dead = co_await corpse(self);
    auto attempt = co_await actor::tryCatch(linkTo(self, dead));
    co_return attempt.ok() ? Term::atom("returned") : attempt.caught().value;
}
Task<Term> linkDeadTrapping(Self& self)
{
    const Pid dead = co_await corpse(self);
    co_await self.setTrapExit(true);
    co_await self.link(dead);
    co_await self.link(dead);
    co_return co_await allMessages(self);
}
Task<Term> spawnLinkIsAtomic(Self& self)
{
    co_await self.setTrapExit(true);
    co_await self.spawnLink(site, [](Self& child) -> Task<void> { co_await child.exit(boom); });
    co_return co_await allMessages(self);
}
Task<Term> queuedExitStays(Self& self)
{
    co_await self.setTrapExit(true);
    const Pid child = co_await self.spawnLink(site, exitsBoomWhenTold);
    co_await self.send(child, term::atoms::ok);
    co_await settle(self);
    co_await self.unlink(child);
    co_return co_await allMessages(self);
}
Task<Term> unlinkThenDie(Self& self)
{
    co_await self.setTrapExit(true);
    const Pid me = self.pid();
    co_await self.spawnLink(site, [me](Self& child) -> Task<void> {
        co_await child.unlink(me);
        co_await child.exit(boom);
    });
    co_return co_await allMessages(self);
}
Task<Term> linkThenDie(Self& self)
{
    co_await self.setTrapExit(true);
    const Pid me = self.pid();
    co_await self.spawn(site, [me](Self& child) -> Task<void> {
        co_await child.link(me);
        co_await child.exit(boom);
    });
    co_return co_await allMessages(self);
}
Task<Term> bothLinkAtOnce(Self& self)
{
    co_await self.setTrapExit(true);
    const Pid me = self.pid();
    const Pid child = co_await self.spawn(site, [me](Self& process) -> Task<void> {
        co_await process.link(me);
        co_await process.receive();
        co_await process.exit(boom);
    });
    co_await self.link(child);
    co_await settle(self);
    co_await self.send(child, term::atoms::ok);
    co_return co_await allMessages(self);
}
Task<Term> bothLinkOneUnlinks(Self& self)
{
    const Pid me = self.pid();
    const Pid child = co_await self.spawn(site, [me](Self& process) -> Task<void> {
        co_await process.link(me);
        co_await process.receive();
        co_await process.exit(boom);
    });
    co_await self.link(child);
    co_await settle(self);
    co_await self.unlink(child);
    const actor::ProcessInfo theirs = co_await self.info(child);
    co_return Term::boolean(theirs.links.empty());
}

/// Of what a process dies that is linked to one that exits with `reason`.
Task<Term> reasonThroughLink(Self& self, Term& reason)
{
    const actor::Spawned linked = co_await self.spawnMonitor(site, waiting);
    const Pid peer = linked.pid;
    co_await self.spawn(site, [peer, &reason](Self& other) -> Task<void> {
        co_await other.link(peer);
        co_await other.exit(reason);
    });
    const std::optional<Term> down = co_await self.receive();
    co_return down->elements()[4];
}
Task<Term> abnormalReasons(Self& self)
{
    std::vector<Term> died;
    const Term shutdown = Term::atom("shutdown");
    std::vector<Term> reasons{
        shutdown, Term::tuple({shutdown, boom}), term::atoms::killed, term::atoms::noproc};
    for (Term& reason : reasons) {
        Term of = co_await reasonThroughLink(self, reason);
        died.push_back(std::move(of));
    }
    co_return Term::list(died);
}
Task<Term> exitToTheDead(Self& self)
{
    co_await self.setTrapExit(true);
    const Pid dead = co_await corpse(self);
    co_await self.exitSignal(dead, boom);
    co_await self.exitSignal(dead, term::atoms::kill);
    co_return co_await nextMessage(self);
}
Task<Term> linkGoneWithExit(Self& self)
{
    co_await self.setTrapExit(true);
    co_await self.spawnLink(site, [](Self& child) -> Task<void> { co_await child.exit(boom); });
    co_await self.receive();
    const actor::ProcessInfo info = self.context().ownInfo();
    co_return Term::integer(static_cast<std::int64_t>(info.links.size()));
}
Task<Term> signalsKeepTheirOrder(Self& self)
{
    co_await self.setTrapExit(true);
    const Pid me = self.pid();
    co_await self.spawn(site, [me](Self& child) -> Task<void> {
        const Term first = Term::integer(1);
        const Term second = Term::integer(2);
        co_await child.link(me);
        co_await child.send(me, first);
        co_await child.exitSignal(me, boom);
        co_await child.send(me, second);
        co_await child.exit(Term::atom("end"));
    });
    co_return co_await allMessages(self);
}

} // namespace

std::vector<Rule> linkRules()
{
    return {
        {"3.1 the name is free before DOWN", nameGoneWhenDownArrives, "false"},
        {"3.2 EXIT comes before DOWN",
         exitBeforeDown,
         "[{:EXIT, :pid, :boom}, {:DOWN, :ref, :process, :pid, :boom}]"},
        {"3.4 messages come before EXIT",
         messageBeforeDeath,
         "[:last_words, {:EXIT, :pid, :boom}]"},
        {"3.5 a cascade has one reason", cascade, "10"},
        {"1.6 all but normal is abnormal",
         abnormalReasons,
         "[:shutdown, {:shutdown, :boom}, :killed, :noproc]"},
        {"2.1 exit/2 to the dead is nothing", exitToTheDead, ":none"},
        {"4.10 the link is gone with the EXIT", linkGoneWithExit, "0"},
        {"6.1 signals of all kinds keep their order",
         signalsKeepTheirOrder,
         "[1, {:EXIT, :pid, :boom}, 2, {:EXIT, :pid, :end}]"},
        {"4.1 at most one link per pair", twiceLinkedOnceUnlinked, "0"},
        {"4.1 linked by both at once, one EXIT", bothLinkAtOnce, "[{:EXIT, :pid, :boom}]"},
        {"4.1 linked by both, unlinked by one", bothLinkOneUnlinks, "true"},
        {"4.2 link to oneself is nothing", linkToSelf, "true"},
        {"4.3 link to the dead raises noproc", linkDeadRaises, ":noproc"},
        {"4.4 link to the dead, trapping",
         linkDeadTrapping,
         "[{:EXIT, :pid, :noproc}, {:EXIT, :pid, :noproc}]"},
        {"4.6 spawn_link is atomic", spawnLinkIsAtomic, "[{:EXIT, :pid, :boom}]"},
        {"4.7 unlink keeps a queued EXIT", queuedExitStays, "[{:EXIT, :pid, :boom}]"},
        {"4.8 unlink, then exit, hurts nobody", unlinkThenDie, "[]"},
        {"4.8 link, then exit, always hurts", linkThenDie, "[{:EXIT, :pid, :boom}]"},
    };
}

} // namespace exitwave::rules
