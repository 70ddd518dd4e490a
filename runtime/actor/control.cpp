// Commands become signals, so that they stand in order with everything else.
#include "runtime/actor/control.h"

#include "runtime/actor/core.h"
#include "runtime/term/exit_reason.h"
#include "runtime/term/inspect.h"

#include <string>
#include <utility>

namespace exitwave::actor {

namespace {

constexpr std::int64_t longestDelay = 60'000'000'000; // a minute per hop

Pid pidOf(trace::ProcessKey key)
{
    return Pid::fromPacked(key.value);
}

} // namespace

void Control::handle(trace::Command command, std::function<void(trace::Answer)> answer)
{
    m_core.scheduler->post(
        [this, command = std::move(command), answer = std::move(answer)](Worker* worker) {
            trace::Answer result;
            result.id = command.id;
            result.text = worker ? execute(*worker, command)
                                 : "The program has ended: nothing can be changed any more.";
            result.accepted = result.text.empty();
            answer(std::move(result));
        });
}

void Control::announceStart()
{
    if (!m_core.options.startPaused && m_core.options.hopDelay.ns == 0)
        return;
    m_core.scheduler->post([this](Worker* worker) {
        if (worker)
            announce(*worker);
    });
}

std::string Control::execute(Worker& worker, const trace::Command& command)
{
    switch (command.kind) {
    case trace::CommandKind::Pause:
        m_core.scheduler->pause();
        announce(worker);
        return {};
    case trace::CommandKind::Resume:
        m_core.scheduler->resume();
        announce(worker);
        return {};
    case trace::CommandKind::Step:
        switch (m_core.scheduler->step(worker)) {
        case Scheduler::Stepped::Accepted:
            return {};
        case Scheduler::Stepped::Running:
            return "The program is running: pause it before stepping it.";
        case Scheduler::Stepped::Nothing:
            break;
        }
        return "There is nothing to step: no process is ready, no timer runs and no signal is on "
               "its way.";
    case trace::CommandKind::SetDelay:
        if (command.value < 0 || command.value > longestDelay)
            return "A signal can be delayed by 0 to 60 seconds per hop, not by "
                + std::to_string(command.value) + " ns.";
        m_core.delays.setDelay(command.value);
        announce(worker);
        return {};
    case trace::CommandKind::Exit:
    case trace::CommandKind::SetTrapExit:
    case trace::CommandKind::Link:
    case trace::CommandKind::Unlink:
    case trace::CommandKind::Send:
        return toProcess(worker, command);
    }
    return "This version does not know command number "
        + std::to_string(static_cast<unsigned>(command.kind)) + ".";
}

std::string Control::toProcess(Worker& worker, const trace::Command& command)
{
    using trace::CommandKind;
    if (std::string why = whyNotAlive(command.process); !why.empty())
        return why;
    const bool pair = command.kind == CommandKind::Link || command.kind == CommandKind::Unlink;
    if (pair && command.process == command.peer)
        return term::pidText(pidOf(command.process)) + " cannot be linked to itself.";
    if (command.kind == CommandKind::Link) {
        if (std::string why = whyNotAlive(command.peer); !why.empty())
            return why;
    }

    const Pid to = pidOf(command.process);
    Signal* signal = poolNew<Signal>();
    switch (command.kind) {
    case CommandKind::Exit:
        signal->kind = SignalKind::Exit;
        signal->how = static_cast<std::uint8_t>(command.term.isAtom(term::atoms::kill)
                                                    ? trace::SignalOrigin::Kill
                                                    : trace::SignalOrigin::ExitCall);
        signal->id = worker.nextId();
        signal->term = command.term;
        if (worker.tracing())
            worker.emit(
                trace::EventType::ExitSignalSent, {}, to, signal->id, 0, signal->term, signal->how);
        break;
    case CommandKind::Send:
        signal->kind = SignalKind::Message;
        signal->id = worker.nextId();
        signal->term = command.term;
        if (worker.tracing())
            worker.emit(trace::EventType::MessageSent, {}, to, signal->id, 0, signal->term, 0);
        Worker::count(worker.statistics.sent);
        break;
    case CommandKind::SetTrapExit:
        signal->kind = SignalKind::SetTrapExit;
        signal->how = command.value != 0 ? 1 : 0;
        break;
    default:
        signal->kind
            = command.kind == CommandKind::Link ? SignalKind::DoLink : SignalKind::DoUnlink;
        signal->target = command.peer.value;
        break;
    }
    worker.send(to, signal);
    return {};
}

std::string Control::whyNotAlive(trace::ProcessKey key) const
{
    const Pid pid = pidOf(key);
    Slot* slot = m_core.table.find(pid);
    if (!slot || slot->generation.load(std::memory_order_relaxed) < pid.generation)
        return "There is no process " + term::pidText(pid) + " in this program.";
    if (m_core.table.isAlive(pid))
        return {};
    std::optional<Term> reason;
    for (const auto& worker : m_core.workers) {
        if (!reason)
            reason = worker->obituaries.reasonOf(pid);
    }
    if (!reason)
        return term::pidText(pid) + " is not alive: it has exited.";
    const Term& shown = term::hasStack(*reason) ? reason->elements()[0] : *reason;
    return term::pidText(pid) + " is not alive: it exited with " + term::inspectLine(shown) + ".";
}

void Control::announce(Worker& worker) const
{
    if (!worker.tracing())
        return;
    const auto state
        = m_core.scheduler->paused() ? trace::ControlState::Paused : trace::ControlState::Running;
    worker.emit(trace::EventType::ControlChanged,
                {},
                {},
                static_cast<std::uint64_t>(m_core.delays.delay()),
                0,
                Term(),
                static_cast<std::uint8_t>(state));
}

} // namespace exitwave::actor
