// System: a running set of processes and everything they share.
#pragma once

#include "runtime/actor/body.h"
#include "runtime/actor/options.h"
#include "runtime/actor/process_info.h"
#include "runtime/actor/resumable.h"
#include "runtime/actor/self.h"
#include "runtime/actor/spawn_site.h"
#include "runtime/actor/task.h"
#include "runtime/trace/command.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace exitwave::actor {

struct SystemCore;

/// How many processes there were and are.
struct Counts
{
    std::uint64_t spawned = 0;
    std::uint64_t exited = 0;
    std::uint64_t messagesSent = 0;
    std::uint64_t messagesReceived = 0;

    [[nodiscard]] std::uint64_t alive() const { return spawned - exited; }
};

/// Owns processes, scheduler and registry; several may live side by side.
///
///     System system(options);
///     system.spawnRoot(site, [](Self& self) -> Task<void> { ... });
///     system.start();
///     system.waitRoots();
///     system.stop();
///
/// Thread: functions may be called by any thread; start, stop and destruction by the owner.
class System
{
public:
    explicit System(SystemOptions options = {});
    System(const System&) = delete;
    System& operator=(const System&) = delete;
    /// Stops, then drops all processes.
    ~System();

    /// Spawns a process without a parent. `function` is called as Task<void>(Self&) in the new
    /// process and lives as long as it. Before start() roots wait; their order is their order of
    /// running; after stop() they never run. Returns Pid{0, 0} when there are too many processes.
    template<class Function>
    Pid spawnRoot(const SpawnSite& site, Function function)
    {
        return spawnRootBody(site, makeBody(std::move(function)));
    }
    Pid spawnRootBody(const SpawnSite& site, std::unique_ptr<Resumable> body);

    /// Starts the threads. Once.
    void start();
    /// Returns when all roots are dead or the system was stopped.
    void waitRoots();
    /// Returns when nothing can happen by itself any more: no process can run, no signal is under
    /// way, no timer waits, no command is pending; or when the system was stopped. A paused system
    /// is idle as soon as the steps asked for are done.
    void waitIdle();
    /// The same, but a pause is no end: returns when nothing is left to happen even if resumed.
    void waitSettled();
    /// Ends all threads; processes stay as they are until destruction. The lanes of the sink then
    /// hold the last events. Later calls do nothing.
    void stop();
    /// `done` is called once, by a worker, when the last root has died. Before start().
    void onRootsDone(std::function<void()> done);

    /// Pauses, steps, kills, links, ... from outside; any thread. Lives as long as the system.
    [[nodiscard]] trace::CommandHandler& control();

    [[nodiscard]] Counts counts() const;
    /// Number of workers, which is the number of lanes asked of the sink.
    [[nodiscard]] unsigned workers() const;
    /// What is known of a process. Only while nothing runs (before start, after waitIdle with no
    /// other thread acting, after stop). Nothing when it is not alive.
    [[nodiscard]] std::optional<ProcessInfo> inspect(Pid pid) const;
    /// The pids of all live processes, ascending. Same condition as inspect().
    [[nodiscard]] std::vector<Pid> livePids() const;
    /// The clock of stamps and timers.
    [[nodiscard]] const base::Clock& clock() const;
    /// The delay of slow motion, for programs whose waits must allow for it. Any thread.
    [[nodiscard]] base::Duration hopDelay() const;

private:
    std::unique_ptr<SystemCore> m_core;
};

} // namespace exitwave::actor
