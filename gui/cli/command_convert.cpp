// exitwave-cli convert
#include "gui/cli/commands.h"
#include "gui/cli/graph_at.h"
#include "runtime/term/term.h"
#include "runtime/trace/event_text.h"
#include "runtime/trace/trace_file.h"

#include <QFileInfo>

#include <cstdio>

namespace exitwave::cli {

namespace {

bool hasSuffix(const std::string& path, std::string_view suffix)
{
    return path.size() > suffix.size()
        && path.compare(path.size() - suffix.size(), suffix.size(), suffix) == 0;
}

base::Result<void> writeLines(EventStream& stream, const std::string& target, bool json)
{
    auto output = Output::create(target);
    if (!output.ok())
        return output.error();
    std::uint64_t index = 0;
    while (output.value()->wanted() && stream.next()) {
        for (const trace::Event& event : stream.batch().events) {
            output.value()->writeLine(json ? trace::eventJson(event, index, stream.terms())
                                           : trace::eventText(event, stream.terms()));
            ++index;
        }
    }
    return output.value()->finish();
}

/// The definitions of a batch without gaps, which damage leaves: what is missing is the atom
/// `:lost`.
base::Result<std::vector<trace::TermDefinition>>
inSequence(const std::vector<trace::TermDefinition>& definitions, std::uint32_t& last)
{
    constexpr std::uint32_t widestGap = 1U << 20;
    std::vector<trace::TermDefinition> sequence;
    for (const trace::TermDefinition& definition : definitions) {
        if (definition.id.value <= last)
            continue; // defined already
        if (definition.id.value - last > widestGap)
            return base::fail(
                base::ErrorCode::Damaged,
                "the terms before number " + std::to_string(definition.id.value)
                    + " are missing: too much is damaged to make a trace of the rest.");
        while (++last < definition.id.value)
            sequence.push_back({trace::TermId(last), term::Term::atom("lost")});
        sequence.push_back(definition);
    }
    return sequence;
}

base::Result<void> writeTrace(EventStream& stream, const std::string& target)
{
    auto writer = trace::TraceWriter::create(target);
    if (!writer.ok())
        return writer.error();
    trace::TraceWriter& out = *writer.value();
    std::uint32_t lastTerm = 0;
    std::string why;
    bool started = false;
    const auto begin = [&]() -> base::Result<void> {
        if (std::exchange(started, true))
            return base::success();
        trace::Hello hello;
        hello.program = stream.info().program;
        hello.title = stream.info().title;
        hello.startedAtUnixNs = stream.info().startedAtUnixNs;
        return out.appendHello(hello);
    };
    bool ended = false;
    while (stream.next()) {
        if (auto done = begin(); !done.ok())
            return done;
        auto terms = inSequence(stream.batch().terms, lastTerm);
        if (!terms.ok())
            return terms.error();
        if (auto done = out.append(terms.value(), stream.batch().events); !done.ok())
            return done;
        for (const trace::Event& event : stream.batch().events) {
            ended = event.type == trace::EventType::TraceEnded;
            if (ended && stream.terms().at(event.term).isBinary())
                why = std::string(stream.terms().at(event.term).asBinary());
        }
    }
    if (auto done = begin(); !done.ok())
        return done;
    // What was incomplete stays incomplete, and readers of the copy are told so.
    if (ended && stream.undamaged()) {
        if (auto done = out.appendEnd(why); !done.ok())
            return done;
    }
    return out.close();
}

base::Result<void> writeGraph(EventStream& stream,
                              const std::string& target,
                              const std::string& format,
                              const graph::Moment& at,
                              plugins::PluginHost& host)
{
    const auto graph = graphAtMoment(stream, at);
    if (!graph.ok())
        return graph.error();
    const auto text = graphInFormat(graph.value(), stream.terms(), format, host);
    if (!text.ok())
        return text.error();
    auto output = Output::create(target);
    if (!output.ok())
        return output.error();
    output.value()->write(text.value());
    return output.value()->finish();
}

} // namespace

base::Result<void> convert(EventStream& stream,
                           const std::string& target,
                           const graph::Moment& at,
                           plugins::PluginHost& host)
{
    const QString source = QFileInfo(QString::fromStdString(stream.name())).canonicalFilePath();
    if (!source.isEmpty()
        && source == QFileInfo(QString::fromStdString(target)).canonicalFilePath())
        return base::fail(base::ErrorCode::Refused,
                          target
                              + " is the file that is read: converting it onto itself would lose "
                                "it. Give another name.");
    if (hasSuffix(target, ".ewt"))
        return writeTrace(stream, target);
    if (hasSuffix(target, ".jsonl") || hasSuffix(target, ".json"))
        return writeLines(stream, target, true);
    if (hasSuffix(target, ".trace.txt"))
        return writeLines(stream, target, false);
    std::string known = ".ewt, .jsonl, .json, .trace.txt";
    for (const auto& exporter : host.exporters()) {
        const std::string suffix = exporter.plugin->suffix();
        if (hasSuffix(target, suffix))
            return writeGraph(stream, target, suffix.substr(1), at, host);
        known += ", " + suffix;
    }
    return base::fail(
        base::ErrorCode::InvalidInput,
        target + ": the suffix names no format that can be written. There are: " + known + ".");
}

} // namespace exitwave::cli
