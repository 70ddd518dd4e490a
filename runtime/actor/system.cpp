// Putting the parts together and taking them apart.
#include "runtime/actor/system.h"

#include "runtime/actor/core.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace exitwave::actor {

namespace {

unsigned workerCountOf(const SystemOptions& options)
{
    if (options.mode == SchedulerMode::Step)
        return 1;
    const unsigned wanted = options.workers ? options.workers : std::thread::hardware_concurrency();
    return std::clamp(wanted, 1U, SystemOptions::mostWorkers);
}

} // namespace

void* Resumable::operator new(std::size_t size)
{
    return MemoryPool::allocate(size);
}

void Resumable::operator delete(void* memory, std::size_t size)
{
    MemoryPool::release(memory, size);
}

// --- core ------------------------------------------------------------------------------------

SystemCore::SystemCore(const SystemOptions& given)
    : options(given), stepping(given.mode == SchedulerMode::Step), control(*this)
{
    if (stepping) {
        virtualClock = options.virtualClock;
        if (!virtualClock) {
            ownVirtualClock = std::make_unique<base::VirtualClock>();
            virtualClock = ownVirtualClock.get();
        }
        clock = virtualClock;
    } else {
        clock = options.clock ? options.clock : &monotonic;
    }
    const std::int64_t origin = options.wallOrigin
        ? *options.wallOrigin
        : (stepping ? 0 : base::wallClockNanoseconds() - clock->now());
    const bool utc = stepping && !options.wallOrigin;
    log = std::make_unique<CrashLog>(options.log ? *options.log : stdoutLog,
                                     *clock,
                                     origin,
                                     utc ? CrashLog::Zone::Utc : CrashLog::Zone::Local);
    delays.setDelay(options.hopDelay.ns);
    const unsigned count = workerCountOf(options);
    for (unsigned i = 0; i < count; ++i)
        workers.push_back(
            std::make_unique<Worker>(*this, i, options.sink ? &options.sink->lane(i) : nullptr));
    scheduler = stepping ? makeStepScheduler(*this) : makeThreadedScheduler(*this);
    if (options.startPaused)
        scheduler->pause();
}

SystemCore::~SystemCore()
{
    for (const DelayLine::Held& held : delays.takeAll())
        freeSignal(held.signal);
    for (std::uint32_t i = SlotTable::firstIndex; i < table.end(); ++i)
        dropProcess(table.at(i), table.pidOf(i));
}

Pid SystemCore::spawnRoot(const SpawnSite& site, std::unique_ptr<Resumable> body)
{
    std::uint32_t index = 0;
    {
        const base::MutexLock lock(m_rootsMutex);
        index = table.take(m_freeForRoots);
        if (index == 0)
            return {};
        ++m_roots;
    }
    Slot& slot = table.at(index);
    prepareSlot(slot, body.release());
    slot.root = true;
    const Pid pid = table.pidOf(index);
    slot.inbox.open(pid.generation);
    scheduler->post([pid, info = site.info()](Worker* worker) {
        if (!worker)
            return; // dropped with the system
        Worker::count(worker->statistics.spawned);
        if (worker->tracing())
            worker->emit(trace::EventType::ProcessSpawned,
                         pid,
                         {},
                         0,
                         0,
                         info,
                         static_cast<std::uint8_t>(trace::SpawnKind::Spawn));
        worker->makeReady(pid.index);
    });
    return pid;
}

void SystemCore::rootDied()
{
    std::function<void()> done;
    {
        const base::MutexLock lock(m_rootsMutex);
        if (--m_roots > 0)
            return;
        m_rootsChanged.notifyAll();
        // Roots that are spawned from now on may die on another worker at once.
        done = std::exchange(m_rootsDone, nullptr);
    }
    if (done)
        done();
}

void SystemCore::onRootsDone(std::function<void()> done)
{
    const base::MutexLock lock(m_rootsMutex);
    m_rootsDone = std::move(done);
}

void SystemCore::waitRoots()
{
    const base::MutexLock lock(m_rootsMutex);
    while (m_roots > 0 && !m_ended)
        m_rootsChanged.wait(m_rootsMutex);
}

void SystemCore::endWaits()
{
    const base::MutexLock lock(m_rootsMutex);
    m_ended = true;
    m_rootsChanged.notifyAll();
}

// --- system ----------------------------------------------------------------------------------

System::System(SystemOptions options) : m_core(std::make_unique<SystemCore>(options)) {}

System::~System()
{
    stop();
}

Pid System::spawnRootBody(const SpawnSite& site, std::unique_ptr<Resumable> body)
{
    return m_core->spawnRoot(site, std::move(body));
}

void System::start()
{
    m_core->control.announceStart();
    m_core->scheduler->start();
}

void System::waitRoots()
{
    m_core->waitRoots();
}

void System::waitIdle()
{
    m_core->scheduler->waitIdle();
}

void System::waitSettled()
{
    m_core->scheduler->waitSettled();
}

void System::stop()
{
    m_core->scheduler->stop();
    m_core->endWaits();
}

void System::onRootsDone(std::function<void()> done)
{
    m_core->onRootsDone(std::move(done));
}

trace::CommandHandler& System::control()
{
    return m_core->control;
}

Counts System::counts() const
{
    Counts counts;
    for (const auto& worker : m_core->workers) {
        const Worker::Statistics& from = worker->statistics;
        // Exits first: a process is never counted as exited but not as spawned.
        counts.exited += from.exited.load(std::memory_order_relaxed);
        counts.spawned += from.spawned.load(std::memory_order_relaxed);
        counts.messagesReceived += from.received.load(std::memory_order_relaxed);
        counts.messagesSent += from.sent.load(std::memory_order_relaxed);
    }
    return counts;
}

unsigned System::workers() const
{
    return static_cast<unsigned>(m_core->workers.size());
}

std::optional<ProcessInfo> System::inspect(Pid pid) const
{
    if (!m_core->table.isAlive(pid))
        return std::nullopt;
    return infoOf(*m_core, m_core->table.at(pid.index), pid);
}

std::vector<Pid> System::livePids() const
{
    std::vector<Pid> pids;
    for (std::uint32_t i = SlotTable::firstIndex; i < m_core->table.end(); ++i) {
        const Pid pid = m_core->table.pidOf(i);
        if (m_core->table.isAlive(pid))
            pids.push_back(pid);
    }
    std::sort(pids.begin(), pids.end());
    return pids;
}

const base::Clock& System::clock() const
{
    return *m_core->clock;
}

base::Duration System::hopDelay() const
{
    return {m_core->delays.delay()};
}

} // namespace exitwave::actor
