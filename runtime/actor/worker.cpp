// Slices, stamps and the ways of signals.
#include "runtime/actor/worker.h"

#include "runtime/actor/context.h"
#include "runtime/actor/core.h"

#include <algorithm>
#include <utility>

namespace exitwave::actor {

Worker::Worker(SystemCore& systemCore, unsigned number, trace::Lane* lane)
    : m_core(systemCore)
    , m_table(systemCore.table)
    , m_lane(lane)
    , m_clock(*systemCore.clock)
    , m_number(number)
    , m_idBase(std::uint64_t{number} << 48)
{
}

// --- tracing ---------------------------------------------------------------------------------

void Worker::takeStamp()
{
    m_stamp = std::max(m_stamp, m_clock.now());
    m_lane->publish(m_stamp);
}

void Worker::goIdle()
{
    if (m_lane)
        m_lane->publishIdle();
}

void Worker::comeBack()
{
    if (!m_lane)
        return;
    // The old stamp first: the collector must not pass the new one while it is being taken.
    m_lane->publish(m_stamp);
    takeStamp();
}

void Worker::emit(trace::EventType type,
                  Pid process,
                  Pid peer,
                  std::uint64_t id,
                  std::uint64_t cause,
                  const Term& term,
                  std::uint8_t how)
{
    trace::Record record;
    record.stamp = m_stamp;
    record.process = trace::ProcessKey{process.packed()};
    record.peer = trace::ProcessKey{peer.packed()};
    record.id = id;
    record.cause = trace::SignalId{cause};
    record.term = term;
    record.type = type;
    record.how = how;
    m_lane->emit(std::move(record));
    // The step scheduler can wait: however much happens in one slice, nothing is lost.
    if (m_core.stepping && m_lane->nearlyFull())
        m_core.options.sink->drain();
}

// --- slices ----------------------------------------------------------------------------------

void Worker::runSlice(std::uint32_t index, unsigned signalsAllowed)
{
    Slot& slot = m_table.at(index);
    const Pid pid = m_table.pidOf(index);
    Context context(*this, slot, pid);
    m_signalsAllowed = signalsAllowed;
    if (m_lane && (m_slices++ % slicesPerStamp == 0 || m_core.stepping))
        takeStamp();
    for (;;) {
        if (!drainAllowed(slot, pid))
            break;
        if (slot.awake) {
            slot.awake = false;
            const Resumed resumed = slot.body->resume(context);
            if (resumed == Resumed::Exited || m_exit.set)
                break;
            slot.awake = resumed == Resumed::Yielded;
        }
        const bool ready = slot.awake
            || (m_signalsAllowed == 0
                && (slot.inbox.hasSignals() || (slot.extra && slot.extra->held)));
        if (ready) {
            queue.push(index);
            reductionsUsed = sliceReductions;
            return;
        }
        if (slot.inbox.tryIdle(pid.generation, m_number)) {
            // From here on another worker may run it.
            reductionsUsed = sliceReductions - context.reductions;
            return;
        }
    }
    reductionsUsed = sliceReductions - context.reductions;
    die(index, slot, pid);
}

/// All that came and was not handled, oldest first.
Signal* Worker::takeSignals(Slot& slot, Pid pid)
{
    Signal* come = slot.inbox.take(pid.generation);
    if (!slot.extra || !slot.extra->held)
        return come;
    Signal* first = std::exchange(slot.extra->held, nullptr);
    Signal* last = first;
    while (last->next)
        last = last->next;
    last->next = come;
    return first;
}

bool Worker::drainAllowed(Slot& slot, Pid pid)
{
    return m_signalsAllowed > 0 ? drain(slot, pid, m_signalsAllowed) : !m_exit.set;
}

bool Worker::drain(Slot& slot, Pid pid, unsigned most)
{
    Signal* signal = takeSignals(slot, pid);
    if (!signal)
        return !m_exit.set;
    bool stamped = !m_lane;
    unsigned count = 0;
    while (signal && count < most) {
        if (!stamped && signal->worker != m_number) {
            takeStamp(); // once: all of them were there before
            stamped = true;
        }
        Signal* next = signal->next;
        handle(slot, pid, signal);
        ++count;
        signal = next;
        if (m_exit.set) {
            m_rest = signal;
            return false;
        }
    }
    if (signal)
        extraOf(slot).held = signal;
    if (m_signalsAllowed != allSignals)
        m_signalsAllowed -= std::min(count, m_signalsAllowed);
    slot.backlog.store(static_cast<std::uint16_t>(std::min(count, 0xFFFFU)),
                       std::memory_order_relaxed); // partner: Context::send
    return true;
}

std::uint32_t Worker::prepare(Resumable* body)
{
    const std::uint32_t index = m_table.take(m_free);
    if (index == 0)
        return 0;
    prepareSlot(m_table.at(index), body);
    count(statistics.spawned);
    return index;
}

void Worker::decideExit(trace::ExitKind kind, Term reason, std::uint64_t cause)
{
    if (m_exit.set)
        return;
    m_exit.set = true;
    m_exit.kind = kind;
    m_exit.reason = std::move(reason);
    m_exit.cause = cause;
}

// --- sending ---------------------------------------------------------------------------------

bool Worker::push(Pid to, Signal* signal)
{
    Slot* slot = m_table.find(to);
    if (!slot || slot->generation.load(std::memory_order_relaxed) != to.generation)
        return false;
    unsigned ranOn = 0;
    switch (slot->inbox.push(signal, to.generation, ranOn)) {
    case Pushed::Queued:
        return true;
    case Pushed::MustSchedule:
        if (ranOn != m_number)
            observe(); // what the process does here is later than what it did there
        queue.push(to.index);
        return true;
    case Pushed::Dead:
        break;
    }
    return false;
}

void Worker::send(Pid to, Signal* signal)
{
    if (m_core.delays.active()) {
        signal->worker = foreign; // whoever lets it go, its sending was elsewhere
        const DelayLine::Hold held = m_core.delays.hold(m_core.scheduler->now(), to, signal);
        if (held == DelayLine::Hold::First)
            m_core.scheduler->wakeEarlier();
        if (held != DelayLine::Hold::Not)
            return;
    }
    sendNow(to, signal);
}

void Worker::sendNow(Pid to, Signal* signal)
{
    signal->worker = static_cast<std::uint8_t>(m_number);
    if (!push(to, signal))
        undeliverable(to, signal);
}

/// The receiver is dead, or was never there.
void Worker::undeliverable(Pid to, Signal* signal)
{
    observe();
    switch (signal->kind) {
    case SignalKind::Exit:
    case SignalKind::LinkExit:
        if (m_lane)
            emit(trace::EventType::ExitSignalDelivered,
                 to,
                 signal->from,
                 signal->id,
                 0,
                 signal->term,
                 static_cast<std::uint8_t>(trace::SignalOutcome::Noproc));
        break;
    case SignalKind::LinkRequest:
    case SignalKind::MonitorRequest: {
        // The dead side's half carries the answer, and with it the request's share of the bond.
        const bool link = signal->kind == SignalKind::LinkRequest;
        Signal& half = signal->bond->half[1];
        const Pid asker = signal->from;
        poolDelete(signal);
        half.kind = link ? SignalKind::LinkExit : SignalKind::Down;
        half.term = term::atoms::noproc;
        half.how = static_cast<std::uint8_t>(trace::SignalOrigin::Noproc);
        if (link) {
            half.id = nextId();
            if (m_lane)
                emit(trace::EventType::ExitSignalSent, to, asker, half.id, 0, half.term, half.how);
        }
        send(asker, &half);
        return;
    }
    case SignalKind::AliveRequest:
        signal->kind = SignalKind::AliveReply;
        signal->how = 0;
        send(signal->from, signal);
        return;
    case SignalKind::InfoRequest:
        signal->kind = SignalKind::InfoReply;
        send(signal->from, signal);
        return;
    default:
        break; // messages and the like vanish
    }
    freeSignal(signal);
}

// --- time ------------------------------------------------------------------------------------

void Worker::fire(const TimerQueue::Fired& fired)
{
    Signal* signal = poolNew<Signal>();
    signal->kind = SignalKind::Timeout;
    signal->position = fired.token;
    sendNow(fired.pid, signal);
}

bool Worker::fireDue(std::int64_t now)
{
    bool any = false;
    TimerQueue::Fired fired;
    while (m_core.timers.takeDue(now, fired)) {
        any = true;
        fire(fired);
    }
    return releaseHeld(now, false) || any;
}

bool Worker::releaseHeld(std::int64_t now, bool single)
{
    if (m_core.delays.nextDue() > now)
        return false;
    // Those that find nobody are answered afterwards: answering may need the line's lock.
    std::vector<DelayLine::Held> dead;
    const auto deliver = [&](const DelayLine::Held& held) {
        if (!push(held.to, held.signal))
            dead.push_back(held);
    };
    const bool any = m_core.delays.release(now, deliver, single);
    for (const DelayLine::Held& held : dead)
        undeliverable(held.to, held.signal);
    return any;
}

void Worker::fireNext()
{
    const std::int64_t due = std::min(m_core.timers.nextDue(), m_core.delays.nextDue());
    TimerQueue::Fired fired;
    if (m_core.timers.takeDue(due, fired))
        fire(fired);
    else
        releaseHeld(due, true);
}

} // namespace exitwave::actor
