// BatchQueue: hands batches, state and description of a source from its reading thread to its
// owner.
#pragma once

#include "runtime/base/mutex.h"
#include "runtime/trace/event_source.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>

namespace exitwave::trace {

/// What every EventSource with a thread of its own needs. Thread: any; the producer is one thread,
/// the consumer the source's owner. Invariants: order is kept; the owner is woken whenever the
/// queue was empty or the state changed, and never while the lock is held.
class BatchQueue
{
public:
    /// `limit`: events, terms, answers and diagnostics together that may wait before waitForRoom()
    /// waits.
    explicit BatchQueue(std::size_t limit) : m_limit(limit) {}

    /// Owner, before the producer starts.
    void open(EventSource::Wake wake, SourceState state, SourceInfo info);

    // Producer:
    /// Moves `batch` in; an empty one is ignored.
    void push(Batch&& batch);
    /// Waits until fewer than `limit` items wait. False when the queue was closed.
    [[nodiscard]] bool waitForRoom();
    /// The same without waiting.
    [[nodiscard]] bool hasRoom() const;
    void setState(SourceState state);
    void fail(base::Error error);
    void updateInfo(const std::function<void(SourceInfo&)>& change);

    // Owner:
    bool take(Batch& out, std::size_t maxEvents);
    [[nodiscard]] SourceState state() const;
    [[nodiscard]] SourceInfo info() const;
    [[nodiscard]] base::Error error() const;
    /// The producer must stop: waitForRoom() says false, pushes are dropped and nobody is woken any
    /// more.
    void close();
    [[nodiscard]] bool closed() const;

private:
    const std::size_t m_limit;
    mutable base::Mutex m_mutex;
    base::CondVar m_room;
    std::deque<Batch> m_batches EXITWAVE_GUARDED_BY(m_mutex);
    std::size_t m_taken EXITWAVE_GUARDED_BY(m_mutex)
        = 0; // events of the first batch that are taken already
    std::size_t m_waiting EXITWAVE_GUARDED_BY(m_mutex) = 0; // items
    SourceState m_state EXITWAVE_GUARDED_BY(m_mutex) = SourceState::Idle;
    SourceInfo m_info EXITWAVE_GUARDED_BY(m_mutex);
    base::Error m_error EXITWAVE_GUARDED_BY(m_mutex);
    EventSource::Wake m_wake EXITWAVE_GUARDED_BY(m_mutex);
    bool m_closed EXITWAVE_GUARDED_BY(m_mutex) = false;
};

/// Moves up to `maxEvents` events of `from`, beginning at `taken`, to `out`, together with
/// everything else it holds; true when `from` is used up, otherwise `taken` says where to go on.
bool takeFromBatch(Batch& from, std::size_t& taken, Batch& out, std::size_t maxEvents);

} // namespace exitwave::trace
