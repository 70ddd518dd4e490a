// A binary heap whose elements know their place.
#include "runtime/actor/timer_queue.h"

#include <utility>

namespace exitwave::actor {

bool TimerQueue::set(Timer& timer, std::int64_t due, Pid pid, std::uint32_t token)
{
    const base::MutexLock lock(m_mutex);
    timer.due = due;
    timer.sequence = m_sequence++;
    timer.pid = pid;
    timer.token = token;
    m_heap.push_back(&timer);
    timer.position = m_heap.size() - 1;
    siftUp(timer.position);
    publishNext();
    return timer.position == 0;
}

void TimerQueue::cancel(Timer& timer)
{
    const base::MutexLock lock(m_mutex);
    if (timer.position != SIZE_MAX)
        removeAt(timer.position);
}

bool TimerQueue::takeDue(std::int64_t now, Fired& fired)
{
    if (nextDue() > now)
        return false;
    const base::MutexLock lock(m_mutex);
    if (m_heap.empty() || m_heap.front()->due > now)
        return false;
    fired = {m_heap.front()->pid, m_heap.front()->token};
    removeAt(0);
    return true;
}

bool TimerQueue::before(std::size_t a, std::size_t b) const
{
    const Timer& left = *m_heap[a];
    const Timer& right = *m_heap[b];
    return left.due != right.due ? left.due < right.due : left.sequence < right.sequence;
}

void TimerQueue::place(std::size_t position, Timer* timer)
{
    m_heap[position] = timer;
    timer->position = position;
}

void TimerQueue::siftUp(std::size_t position)
{
    while (position > 0) {
        const std::size_t parent = (position - 1) / 2;
        if (!before(position, parent))
            return;
        Timer* timer = m_heap[position];
        place(position, m_heap[parent]);
        place(parent, timer);
        position = parent;
    }
}

void TimerQueue::siftDown(std::size_t position)
{
    for (;;) {
        std::size_t child = 2 * position + 1;
        if (child >= m_heap.size())
            return;
        if (child + 1 < m_heap.size() && before(child + 1, child))
            ++child;
        if (!before(child, position))
            return;
        Timer* timer = m_heap[position];
        place(position, m_heap[child]);
        place(child, timer);
        position = child;
    }
}

void TimerQueue::removeAt(std::size_t position)
{
    m_heap[position]->position = SIZE_MAX;
    Timer* last = m_heap.back();
    m_heap.pop_back();
    if (position < m_heap.size()) {
        place(position, last);
        siftUp(position);
        siftDown(last->position);
    }
    publishNext();
}

void TimerQueue::publishNext()
{
    m_nextDue.store(m_heap.empty() ? never : m_heap.front()->due,
                    std::memory_order_release); // partner: nextDue
}

} // namespace exitwave::actor
