// TimerQueue: what is to happen at a given time.
#pragma once

#include "runtime/actor/signal.h"
#include "runtime/base/mutex.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace exitwave::actor {

/// A timer of one process; lives where its owner likes (in a coroutine's frame) and must be
/// cancelled before it goes. Fields belong to the queue.
struct Timer
{
    std::int64_t due = 0;
    std::uint64_t sequence = 0;
    std::size_t position = SIZE_MAX; ///< in the heap; SIZE_MAX = not set
    Pid pid;
    std::uint32_t token = 0;
};

/// A heap of timers; those due at the same time come in the order in which they were set.
/// Any thread.
class TimerQueue
{
public:
    static constexpr std::int64_t never = INT64_MAX;

    struct Fired
    {
        Pid pid;
        std::uint32_t token = 0;
    };

    /// \pre not set. True when this one is now the first, so that sleepers must wake earlier.
    bool set(Timer& timer, std::int64_t due, Pid pid, std::uint32_t token);
    /// After this the timer does not fire, but it may have fired already. Does nothing when not
    /// set.
    void cancel(Timer& timer);
    /// Takes one timer that is due at `now`.
    [[nodiscard]] bool takeDue(std::int64_t now, Fired& fired);
    /// When the next timer is due; may be early when timers were cancelled by others just now.
    [[nodiscard]] std::int64_t nextDue() const
    {
        return m_nextDue.load(std::memory_order_acquire); // partner: publishNext
    }

private:
    [[nodiscard]] bool before(std::size_t a, std::size_t b) const EXITWAVE_REQUIRES(m_mutex);
    void place(std::size_t position, Timer* timer) EXITWAVE_REQUIRES(m_mutex);
    void siftUp(std::size_t position) EXITWAVE_REQUIRES(m_mutex);
    void siftDown(std::size_t position) EXITWAVE_REQUIRES(m_mutex);
    void removeAt(std::size_t position) EXITWAVE_REQUIRES(m_mutex);
    void publishNext() EXITWAVE_REQUIRES(m_mutex);

    base::Mutex m_mutex;
    std::vector<Timer*> m_heap EXITWAVE_GUARDED_BY(m_mutex);
    std::uint64_t m_sequence EXITWAVE_GUARDED_BY(m_mutex) = 0;
    std::atomic<std::int64_t> m_nextDue{never};
};

} // namespace exitwave::actor
