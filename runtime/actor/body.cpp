// The loop in which a process's coroutines run.
#include "runtime/actor/body.h"

#include "runtime/term/exit_reason.h"

namespace exitwave::actor {

Term errorOfException(const std::exception_ptr& exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception& error) {
        return Term::exception("RuntimeError", error.what());
    } catch (...) {
        return Term::exception("RuntimeError", "a C++ exception of unknown type");
    }
}

BodyBase::~BodyBase()
{
    if (m_self.m_answer)
        freeSignal(m_self.m_answer);
}

Resumed BodyBase::resume(Context& context)
{
    m_self.m_context = &context;
    if (!m_begun) {
        m_begun = true;
        m_self.m_pid = context.pid;
        try {
            m_task = begin(m_self);
        } catch (...) {
            // A function that is no coroutine itself may throw before it makes one.
            context.finish(
                trace::ExitKind::Error,
                term::errorReason(errorOfException(std::current_exception()), Term::emptyList()));
            return Resumed::Exited;
        }
        m_task.promise().self = &m_self;
        m_self.m_suspended = m_task.handle();
    }
    if (m_self.m_waiter) {
        if (!m_self.m_waiter->poll(m_self))
            return Resumed::Waiting;
        m_self.m_waiter = nullptr;
    }
    return run();
}

/// Jumps from coroutine to coroutine until none wants to run. Each leaves here the one that comes
/// next, so the machine stack never holds more than one of them.
Resumed BodyBase::run()
{
    m_self.m_next = std::exchange(m_self.m_suspended, {});
    while (m_self.m_next)
        std::exchange(m_self.m_next, {}).resume();
    return m_self.m_state == Resumed::Exited ? ended() : m_self.m_state;
}

/// The process's function has returned or thrown, or its end has been decided already.
Resumed BodyBase::ended()
{
    if (!m_task.handle().done())
        return Resumed::Exited;
    if (const std::exception_ptr exception = m_task.promise().exception)
        m_self.m_context->finish(trace::ExitKind::Error,
                                 term::errorReason(errorOfException(exception), Term::emptyList()));
    else
        m_self.m_context->finish(trace::ExitKind::Returned, term::atoms::normal);
    return Resumed::Exited;
}

void BodyBase::timeout(std::uint32_t token)
{
    if (token == m_self.m_token)
        m_self.m_timedOut = true;
}

void BodyBase::reply(Context&, Signal* answer)
{
    if (answer->position != m_self.m_token || m_self.m_answer) {
        freeSignal(answer);
        return;
    }
    m_self.m_answer = answer;
}

} // namespace exitwave::actor
