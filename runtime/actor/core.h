// SystemCore: what all parts of one running system share.
#pragma once

#include "runtime/actor/control.h"
#include "runtime/actor/crash_log.h"
#include "runtime/actor/delay_line.h"
#include "runtime/actor/options.h"
#include "runtime/actor/process.h"
#include "runtime/actor/registry.h"
#include "runtime/actor/scheduler.h"
#include "runtime/actor/slot_table.h"
#include "runtime/actor/spawn_site.h"
#include "runtime/actor/timer_queue.h"
#include "runtime/actor/worker.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace exitwave::actor {

/// Owned by System. Thread: each part says its own.
struct SystemCore
{
    explicit SystemCore(const SystemOptions& given);
    SystemCore(const SystemCore&) = delete;
    SystemCore& operator=(const SystemCore&) = delete;
    /// Drops all processes. \pre nothing runs.
    ~SystemCore();

    Pid spawnRoot(const SpawnSite& site, std::unique_ptr<Resumable> body);
    /// A root has died. Called by a worker.
    void rootDied();
    void waitRoots();
    /// See System::onRootsDone.
    void onRootsDone(std::function<void()> done);
    /// Frees waiters for good.
    void endWaits();

    const SystemOptions options;
    const bool stepping; ///< step scheduler
    std::unique_ptr<base::VirtualClock> ownVirtualClock;
    base::VirtualClock* virtualClock = nullptr; ///< step scheduler only
    base::MonotonicClock monotonic;
    const base::Clock* clock = nullptr;
    StdoutLogSink stdoutLog;
    std::unique_ptr<CrashLog> log;
    SlotTable table;
    Registry registry{table};
    TimerQueue timers;
    DelayLine delays;
    std::vector<std::unique_ptr<Worker>> workers;
    std::unique_ptr<Scheduler> scheduler;
    Control control;

private:
    base::Mutex m_rootsMutex;
    base::CondVar m_rootsChanged;
    SlotTable::FreeList m_freeForRoots EXITWAVE_GUARDED_BY(m_rootsMutex);
    std::uint64_t m_roots EXITWAVE_GUARDED_BY(m_rootsMutex) = 0;
    bool m_ended EXITWAVE_GUARDED_BY(m_rootsMutex) = false;
    std::function<void()> m_rootsDone EXITWAVE_GUARDED_BY(m_rootsMutex);
};

} // namespace exitwave::actor
