// What exitwave-node does.
#pragma once

#include "runtime/node/command_line.h"

namespace exitwave::node {

/// Runs the lesson to its end, or with `keep` to Ctrl-C. Returns the exit code; errors are told on
/// stderr.
[[nodiscard]] int runLesson(const RunLesson& request);
/// Prints lessons and running nodes. Returns the exit code.
[[nodiscard]] int listAll();

} // namespace exitwave::node
