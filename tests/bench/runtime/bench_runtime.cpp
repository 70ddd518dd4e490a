// bench_runtime: one workload of the process runtime, one JSON line. See README.md for the list.
#include "runtime/actor/system.h"
#include "tests/support/record_sink.h"

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

namespace {

using namespace exitwave;
using actor::Pid;
using actor::Self;
using actor::Task;
using actor::Term;

const actor::SpawnSite site("bench", "process", 0);
const Term boom = Term::atom("boom");

Task<void> nothing(Self&)
{
    co_return;
}
Task<void> crasher(Self& self)
{
    co_await self.exit(boom);
}
Task<void> idle(Self& self)
{
    co_await self.receive();
}

/// W1: spawn, and the process ends normally at once.
Task<void> spawnMany(Self& self, long count)
{
    for (long i = 0; i < count; ++i)
        co_await self.spawn(site, nothing);
}

/// W5: a trapping supervisor restarts a crashing child.
Task<void> superviseMany(Self& self, long count)
{
    co_await self.setTrapExit(true);
    for (long i = 0; i < count; ++i) {
        const Pid child = co_await self.spawnLink(site, crasher);
        const auto fromChild = [child](const Term& message) {
            return message.isTagged(term::atoms::EXIT, 3) && message.elements()[1] == Term(child);
        };
        co_await self.receive(fromChild);
    }
}

/// W6: two processes, one message to and fro, each a tuple of three.
Task<void> pong(Self& self)
{
    for (;;) {
        const std::optional<Term> ping = co_await self.receive();
        const auto parts = ping->elements();
        const Term answer = Term::tuple({term::atoms::ok, parts[2]});
        co_await self.send(parts[1].asPid(), answer);
    }
}
Task<void> pingMany(Self& self, long count)
{
    const Pid other = co_await self.spawn(site, pong);
    for (long i = 0; i < count; ++i) {
        const Term number = Term::integer(i);
        const Term ping = Term::tuple({term::atoms::message, self.pid(), number});
        co_await self.send(other, ping);
        const auto isAnswer = [&number](const Term& message) {
            return message.isTuple(2) && message.elements()[1] == number;
        };
        co_await self.receive(isAnswer);
    }
}

/// W2: many linked children of one parent, which then crashes.
Task<void> parentOfMany(Self& self, long count)
{
    for (long i = 0; i < count; ++i)
        co_await self.spawnLink(site, idle);
    co_await self.exit(boom);
}

/// W8: link and unlink one other process.
Task<void> toggleMany(Self& self, long count)
{
    const Pid other = co_await self.spawn(site, idle);
    for (long i = 0; i < count; ++i) {
        co_await self.link(other);
        co_await self.unlink(other);
    }
    co_await self.isAlive(other);
}

struct Workload
{
    const char* name;
    Task<void> (*run)(Self&, long);
    long count;
    long operationsPerCount;
};

constexpr Workload workloads[] = {
    {"W1", spawnMany, 1'000'000, 1},
    {"W2", parentOfMany, 1'000'000, 1},
    {"W5", superviseMany, 1'000'000, 1},
    {"W6", pingMany, 1'000'000, 2},
    {"W8", toggleMany, 1'000'000, 1},
};

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

int usage()
{
    std::fputs("usage: bench_runtime W1|W2|W5|W6|W8 [COUNT] [WORKERS] [trace]\n", stderr);
    return 2;
}

} // namespace

int main(int argc, char** argv)
{
    const Workload* chosen = nullptr;
    for (const Workload& workload : workloads) {
        if (argc > 1 && std::strcmp(workload.name, argv[1]) == 0)
            chosen = &workload;
    }
    if (!chosen)
        return usage();
    const long count = argc > 2 ? std::atol(argv[2]) : chosen->count;
    actor::SystemOptions options;
    options.workers = argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 1;
    const bool traced = argc > 4 && std::strcmp(argv[4], "trace") == 0;
    support::RecordSink sink;
    if (traced)
        options.sink = &sink;

    actor::System system(options);
    system.spawnRoot(site, [&](Self& self) { return chosen->run(self, count); });
    std::atomic<bool> over{false};
    std::thread drainer([&] {
        while (traced && !over.load()) {
            sink.discard();
            std::this_thread::yield();
        }
    });
    const double cpuBefore = cpuSeconds();
    const auto before = std::chrono::steady_clock::now();
    system.start();
    system.waitRoots();
    if (std::strcmp(chosen->name, "W6") != 0 && std::strcmp(chosen->name, "W8") != 0)
        system.waitIdle(); // until all processes are dead
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - before;
    const double cpu = cpuSeconds() - cpuBefore;
    over = true;
    drainer.join();
    system.stop();
    const double operations = static_cast<double>(count * chosen->operationsPerCount);
    std::printf("{\"peer\":\"exitwave\",\"w\":\"%s\",\"n\":%ld,\"workers\":%u,\"traced\":%s,"
                "\"seconds\":%.6f,\"cpu\":%.6f,\"cpu_ns_per_op\":%.1f,\"lost\":%llu}\n",
                chosen->name,
                count,
                system.workers(),
                traced ? "true" : "false",
                wall.count(),
                cpu,
                cpu * 1e9 / operations,
                static_cast<unsigned long long>(traced ? sink.lost() : 0));
    return 0;
}
