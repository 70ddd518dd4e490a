// What the probes of all rules need.
#include "tests/runtime/actor/rules.h"

namespace exitwave::rules {

Task<Term> reasonOf(Self& self, Pid process)
{
    const Ref ref = co_await self.monitor(process);
    const auto isDown = [ref](const Term& message) {
        return message.isTagged(term::atoms::DOWN, 5) && message.elements()[1] == Term(ref);
    };
    const std::optional<Term> down = co_await self.receive(isDown);
    co_return down->elements()[4];
}

Task<void> settle(Self& self)
{
    // On the step scheduler time stands still while anything can run; on threads this is plenty.
    co_await self.sleep(base::milliseconds(20));
}

Task<Term> nextMessage(Self& self)
{
    co_await settle(self);
    const std::optional<Term> message
        = co_await self.receive(actor::MatchAnything{}, base::Duration{0});
    co_return message.value_or(Term::atom("none"));
}

namespace {

Term withoutIdentities(const Term& term)
{
    if (term.isPid())
        return Term::atom("pid");
    if (term.isReference())
        return Term::atom("ref");
    if (!term.isTuple())
        return term;
    std::vector<Term> elements;
    for (const Term& element : term.elements())
        elements.push_back(withoutIdentities(element));
    return Term::tuple(elements);
}

} // namespace

Task<Term> allMessages(Self& self)
{
    co_await settle(self);
    std::vector<Term> all;
    for (;;) {
        const std::optional<Term> message
            = co_await self.receive(actor::MatchAnything{}, base::Duration{0});
        if (!message)
            break;
        all.push_back(withoutIdentities(*message));
    }
    co_return Term::list(all);
}

Task<void> waiting(Self& self)
{
    co_await self.receive();
}

Task<void> trapping(Self& self)
{
    co_await self.setTrapExit(true);
    const auto isStop = [](const Term& message) { return message.isAtom(term::atoms::ok); };
    co_await self.receive(isStop);
}

} // namespace exitwave::rules
