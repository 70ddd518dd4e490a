// DelayLine: signals on their way in slow motion.
#pragma once

#include "runtime/actor/signal.h"
#include "runtime/base/mutex.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>

namespace exitwave::actor {

/// Holds signals for a time, first in, first out; so the order between any two processes stays.
/// Once slow motion ends, the line is used until it is empty, for the same reason. Any thread.
class DelayLine
{
public:
    struct Held
    {
        std::int64_t due = 0;
        Pid to;
        Signal* signal = nullptr;
    };

    /// Nanoseconds per hop; 0 lets all signals go at once.
    void setDelay(std::int64_t delay);
    [[nodiscard]] std::int64_t delay() const { return m_delay.load(std::memory_order_relaxed); }
    /// Cheap: must signals go through the line?
    [[nodiscard]] bool active() const { return m_active.load(std::memory_order_acquire); }

    enum class Hold : std::uint8_t {
        Not, ///< the line is not active any more: nothing was done
        Behind, ///< taken over
        First, ///< taken over, and the first to come out, so that sleepers must wake earlier
    };
    /// Takes the signal over while the line is active.
    [[nodiscard]] Hold hold(std::int64_t now, Pid to, Signal* signal);
    [[nodiscard]] std::int64_t nextDue() const { return m_nextDue.load(std::memory_order_acquire); }

    /// Calls `deliver(Held)` for all signals due at `now`, in order, one thread at a time; only the
    /// first one when `single`. True when there was one.
    template<class Deliver>
    bool release(std::int64_t now, Deliver&& deliver, bool single = false)
    {
        if (nextDue() > now)
            return false;
        const base::MutexLock lock(m_mutex);
        bool any = false;
        while (!m_line.empty() && m_line.front().due <= now && !(single && any)) {
            const Held held = m_line.front();
            m_line.pop_front();
            any = true;
            // Under the lock: a signal must not be overtaken by one released after it.
            deliver(held);
        }
        publish();
        return any;
    }
    /// Takes all signals out. \pre nothing runs.
    [[nodiscard]] std::deque<Held> takeAll();

private:
    void publish() EXITWAVE_REQUIRES(m_mutex);

    std::atomic<std::int64_t> m_delay{0};
    std::atomic<bool> m_active{false}; ///< delay > 0 or the line is not empty
    std::atomic<std::int64_t> m_nextDue{INT64_MAX};
    base::Mutex m_mutex;
    std::deque<Held> m_line EXITWAVE_GUARDED_BY(m_mutex);
};

} // namespace exitwave::actor
