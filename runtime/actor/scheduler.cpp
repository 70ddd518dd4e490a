// Pausing, posting, stopping and waiting.
#include "runtime/actor/scheduler.h"

#include "runtime/actor/core.h"

#include <algorithm>

namespace exitwave::actor {

void Scheduler::stop()
{
    {
        const base::MutexLock lock(m_mutex);
        if (m_ended)
            return;
        m_stop = true;
        updateAttention();
        m_wake.notifyAll();
        m_quietChanged.notifyAll();
    }
    join();
    std::deque<Posted> left;
    {
        const base::MutexLock lock(m_mutex);
        m_ended = true;
        left.swap(m_posted);
    }
    for (const Posted& work : left)
        work(nullptr);
}

void Scheduler::post(Posted work)
{
    {
        const base::MutexLock lock(m_mutex);
        if (!m_ended) {
            m_posted.push_back(std::move(work));
            updateAttention();
            m_wake.notifyOne();
            return;
        }
    }
    work(nullptr);
}

void Scheduler::pause()
{
    const base::MutexLock lock(m_mutex);
    if (!m_paused && !m_core.stepping)
        m_frozenAt.store(now(), std::memory_order_release); // partner: now
    m_paused = true;
    m_steps = 0;
    updateAttention();
    m_quietChanged.notifyAll();
}

void Scheduler::resume()
{
    const base::MutexLock lock(m_mutex);
    if (m_paused && !m_core.stepping) {
        m_standstill.store(m_core.clock->now() - now(), std::memory_order_relaxed);
        m_frozenAt.store(flowing, std::memory_order_release); // partner: now
    }
    m_paused = false;
    m_steps = 0;
    updateAttention();
    m_wake.notifyAll();
}

Scheduler::Stepped Scheduler::step(const Worker& worker)
{
    const base::MutexLock lock(m_mutex);
    if (!m_paused)
        return Stepped::Running;
    // Others may be in a slice, or about to take a step, and leave something to be stepped.
    const bool othersRest = m_idle + 1 == workerCount() && m_steps == 0;
    if (othersRest && worker.queue.empty() && nothingReady() && nextDue() == TimerQueue::never)
        return Stepped::Nothing;
    ++m_steps;
    m_wake.notifyAll();
    return Stepped::Accepted;
}

bool Scheduler::paused() const
{
    const base::MutexLock lock(m_mutex);
    return m_paused;
}

std::int64_t Scheduler::now() const
{
    const std::int64_t frozen = m_frozenAt.load(std::memory_order_acquire); // partner: resume
    if (frozen != flowing)
        return frozen;
    return m_core.clock->now() - m_standstill.load(std::memory_order_relaxed);
}

void Scheduler::wakeEarlier()
{
    // Under the lock, so that nobody is between looking at what is due next and going to sleep.
    const base::MutexLock lock(m_mutex);
    if (m_idle > 0)
        m_wake.notifyOne();
}

void Scheduler::waitSettled()
{
    const base::MutexLock lock(m_mutex);
    while (!m_stop && !settled())
        m_quietChanged.wait(m_mutex);
}

void Scheduler::waitIdle()
{
    const base::MutexLock lock(m_mutex);
    while (!m_stop && !quiet())
        m_quietChanged.wait(m_mutex);
}

void Scheduler::runPosted(Worker& worker)
{
    for (;;) {
        Posted work;
        {
            const base::MutexLock lock(m_mutex);
            if (m_posted.empty() || m_stop)
                return;
            work = std::move(m_posted.front());
            m_posted.pop_front();
            updateAttention();
        }
        worker.observe(); // it was asked for by another thread, perhaps after it saw events
        work(&worker);
    }
}

bool Scheduler::quiet() const
{
    if (m_idle != workerCount() || !m_posted.empty())
        return false;
    if (m_paused)
        return m_steps == 0;
    return nothingReady() && nextDue() == TimerQueue::never;
}

bool Scheduler::settled() const
{
    return m_idle == workerCount() && m_posted.empty() && m_steps == 0 && nothingReady()
        && nextDue() == TimerQueue::never;
}

std::chrono::nanoseconds Scheduler::untilDue() const
{
    // What is farther away is looked at again on the way.
    constexpr std::int64_t farthest = 3'600'000'000'000;
    const std::int64_t due = nextDue();
    const std::int64_t time = now();
    return std::chrono::nanoseconds(due <= time                 ? 0
                                        : due - farthest > time ? farthest
                                                                : due - time);
}

void Scheduler::moveTimeToNextDue()
{
    const std::int64_t due = nextDue();
    if (due != TimerQueue::never && due > now())
        m_frozenAt.store(due, std::memory_order_release); // partner: now
}

std::int64_t Scheduler::nextDue() const
{
    return std::min(m_core.timers.nextDue(), m_core.delays.nextDue());
}

void Scheduler::updateAttention()
{
    m_attention.store(m_stop || m_paused || !m_posted.empty(), std::memory_order_release);
}

} // namespace exitwave::actor
