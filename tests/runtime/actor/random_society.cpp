// What a member of the society does, drawn from its own random numbers.
#include "tests/runtime/actor/random_society.h"

#include <random>

namespace exitwave::society {

using actor::Self;
using actor::Task;
using actor::Term;
using term::Pid;
using term::Ref;

namespace {

const actor::SpawnSite memberSite("society", "member", 0);

struct Member
{
    std::shared_ptr<Seats> seats;
    std::minstd_rand random;
    int actions = 0;
    std::size_t seat = 0;
    std::vector<Ref> refs;

    [[nodiscard]] unsigned draw(unsigned below) { return static_cast<unsigned>(random()) % below; }
    [[nodiscard]] Pid somebody() { return seats->at(draw(static_cast<unsigned>(seats->count()))); }
};

Task<void> live(Self& self, std::shared_ptr<Member> member);

/// A child takes over a random seat.
Task<void> bear(Self& self, Member& parent)
{
    auto child = std::make_shared<Member>();
    child->seats = parent.seats;
    child->random.seed(parent.random());
    child->actions = parent.actions / 2;
    child->seat = parent.draw(static_cast<unsigned>(parent.seats->count()));
    actor::SpawnOptions options;
    options.link = parent.draw(2) == 0;
    options.monitor = parent.draw(2) == 0;
    const auto body = [child](Self& process) { return live(process, child); };
    co_await self.spawnWith(memberSite, options, body);
}

Task<void> tryLink(Self& self, Pid other)
{
    co_await self.link(other);
}

Task<void> act(Self& self, Member& member)
{
    const Pid other = member.somebody();
    const base::Duration none{0};
    switch (member.draw(16)) {
    case 0:
    case 1:
        // noproc is part of the game
        co_await actor::tryCatch(tryLink(self, other));
        break;
    case 2:
        co_await self.unlink(other);
        break;
    case 3: {
        const Ref ref = co_await self.monitor(other);
        member.refs.push_back(ref);
        break;
    }
    case 4:
        if (!member.refs.empty()) {
            const Ref ref = member.refs.back();
            member.refs.pop_back();
            const actor::DemonitorOptions options{member.draw(2) == 0};
            co_await self.demonitor(ref, options);
        }
        break;
    case 5:
        co_await self.setTrapExit(member.draw(3) != 0);
        break;
    case 6:
        if (member.draw(8) == 0)
            co_await self.exitSignal(other, term::atoms::kill);
        else
            co_await self.exitSignal(other, Term::integer(member.draw(3)));
        break;
    case 7:
        if (member.draw(6) == 0)
            co_await self.exit(member.draw(2) == 0 ? Term(term::atoms::normal) : Term::integer(7));
        break;
    case 8:
        if (member.draw(10) == 0)
            co_await self.raise(Term::exception("RuntimeError", "random"));
        break;
    case 9:
        co_await bear(self, member);
        break;
    case 10:
    case 11:
        co_await self.receive(actor::MatchAnything{}, none);
        break;
    case 12:
        co_await self.isAlive(other);
        break;
    case 13:
        co_await self.info(other);
        break;
    default:
        co_await self.send(other, Term::integer(member.actions));
        break;
    }
}

Task<void> live(Self& self, std::shared_ptr<Member> member)
{
    member->seats->sit(member->seat, self.pid());
    while (member->actions-- > 0)
        co_await act(self, *member);
    const auto never = [](const Term&) { return false; };
    co_await self.receive(never);
}

} // namespace

void populate(actor::System& system, std::shared_ptr<Seats> seats, const Plan& plan)
{
    for (std::size_t seat = 0; seat < plan.seats; ++seat) {
        auto member = std::make_shared<Member>();
        member->seats = seats;
        member->random.seed(static_cast<std::uint32_t>(plan.seed * 7919 + seat + 1));
        member->actions = plan.actions;
        member->seat = seat;
        system.spawnRoot(memberSite, [member](Self& process) { return live(process, member); });
    }
}

} // namespace exitwave::society
