// Section 6 of SEMANTICS.md: messages, names, receive, timers.
#include "tests/runtime/actor/rules.h"

#include <stdexcept>

namespace exitwave::rules {

namespace {

Task<Term> killedIsNotAlive(Self& self)
{
    const Pid child = co_await self.spawn(site, waiting);
    const bool before = co_await self.isAlive(child);
    co_await self.exitSignal(child, term::atoms::kill);
    const bool after = co_await self.isAlive(child);
    co_return tuple(Term::boolean(before), Term::boolean(after));
}
Task<void> sendToNobody(Self& self)
{
    co_await self.send(term::Atom::intern("nobody_6_3"), Term());
}
Task<Term> unknownNameIsBadarg(Self& self)
{
    auto attempt = co_await actor::tryCatch(sendToNobody(self));
    co_return attempt.ok() ? Term::atom("returned") : attempt.caught().value;
}
Task<Term> deadPidIsSilent(Self& self)
{
    co_await self.send(Pid{99'999, 7}, Term());
    co_return Term(term::atoms::ok);
}
Task<void> registerTwice(Self& self)
{
    co_await self.registerName(term::Atom::intern("rule_6_4_a"), self.pid());
    co_await self.registerName(term::Atom::intern("rule_6_4_b"), self.pid());
}
Task<Term> oneNamePerProcess(Self& self)
{
    auto attempt = co_await actor::tryCatch(registerTwice(self));
    co_await self.unregisterName(term::Atom::intern("rule_6_4_a"));
    co_return attempt.ok() ? Term::atom("returned") : attempt.caught().value;
}
Task<void> unregisterNobody(Self& self)
{
    co_await self.unregisterName(term::Atom::intern("nobody_6_4"));
}
Task<Term> unregisterUnknown(Self& self)
{
    auto attempt = co_await actor::tryCatch(unregisterNobody(self));
    co_return attempt.ok() ? Term::atom("returned") : attempt.caught().value;
}
Task<Term> registerAnother(Self& self)
{
    const term::Atom name = term::Atom::intern("rule_6_4_c");
    const Pid child = co_await self.spawn(site, waiting);
    co_await self.registerName(name, child);
    const std::optional<Pid> found = co_await self.whereis(name);
    co_await self.send(name, term::atoms::ok);
    const Term reason = co_await reasonOf(self, child);
    (void)reason;
    co_return Term::boolean(found == child);
}
Task<Term> selectiveReceive(Self& self)
{
    for (int i = 1; i <= 4; ++i)
        co_await self.send(self.pid(), Term::integer(i));
    const auto even = [](const Term& message) { return message.asInteger() % 2 == 0; };
    const std::optional<Term> picked = co_await self.receive(even);
    const Term rest = co_await allMessages(self);
    co_return tuple(*picked, rest);
}
Task<Term> afterZeroScansAll(Self& self)
{
    for (int i = 1; i <= 100; ++i)
        co_await self.send(self.pid(), Term::integer(i));
    const base::Duration none{0};
    const auto last = [](const Term& message) { return message == Term::integer(100); };
    const std::optional<Term> found = co_await self.receive(last, none);
    const auto missing = [](const Term& message) { return message == Term::integer(101); };
    const std::optional<Term> nothing = co_await self.receive(missing, none);
    co_return tuple(Term::boolean(found.has_value()), Term::boolean(nothing.has_value()));
}
Task<Term> afterEnds(Self& self)
{
    const std::int64_t begin = self.context().now();
    const auto never = [](const Term&) { return false; };
    const std::optional<Term> nothing = co_await self.receive(never, base::milliseconds(15));
    const std::int64_t waited = self.context().now() - begin;
    co_return tuple(Term::boolean(nothing.has_value()), Term::boolean(waited >= 15'000'000));
}
Task<Term> messageBeatsAfter(Self& self)
{
    const Pid me = self.pid();
    co_await self.spawn(site, [me](Self& child) -> Task<void> {
        co_await child.sleep(base::milliseconds(5));
        co_await child.send(me, term::atoms::ok);
    });
    const std::optional<Term> message
        = co_await self.receive(actor::MatchAnything{}, base::seconds(60));
    co_return message.value_or(Term::atom("timeout"));
}

Task<void> receiveWithThrowingCondition(Self& self)
{
    const auto throws = [](const Term& message) -> bool {
        throw std::runtime_error(message.isAtom() ? "condition" : "?");
    };
    co_await self.receive(throws);
}
Task<Term> conditionMayThrow(Self& self)
{
    const Pid me = self.pid();
    co_await self.spawn(site, [me](Self& child) -> Task<void> {
        co_await child.sleep(base::milliseconds(5)); // the receiver waits by then
        co_await child.send(me, term::atoms::ok);
    });
    auto attempt = co_await actor::tryCatch(receiveWithThrowingCondition(self));
    co_return attempt.ok() ? Term::atom("returned") : attempt.caught().value;
}

} // namespace

std::vector<Rule> nameRules()
{
    return {
        {"6.2 not alive right after kill", killedIsNotAlive, "{true, false}"},
        {"6.3 an unknown name raises badarg", unknownNameIsBadarg, ":badarg"},
        {"6.3 a dead pid is silent", deadPidIsSilent, ":ok"},
        {"6.4 one name per process", oneNamePerProcess, ":badarg"},
        {"6.4 unregistering nobody raises", unregisterUnknown, ":badarg"},
        {"6.4 any process may register another", registerAnother, "true"},
        {"6.5 the first match is taken", selectiveReceive, "{2, [1, 3, 4]}"},
        {"6.5 after 0 looks at everything", afterZeroScansAll, "{true, false}"},
        {"6.5 after ends the wait", afterEnds, "{false, true}"},
        {"1.3 a throwing condition can be caught",
         conditionMayThrow,
         "%RuntimeError{message: \"condition\"}"},
        {"6.5 a message ends the wait first", messageBeatsAfter, ":ok"},
    };
}

} // namespace exitwave::rules
