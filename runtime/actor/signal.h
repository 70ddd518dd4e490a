// Signal: everything that one process can send another; Bond: a link or monitor, whose two halves
// are signals themselves.
#pragma once

#include "runtime/actor/memory_pool.h"
#include "runtime/actor/process_info.h"
#include "runtime/term/term.h"
#include "runtime/trace/event.h"

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace exitwave::actor {

using term::Pid;
using term::Ref;
using term::Term;

enum class SignalKind : std::uint8_t {
    Message, ///< term: the message
    Exit, ///< exit/2, or the runtime's noproc; term: reason
    LinkRequest, ///< bond: the receiver becomes linked
    Unlink, ///< a bond's half: the sender unlinked
    LinkExit, ///< a bond's half: the sender has died; term: reason
    MonitorRequest, ///< bond: the receiver becomes monitored
    Demonitor, ///< a bond's half: the watcher does not want to know any more
    Down, ///< a bond's half: the watched one has died; term: reason
    AliveRequest, ///< position: the asker's token
    InfoRequest, ///< position: the asker's token; info: to be filled in
    AliveReply, ///< an AliveRequest on its way back; how: 1 = alive
    InfoReply, ///< an InfoRequest on its way back; position: the asker's token
    Timeout, ///< position: the timer's token
    SetTrapExit, ///< from outside; how: the new value
    DoLink, ///< from outside; target: whom to link to
    DoUnlink, ///< from outside; target: whom to unlink
    Half, ///< a bond's half that has not been sent
};

/// A node of inboxes and mailboxes. Owned by the queue it is in; a bond's half by its bond.
/// Touched by one thread at a time: the sender until it is pushed, then the receiver.
struct Signal
{
    Signal* next = nullptr;
    SignalKind kind = SignalKind::Message;
    std::uint8_t how = 0; ///< trace::SignalOrigin of exit signals; else see SignalKind
    std::uint8_t worker = 0; ///< who pushed it; the same worker needs no new stamp to receive it
    std::uint8_t side = 0; ///< of a bond's half: 0 or 1
    std::uint32_t position = 0; ///< of a bond's half: where its owner's table holds it
    Pid from;
    union {
        std::uint64_t id = 0; ///< of messages and exit signals; the ref of a Down
        struct Bond* bond;
        ProcessInfo* info;
        std::uint64_t target; ///< packed pid
    };
    Term term;
};

constexpr std::uint32_t noPosition = UINT32_MAX;

/// A link or a monitor between two processes.
///
///     half[0]: owned by the side that made it; it tells half[1]'s owner:  Unlink, LinkExit,
///     Demonitor half[1]: owned by the other side; it tells half[0]'s owner:         Unlink,
///     LinkExit, Down
///
/// A half is in its owner's table (position) until its owner lets go of it, which sends the half
/// itself as a signal; so nothing is allocated when a process dies. Each side holds one reference:
/// in its table, or in the request that will put it there, or in the half under way. `from` of a
/// half is its owner. A half that arrives where the receiver's own half is gone already is dropped.
/// Thread: each half by its owner, then, once sent, by the receiver; refs by both.
struct Bond
{
    Signal half[2];
    std::atomic<std::uint32_t> refs{2};
};

inline Bond& bondOf(Signal& half) noexcept
{
    static_assert(offsetof(Bond, half) == 0);
    return *reinterpret_cast<Bond*>(&half - half.side);
}
inline Signal& otherHalf(Signal& half) noexcept
{
    return bondOf(half).half[1 - half.side];
}

inline void releaseBond(Bond& bond) noexcept
{
    // Acquire-release pairs with the other side's release: its last use comes before the end.
    if (bond.refs.fetch_sub(1, std::memory_order_acq_rel) == 1)
        poolDelete(&bond);
}

inline Bond* newBond(Pid maker, Pid other)
{
    Bond* bond = poolNew<Bond>();
    for (std::uint8_t side = 0; side < 2; ++side) {
        Signal& half = bond->half[side];
        half.kind = SignalKind::Half;
        half.side = side;
        half.position = noPosition;
        half.from = side == 0 ? maker : other;
    }
    return bond;
}

inline bool isHalf(const Signal& signal) noexcept
{
    switch (signal.kind) {
    case SignalKind::Unlink:
    case SignalKind::LinkExit:
    case SignalKind::Demonitor:
    case SignalKind::Down:
    case SignalKind::Half:
        return true;
    default:
        return false;
    }
}

/// Ends a signal that nobody needs any more.
inline void freeSignal(Signal* signal) noexcept
{
    if (isHalf(*signal)) {
        signal->term = Term();
        releaseBond(bondOf(*signal));
        return;
    }
    if (signal->kind == SignalKind::InfoRequest || signal->kind == SignalKind::InfoReply)
        delete signal->info;
    if (signal->kind == SignalKind::LinkRequest || signal->kind == SignalKind::MonitorRequest)
        releaseBond(*signal->bond);
    poolDelete(signal);
}

} // namespace exitwave::actor
