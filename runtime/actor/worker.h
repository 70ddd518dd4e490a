// Worker: what one thread needs to run processes: its queue, its lane, its numbers.
#pragma once

#include "runtime/actor/obituaries.h"
#include "runtime/actor/run_queue.h"
#include "runtime/actor/slot_table.h"
#include "runtime/actor/timer_queue.h"
#include "runtime/base/clock.h"
#include "runtime/trace/lane.h"

#include <atomic>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace exitwave::actor {

struct SystemCore;

/// Why the process that runs is about to die.
struct PendingExit
{
    bool set = false;
    trace::ExitKind kind{};
    Term reason;
    std::uint64_t cause = 0; ///< the exit signal, 0 = its own doing
};

/// Runs slices of processes, sends their signals, writes their events.
/// Thread: the thread that runs it; counts by any.
class Worker
{
public:
    static constexpr int sliceReductions = 2000;
    static constexpr std::uint8_t foreign = 0xFF; ///< Signal::worker that always means a new stamp

    Worker(SystemCore& core, unsigned number, trace::Lane* lane);
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Runs a process until it waits, has used up its reductions or is dead.
    void runSlice(std::uint32_t index) { runSlice(index, allSignals); }
    /// The same for a step: the process handles one signal at most.
    void runStep(std::uint32_t index) { runSlice(index, 1); }
    /// Makes ready what is due at `now`. True when there was anything.
    bool fireDue(std::int64_t now);
    /// Lets exactly one thing that waits for time happen, whenever it is due.
    void fireNext();

    // --- tracing ---
    [[nodiscard]] bool tracing() const noexcept { return m_lane != nullptr; }
    /// \pre tracing()
    void emit(trace::EventType type,
              Pid process,
              Pid peer,
              std::uint64_t id,
              std::uint64_t cause,
              const Term& term,
              std::uint8_t how);
    /// Another worker's doing has been seen: what follows is later than that.
    void observe()
    {
        if (m_lane)
            takeStamp();
    }
    /// Around a time in which this worker emits nothing.
    void goIdle();
    void comeBack();

    // --- sending ---
    /// Takes the signal over; also tells what becomes of it when `to` is dead.
    void send(Pid to, Signal* signal);
    /// The same without the delay of slow motion: timeouts, and what a process does to itself.
    void sendNow(Pid to, Signal* signal);
    /// An identity for a signal or a ref; never 0.
    [[nodiscard]] std::uint64_t nextId() noexcept { return m_idBase | ++m_ids; }
    [[nodiscard]] Ref nextRef() noexcept { return Ref{m_idBase | ++m_refs}; }

    /// Handles what has come for the process of `slot`. False when it is about to die.
    bool drain(Slot& slot, Pid pid) { return drain(slot, pid, allSignals); }
    /// The same, but no more than this slice allows.
    bool drainAllowed(Slot& slot, Pid pid);
    /// Makes a process whose slot was prepared ready to run.
    void makeReady(std::uint32_t index) { queue.push(index); }
    /// A free slot, prepared for a process with `body`; 0 when there are too many processes, and
    /// `body` is still the caller's.
    [[nodiscard]] std::uint32_t prepare(Resumable* body);

    /// Decides the fate of the running process. The first decision stands.
    void decideExit(trace::ExitKind kind, Term reason, std::uint64_t cause = 0);

    [[nodiscard]] SystemCore& core() noexcept { return m_core; }
    [[nodiscard]] unsigned number() const noexcept { return m_number; }

    RunQueue queue;
    int reductionsUsed = 0; ///< by the last slice
    Obituaries obituaries; ///< of those who died here, while traced

    /// Written by the worker, read by all.
    struct alignas(64) Statistics
    {
        std::atomic<std::uint64_t> spawned{0};
        std::atomic<std::uint64_t> exited{0};
        std::atomic<std::uint64_t> sent{0};
        std::atomic<std::uint64_t> received{0};
    };
    Statistics statistics;
    static void count(std::atomic<std::uint64_t>& counter) noexcept
    {
        // One writer: a plain addition that others may read.
        counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }

private:
    static constexpr unsigned allSignals = UINT_MAX;

    void takeStamp();
    void runSlice(std::uint32_t index, unsigned signalsAllowed);
    bool drain(Slot& slot, Pid pid, unsigned most);
    Signal* takeSignals(Slot& slot, Pid pid);
    void fire(const TimerQueue::Fired& fired);
    bool releaseHeld(std::int64_t now, bool single);
    /// False: dead, the signal is still the caller's.
    bool push(Pid to, Signal* signal);
    void undeliverable(Pid to, Signal* signal);
    void handle(Slot& slot, Pid pid, Signal* signal);
    void handleExit(Slot& slot, Pid pid, Signal* signal, bool linkActive);
    void handleLinkRequest(Slot& slot, Pid pid, Signal* request);
    void handleUnlink(Slot& slot, Pid pid, Signal* half);
    bool consumeLink(Slot& slot, Signal* half);
    void handleDown(Slot& slot, Pid pid, Signal* half);
    void die(std::uint32_t index, Slot& slot, Pid pid);
    void announceDeath(Pid pid, const PendingExit& exit);
    void releaseLinks(Slot& slot, Pid pid, const PendingExit& exit);
    void releaseMonitors(Slot& slot, const PendingExit& exit);

    SystemCore& m_core;
    SlotTable& m_table;
    trace::Lane* const m_lane;
    const base::Clock& m_clock;
    const unsigned m_number;
    const std::uint64_t m_idBase;
    std::uint64_t m_ids = 0;
    std::uint64_t m_refs = 0;
    std::int64_t m_stamp = 0;
    unsigned m_slices = 0;
    unsigned m_signalsAllowed = allSignals; ///< how many more this slice may handle
    PendingExit m_exit;
    Signal* m_rest = nullptr; ///< signals that came after the fatal one
    SlotTable::FreeList m_free;
    std::vector<BondTable::Entry> m_watchers; // scratch
};

/// Bounds of Worker::m_slices: a stamp at least this often.
constexpr unsigned slicesPerStamp = 16;

} // namespace exitwave::actor
