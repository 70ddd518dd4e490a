// Section 1 and 2 of SEMANTICS.md: exit reasons, and what exit signals do.
#include "tests/runtime/actor/rules.h"

namespace exitwave::rules {

namespace {

Task<Term> deathOf(Self& self, Task<void> (*body)(Self&))
{
    const actor::Spawned spawned = co_await self.spawnMonitor(site, body);
    (void)spawned;
    const std::optional<Term> down = co_await self.receive();
    co_return down->elements()[4];
}

Task<void> returns(Self&)
{
    co_return;
}
Task<void> exitsBoom(Self& self)
{
    co_await self.exit(boom);
}
Task<void> exitsKill(Self& self)
{
    co_await self.exit(term::atoms::kill);
}
Task<void> raisesNormal(Self& self)
{
    co_await self.error(term::atoms::normal);
}
Task<void> throwsNormal(Self& self)
{
    co_await self.throwValue(term::atoms::normal);
}
Task<void> throwsInCpp(Self&)
{
    throw std::runtime_error("from C++");
    co_return;
}
Task<void> exitSelfNormal(Self& self)
{
    co_await self.exitSignal(self.pid(), term::atoms::normal);
    co_await self.exit(Term::atom("survived"));
}
Task<void> exitSelfInTry(Self& self)
{
    co_await self.exitSignal(self.pid(), boom);
}
Task<void> exitSelfCaught(Self& self)
{
    co_await actor::tryCatch(exitSelfInTry(self));
    co_await self.exit(Term::atom("caught"));
}
Task<void> trapsAndExits(Self& self)
{
    co_await self.setTrapExit(true);
    co_await self.exit(boom);
}

Task<Term> normalReturn(Self& self)
{
    co_return co_await deathOf(self, returns);
}
Task<Term> exitReason(Self& self)
{
    co_return co_await deathOf(self, exitsBoom);
}
Task<Term> exitKill(Self& self)
{
    co_return co_await deathOf(self, exitsKill);
}
Task<Term> errorNormal(Self& self)
{
    co_return co_await deathOf(self, raisesNormal);
}
Task<Term> throwNormal(Self& self)
{
    co_return co_await deathOf(self, throwsNormal);
}
Task<Term> cppException(Self& self)
{
    co_return co_await deathOf(self, throwsInCpp);
}
Task<Term> selfNormal(Self& self)
{
    co_return co_await deathOf(self, exitSelfNormal);
}
Task<Term> selfUncatchable(Self& self)
{
    co_return co_await deathOf(self, exitSelfCaught);
}
Task<Term> trappingOwnExit(Self& self)
{
    co_return co_await deathOf(self, trapsAndExits);
}

Task<Term> caughtExit(Self& self)
{
    auto attempt = co_await actor::tryCatch(exitsKill(self));
    co_return attempt.ok() ? Term::atom("returned") : attempt.caught().value;
}
Task<Term> caughtCppException(Self& self)
{
    auto attempt = co_await actor::tryCatch(throwsInCpp(self));
    co_return attempt.ok() ? Term::atom("returned") : attempt.caught().value;
}

/// exit/2 with `reason` to a process of that kind: its reason, or :alive.
Task<Term> signalled(Self& self, Task<void> (*body)(Self&), Term reason)
{
    const Pid child = co_await self.spawn(site, body);
    co_await settle(self);
    co_await self.exitSignal(child, reason);
    const bool alive = co_await self.isAlive(child);
    if (alive)
        co_return Term::atom("alive");
    co_return Term::atom("dead");
}
Task<Term> normalToWaiting(Self& self)
{
    co_return co_await signalled(self, waiting, term::atoms::normal);
}
Task<Term> killedToWaiting(Self& self)
{
    co_return co_await signalled(self, waiting, term::atoms::killed);
}
Task<Term> boomToTrapping(Self& self)
{
    co_return co_await signalled(self, trapping, boom);
}
Task<Term> killToTrapping(Self& self)
{
    co_return co_await signalled(self, trapping, term::atoms::kill);
}

Task<Term> killedReason(Self& self)
{
    const actor::Spawned child = co_await self.spawnMonitor(site, trapping);
    co_await self.exitSignal(child.pid, term::atoms::kill);
    const std::optional<Term> down = co_await self.receive();
    co_return down->elements()[4];
}
Task<Term> linkedKillStaysKill(Self& self)
{
    // The middle one is linked to a process that exits with the bare reason kill.
    const auto middle = [](Self& process) -> Task<void> {
        co_await process.spawnLink(site, exitsKill);
        co_await process.receive();
    };
    const actor::Spawned spawned = co_await self.spawnMonitor(site, middle);
    (void)spawned;
    const std::optional<Term> down = co_await self.receive();
    co_return down->elements()[4];
}
Task<Term> linkedKillIsTrappable(Self& self)
{
    co_await self.setTrapExit(true);
    co_await self.spawnLink(site, exitsKill);
    co_return co_await allMessages(self);
}
Task<Term> selfNormalTrapping(Self& self)
{
    co_await self.setTrapExit(true);
    co_await self.exitSignal(self.pid(), term::atoms::normal);
    co_return co_await allMessages(self);
}
Task<Term> signalLeavesLink(Self& self)
{
    co_await self.setTrapExit(true);
    const Pid child = co_await self.spawnLink(site, [](Self& process) -> Task<void> {
        co_await process.setTrapExit(true);
        co_await process.receive(); // the EXIT of exit/2
        co_await process.exit(boom);
    });
    co_await settle(self);
    co_await self.exitSignal(child, Term::atom("hello"));
    co_return co_await allMessages(self);
}
Task<Term> trapFlag(Self& self)
{
    const bool first = co_await self.setTrapExit(true);
    const bool second = co_await self.setTrapExit(false);
    co_return tuple(Term::boolean(first), Term::boolean(second));
}
Task<Term> trapNotInherited(Self& self)
{
    co_await self.setTrapExit(true);
    const Pid child = co_await self.spawn(site, waiting);
    const actor::ProcessInfo info = co_await self.info(child);
    co_return Term::boolean(info.trapExit);
}
Task<Term> turningOffKeepsMessages(Self& self)
{
    co_await self.setTrapExit(true);
    co_await self.exitSignal(self.pid(), boom);
    co_await self.setTrapExit(false);
    co_return co_await allMessages(self);
}
Task<Term> fakeExitMessage(Self& self)
{
    const Pid child = co_await self.spawn(site, [](Self& process) -> Task<void> {
        const auto never = [](const Term&) { return false; };
        co_await process.receive(never);
    });
    const Term fake = Term::tuple({term::atoms::EXIT, self.pid(), boom});
    co_await self.send(child, fake);
    const bool alive = co_await self.isAlive(child);
    co_return Term::boolean(alive);
}
Task<Term> firstSignalWins(Self& self)
{
    const actor::Spawned child = co_await self.spawnMonitor(site, waiting);
    co_await self.exitSignal(child.pid, Term::atom("first"));
    co_await self.exitSignal(child.pid, Term::atom("second"));
    const std::optional<Term> down = co_await self.receive();
    co_return down->elements()[4];
}

} // namespace

std::vector<Rule> reasonRules()
{
    return {
        {"1.1 returning is normal", normalReturn, ":normal"},
        {"1.2 exit/1 gives the bare reason", exitReason, ":boom"},
        {"1.2 exit/1 can be caught, kill too", caughtExit, ":kill"},
        {"1.3 a C++ exception is an error",
         cppException,
         "{%RuntimeError{message: \"from C++\"}, []}"},
        {"1.3 a C++ exception can be caught",
         caughtCppException,
         "%RuntimeError{message: \"from C++\"}"},
        {"1.4 a throw becomes nocatch", throwNormal, "{{:nocatch, :normal}, []}"},
        {"1.5 error(normal) is abnormal", errorNormal, "{:normal, []}"},
        {"1.7 exit(kill) is not killed", exitKill, ":kill"},
        {"1.7 exit/2 with kill gives killed", killedReason, ":killed"},
        {"2 normal from another is dropped", normalToWaiting, ":alive"},
        {"2 killed is an ordinary reason", killedToWaiting, ":dead"},
        {"2 a trapper survives exit/2", boomToTrapping, ":alive"},
        {"2 kill cannot be trapped", killToTrapping, ":dead"},
        {"2 kill through a link stays kill", linkedKillStaysKill, ":kill"},
        {"2 kill through a link is trappable", linkedKillIsTrappable, "[{:EXIT, :pid, :kill}]"},
        {"2 normal to oneself is fatal", selfNormal, ":normal"},
        {"2 normal to oneself, trapping", selfNormalTrapping, "[{:EXIT, :pid, :normal}]"},
        {"2.2 a signal to oneself cannot be caught", selfUncatchable, ":boom"},
        {"2.3 exit/2 leaves the link", signalLeavesLink, "[{:EXIT, :pid, :boom}]"},
        {"2.4 the first of two signals wins", firstSignalWins, ":first"},
        {"2.5 trapping does not stop one's own exit", trappingOwnExit, ":boom"},
        {"2.6 trap_exit tells the old value", trapFlag, "{false, true}"},
        {"2.6 trap_exit is not inherited", trapNotInherited, "false"},
        {"2.6 turning it off keeps messages", turningOffKeepsMessages, "[{:EXIT, :pid, :boom}]"},
        {"2.7 an EXIT message kills nobody", fakeExitMessage, "true"},
    };
}

} // namespace exitwave::rules
