// The commands of exitwave-cli.
#pragma once

#include "gui/cli/event_stream.h"
#include "gui/cli/output.h"
#include "gui/graph/moment.h"
#include "plugins/api/plugin_host.h"
#include "runtime/base/result.h"
#include "runtime/trace/event.h"

#include <set>
#include <string>

namespace exitwave::cli {

// Each command reads `stream` and writes to `output`. A failure is told in its Error; damage of the
// input is told by the stream and leaves the command successful. Thread: main.

/// What is in a trace: program, times, counts by type, crashes, losses.
[[nodiscard]] base::Result<void> showInfo(EventStream& stream, Output& output);

struct EventsOptions
{
    bool json = false; ///< one object a line
    std::set<trace::EventType> types; ///< empty = all
    graph::Moment from{graph::Moment::Kind::Position, 0, {}}; ///< Position or Time
    graph::Moment to; ///< Position, Time or End
};
/// Events, one line each.
[[nodiscard]] base::Result<void>
showEvents(EventStream& stream, const EventsOptions& options, Output& output);

/// The graph at `at` as "text", "json", or in the format of the exporter for that suffix ("dot").
[[nodiscard]] base::Result<void> showGraph(EventStream& stream,
                                           const graph::Moment& at,
                                           const std::string& format,
                                           plugins::PluginHost& host,
                                           Output& output);

/// Writes the trace in the format that the suffix of `target` names: .ewt, .jsonl, .json,
/// .trace.txt, or an exporter's, which shows the moment `at`. `target` is not touched before the
/// input could be opened.
[[nodiscard]] base::Result<void> convert(EventStream& stream,
                                         const std::string& target,
                                         const graph::Moment& at,
                                         plugins::PluginHost& host);

} // namespace exitwave::cli
