// exitwave-node lesson, exitwave-node list.
#include "runtime/node/commands.h"

#include "runtime/lessons/lessons.h"
#include "runtime/tracer/node_list.h"

#include <spdlog/spdlog.h>

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/signal_set.hpp>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <memory>
#include <string>

namespace exitwave::node {

namespace {

constexpr std::int64_t nanosecondsPerSecond = 1'000'000'000;

int tellFailure(const base::Error& error)
{
    std::fprintf(stderr, "exitwave-node: %s\n", error.message.c_str());
    const bool wrongRequest
        = error.code == base::ErrorCode::NotFound || error.code == base::ErrorCode::InvalidInput;
    return wrongRequest ? exitUsage : exitFailed;
}

// What the main thread waits for. Shared with callbacks that may come later than it waits.
struct Waiting
{
    asio::io_context context{1};
    std::string why; // main thread
};

// Waits until the lesson is over (unless `keep`) or the user has had enough; says which.
std::string waitForEnd(embedded::Program& program, bool keep)
{
    const auto waiting = std::make_shared<Waiting>();
    const auto work = asio::make_work_guard(waiting->context);
    const auto end = [waiting](const char* why) {
        waiting->why = why;
        waiting->context.stop();
    };
    asio::signal_set signals(waiting->context, SIGINT, SIGTERM);
    signals.async_wait([&end](const asio::error_code& error, int) {
        if (!error)
            end("stopped by the user");
    });
    program.start([waiting, end, keep] {
        if (!keep)
            asio::post(waiting->context, [end] { end("the lesson is over"); });
    });
    waiting->context.run();
    signals.clear(); // from here on a second Ctrl-C ends the process at once
    return waiting->why;
}

std::string startedText(std::int64_t unixNs)
{
    if (unixNs == 0)
        return "?";
    const std::time_t seconds = static_cast<std::time_t>(unixNs / nanosecondsPerSecond);
    char text[32] = "?";
    if (const std::tm* local
        = std::localtime(&seconds)) // NOLINT(concurrency-mt-unsafe): one thread
        std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", local);
    return text;
}

} // namespace

int runLesson(const RunLesson& request)
{
    auto program = embedded::Program::open(
        request.name, request.options, embedded::Program::LocalSource::No);
    if (!program.ok())
        return tellFailure(program.error());
    if (!(*program)->socketPath().empty())
        spdlog::info("serving at {}", (*program)->socketPath());
    const std::string why = waitForEnd(**program, request.options.keep);
    const base::Result<void> finished = (*program)->finish(why);
    return finished.ok() ? exitOk : tellFailure(finished.error());
}

int listAll()
{
    std::puts("Lessons (exitwave-node lesson NAME):");
    for (const lessons::Lesson& lesson : lessons::lessons())
        std::printf("  %-12.*s %.*s\n",
                    static_cast<int>(lesson.name.size()),
                    lesson.name.data(),
                    static_cast<int>(lesson.summary.size()),
                    lesson.summary.data());
    std::puts("Running nodes:");
    const std::vector<tracer::NodeEntry> nodes = tracer::listNodes();
    for (const tracer::NodeEntry& node : nodes)
        std::printf("  %-12s %s, %s, pid %llu, since %s\n",
                    node.name.c_str(),
                    node.title.c_str(),
                    node.program.c_str(),
                    static_cast<unsigned long long>(node.processId),
                    startedText(node.startedAtUnixNs).c_str());
    if (nodes.empty())
        std::puts("  none");
    return exitOk;
}

} // namespace exitwave::node
