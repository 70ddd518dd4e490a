// Command line of exitwave-node.
#include "runtime/node/command_line.h"

#include "generated/version.h"
#include "runtime/actor/options.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

namespace exitwave::node {

namespace {

/// An empty variable in a script must not silently turn an option off.
std::string notEmpty(const std::string& text)
{
    return text.empty() ? "must not be empty" : std::string();
}

/// Digits only, within 64 bits: the conversion alone would take -1 for the largest number.
std::string wholeNumber(const std::string& text)
{
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    return error == std::errc{} && rest == end ? std::string()
                                               : "must be a whole number from 0 to 2^64 - 1";
}

constexpr std::int64_t nanosecondsPerMillisecond = 1'000'000;
constexpr std::int64_t longestDelayMs = 60'000;

// stdout belongs to the lesson, so the log goes to stderr.
void openLog(const std::string& level)
{
    auto log = spdlog::stderr_logger_mt("exitwave-node");
    log->set_pattern("exitwave-node: [%l] %v");
    spdlog::set_default_logger(std::move(log));
    spdlog::set_level(spdlog::level::from_str(level));
}

} // namespace

Request parseCommandLine(int argc, const char* const* argv)
{
    CLI::App app("Runs programs made of processes, serves and records what their processes do.",
                 "exitwave-node");
    app.set_version_flag("--version", "exitwave-node " + std::string(versionText));
    app.require_subcommand(1);
    app.footer("Exit codes: 0 done, 1 it could not be done, 2 the command line is wrong.");
    std::string logLevel = "warning";

    RunLesson run;
    run.options.keep = false;
    std::uint64_t seed = 0;
    std::int64_t slowMs = 0;
    CLI::App* lesson
        = app.add_subcommand("lesson", "Run a lesson; `exitwave-node list` names them");
    lesson->add_option("NAME", run.name, "Name of the lesson")->required();
    lesson
        ->add_option("--serve",
                     run.options.serveName,
                     "Serve the trace under this name, for exitwave to connect to")
        ->type_name("NODE")
        ->check(notEmpty);
    lesson->add_option("--record", run.options.recordPath, "Write the trace to this file (.ewt)")
        ->type_name("FILE")
        ->check(notEmpty);
    lesson->add_flag(
        "--force", run.options.replaceRecording, "With --record: replace a file that is there");
    const CLI::Option* seedOption
        = lesson
              ->add_option(
                  "--seed",
                  seed,
                  "Run step by step in the order that this number chooses, the same every time")
              ->type_name("N")
              ->check(wholeNumber);
    lesson->add_option("--slow", slowMs, "Slow motion: every signal takes this many milliseconds")
        ->type_name("MS")
        ->check(CLI::Range(std::int64_t{0}, longestDelayMs));
    lesson->add_flag("--keep", run.options.keep, "Stay when the lesson is over, until Ctrl-C");
    lesson->add_option("--workers", run.options.workers, "Scheduler threads; 0 = one per core")
        ->type_name("N")
        ->check(CLI::Range(0U, actor::SystemOptions::mostWorkers));
    CLI::App* list = app.add_subcommand("list", "Name the lessons, and the nodes that are running");
    for (CLI::App* command : {lesson, list})
        command->add_option("--log-level", logLevel, "What goes to the log on stderr")
            ->check(
                CLI::IsMember({"trace", "debug", "info", "warning", "error", "critical", "off"}))
            ->capture_default_str();

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return Leave{app.exit(error) == 0 ? exitOk : exitUsage};
    }
    openLog(logLevel);
    if (list->parsed())
        return ListAll{};
    if (seedOption->count() > 0)
        run.options.seed = seed;
    run.options.delayNs = slowMs * nanosecondsPerMillisecond;
    return run;
}

} // namespace exitwave::node
