// StepScheduler: one thread, an order that a seed decides, and a clock that it moves itself.
#include "runtime/actor/core.h"
#include "runtime/actor/scheduler.h"

#include <chrono>
#include <thread>

namespace exitwave::actor {

namespace {

/// The virtual time that one slice takes, so that events lie side by side on a time line.
constexpr base::Duration sliceTime{1000};

/// xorshift64*: small, and the same on every machine.
class Random
{
public:
    explicit Random(std::uint64_t seed) : m_state(seed * 0x9E37'79B9'7F4A'7C15 + 1) {}

    /// Below `bound`. \pre bound > 0
    std::size_t below(std::size_t bound)
    {
        m_state ^= m_state >> 12;
        m_state ^= m_state << 25;
        m_state ^= m_state >> 27;
        return static_cast<std::size_t>((m_state * 0x2545'F491'4F6C'DD1D) >> 33) % bound;
    }

private:
    std::uint64_t m_state;
};

/// Thread: its own thread runs everything; see Scheduler.
class StepScheduler final : public Scheduler
{
public:
    explicit StepScheduler(SystemCore& core)
        : Scheduler(core), m_worker(*core.workers.front()), m_random(core.options.seed)
    {
    }

    void start() override
    {
        m_thread = std::thread([this] { run(); });
    }

protected:
    void join() override
    {
        if (m_thread.joinable())
            m_thread.join();
    }
    std::size_t workerCount() const override { return 1; }
    // Read only while the one worker waits, that is, under the lock.
    bool nothingReady() const override { return m_worker.queue.empty(); }

private:
    enum class Go : std::uint8_t { Slice, Time, Step, Look, Stop };

    void run()
    {
        m_worker.comeBack();
        for (;;) {
            if (m_attention.load(std::memory_order_acquire)) // partner: updateAttention
                runPosted(m_worker);
            switch (next()) {
            case Go::Slice:
                slice();
                break;
            case Go::Time:
                advance();
                break;
            case Go::Step:
                step();
                break;
            case Go::Look:
                break;
            case Go::Stop:
                m_worker.goIdle();
                return;
            }
        }
    }

    std::uint32_t choose()
    {
        RunQueue& queue = m_worker.queue;
        const bool seeded = m_core.options.seed != 0;
        return seeded ? queue.popAt(m_random.below(queue.size())) : queue.pop();
    }

    void slice()
    {
        m_worker.runSlice(choose());
        m_core.virtualClock->advance(sliceTime);
        m_worker.fireDue(m_core.clock->now());
    }

    /// Jumps to the next thing that waits for time.
    void advance()
    {
        m_core.virtualClock->advanceTo(nextDue());
        m_worker.observe();
        m_worker.fireDue(m_core.clock->now());
    }

    void step()
    {
        if (m_worker.queue.empty()) {
            m_core.virtualClock->advanceTo(nextDue());
            m_worker.observe();
            m_worker.fireNext();
        }
        if (m_worker.queue.empty())
            return;
        m_worker.runStep(choose());
        m_core.virtualClock->advance(sliceTime);
    }

    /// What to do next; waits while there is nothing.
    Go next()
    {
        if (!m_attention.load(std::memory_order_acquire) && !m_worker.queue.empty())
            return Go::Slice;
        const base::MutexLock lock(m_mutex);
        for (;;) {
            if (m_stop)
                return Go::Stop;
            if (!m_posted.empty())
                return Go::Look;
            const bool ready = !m_worker.queue.empty();
            const bool timed = nextDue() != TimerQueue::never;
            if (m_paused) {
                if (m_steps > 0) {
                    --m_steps;
                    if (ready || timed)
                        return Go::Step;
                    continue;
                }
            } else if (ready) {
                return Go::Slice;
            } else if (timed && waitedForTime()) {
                return Go::Time;
            } else if (timed) {
                continue; // woken meanwhile
            }
            waitForNews();
        }
    }

    /// Keeps pace with real time, if asked to. False when something else came first.
    bool waitedForTime() EXITWAVE_REQUIRES(m_mutex)
    {
        const double pace = m_core.options.pace;
        const std::int64_t wait = nextDue() - m_core.clock->now();
        if (pace <= 0 || wait <= 0)
            return true;
        const auto realWait
            = std::chrono::nanoseconds(static_cast<std::int64_t>(static_cast<double>(wait) / pace));
        return !m_wake.waitFor(m_mutex, realWait) && !m_stop && !m_paused && m_posted.empty();
    }

    void waitForNews() EXITWAVE_REQUIRES(m_mutex)
    {
        m_idle = 1;
        m_quietChanged.notifyAll();
        m_worker.goIdle();
        m_wake.wait(m_mutex);
        m_idle = 0;
        m_worker.comeBack();
    }

    Worker& m_worker;
    Random m_random;
    std::thread m_thread;
};

} // namespace

std::unique_ptr<Scheduler> makeStepScheduler(SystemCore& core)
{
    return std::make_unique<StepScheduler>(core);
}

} // namespace exitwave::actor
