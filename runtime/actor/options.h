// SystemOptions: how a system runs.
#pragma once

#include "runtime/actor/log_sink.h"
#include "runtime/base/clock.h"
#include "runtime/trace/lane.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace exitwave::actor {

enum class SchedulerMode : std::uint8_t {
    Threaded, ///< N workers, real time
    Step, ///< one thread, seeded order, virtual clock: the same events for the same seed
};

/// Everything pointed to must outlive the system.
struct SystemOptions
{
    SchedulerMode mode = SchedulerMode::Threaded;
    /// Their numbers fit into a byte of a signal, one value of which is taken.
    static constexpr unsigned mostWorkers = 128;
    /// Threaded: number of workers, 0 = one per core; never more than mostWorkers, so callers
    /// refuse larger numbers.
    unsigned workers = 0;
    /// Step: chooses the next process; 0 = first come, first served.
    std::uint64_t seed = 0;
    /// Gets the events; null = nothing is traced.
    trace::Sink* sink = nullptr;
    /// Gets the log; null = stdout.
    LogSink* log = nullptr;
    /// Threaded: the clock of stamps and timers; null = the steady clock.
    const base::Clock* clock = nullptr;
    /// Step: the clock that the scheduler moves; null = one of its own.
    base::VirtualClock* virtualClock = nullptr;
    /// Wall-clock time (ns since 1970, UTC) when the clock reads 0, for the log. Unset: threaded
    /// takes the real one, shown in local time; step takes midnight, shown in UTC.
    std::optional<std::int64_t> wallOrigin;
    /// Slow motion from the start: every signal takes that long on its way.
    base::Duration hopDelay;
    /// Nothing runs until Resume or Step.
    bool startPaused = false;
    /// Step: nanoseconds of virtual time per nanosecond of real time when waiting for a timer;
    /// 0 = do not wait, 1 = real time.
    double pace = 0;
};

} // namespace exitwave::actor
