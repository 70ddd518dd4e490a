// The rules of SEMANTICS.md as small processes that find out what happens.
#pragma once

#include "runtime/actor/system.h"

#include <vector>

namespace exitwave::rules {

using actor::Pid;
using actor::Self;
using actor::Task;
using actor::Term;
using term::Ref;

/// One rule: a process that answers with a term, and what it must answer, as inspect prints it.
struct Rule
{
    const char* name; ///< number of the rule and a word
    Task<Term> (*probe)(Self& self);
    const char* expected;
};

std::vector<Rule> reasonRules();
std::vector<Rule> linkRules();
std::vector<Rule> monitorRules();
std::vector<Rule> nameRules();

inline const actor::SpawnSite site("test", "process", 0);
inline const Term boom = Term::atom("boom");

/// What DOWN tells about `process`, which is monitored for that.
Task<Term> reasonOf(Self& self, Pid process);
/// The next message, or :none when there is none even after all others had their turn.
Task<Term> nextMessage(Self& self);
/// All messages that are there now, as a list of terms without pids and refs (they become :pid and
/// :ref).
Task<Term> allMessages(Self& self);
/// Comes back after every other process has had time to do what it can.
Task<void> settle(Self& self);
/// A process that waits for any message and then ends normally.
Task<void> waiting(Self& self);
/// The same, trapping exits.
Task<void> trapping(Self& self);

/// Term::tuple for co_await expressions: gcc 12 cannot keep a braced list in a coroutine's frame.
template<class... Parts>
Term tuple(Parts... parts)
{
    return Term::tuple({Term(parts)...});
}

} // namespace exitwave::rules
