// The operations of a process on itself and others.
#include "runtime/actor/context.h"

#include "runtime/actor/core.h"

namespace exitwave::actor {

using trace::EventType;

namespace {
constexpr auto caller = static_cast<std::uint8_t>(trace::LinkSide::Caller);
constexpr auto receiver = static_cast<std::uint8_t>(trace::LinkSide::Receiver);
constexpr int backlogPerReduction = 32;

Signal* newSignal(SignalKind kind, Pid from)
{
    Signal* signal = poolNew<Signal>();
    signal->kind = kind;
    signal->from = from;
    return signal;
}

Term nameOnNode(term::Atom name)
{
    static const Term node = Term::atom("nonode@nohost");
    return Term::tuple({name, node});
}
} // namespace

// --- processes -------------------------------------------------------------------------------

Spawned Context::spawn(const SpawnSite& site, std::unique_ptr<Resumable> body, SpawnOptions options)
{
    charge(1);
    const std::uint32_t index = m_worker.prepare(body.get());
    if (index == 0)
        return {};
    body.release();
    SlotTable& table = m_worker.core().table;
    Slot& slot = table.at(index);
    Spawned spawned{table.pidOf(index), {}};
    if (m_worker.tracing()) {
        const auto kind = options.link ? trace::SpawnKind::SpawnLink
            : options.monitor          ? trace::SpawnKind::SpawnMonitor
                                       : trace::SpawnKind::Spawn;
        m_worker.emit(EventType::ProcessSpawned,
                      spawned.pid,
                      pid,
                      0,
                      0,
                      site.info(),
                      static_cast<std::uint8_t>(kind));
    }
    // Both sides have the bond before anybody knows the child: no signal is needed.
    if (options.link) {
        Bond* bond = newBond(pid, spawned.pid);
        m_slot.links.add(spawned.pid.packed(), &bond->half[0]);
        slot.links.add(pid.packed(), &bond->half[1]);
        if (m_worker.tracing()) {
            m_worker.emit(EventType::Linked, pid, spawned.pid, 0, 0, Term(), caller);
            m_worker.emit(EventType::Linked, spawned.pid, pid, 0, 0, Term(), receiver);
        }
    }
    if (options.monitor) {
        Bond* bond = newBond(pid, spawned.pid);
        spawned.ref = m_worker.nextRef();
        extraOf(m_slot).monitors.add(spawned.ref.id, &bond->half[0]);
        SlotExtra& extra = extraOf(slot);
        extra.watchers.add(++extra.watcherCount, &bond->half[1]);
        if (m_worker.tracing())
            m_worker.emit(EventType::Monitored, pid, spawned.pid, spawned.ref.id, 0, Term(), 0);
    }
    slot.inbox.open(spawned.pid.generation);
    m_worker.makeReady(index);
    return spawned;
}

bool Context::link(Pid other)
{
    charge(1);
    if (other == pid || m_slot.links.find(other.packed()))
        return true;
    if (!m_worker.core().table.isAlive(other)) {
        m_worker.observe();
        if (!m_slot.trapExit)
            return false;
        signalNoproc(other);
        return true;
    }
    Bond* bond = newBond(pid, other);
    m_slot.links.add(other.packed(), &bond->half[0]);
    if (m_worker.tracing())
        m_worker.emit(EventType::Linked, pid, other, 0, 0, Term(), caller);
    Signal* request = newSignal(SignalKind::LinkRequest, pid);
    request->bond = bond;
    m_worker.send(other, request);
    return true;
}

void Context::signalNoproc(Pid other)
{
    Signal* signal = newSignal(SignalKind::Exit, other);
    signal->how = static_cast<std::uint8_t>(trace::SignalOrigin::Noproc);
    signal->term = term::atoms::noproc;
    signal->id = m_worker.nextId();
    if (m_worker.tracing())
        m_worker.emit(
            EventType::ExitSignalSent, other, pid, signal->id, 0, signal->term, signal->how);
    m_worker.send(pid, signal); // behind what the other sent while it lived
}

void Context::unlink(Pid other)
{
    charge(1);
    bool any = false;
    while (Signal* half = m_slot.links.find(other.packed())) {
        m_slot.links.remove(half);
        if (!any && m_worker.tracing())
            m_worker.emit(EventType::Unlinked, pid, other, 0, 0, Term(), caller);
        any = true;
        half->kind = SignalKind::Unlink;
        m_worker.send(other, half);
        if (!m_slot.doubleLinks)
            break;
    }
}

Ref Context::monitor(Pid target)
{
    return monitorWith(target, Term());
}

Ref Context::monitor(term::Atom name)
{
    const std::optional<Pid> target = whereis(name);
    // Nobody has that pid, so the answer is noproc.
    return monitorWith(target.value_or(Pid{}), nameOnNode(name));
}

Ref Context::monitorWith(Pid target, Term object)
{
    charge(1);
    const Ref ref = m_worker.nextRef();
    if (target == pid)
        return ref;
    Bond* bond = newBond(pid, target);
    bond->half[0].term = std::move(object);
    extraOf(m_slot).monitors.add(ref.id, &bond->half[0]);
    if (m_worker.tracing())
        m_worker.emit(EventType::Monitored, pid, target, ref.id, 0, Term(), 0);
    Signal* request = newSignal(SignalKind::MonitorRequest, pid);
    request->bond = bond;
    m_worker.send(target, request);
    return ref;
}

bool Context::demonitor(Ref ref, DemonitorOptions options)
{
    charge(1);
    Signal* half = m_slot.extra ? m_slot.extra->monitors.find(ref.id) : nullptr;
    const bool active = half != nullptr;
    if (active) {
        const Pid target = otherHalf(*half).from;
        m_slot.extra->monitors.remove(half);
        if (m_worker.tracing())
            m_worker.emit(EventType::Demonitored, pid, target, ref.id, 0, Term(), 0);
        half->kind = SignalKind::Demonitor;
        half->term = Term();
        m_worker.send(target, half);
    } else if (options.flush) {
        Signal* scanned = nullptr;
        Signal* down = m_slot.mailbox.takeFirst(
            [&](const Signal& message) {
                return message.kind == SignalKind::Down && message.id == ref.id;
            },
            scanned);
        if (down)
            received(down);
    }
    return active;
}

bool Context::setTrapExit(bool value)
{
    const bool old = m_slot.trapExit;
    m_slot.trapExit = value;
    if (old != value && m_worker.tracing())
        m_worker.emit(EventType::TrapExitSet, pid, {}, 0, 0, Term(), value ? 1 : 0);
    return old;
}

bool Context::exitSignal(Pid to, const Term& reason)
{
    charge(1);
    Signal* signal = newSignal(SignalKind::Exit, pid);
    signal->how = static_cast<std::uint8_t>(reason.isAtom(term::atoms::kill)
                                                ? trace::SignalOrigin::Kill
                                                : trace::SignalOrigin::ExitCall);
    signal->term = reason;
    signal->id = m_worker.nextId();
    if (m_worker.tracing())
        m_worker.emit(EventType::ExitSignalSent, pid, to, signal->id, 0, reason, signal->how);
    if (to != pid) {
        m_worker.send(to, signal);
        return true;
    }
    // A signal to oneself is handled before the call returns.
    m_worker.sendNow(to, signal);
    return drain();
}

// --- messages --------------------------------------------------------------------------------

void Context::send(Pid to, Term message)
{
    // The longer the receiver's queue, the sooner the sender must let others run.
    Slot* slot = m_worker.core().table.find(to);
    charge(1 + (slot ? slot->backlog.load(std::memory_order_relaxed) / backlogPerReduction : 0));
    Signal* signal = newSignal(SignalKind::Message, pid);
    signal->id = m_worker.nextId();
    signal->term = std::move(message);
    if (m_worker.tracing())
        m_worker.emit(EventType::MessageSent, pid, to, signal->id, 0, signal->term, 0);
    Worker::count(m_worker.statistics.sent);
    m_worker.send(to, signal);
}

bool Context::send(term::Atom name, Term message)
{
    const std::optional<Pid> to = whereis(name);
    if (!to)
        return false;
    send(*to, std::move(message));
    return true;
}

Term Context::received(Signal* signal)
{
    charge(1);
    Worker::count(m_worker.statistics.received);
    if (m_worker.tracing()) {
        const auto kind = signal->kind == SignalKind::Message ? trace::MessageKind::Ordinary
            : signal->kind == SignalKind::Down                ? trace::MessageKind::Down
                                                              : trace::MessageKind::Exit;
        m_worker.emit(EventType::MessageReceived,
                      pid,
                      signal->from,
                      signal->id,
                      0,
                      signal->term,
                      static_cast<std::uint8_t>(kind));
    }
    Term message = std::move(signal->term);
    freeSignal(signal);
    return message;
}

// --- names -----------------------------------------------------------------------------------

bool Context::registerName(term::Atom name, Pid process)
{
    charge(1);
    return m_worker.core().registry.add(name, process, [&] {
        m_worker.observe();
        if (m_worker.tracing())
            m_worker.emit(EventType::NameRegistered, process, {}, 0, 0, Term(name), 0);
    });
}

bool Context::unregisterName(term::Atom name)
{
    charge(1);
    return m_worker.core().registry.remove(name, [&](Pid process) {
        m_worker.observe();
        if (m_worker.tracing())
            m_worker.emit(EventType::NameUnregistered, process, {}, 0, 0, Term(name), 0);
    });
}

std::optional<Pid> Context::whereis(term::Atom name)
{
    charge(1);
    const std::optional<Pid> found = m_worker.core().registry.find(name);
    m_worker.observe();
    return found;
}

// --- questions and time ----------------------------------------------------------------------

void Context::requestAlive(Pid process, std::uint32_t token)
{
    charge(1);
    Signal* signal = newSignal(SignalKind::AliveRequest, pid);
    signal->position = token;
    m_worker.send(process, signal);
}

void Context::requestInfo(Pid process, std::uint32_t token)
{
    charge(1);
    Signal* signal = newSignal(SignalKind::InfoRequest, pid);
    signal->position = token;
    signal->info = new ProcessInfo;
    signal->info->pid = process;
    m_worker.send(process, signal);
}

ProcessInfo Context::ownInfo()
{
    return infoOf(m_worker.core(), m_slot, pid);
}

std::int64_t Context::now() const
{
    return m_worker.core().scheduler->now();
}

void Context::startTimer(Timer& timer, std::int64_t due, std::uint32_t token)
{
    if (m_worker.core().timers.set(timer, due, pid, token))
        m_worker.core().scheduler->wakeEarlier();
}

TimerQueue& Context::timers()
{
    return m_worker.core().timers;
}

base::Duration Context::hopDelay() const
{
    return {m_worker.core().delays.delay()};
}

} // namespace exitwave::actor
