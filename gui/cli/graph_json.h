// graphJson: a ProcessGraph as JSON for scripts.
#pragma once

#include "gui/graph/process_graph.h"
#include "runtime/trace/term_table.h"

#include <string>

namespace exitwave::cli {

/// {"time_ns", "events", "alive", "dead", "crashes", "lost", "contradictions", "paused", "ended",
/// "processes": [...],
///  "links": [[pid, pid]...], "monitors": [{"from", "to"}...], "signals": [...]}, on lines of their
///  own, indented.
/// Pids are strings as Elixir prints them; reasons are given whole ("reason") and short
/// ("summary"). Deterministic.
[[nodiscard]] std::string graphJson(const graph::ProcessGraph& graph,
                                    const trace::TermTable& terms);

} // namespace exitwave::cli
