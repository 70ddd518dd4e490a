// Context: what a running process can do; the one way from process code into the runtime.
#pragma once

#include "runtime/actor/process_info.h"
#include "runtime/actor/spawn_site.h"
#include "runtime/actor/timer_queue.h"
#include "runtime/actor/worker.h"

#include <cstddef>
#include <memory>
#include <optional>

namespace exitwave::actor {

/// What spawn_opt makes beside the process.
struct SpawnOptions
{
    bool link = false;
    bool monitor = false;
};

struct Spawned
{
    Pid pid; ///< index 0: there are too many processes
    Ref ref; ///< of the monitor, if asked for
};

struct DemonitorOptions
{
    bool flush = false;
};

/// The process that runs, for as long as Resumable::resume lasts. Every call charges reductions;
/// bodies return Yielded when `reductions` is used up. After decideExit (a call that returned
/// false, drain(), finish()) the body returns Exited and is destroyed.
/// Thread: the worker that runs the process.
class Context
{
public:
    Context(Worker& runner, Slot& own, Pid ownPid) : pid(ownPid), m_worker(runner), m_slot(own) {}

    const Pid pid;
    int reductions = Worker::sliceReductions;

    // --- processes ---
    Spawned spawn(const SpawnSite& site, std::unique_ptr<Resumable> body, SpawnOptions options);
    /// False: the other is dead and this process does not trap exits, so `noproc` is to be raised.
    [[nodiscard]] bool link(Pid other);
    void unlink(Pid other);
    Ref monitor(Pid target);
    Ref monitor(term::Atom name);
    /// True when it was still active.
    bool demonitor(Ref ref, DemonitorOptions options = {});
    /// The old value.
    bool setTrapExit(bool value);
    [[nodiscard]] bool trapExit() const { return m_slot.trapExit; }
    /// exit/2. False: this process is about to die of it.
    [[nodiscard]] bool exitSignal(Pid to, const Term& reason);
    /// The process ends. The body returns Exited after this.
    void finish(trace::ExitKind kind, Term reason) { m_worker.decideExit(kind, std::move(reason)); }
    /// The noproc signal of a link to a process that is not there.
    void signalNoproc(Pid other);

    // --- messages ---
    void send(Pid to, Term message);
    /// False: nobody has that name, so `badarg` is to be raised.
    [[nodiscard]] bool send(term::Atom name, Term message);
    /// Takes signals in. False: one of them is fatal.
    bool drain() { return m_worker.drain(m_slot, pid); }
    /// The same for who would wait anyway: during a step no more than the step allows.
    bool drainAllowed() { return m_worker.drainAllowed(m_slot, pid); }
    /// Takes the first message after `scanned` for which `matches(term)` holds out of the mailbox.
    template<class Matches>
    std::optional<Term> takeMessage(Matches&& matches, Signal*& scanned)
    {
        Signal* signal = m_slot.mailbox.takeFirst(
            [&](const Signal& message) { return matches(message.term); }, scanned);
        if (!signal)
            return std::nullopt;
        return received(signal);
    }
    /// Everything that came has been looked at: the body sleeps until more comes.
    void sleepUntilNews() { m_slot.awake = false; }

    // --- names ---
    [[nodiscard]] bool registerName(term::Atom name, Pid process);
    [[nodiscard]] bool unregisterName(term::Atom name);
    [[nodiscard]] std::optional<Pid> whereis(term::Atom name);

    // --- questions; answers come through Resumable::reply ---
    void requestAlive(Pid process, std::uint32_t token);
    void requestInfo(Pid process, std::uint32_t token);
    [[nodiscard]] ProcessInfo ownInfo();

    // --- time ---
    /// The program's time, which stands still while it is paused.
    [[nodiscard]] std::int64_t now() const;
    void startTimer(Timer& timer, std::int64_t due, std::uint32_t token);
    [[nodiscard]] TimerQueue& timers();
    [[nodiscard]] base::Duration hopDelay() const;

private:
    Term received(Signal* signal);
    void charge(int count) { reductions -= count; }
    Ref monitorWith(Pid target, Term object);

    Worker& m_worker;
    Slot& m_slot;
};

} // namespace exitwave::actor
