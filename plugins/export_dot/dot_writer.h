// dotText: a ProcessGraph in the DOT language.
#pragma once

#include "gui/graph/process_graph.h"
#include "runtime/trace/term_table.h"

#include <string>
#include <string_view>

namespace exitwave::export_dot {

/// Processes as nodes n0, n1, ... in order of birth, told apart by shape as on the canvas (the
/// colour only repeats it):
///
///     alive        filled ellipse            crashed   double octagon, with its reason
///     supervisor   rounded box               died      octagon (of an exit signal), with its
///     reason traps exits  two outlines, and a word  killed    diamond, with its reason
///                                            ended     dashed ellipse
///
/// Started by: solid, an open arrow at the child. Link: dashed, no arrow. Monitor: dotted, an arrow
/// to the monitored. Exit signal in flight: bold, with its reason. Deterministic. Any thread.
[[nodiscard]] std::string dotText(const graph::ProcessGraph& graph, const trace::TermTable& terms);

/// `text` as the inside of a DOT string in double quotes.
[[nodiscard]] std::string escaped(std::string_view text);

} // namespace exitwave::export_dot
