// ThreadedScheduler: one worker per thread, each with its own queue; work moves only to idle ones.
#include "runtime/actor/core.h"
#include "runtime/actor/scheduler.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

namespace exitwave::actor {

namespace {

constexpr unsigned slicesPerClockLook = 16;
/// Waking a worker costs more than many short slices, so little work is not given away at once.
constexpr unsigned slicesPerShare = 64;
constexpr int longSlice = 500; ///< reductions

/// Thread: each worker's state by its thread; the rest under the lock.
class ThreadedScheduler final : public Scheduler
{
public:
    explicit ThreadedScheduler(SystemCore& core) : Scheduler(core) {}

    void start() override
    {
        for (const auto& worker : m_core.workers)
            m_threads.emplace_back([this, &worker] { run(*worker); });
    }

    void relieve(Worker& worker) override
    {
        if (m_hungry.load(std::memory_order_relaxed) && worker.queue.size() > 1)
            share(worker);
    }

protected:
    void join() override
    {
        for (std::thread& thread : m_threads)
            thread.join();
        m_threads.clear();
    }
    std::size_t workerCount() const override { return m_core.workers.size(); }
    bool nothingReady() const override EXITWAVE_REQUIRES(m_mutex) { return m_shared.empty(); }

private:
    void run(Worker& worker)
    {
        worker.comeBack();
        unsigned slices = 0;
        unsigned sinceShare = 0;
        for (;;) {
            bool held = false;
            if (m_attention.load(std::memory_order_acquire)) { // partner: updateAttention
                runPosted(worker);
                held = yieldQueue(worker);
            }
            if (!held && nextDue() != TimerQueue::never
                && (++slices % slicesPerClockLook == 0 || worker.queue.empty()))
                worker.fireDue(now());
            if (worker.queue.empty()) {
                const Found found = findWork(worker);
                if (found == Found::Stop)
                    break;
                if (found == Found::Look)
                    continue;
                if (found == Found::Step) {
                    if (worker.queue.empty())
                        worker.fireNext();
                    if (!worker.queue.empty())
                        worker.runStep(worker.queue.pop());
                    continue;
                }
            }
            worker.runSlice(worker.queue.pop());
            ++sinceShare;
            if (m_hungry.load(std::memory_order_relaxed) && worker.queue.size() > 1
                && (sinceShare >= slicesPerShare || worker.reductionsUsed >= longSlice)) {
                share(worker);
                sinceShare = 0;
            }
        }
        worker.goIdle();
    }

    /// Pausing or stopping: what this worker would run goes where it can be stepped, and nothing
    /// may happen by itself; true then.
    bool yieldQueue(Worker& worker)
    {
        const base::MutexLock lock(m_mutex);
        if (!m_paused && !m_stop)
            return false;
        worker.queue.popNewest(worker.queue.size(), m_shared);
        return true;
    }

    /// Gives the newer half of the queue to whoever is idle.
    void share(Worker& worker)
    {
        const base::MutexLock lock(m_mutex);
        worker.queue.popNewest(worker.queue.size() / 2, m_shared);
        updateHungry();
        m_wake.notifyOne();
    }

    enum class Found : std::uint8_t {
        Slice, ///< the worker's queue is not empty
        Step, ///< one step is to be done: the process in the queue, else what is due next
        Look, ///< something has changed
        Stop,
    };

    /// Waits until there is something to do.
    Found findWork(Worker& worker)
    {
        const base::MutexLock lock(m_mutex);
        for (;;) {
            if (m_stop)
                return Found::Stop;
            if (!m_posted.empty())
                return Found::Look;
            if (m_paused) {
                const bool something = !m_shared.empty() || nextDue() != TimerQueue::never;
                const bool othersRest = m_idle + 1 == workerCount();
                // Whoever is not at rest hands over its queue first and then finds the step here.
                if (m_steps > 0 && (something || othersRest)) {
                    --m_steps;
                    if (!something)
                        continue;
                    if (m_shared.empty())
                        moveTimeToNextDue();
                    else
                        takeShared(worker, 1);
                    return Found::Step;
                }
            } else {
                if (!m_shared.empty()) {
                    takeShared(worker, (m_shared.size() + 1) / 2);
                    return Found::Slice;
                }
                if (nextDue() <= now())
                    return Found::Look;
            }
            sleep(worker);
        }
    }

    void takeShared(Worker& worker, std::size_t count) EXITWAVE_REQUIRES(m_mutex)
    {
        for (std::size_t i = 0; i < count; ++i)
            worker.queue.push(m_shared[i]);
        m_shared.erase(m_shared.begin(), m_shared.begin() + static_cast<std::ptrdiff_t>(count));
        updateHungry();
        if (!m_shared.empty())
            m_wake.notifyOne();
        worker.observe(); // these processes ran elsewhere before
    }

    void sleep(Worker& worker) EXITWAVE_REQUIRES(m_mutex)
    {
        worker.goIdle();
        ++m_idle;
        updateHungry();
        if (quiet())
            m_quietChanged.notifyAll();
        const std::int64_t due = m_paused ? TimerQueue::never : nextDue();
        if (due == TimerQueue::never)
            m_wake.wait(m_mutex);
        else
            m_wake.waitFor(m_mutex, untilDue());
        --m_idle;
        updateHungry();
        worker.comeBack();
    }

    void updateHungry() EXITWAVE_REQUIRES(m_mutex)
    {
        m_hungry.store(m_idle > 0 && m_shared.empty(), std::memory_order_relaxed);
    }

    std::vector<std::thread> m_threads;
    std::vector<std::uint32_t> m_shared EXITWAVE_GUARDED_BY(m_mutex); ///< ready, nobody's
    std::atomic<bool> m_hungry{false}; ///< hint: some worker is idle; partner: updateHungry
};

} // namespace

std::unique_ptr<Scheduler> makeThreadedScheduler(SystemCore& core)
{
    return std::make_unique<ThreadedScheduler>(core);
}

} // namespace exitwave::actor
