// Collector: merges the lanes of a running program into one causally ordered trace and hands out
// its frames.
#pragma once

#include "runtime/base/clock.h"
#include "runtime/base/mutex.h"
#include "runtime/trace/event.h"
#include "runtime/trace/lane.h"
#include "runtime/trace/messages.h"
#include "runtime/trace/term_interner.h"
#include "runtime/tracer/frame_consumer.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace exitwave::tracer {

struct CollectorOptions
{
    trace::Hello hello; ///< title, program, seed, capabilities; the origin of time is filled in by
                        ///< the collector
    std::size_t laneCapacity = 1U << 15; ///< records that one worker may be ahead of the collector
    std::size_t pendingLimit = 1U << 20; ///< records of one lane that may wait for a slower lane;
                                         ///< beyond it the lane fills and loses
    base::Duration wakeAtLeast
        = base::milliseconds(5); ///< longest pause between two looks at the lanes
};

struct CollectorStatistics
{
    std::uint64_t events = 0; ///< in the trace so far, Loss events included
    std::uint64_t lostMessages = 0;
    std::uint64_t lostOthers = 0;
    std::uint64_t terms = 0;
    std::uint64_t frameBytes = 0;
};

/// The sink of an actor system. Owns one lane per worker and a thread that wakes every few
/// milliseconds.
///
///     worker 0 -> lane 0 --\                      /-> Recorder (file)
///     worker 1 -> lane 1 ---> merge by stamp -> frames -> StreamServer (sockets)
///     worker n -> lane n --/                      \-> LocalSource (same process)
///
/// Order. Each lane is in stamp order. A pass reads the clock, then every lane's bound, then every
/// lane's ring, in this sequence. The watermark is the least of the clock and the bounds: a lane
/// that was idle when its bound was read publishes before it takes its next stamp, so that stamp is
/// not below the clock read before. Hence whatever appears later has a stamp at or above the
/// watermark, and all records below it can be merged for good. Where a limit leaves records in a
/// ring, the first of them lowers the watermark. A worker takes a new stamp after it
/// has seen another worker's doing, so an effect never has a smaller stamp than its cause; within
/// one lane the ring's order decides. With a single lane the ring's order is the whole order and no
/// record has to wait.
///
/// Thread: lane() by the workers' starter, drain() by the step scheduler, everything else by the
/// owner. Ownership: the clock outlives the collector, the consumers
/// outlive it once it is started, the collector outlives the
/// actor system that emits into it. Invariants: the first event is TraceStarted, the last
/// TraceEnded; times never decrease; what the lanes dropped stands in the trace as Loss events
/// whose counts add up to exactly what is missing.
class Collector final : public trace::Sink
{
public:
    Collector(const base::Clock& clock, CollectorOptions options);
    /// Finishes the trace if it was started and finish() was not called.
    ~Collector() override;

    /// Before start(): `consumer` gets every frame of the trace.
    void addConsumer(FrameConsumer& consumer);
    /// Sends Hello and TraceStarted and starts the thread. Once.
    void start();
    /// Looks at the lanes now instead of within the next milliseconds. Any thread; never waits.
    void wake();
    /// Takes what the lanes hold, without regard to watermarks, writes TraceEnded{why} and the End
    /// frame and stops the thread. Once; later calls do nothing. The workers must have stopped:
    /// what they emit afterwards is gone. Before start() it sends nothing and touches no consumer.
    void finish(const std::string& why);

    [[nodiscard]] trace::Lane& lane(unsigned worker) override;
    void drain() override;

    /// Any thread.
    [[nodiscard]] CollectorStatistics statistics() const;

private:
    struct Input
    {
        explicit Input(std::size_t capacity) : lane(capacity) {}
        trace::Lane lane;
        std::deque<trace::Record> pending; // taken from the ring, waiting for the watermark
    };
    enum class Pass : std::uint8_t { UpToWatermark, Everything };

    void run();
    /// One look at all lanes; true when a lane was filling so fast that the next look should follow
    /// at once.
    bool collect(Pass pass) EXITWAVE_REQUIRES(m_mutex);
    std::size_t takeRings(Pass pass) EXITWAVE_REQUIRES(m_mutex);
    [[nodiscard]] std::int64_t firstLeft() EXITWAVE_REQUIRES(m_mutex);
    [[nodiscard]] std::int64_t watermark() const EXITWAVE_REQUIRES(m_mutex);
    void merge(std::int64_t below) EXITWAVE_REQUIRES(m_mutex);
    void reportLosses() EXITWAVE_REQUIRES(m_mutex);
    void append(trace::Record&& record) EXITWAVE_REQUIRES(m_mutex);
    void appendOwn(trace::EventType type, std::uint64_t id, term::Term term, base::Timestamp time)
        EXITWAVE_REQUIRES(m_mutex);
    void sendBlock() EXITWAVE_REQUIRES(m_mutex);
    void send(trace::FrameType type,
              const std::vector<std::byte>& payload,
              std::uint64_t eventCount) EXITWAVE_REQUIRES(m_mutex);

    const base::Clock& m_clock;
    const CollectorOptions m_options;
    std::vector<FrameConsumer*> m_consumers; // fixed once started

    // One pass at a time: the thread's, drain()'s or finish()'s. It is held while the consumers get
    // the frames, because it is what keeps the frames in order; a consumer never calls back and
    // never waits for the program, and no worker takes this lock while it runs.
    mutable base::Mutex m_mutex;
    std::deque<Input> m_inputs EXITWAVE_GUARDED_BY(m_mutex); // deque: lanes never move
    trace::TermInterner m_terms EXITWAVE_GUARDED_BY(m_mutex);
    std::vector<trace::Event>
        m_block EXITWAVE_GUARDED_BY(m_mutex); // events of the frame being filled
    std::int64_t m_origin EXITWAVE_GUARDED_BY(m_mutex) = 0;
    base::Timestamp m_lastTime EXITWAVE_GUARDED_BY(m_mutex);
    CollectorStatistics m_statistics EXITWAVE_GUARDED_BY(m_mutex);
    bool m_started EXITWAVE_GUARDED_BY(m_mutex) = false;
    bool m_finished EXITWAVE_GUARDED_BY(m_mutex) = false;

    base::Mutex m_wakeMutex;
    base::CondVar m_wakeUp;
    bool m_wakeAsked EXITWAVE_GUARDED_BY(m_wakeMutex) = false;
    bool m_stopAsked EXITWAVE_GUARDED_BY(m_wakeMutex) = false;
    std::thread m_thread;
};

} // namespace exitwave::tracer
