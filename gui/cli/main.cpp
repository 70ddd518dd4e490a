// exitwave-cli: what scripts need of traces, without a window.
#include "generated/version.h"
#include "gui/cli/commands.h"

#include <QCoreApplication>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <functional>

namespace {

using namespace exitwave;

constexpr int exitOk = 0;
constexpr int exitFailed = 1;
constexpr int exitUsage = 2;

int complain(const base::Error& error)
{
    std::fprintf(stderr, "exitwave-cli: %s\n", error.message.c_str());
    return error.code == base::ErrorCode::InvalidInput ? exitUsage : exitFailed;
}

/// True, and told, when the first word is no option and no command.
bool isUnknownCommand(const CLI::App& app, int argc, char** argv)
{
    if (argc < 2 || argv[1][0] == '-')
        return false;
    std::string known;
    for (const CLI::App* command : app.get_subcommands({})) {
        if (command->get_name() == argv[1])
            return false;
        known += (known.empty() ? "" : ", ") + command->get_name();
    }
    std::fprintf(
        stderr, "exitwave-cli: “%s” is no command. There are: %s.\n", argv[1], known.c_str());
    return true;
}

/// The words of the command line.
struct Arguments
{
    std::string file;
    std::string target;
    std::string at = "end";
    std::string from = "0";
    std::string to = "end";
    std::string format = "text";
    std::vector<std::string> types;
    bool json = false;
};

using Body
    = std::function<base::Result<void>(cli::EventStream&, cli::Output&, plugins::PluginHost&)>;

/// Opens the file, runs the command, and tells what went wrong.
int run(const std::string& file, const Body& body)
{
    plugins::PluginHost host;
    host.scanStandardFolders();
    auto stream = cli::EventStream::open(host, file);
    if (!stream.ok()) {
        complain(stream.error());
        return exitFailed;
    }
    cli::Output output;
    const auto done = body(*stream.value(), output, host);
    const auto written = output.finish();
    if (!done.ok())
        return complain(done.error());
    if (!written.ok())
        return complain(written.error());
    return stream.value()->undamaged() ? exitOk : exitFailed;
}

int runInfo(const Arguments& arguments)
{
    return run(arguments.file,
               [](auto& stream, auto& output, auto&) { return cli::showInfo(stream, output); });
}

base::Result<std::set<trace::EventType>> typesOf(const std::vector<std::string>& names)
{
    std::set<trace::EventType> types;
    for (const std::string& name : names) {
        std::string known;
        bool found = false;
        for (std::size_t i = 0; i < trace::eventInfoCount(); ++i) {
            const trace::EventInfo& entry = trace::eventInfoAt(i);
            known += (i == 0 ? "" : ", ") + std::string(entry.text);
            if (entry.text == name || entry.name == name) {
                types.insert(entry.type);
                found = true;
            }
        }
        if (!found)
            return base::fail(base::ErrorCode::InvalidInput,
                              "“" + name + "” is no type of event. There are: " + known + ".");
    }
    return types;
}

int runEvents(const Arguments& arguments)
{
    auto types = typesOf(arguments.types);
    if (!types.ok())
        return complain(types.error());
    const auto from = graph::parseMoment(arguments.from);
    const auto to = graph::parseMoment(arguments.to);
    if (!from.ok() || !to.ok())
        return complain(from.ok() ? to.error() : from.error());
    using Kind = graph::Moment::Kind;
    if (from.value().kind == Kind::Crash || from.value().kind == Kind::End
        || to.value().kind == Kind::Crash)
        return complain(
            base::fail(base::ErrorCode::InvalidInput,
                       "--from and --to take a number of events or a time (1.5s, 250ms)."));
    cli::EventsOptions options;
    options.json = arguments.json;
    options.types = std::move(types).value();
    options.from = from.value();
    options.to = to.value();
    return run(arguments.file, [&](auto& stream, auto& output, auto&) {
        return cli::showEvents(stream, options, output);
    });
}

int runGraph(const Arguments& arguments)
{
    const auto at = graph::parseMoment(arguments.at);
    if (!at.ok())
        return complain(at.error());
    return run(arguments.file, [&](auto& stream, auto& output, auto& host) {
        return cli::showGraph(stream, at.value(), arguments.format, host, output);
    });
}

int runConvert(const Arguments& arguments)
{
    const auto at = graph::parseMoment(arguments.at);
    if (!at.ok())
        return complain(at.error());
    return run(arguments.file, [&](auto& stream, auto&, auto& host) {
        return cli::convert(stream, arguments.target, at.value(), host);
    });
}

const char* const footer = "FILE is a trace file, or - for standard input.\n"
                           "A moment is a number of events (120), a time (1.5s, 250ms, 80us, 5ns, "
                           "2min), “end” or “crash” (right after the first).\n"
                           "Exit codes: 0 all is well; 1 the trace cannot be read, or only in "
                           "part: the good part is on standard output, what is "
                           "wrong on standard error; 2 the command line is wrong.";

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN); // `| head` ends the writing, not the program in the middle of it
    const QCoreApplication application(argc, argv);

    CLI::App app("Shows and converts traces of Exitwave.", "exitwave-cli");
    app.set_version_flag("--version", "exitwave-cli " + std::string(versionText));
    app.footer(footer);
    app.require_subcommand(1);
    Arguments arguments;
    int (*command)(const Arguments&) = nullptr;
    const auto add = [&](const char* name, const char* summary, int (*action)(const Arguments&)) {
        CLI::App* sub = app.add_subcommand(name, summary);
        sub->add_option("FILE", arguments.file, "Trace file, or - for standard input")->required();
        sub->callback([&command, action] { command = action; });
        return sub;
    };
    add("info", "What is in a trace: program, times, counts, crashes, losses, damage", runInfo);
    CLI::App* eventsApp = add("events", "Events, one line each", runEvents);
    eventsApp->add_flag("--json", arguments.json, "One JSON object a line");
    eventsApp
        ->add_option("--type",
                     arguments.types,
                     "Only events of this type, as process_exited; may be repeated")
        ->delimiter(',')
        ->allow_extra_args(false);
    eventsApp->add_option(
        "--from", arguments.from, "First event shown: a number of events or a time");
    eventsApp->add_option(
        "--to", arguments.to, "Where to stop: a number of events or a time, which is still shown");
    CLI::App* graphApp
        = add("graph", "Processes, links, monitors and signals at a moment", runGraph);
    graphApp->add_option("--at", arguments.at, "Moment (default: end)");
    graphApp->add_option("--format",
                         arguments.format,
                         "text, json, dot or what another exporter writes (default: text)");
    CLI::App* convertApp = add("convert",
                               "Writes a trace in another format, named by the suffix of OUT: "
                               ".ewt, .jsonl, .trace.txt, .dot",
                               runConvert);
    convertApp->add_option("OUT", arguments.target, "File to write")->required();
    convertApp->add_option(
        "--at", arguments.at, "Moment that a picture such as .dot shows (default: end)");
    if (isUnknownCommand(app, argc, argv))
        return exitUsage;
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == exitOk ? exitOk : exitUsage;
    }
    return command(arguments);
}
