// Operations of Self, and what raising does.
#include "runtime/actor/self.h"

#include "runtime/actor/body.h"
#include "runtime/term/exit_reason.h"

#include <vector>

namespace exitwave::actor {

namespace impl {

void setNext(Self& self, std::coroutine_handle<> next) noexcept
{
    self.m_next = next;
}

void setFinished(Self& self) noexcept
{
    self.m_state = Resumed::Exited;
}

} // namespace impl

namespace {

/// The frame that the BEAM puts on top when a built-in function fails.
Term builtinStack(const char* function, std::vector<Term> arguments)
{
    term::StackFrame frame;
    frame.module = term::atoms::erlang;
    frame.function = term::Atom::intern(function);
    frame.arity = static_cast<std::uint32_t>(arguments.size());
    frame.arguments = std::move(arguments);
    frame.hasArguments = true;
    return term::stackTerm(std::vector<term::StackFrame>{frame});
}

} // namespace

void OperationBase::await_suspend(std::coroutine_handle<> handle) const
{
    Self& self = *m_self;
    switch (m_outcome) {
    case Outcome::Ready:
        break;
    case Outcome::Yield:
        self.m_suspended = handle;
        self.m_state = Resumed::Yielded;
        return;
    case Outcome::Exit:
        self.m_state = Resumed::Exited;
        return;
    case Outcome::Raise:
        if (CatchFrame* frame = self.m_catch) {
            frame->caught = Caught{
                self.m_raised.kind, std::move(self.m_raised.value), std::move(self.m_raised.stack)};
            self.m_next = frame->m_handler;
            return;
        }
        const Raised& raised = self.m_raised;
        Term reason = raised.kind == trace::ExitKind::Error
            ? term::errorReason(raised.value, raised.stack)
            : raised.kind == trace::ExitKind::Throw ? term::throwReason(raised.value, raised.stack)
                                                    : raised.value;
        self.m_context->finish(raised.kind, std::move(reason));
        self.m_state = Resumed::Exited;
        return;
    }
}

Outcome Self::raising(trace::ExitKind kind, Term value, Term stack)
{
    m_raised = {kind, std::move(value), std::move(stack)};
    return Outcome::Raise;
}

// --- processes -------------------------------------------------------------------------------

Operation<Spawned>
Self::spawnBody(const SpawnSite& site, std::unique_ptr<Resumable> body, SpawnOptions options)
{
    const Spawned spawned = m_context->spawn(site, std::move(body), options);
    if (spawned.pid.index == 0)
        return {
            *this,
            raising(trace::ExitKind::Error, term::atoms::systemLimit, builtinStack("spawn", {})),
            spawned};
    return {*this, ready(), spawned};
}

Operation<Pid> Self::spawnedPid(Operation<Spawned> spawned)
{
    return spawned.map([](const Spawned& made) { return made.pid; });
}

Operation<void> Self::link(Pid other)
{
    if (!m_context->link(other))
        return {
            *this,
            raising(trace::ExitKind::Error, term::atoms::noproc, builtinStack("link", {other}))};
    return {*this, ready()};
}

Operation<void> Self::unlink(Pid other)
{
    m_context->unlink(other);
    return {*this, ready()};
}

Operation<Ref> Self::monitor(Pid target)
{
    const Ref ref = m_context->monitor(target);
    return {*this, ready(), ref};
}

Operation<Ref> Self::monitor(term::Atom name)
{
    const Ref ref = m_context->monitor(name);
    return {*this, ready(), ref};
}

Operation<bool> Self::demonitor(Ref ref, DemonitorOptions options)
{
    const bool active = m_context->demonitor(ref, options);
    return {*this, ready(), active};
}

Operation<bool> Self::setTrapExit(bool value)
{
    const bool old = m_context->setTrapExit(value);
    return {*this, ready(), old};
}

Operation<void> Self::exitSignal(Pid to, const Term& reason)
{
    if (!m_context->exitSignal(to, reason))
        return {*this, Outcome::Exit};
    return {*this, ready()};
}

// --- ending ----------------------------------------------------------------------------------

Operation<void> Self::exit(const Term& reason)
{
    return {*this, raising(trace::ExitKind::ExitCall, reason, Term::emptyList())};
}

Operation<void> Self::error(const Term& value, const Term& stack)
{
    return {*this, raising(trace::ExitKind::Error, value, stack)};
}

Operation<void> Self::throwValue(const Term& value, const Term& stack)
{
    return {*this, raising(trace::ExitKind::Throw, value, stack)};
}

// --- messages and names ----------------------------------------------------------------------

Operation<void> Self::send(Pid to, const Term& message)
{
    m_context->send(to, message);
    return {*this, ready()};
}

Operation<void> Self::send(Pid to, Term&& message)
{
    m_context->send(to, std::move(message));
    return {*this, ready()};
}

Operation<void> Self::send(term::Atom name, const Term& message)
{
    if (!m_context->send(name, message))
        return {*this,
                raising(trace::ExitKind::Error,
                        term::atoms::badarg,
                        builtinStack("send", {name, message}))};
    return {*this, ready()};
}

Operation<void> Self::registerName(term::Atom name, Pid process)
{
    if (!m_context->registerName(name, process))
        return {*this,
                raising(trace::ExitKind::Error,
                        term::atoms::badarg,
                        builtinStack("register", {name, process}))};
    return {*this, ready()};
}

Operation<void> Self::unregisterName(term::Atom name)
{
    if (!m_context->unregisterName(name))
        return {*this,
                raising(trace::ExitKind::Error,
                        term::atoms::badarg,
                        builtinStack("unregister", {name}))};
    return {*this, ready()};
}

Operation<std::optional<Pid>> Self::whereis(term::Atom name)
{
    const std::optional<Pid> found = m_context->whereis(name);
    return {*this, ready(), found};
}

// --- catching --------------------------------------------------------------------------------

void CatchFrame::enter(Self& self, std::coroutine_handle<> handler)
{
    m_self = &self;
    m_handler = handler;
    m_outer = self.m_catch;
    self.m_catch = this;
}

void CatchFrame::leave() noexcept
{
    m_self->m_catch = m_outer;
}

void CatchFrame::caughtException(const std::exception_ptr& exception)
{
    caught = Caught{trace::ExitKind::Error, errorOfException(exception), Term::emptyList()};
}

} // namespace exitwave::actor
