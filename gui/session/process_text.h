// The words of gui/graph/describe.h as QStrings, and the tool tip of a process.
#pragma once

#include "gui/graph/describe.h"

#include <QString>

namespace exitwave::session {

/// "worker 2", as graph::shortLabel. GUI thread, like everything here.
[[nodiscard]] QString processName(const graph::ProcessNode& node, const trace::TermTable& terms);
/// "#PID<0.121.0>"
[[nodiscard]] QString processPid(const graph::ProcessNode& node);
/// "worker 2 (#PID<0.121.0>)"; the pid alone when that is its name.
[[nodiscard]] QString processTitle(const graph::ProcessNode& node, const trace::TermTable& terms);
/// "alive, traps exits", "crashed: oops"
[[nodiscard]] QString stateText(const graph::ProcessNode& node, const trace::TermTable& terms);
/// "oops"
[[nodiscard]] QString shortReason(const term::Term& reason);
/// Several lines: title, state, initial call, where it was spawned.
[[nodiscard]] QString processToolTip(const graph::ProcessGraph& graph,
                                     graph::NodeIndex node,
                                     const trace::TermTable& terms);

} // namespace exitwave::session
