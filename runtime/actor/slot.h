// Slot: the control block of one process, one cache line.
#pragma once

#include "runtime/actor/bond_table.h"
#include "runtime/actor/inbox.h"
#include "runtime/actor/mailbox.h"
#include "runtime/actor/resumable.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace exitwave::actor {

/// What only some processes have; made when first needed.
struct SlotExtra
{
    BondTable monitors; ///< whom it monitors, by ref
    BondTable watchers; ///< who monitors it, by order of arrival
    std::uint64_t watcherCount = 0; ///< so far; the next watcher's key
    Signal* held = nullptr; ///< taken out of the inbox by a step that handled only the first of
                            ///< them; oldest first
};

/// Bits of Slot::shared.
enum SlotShared : std::uint8_t {
    slotNamed = 1, ///< is in the registry
    slotDying = 2, ///< must not be registered any more
};

/// A process. Slots are never unmapped and are reused with the next generation, so a sender may
/// touch any slot at any time; the inbox decides whether the process it means is still there.
/// Thread: inbox, generation, shared and backlog by all; the rest by the worker that runs the
/// process (or, while it does not exist, by the worker that makes it).
struct alignas(64) Slot
{
    Inbox inbox;
    std::atomic<std::uint32_t> generation{0};
    std::atomic<std::uint8_t> shared{0}; ///< SlotShared; partner: Registry
    bool trapExit : 1 = false;
    bool root : 1 = false; ///< counts for waitRoots
    bool awake : 1 = false; ///< something has come that the body may wait for
    bool doubleLinks : 1 = false; ///< some peer may have two halves in `links`
    std::atomic<std::uint16_t> backlog{0}; ///< messages found at the last drain; senders are
                                           ///< charged for it
    Resumable* body = nullptr;
    Mailbox mailbox;
    BondTable links;
    SlotExtra* extra = nullptr;
};
static_assert(sizeof(Slot) == 64);

} // namespace exitwave::actor
