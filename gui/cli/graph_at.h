// graphAtMoment: folds a stream up to a moment.
#pragma once

#include "gui/cli/event_stream.h"
#include "gui/graph/moment.h"
#include "gui/graph/process_graph.h"
#include "runtime/base/result.h"

namespace exitwave::cli {

/// The graph at `at`. Reads no further than needed. Fails when `at` is behind the end, or no
/// process crashed.
[[nodiscard]] base::Result<graph::ProcessGraph> graphAtMoment(EventStream& stream,
                                                              const graph::Moment& at);

/// The graph in a format: "text", "json" or the suffix of an exporter without its dot. Fails for an
/// unknown one, naming those that are known.
[[nodiscard]] base::Result<std::string> graphInFormat(const graph::ProcessGraph& graph,
                                                      const trace::TermTable& terms,
                                                      const std::string& format,
                                                      plugins::PluginHost& host);

} // namespace exitwave::cli
