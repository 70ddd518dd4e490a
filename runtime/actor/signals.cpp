// What each kind of signal does to the process that handles it.
#include "runtime/actor/context.h"
#include "runtime/actor/core.h"
#include "runtime/actor/exit_decision.h"
#include "runtime/actor/worker.h"

namespace exitwave::actor {

using trace::EventType;

void Worker::handle(Slot& slot, Pid pid, Signal* signal)
{
    switch (signal->kind) {
    case SignalKind::Message:
        slot.mailbox.append(signal);
        slot.awake = true;
        return;
    case SignalKind::Exit:
        handleExit(slot, pid, signal, false);
        return;
    case SignalKind::LinkRequest:
        handleLinkRequest(slot, pid, signal);
        return;
    case SignalKind::Unlink:
        handleUnlink(slot, pid, signal);
        return;
    case SignalKind::LinkExit:
        handleExit(slot, pid, signal, consumeLink(slot, signal));
        return;
    case SignalKind::MonitorRequest: {
        SlotExtra& extra = extraOf(slot);
        extra.watchers.add(++extra.watcherCount, &signal->bond->half[1]);
        poolDelete(signal);
        return;
    }
    case SignalKind::Demonitor: {
        Signal& own = otherHalf(*signal);
        if (own.position != noPosition) {
            slot.extra->watchers.remove(&own);
            freeSignal(&own);
        }
        freeSignal(signal);
        return;
    }
    case SignalKind::Down:
        handleDown(slot, pid, signal);
        return;
    case SignalKind::AliveRequest:
        signal->kind = SignalKind::AliveReply;
        signal->how = 1;
        send(signal->from, signal);
        return;
    case SignalKind::InfoRequest:
        *signal->info = infoOf(m_core, slot, pid);
        signal->kind = SignalKind::InfoReply;
        send(signal->from, signal);
        return;
    case SignalKind::AliveReply:
    case SignalKind::InfoReply: {
        Context context(*this, slot, pid);
        slot.body->reply(context, signal);
        slot.awake = true;
        return;
    }
    case SignalKind::Timeout:
        slot.body->timeout(signal->position);
        slot.awake = true;
        break;
    case SignalKind::SetTrapExit:
        Context(*this, slot, pid).setTrapExit(signal->how != 0);
        break;
    case SignalKind::DoLink: {
        // Asked from outside, so there is no caller to raise in: as with a remote pid, a signal.
        const Pid other = Pid::fromPacked(signal->target);
        if (!Context(*this, slot, pid).link(other))
            Context(*this, slot, pid).signalNoproc(other);
        break;
    }
    case SignalKind::DoUnlink:
        Context(*this, slot, pid).unlink(Pid::fromPacked(signal->target));
        break;
    case SignalKind::Half:
        break; // never sent
    }
    freeSignal(signal);
}

void Worker::handleExit(Slot& slot, Pid pid, Signal* signal, bool linkActive)
{
    ExitSituation situation;
    situation.source = signal->kind == SignalKind::LinkExit ? ExitSource::Link
        : signal->from == pid                               ? ExitSource::ExitCallToSelf
                                                            : ExitSource::ExitCall;
    situation.linkActive = linkActive;
    situation.trapping = slot.trapExit;
    const ExitEffect effect = actor::decideExit(situation, signal->term);
    if (m_lane) {
        const auto outcome = effect == ExitEffect::Ignored ? trace::SignalOutcome::Ignored
            : effect == ExitEffect::Message                ? trace::SignalOutcome::Message
                                                           : trace::SignalOutcome::Terminated;
        emit(EventType::ExitSignalDelivered,
             pid,
             signal->from,
             signal->id,
             0,
             signal->term,
             static_cast<std::uint8_t>(outcome));
    }
    switch (effect) {
    case ExitEffect::Ignored:
        break;
    case ExitEffect::Message:
        signal->term = Term::tuple({term::atoms::EXIT, signal->from, signal->term});
        slot.mailbox.append(signal);
        slot.awake = true;
        return;
    case ExitEffect::Dies:
        decideExit(trace::ExitKind::Signal, signal->term, signal->id);
        break;
    case ExitEffect::DiesKilled:
        decideExit(trace::ExitKind::Kill, term::atoms::killed, signal->id);
        break;
    }
    freeSignal(signal);
}

void Worker::handleLinkRequest(Slot& slot, Pid pid, Signal* request)
{
    const Pid peer = request->from;
    Signal& half = request->bond->half[1];
    poolDelete(request); // its share of the bond is the half's now
    const bool known = slot.links.find(peer.packed()) != nullptr;
    slot.links.add(peer.packed(), &half);
    if (known)
        slot.doubleLinks = true; // both called link/1 at the same time
    else if (m_lane)
        emit(EventType::Linked,
             pid,
             peer,
             0,
             0,
             Term(),
             static_cast<std::uint8_t>(trace::LinkSide::Receiver));
}

void Worker::handleUnlink(Slot& slot, Pid pid, Signal* half)
{
    Signal& own = otherHalf(*half);
    const Pid peer = half->from;
    if (own.position != noPosition) {
        slot.links.remove(&own);
        freeSignal(&own);
        const bool gone = !slot.doubleLinks || slot.links.find(peer.packed()) == nullptr;
        if (gone && m_lane)
            emit(EventType::Unlinked,
                 pid,
                 peer,
                 0,
                 0,
                 Term(),
                 static_cast<std::uint8_t>(trace::LinkSide::Receiver));
    }
    freeSignal(half);
}

/// The peer is dead: takes its link out. True when there was one.
bool Worker::consumeLink(Slot& slot, Signal* half)
{
    Signal& own = otherHalf(*half);
    if (own.position == noPosition)
        return false;
    slot.links.remove(&own);
    freeSignal(&own);
    while (slot.doubleLinks) {
        Signal* twin = slot.links.find(half->from.packed());
        if (!twin)
            break;
        slot.links.remove(twin);
        freeSignal(twin);
    }
    return true;
}

void Worker::handleDown(Slot& slot, Pid pid, Signal* half)
{
    Signal& own = otherHalf(*half);
    if (own.position == noPosition) {
        freeSignal(half);
        return;
    }
    const Ref ref{own.id};
    const Pid target = half->from;
    slot.extra->monitors.remove(&own);
    if (m_lane)
        emit(EventType::MonitorFired, pid, target, ref.id, 0, half->term, 0);
    Term object = own.term.isAtom(term::atoms::nil) ? Term(target) : own.term;
    freeSignal(&own);
    half->id = ref.id;
    half->term = Term::tuple(
        {term::atoms::DOWN, ref, term::atoms::process, std::move(object), half->term});
    slot.mailbox.append(half);
    slot.awake = true;
}

} // namespace exitwave::actor
