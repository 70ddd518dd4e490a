// The operations of Self that wait: receive, sleep, questions; and tryCatch.
#pragma once

#include "runtime/actor/self.h"

#include <coroutine>
#include <cstddef>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace exitwave::actor {

struct MatchAnything
{
    bool operator()(const Term&) const noexcept { return true; }
};
struct MatchNothing
{
    bool operator()(const Term&) const noexcept { return false; }
};

/// A receive with one condition and perhaps an `after`. Awaiting yields the message, or nothing
/// after the time. Lives in the frame of the coroutine that awaits it.
template<class Matches>
class [[nodiscard]] ReceiveOperation final : public Waiter
{
public:
    template<class Condition>
    ReceiveOperation(Self& self, Condition&& matches, base::Duration after)
        : m_self(self), m_matches(std::forward<Condition>(matches)), m_after(after)
    {
    }
    ReceiveOperation(const ReceiveOperation&) = delete;
    ReceiveOperation& operator=(const ReceiveOperation&) = delete;
    ~ReceiveOperation() { cancelTimer(); }

    bool await_ready()
    {
        Context& context = *m_self.m_context;
        if (context.reductions <= 0)
            return false; // others first; looked at again in the next slice
        if (take())
            return true;
        // What has come decides about a timeout of zero.
        const bool alive = m_after.ns <= 0 ? context.drain() : context.drainAllowed();
        if (!alive)
            return false;
        if (take())
            return true;
        return m_after.ns <= 0;
    }

    void await_suspend(std::coroutine_handle<> handle)
    {
        Context& context = *m_self.m_context;
        m_self.m_suspended = handle;
        m_self.m_waiter = this;
        if (context.reductions <= 0) {
            m_self.m_state = Resumed::Yielded;
            return;
        }
        m_self.m_state = Resumed::Waiting;
        context.sleepUntilNews();
        startTimer();
    }

    /// The message; nothing when the time was over first. Throws what the condition threw.
    std::optional<Term> await_resume()
    {
        cancelTimer();
        if (m_exception)
            std::rethrow_exception(m_exception);
        return std::move(m_message);
    }

    bool poll(Self&) override
    {
        try {
            return canGoOn();
        } catch (...) {
            // Thrown by the condition: it belongs into the coroutine, where it can be caught.
            m_exception = std::current_exception();
            return true;
        }
    }

private:
    bool canGoOn()
    {
        if (take())
            return true;
        if (m_after.ns <= 0) {
            if (!m_self.m_context->drain())
                return false; // about to die
            take();
            return true;
        }
        if (m_started)
            return m_self.m_timedOut;
        startTimer();
        return false;
    }
    bool take()
    {
        m_message = m_self.m_context->takeMessage(m_matches, m_scanned);
        return m_message.has_value();
    }
    void startTimer()
    {
        if (m_started || m_after.ns == forever.ns)
            return;
        m_started = true;
        m_self.m_timedOut = false;
        Context& context = *m_self.m_context;
        m_timers = &context.timers();
        const std::int64_t now = context.now();
        const std::int64_t farthest = TimerQueue::never - 1;
        const std::int64_t due = m_after.ns < farthest - now ? now + m_after.ns : farthest;
        context.startTimer(m_timer, due, ++m_self.m_token);
    }
    void cancelTimer()
    {
        if (m_started)
            m_timers->cancel(m_timer);
        m_started = false;
    }

    Self& m_self;
    Matches m_matches;
    base::Duration m_after;
    std::optional<Term> m_message;
    Signal* m_scanned = nullptr; ///< how far the mailbox has been looked at
    TimerQueue* m_timers = nullptr;
    Timer m_timer;
    std::exception_ptr m_exception;
    bool m_started = false;
};

inline auto Self::receive()
{
    return ReceiveOperation<MatchAnything>(*this, MatchAnything{}, forever);
}

template<class Matches>
ReceiveOperation<std::decay_t<Matches>> Self::receive(Matches&& matches)
{
    return {*this, std::forward<Matches>(matches), forever};
}

template<class Matches>
ReceiveOperation<std::decay_t<Matches>> Self::receive(Matches&& matches, base::Duration after)
{
    return {*this, std::forward<Matches>(matches), after};
}

inline ReceiveOperation<MatchNothing> Self::sleep(base::Duration time)
{
    return ReceiveOperation<MatchNothing>(*this, MatchNothing{}, time);
}

/// Waits for the answer of another process; fatal signals come through meanwhile.
template<class Answer>
class [[nodiscard]] QuestionOperation final : public Waiter
{
public:
    QuestionOperation(Self& self, Pid process) : m_self(self), m_process(process) {}
    QuestionOperation(const QuestionOperation&) = delete;
    QuestionOperation& operator=(const QuestionOperation&) = delete;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle)
    {
        m_self.m_suspended = handle;
        m_self.m_waiter = this;
        m_self.m_state = Resumed::Waiting;
        ++m_self.m_token;
        // The question also goes to oneself through the inbox, behind what is there already.
        if constexpr (std::is_same_v<Answer, bool>)
            m_self.m_context->requestAlive(m_process, m_self.m_token);
        else
            m_self.m_context->requestInfo(m_process, m_self.m_token);
    }
    Answer await_resume() { return std::move(m_result); }

    bool poll(Self&) override
    {
        Signal* answer = std::exchange(m_self.m_answer, nullptr);
        if (!answer)
            return false;
        if constexpr (std::is_same_v<Answer, bool>)
            m_result = answer->how != 0;
        else
            m_result = std::move(*answer->info);
        freeSignal(answer);
        return true;
    }

private:
    Self& m_self;
    Pid m_process;
    Answer m_result{};
};

inline QuestionOperation<bool> Self::isAlive(Pid process)
{
    return QuestionOperation<bool>(*this, process);
}

inline QuestionOperation<ProcessInfo> Self::info(Pid process)
{
    return QuestionOperation<ProcessInfo>(*this, process);
}

/// A point to which raised things jump. Owned by the tryCatch that made it.
class CatchFrame
{
public:
    void enter(Self& self, std::coroutine_handle<> handler);
    void leave() noexcept;
    /// Turns a C++ exception into an error value.
    void caughtException(const std::exception_ptr& exception);

    std::optional<Caught> caught;

private:
    friend class OperationBase;
    Self* m_self = nullptr;
    CatchFrame* m_outer = nullptr;
    std::coroutine_handle<> m_handler;
};

/// The result of a task, or what it raised.
template<class T>
class Attempt
{
public:
    using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

    [[nodiscard]] bool ok() const { return !m_caught.has_value(); }
    /// \pre ok()
    [[nodiscard]] Value& value() { return *m_value; }
    /// \pre !ok()
    [[nodiscard]] const Caught& caught() const { return *m_caught; }

private:
    template<class>
    friend class TryOperation;
    std::optional<Value> m_value;
    std::optional<Caught> m_caught;
};

/// Awaits a task and catches what is raised in it.
template<class T>
class [[nodiscard]] TryOperation
{
public:
    explicit TryOperation(Task<T>&& task) : m_task(std::move(task)) {}
    TryOperation(const TryOperation&) = delete;
    TryOperation& operator=(const TryOperation&) = delete;

    bool await_ready() const noexcept { return false; }
    template<class Promise>
    void await_suspend(std::coroutine_handle<Promise> parent)
    {
        Self& self = *parent.promise().self;
        m_frame.enter(self, parent);
        m_task.runFor(parent.promise());
    }
    Attempt<T> await_resume()
    {
        m_frame.leave();
        Attempt<T> attempt;
        if (!m_frame.caught) {
            try {
                if constexpr (std::is_void_v<T>) {
                    m_task.result();
                    attempt.m_value.emplace();
                } else {
                    attempt.m_value.emplace(m_task.result());
                }
            } catch (...) {
                m_frame.caughtException(std::current_exception());
            }
        }
        attempt.m_caught = std::move(m_frame.caught);
        return attempt;
    }

private:
    Task<T> m_task;
    CatchFrame m_frame;
};

/// `auto attempt = co_await tryCatch(risky(self));` catches errors, exit/1 and throws of the task,
/// and C++ exceptions, which look like %RuntimeError{}. What exit signals do cannot be caught.
template<class T>
TryOperation<T> tryCatch(Task<T>&& task)
{
    return TryOperation<T>(std::move(task));
}

} // namespace exitwave::actor
