// Times of arrival never decrease along the line.
#include "runtime/actor/delay_line.h"

#include <algorithm>

namespace exitwave::actor {

void DelayLine::setDelay(std::int64_t delay)
{
    const base::MutexLock lock(m_mutex);
    m_delay.store(delay, std::memory_order_relaxed);
    if (delay == 0) {
        for (Held& held : m_line)
            held.due = INT64_MIN;
    }
    publish();
}

DelayLine::Hold DelayLine::hold(std::int64_t now, Pid to, Signal* signal)
{
    const base::MutexLock lock(m_mutex);
    if (!m_active.load(std::memory_order_relaxed))
        return Hold::Not;
    const bool first = m_line.empty();
    const std::int64_t last = first ? INT64_MIN : m_line.back().due;
    m_line.push_back({std::max(last, now + delay()), to, signal});
    publish();
    return first ? Hold::First : Hold::Behind;
}

std::deque<DelayLine::Held> DelayLine::takeAll()
{
    const base::MutexLock lock(m_mutex);
    std::deque<Held> all;
    all.swap(m_line);
    publish();
    return all;
}

void DelayLine::publish()
{
    m_active.store(delay() > 0 || !m_line.empty(), std::memory_order_release); // partner: active
    m_nextDue.store(m_line.empty() ? INT64_MAX : m_line.front().due,
                    std::memory_order_release); // partner: nextDue
}

} // namespace exitwave::actor
