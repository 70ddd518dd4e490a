// Where nodes are found on this machine: the runtime directory, its sockets and who may use them.
// All platform code of tracer is here.
#pragma once

#include "runtime/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace exitwave::tracer {

/// Folder of this user's sockets: $XDG_RUNTIME_DIR/exitwave, or /tmp/exitwave-<uid>/exitwave where
/// that is not set. Not created. Any thread.
[[nodiscard]] std::string socketDirectory();
/// Makes the folder, for this user only. Fails when it exists and belongs to someone else or others
/// may enter it.
[[nodiscard]] base::Result<std::string> makeSocketDirectory();
/// Path of the socket of node `name`.
[[nodiscard]] std::string socketPath(std::string_view name);
/// Letters, digits, '.', '_' and '-', 1 to 64 of them, not beginning with '.'. Fails with
/// InvalidInput and says so.
[[nodiscard]] base::Result<void> checkNodeName(std::string_view name);
/// Fails when a socket cannot have such a long path.
[[nodiscard]] base::Result<void> checkSocketPath(const std::string& path);
/// Lets only this user connect.
[[nodiscard]] base::Result<void> restrictToOwner(const std::string& path);
/// Names of the nodes that have a socket file in the folder, alive or not; sorted.
[[nodiscard]] std::vector<std::string> socketNames();
[[nodiscard]] std::uint64_t currentProcessId();

} // namespace exitwave::tracer
