// listNodes: which programs on this machine serve a trace to this user.
#pragma once

#include "runtime/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace exitwave::tracer {

/// A node as it introduced itself.
struct NodeEntry
{
    std::string name; ///< what --serve was given; connect to it by this name
    std::string title;
    std::string program;
    std::uint64_t processId = 0; ///< of the operating system; 0 = unknown
    std::int64_t startedAtUnixNs = 0;
    std::string path; ///< of its socket
};

/// The nodes that answer now, by name. Asks each socket in the runtime directory and waits at most
/// about 300 ms altogether. Any thread.
[[nodiscard]] std::vector<NodeEntry> listNodes();

/// The same as text for an error message: "crash, demo2", or "none".
[[nodiscard]] std::string describeRunningNodes();

} // namespace exitwave::tracer
