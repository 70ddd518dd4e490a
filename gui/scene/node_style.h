// NodeStyle: the shape and colour that a process's state has everywhere: canvas, tables, legend.
#pragma once

#include "gui/graph/process_graph.h"
#include "gui/scene/draw_list.h"
#include "gui/scene/theme.h"
#include "runtime/trace/term_table.h"

namespace exitwave::scene {

/// How a process looks. Each look has a shape of its own; colour only repeats it.
enum class Look : std::uint8_t { Running, Waiting, Supervisor, Crashed, Killed, Ended };

/// The look of a process as the graph knows it. A trace does not tell whether a process runs at a
/// moment: shown waiting is who has received messages and has none left; all other living run.
[[nodiscard]] Look lookOf(const graph::ProcessNode& node, const trace::TermTable& terms);
/// The look it had while it lived.
[[nodiscard]] Look livingLookOf(const graph::ProcessNode& node, const trace::TermTable& terms);
/// The mark of a look, for legend, tables and canvas alike.
[[nodiscard]] Mark markOf(Look look, const Theme& theme, Vec2 center, float radius);
/// The shield around a mark of that centre and radius.
[[nodiscard]] Mark shieldMark(const Theme& theme, Vec2 center, float radius);
/// The accent of a look, for text beside it.
[[nodiscard]] Color colorOf(Look look, const Theme& theme);

} // namespace exitwave::scene
