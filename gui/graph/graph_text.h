// graphText: a ProcessGraph as lines of text, for people, scripts and golden tests.
#pragma once

#include "gui/graph/process_graph.h"
#include "runtime/trace/term_table.h"

#include <string>

namespace exitwave::graph {

/// The forest of processes, children indented under their parents in order of birth, each on one
/// line with state, links and monitors; then signals in flight; then counters. Deterministic.
///
///     time 0.001234 s, 3 alive, 1 dead, 1 crash
///     #PID<0.100.0> main, alive, traps exits, links #PID<0.101.0>
///       #PID<0.101.0> worker 1, crashed: oops
///     signals in flight:
///       #PID<0.101.0> -> #PID<0.100.0> through a link: oops
[[nodiscard]] std::string graphText(const ProcessGraph& graph, const trace::TermTable& terms);

} // namespace exitwave::graph
