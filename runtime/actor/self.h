// Self: a process's view of itself, through which its coroutines do everything.
#pragma once

#include "runtime/actor/context.h"
#include "runtime/actor/operation.h"
#include "runtime/actor/resumable.h"
#include "runtime/actor/task.h"

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace exitwave::actor {

template<class Matches>
class ReceiveOperation;
template<class Answer>
class QuestionOperation;
struct MatchNothing;
class CatchFrame;

template<class Function>
[[nodiscard]] std::unique_ptr<Resumable> makeBody(Function function);

/// No `after` clause: wait as long as it takes.
constexpr base::Duration forever{INT64_MAX};

/// Every operation is awaited: `Pid child = co_await self.spawn(site, body);`. It takes effect when
/// called; awaiting it lets other processes run when the slice is over, and is where an error is
/// raised. An operation that says "raises" ends the process with that error, unless tryCatch is
/// around it.
///
/// Nothing is taken by value that owns memory, and nothing of that kind should be in the bodies of
/// others: gcc 12 destroys by-value arguments of an expression with co_await in it twice, and it
/// cannot keep braced lists. Give such things a name first, or pass them by reference.
/// Thread: the worker that runs the process. Lives as long as the process; use it only in the
/// process's own coroutines.
class Self
{
public:
    Self() = default;
    Self(const Self&) = delete;
    Self& operator=(const Self&) = delete;

    [[nodiscard]] Pid pid() const { return m_pid; }
    [[nodiscard]] bool trapsExits() const { return m_context->trapExit(); }
    /// Of slow motion: how long a signal takes now.
    [[nodiscard]] base::Duration hopDelay() const { return m_context->hopDelay(); }

    // --- processes; a body is called as Task<void>(Self&) and moved into the new process ---
    /// Raises system_limit when there are too many processes; so do the others.
    template<class Function>
    Operation<Pid> spawn(const SpawnSite& site, Function&& body)
    {
        return spawnedPid(spawnBody(site, bodyOf(std::forward<Function>(body)), {}));
    }
    template<class Function>
    Operation<Pid> spawnLink(const SpawnSite& site, Function&& body)
    {
        return spawnedPid(spawnBody(site, bodyOf(std::forward<Function>(body)), {true, false}));
    }
    template<class Function>
    Operation<Spawned> spawnMonitor(const SpawnSite& site, Function&& body)
    {
        return spawnBody(site, bodyOf(std::forward<Function>(body)), {false, true});
    }
    template<class Function>
    Operation<Spawned> spawnWith(const SpawnSite& site, SpawnOptions options, Function&& body)
    {
        return spawnBody(site, bodyOf(std::forward<Function>(body)), options);
    }

    /// Raises noproc when the other is dead and this process does not trap exits; a trapping one
    /// gets {:EXIT, other, :noproc}.
    Operation<void> link(Pid other);
    Operation<void> unlink(Pid other);
    Operation<Ref> monitor(Pid target);
    Operation<Ref> monitor(term::Atom name);
    /// True when the monitor was still active. With `flush` also takes a DOWN out of the mailbox.
    Operation<bool> demonitor(Ref ref, DemonitorOptions options = {});
    /// process_flag(trap_exit, value): the old value.
    Operation<bool> setTrapExit(bool value);
    /// exit/2. To itself it takes effect before it returns, that is, possibly never.
    Operation<void> exitSignal(Pid to, const Term& reason);

    // --- ending; catchable with tryCatch, except by what handles signals ---
    /// exit/1
    Operation<void> exit(const Term& reason);
    /// error/1: the exit reason becomes {value, stack}; `stack` is a list of frames.
    Operation<void> error(const Term& value, const Term& stack = Term::emptyList());
    /// Elixir's raise: an error whose value is an exception.
    Operation<void> raise(const Term& exception, const Term& stack = Term::emptyList())
    {
        return error(exception, stack);
    }
    /// throw/1: uncaught it is the error {:nocatch, value}.
    Operation<void> throwValue(const Term& value, const Term& stack = Term::emptyList());

    // --- messages ---
    Operation<void> send(Pid to, const Term& message);
    Operation<void> send(Pid to, Term&& message);
    /// Raises badarg when nobody has that name.
    Operation<void> send(term::Atom name, const Term& message);
    /// The first message, in order of arrival.
    [[nodiscard]] auto receive();
    /// The first message, in order of arrival, for which `matches(const Term&)` holds; all others
    /// stay in their order.
    template<class Matches>
    [[nodiscard]] ReceiveOperation<std::decay_t<Matches>> receive(Matches&& matches);
    /// The same, or nothing when none came in time. {0} looks at everything that is there.
    template<class Matches>
    [[nodiscard]] ReceiveOperation<std::decay_t<Matches>> receive(Matches&& matches,
                                                                  base::Duration after);
    [[nodiscard]] ReceiveOperation<MatchNothing> sleep(base::Duration time);

    // --- names ---
    /// Raises badarg when the name or the process is taken, or the process is dead.
    Operation<void> registerName(term::Atom name, Pid process);
    /// Raises badarg when it is nobody's.
    Operation<void> unregisterName(term::Atom name);
    Operation<std::optional<Pid>> whereis(term::Atom name);

    // --- questions, which are signals, too ---
    /// False right after exitSignal(process, kill).
    [[nodiscard]] QuestionOperation<bool> isAlive(Pid process);
    [[nodiscard]] QuestionOperation<ProcessInfo> info(Pid process);

    [[nodiscard]] Context& context() { return *m_context; }

private:
    friend class BodyBase;
    friend class OperationBase;
    friend class CatchFrame;
    template<class>
    friend class ReceiveOperation;
    template<class>
    friend class QuestionOperation;
    friend void impl::setNext(Self&, std::coroutine_handle<>) noexcept;
    friend void impl::setFinished(Self&) noexcept;

    template<class Function>
    static std::unique_ptr<Resumable> bodyOf(Function&& body)
    {
        return makeBody(std::decay_t<Function>(std::forward<Function>(body)));
    }
    Operation<Spawned>
    spawnBody(const SpawnSite& site, std::unique_ptr<Resumable> body, SpawnOptions options);
    static Operation<Pid> spawnedPid(Operation<Spawned> spawned);
    /// What an operation that has just happened becomes when awaited.
    [[nodiscard]] Outcome ready() const
    {
        return m_context->reductions > 0 ? Outcome::Ready : Outcome::Yield;
    }
    /// Notes what is raised when the operation is awaited.
    Outcome raising(trace::ExitKind kind, Term value, Term stack);

    Context* m_context = nullptr; // during resume
    Pid m_pid;
    std::coroutine_handle<> m_next; ///< what runs next within this slice
    std::coroutine_handle<> m_suspended; ///< what runs when the process goes on
    Waiter* m_waiter = nullptr; ///< what the process waits for
    Resumed m_state = Resumed::Waiting; ///< why nothing runs next
    CatchFrame* m_catch = nullptr; ///< the innermost tryCatch
    Raised m_raised; ///< what is being raised
    std::uint32_t m_token = 0; ///< of the latest timer or question
    bool m_timedOut = false; ///< that timer has fired
    Signal* m_answer = nullptr; ///< that question's answer
};

/// What tryCatch caught.
struct Caught
{
    trace::ExitKind kind{}; ///< Error, ExitCall (exit/1) or Throw
    Term value; ///< the error value, exit reason or thrown value
    Term stack; ///< [] for exits
};

} // namespace exitwave::actor

#include "runtime/actor/receive.h"
