// Scheduler: what the threaded and the step scheduler have in common.
#pragma once

#include "runtime/actor/worker.h"
#include "runtime/base/mutex.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>

namespace exitwave::actor {

struct SystemCore;

/// Work that comes from outside: run on a worker, between slices. `worker` is null when the system
/// was stopped before it came to that.
using Posted = std::function<void(Worker* worker)>;

/// Gives processes to workers. Both kinds can be paused and stepped, and take work from outside.
/// Thread: any, where nothing else is said. Owned by the core.
class Scheduler
{
public:
    explicit Scheduler(SystemCore& core) : m_core(core) {}
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;
    virtual ~Scheduler() = default;

    /// Starts the threads. Owner, once.
    virtual void start() = 0;
    /// Returns when all threads have ended. Owner. Calls back what was posted and not done.
    void stop();
    /// `work` will be called exactly once.
    void post(Posted work);

    /// No process runs any more once those that run have finished their slices, and the program's
    /// time stands still: what waits for time waits as much longer as the pause lasts.
    void pause();
    void resume();
    /// The program's time, for timers and slow motion: the clock without the pauses.
    [[nodiscard]] std::int64_t now() const;
    /// Something is now due before all else: who sleeps must wake earlier. Called by workers.
    void wakeEarlier();
    enum class Stepped : std::uint8_t {
        Accepted,
        Running, ///< not paused
        Nothing, ///< no process is ready and nothing waits for time
    };
    /// While paused: lets the next process that is ready run one slice in which it handles one
    /// signal at most; when none is ready, the one timer or signal that is due next arrives first.
    /// Called by `worker`, which must not have handed over its queue.
    [[nodiscard]] Stepped step(const Worker& worker);
    [[nodiscard]] bool paused() const;
    /// Inside a slice that makes many processes ready: whoever is idle gets some of them. Called by
    /// `worker`.
    virtual void relieve(Worker& /*worker*/) {}

    /// See System::waitIdle and waitSettled.
    void waitIdle();
    void waitSettled();

protected:
    /// Waits for the threads. \pre m_stop
    virtual void join() = 0;
    /// The number of workers that must be idle for the system to be idle.
    [[nodiscard]] virtual std::size_t workerCount() const = 0;
    /// No process is ready; under the lock.
    [[nodiscard]] virtual bool nothingReady() const EXITWAVE_REQUIRES(m_mutex) = 0;

    /// Calls what was posted. Called by workers between slices, without the lock.
    void runPosted(Worker& worker);
    /// Whether nothing can happen by itself.
    [[nodiscard]] bool quiet() const EXITWAVE_REQUIRES(m_mutex);
    /// Whether nothing is left to happen, paused or not.
    [[nodiscard]] bool settled() const EXITWAVE_REQUIRES(m_mutex);
    /// Real time until something is due, never negative. \pre something waits for time
    [[nodiscard]] std::chrono::nanoseconds untilDue() const;
    /// A step lets happen what is due next: while it does, the program's time moves on to that.
    void moveTimeToNextDue() EXITWAVE_REQUIRES(m_mutex);
    [[nodiscard]] std::int64_t nextDue() const;
    void updateAttention() EXITWAVE_REQUIRES(m_mutex);

    SystemCore& m_core;
    mutable base::Mutex m_mutex;
    base::CondVar m_wake; ///< workers wait here
    base::CondVar m_quietChanged; ///< waitIdle waits here
    std::deque<Posted> m_posted EXITWAVE_GUARDED_BY(m_mutex);
    std::size_t m_idle EXITWAVE_GUARDED_BY(m_mutex) = 0; ///< workers that wait
    std::size_t m_steps EXITWAVE_GUARDED_BY(m_mutex) = 0; ///< asked for and not done
    bool m_paused EXITWAVE_GUARDED_BY(m_mutex) = false;
    bool m_stop EXITWAVE_GUARDED_BY(m_mutex) = false;
    bool m_ended EXITWAVE_GUARDED_BY(m_mutex) = false; ///< nobody will run what is posted
    /// Written under the lock, read by now(). Not used by the step scheduler, whose clock stands
    /// still by itself.
    static constexpr std::int64_t flowing = INT64_MIN;
    std::atomic<std::int64_t> m_frozenAt{flowing}; ///< the program's time during a pause
    std::atomic<std::int64_t> m_standstill{0}; ///< how much the program's time is behind the clock
    /// Any of: posted work, pause, stop. What workers look at between slices; partner: set under
    /// the lock by updateAttention.
    std::atomic<bool> m_attention{false};
};

[[nodiscard]] std::unique_ptr<Scheduler> makeThreadedScheduler(SystemCore& core);
[[nodiscard]] std::unique_ptr<Scheduler> makeStepScheduler(SystemCore& core);

} // namespace exitwave::actor
