// Lane and Sink: where the runtime writes its events; the only thing `actor` knows of tracing.
#pragma once

#include "runtime/base/spsc_ring.h"
#include "runtime/term/term.h"
#include "runtime/trace/event.h"

#include <atomic>
#include <cstdint>

namespace exitwave::trace {

/// An event as a scheduler writes it: the term itself instead of its id, the raw clock instead of
/// the trace's time.
struct Record
{
    std::int64_t stamp = 0; ///< scheduler clock in ns, taken once per slice and at each observation
                            ///< of another worker's doing
    ProcessKey process;
    ProcessKey peer;
    std::uint64_t id = 0;
    SignalId cause;
    term::Term term; ///< moved in by the worker, released by the collector
    EventType type{};
    std::uint8_t how = 0;
};

/// The event stream of one scheduler worker.
/// Thread: `emit`, `publish*` by the worker that owns it; everything else by the collector.
/// Invariants: never blocks; a record that finds no room is counted by kind and becomes a Loss
/// event; records are in stamp order; messages are refused first (from three quarters full), so
/// that life-cycle events are the last to be lost.
class Lane
{
public:
    static constexpr std::int64_t idle = INT64_MAX;

    explicit Lane(std::size_t capacity) : m_ring(capacity) {}

    /// Worker: appends one record. False when it was dropped (already counted).
    bool emit(Record&& record)
    {
        const bool message
            = record.type == EventType::MessageSent || record.type == EventType::MessageReceived;
        if (message && m_ring.producerSize() > m_ring.capacity() / 4 * 3) {
            m_lostMessages.fetch_add(1, std::memory_order_relaxed); // partner: takeLoss
            return false;
        }
        if (m_ring.tryPush(std::move(record)))
            return true;
        (message ? m_lostMessages : m_lostOthers)
            .fetch_add(1, std::memory_order_relaxed); // partner: takeLoss
        return false;
    }

    /// Worker: says that no later record of this lane has a stamp below `stamp`. Before taking a
    /// new stamp after idling, publish the previous one first, so that the collector never passes a
    /// stamp that is being taken (see Collector).
    void publish(std::int64_t stamp)
    {
        m_bound.store(stamp, std::memory_order_seq_cst);
    } // partner: bound
    /// Worker: has nothing to run; the collector need not wait for this lane.
    void publishIdle() { m_bound.store(idle, std::memory_order_seq_cst); } // partner: bound
    /// Worker: true when the ring is so full that the step scheduler should let the collector drain
    /// it (it can wait, others cannot).
    [[nodiscard]] bool nearlyFull() { return m_ring.producerSize() > m_ring.capacity() / 2; }

    /// Collector: the promise made by the last publish.
    [[nodiscard]] std::int64_t bound() const
    {
        return m_bound.load(std::memory_order_seq_cst);
    } // partner: publish
    [[nodiscard]] base::SpscRing<Record>& ring() { return m_ring; }

    struct Lost
    {
        std::uint64_t messages = 0;
        std::uint64_t others = 0;
    };
    /// Collector: what was dropped since the last call.
    [[nodiscard]] Lost takeLoss()
    {
        return {m_lostMessages.exchange(0, std::memory_order_relaxed), // partner: emit
                m_lostOthers.exchange(0, std::memory_order_relaxed)};
    }

private:
    base::SpscRing<Record> m_ring;
    alignas(64) std::atomic<std::int64_t> m_bound{idle};
    std::atomic<std::uint64_t> m_lostMessages{0};
    std::atomic<std::uint64_t> m_lostOthers{0};
};

/// Receiver of a runtime's events; made by `tracer` (or a test) and handed to the actor system,
/// which it must outlive.
class Sink
{
public:
    Sink() = default;
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    virtual ~Sink() = default;

    /// The lane of worker `worker`. Called once per worker before it starts; the reference stays
    /// valid as long as the sink.
    [[nodiscard]] virtual Lane& lane(unsigned worker) = 0;
    /// Takes over what the lanes hold before it returns. Called by the step scheduler when a lane
    /// is nearly full, which makes its traces complete and repeatable; the threaded scheduler never
    /// calls it.
    virtual void drain() = 0;
};

} // namespace exitwave::trace
