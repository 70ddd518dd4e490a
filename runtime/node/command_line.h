// CommandLine: what the user of exitwave-node asked for.
#pragma once

#include "runtime/embedded/program.h"

#include <string>
#include <variant>

namespace exitwave::node {

/// exitwave-node lesson NAME ...
struct RunLesson
{
    std::string name;
    embedded::LessonOptions options;
};
/// exitwave-node list
struct ListAll
{};
/// Nothing to do but leave: help or version were printed, or the usage was wrong and was explained.
struct Leave
{
    int exitCode = 0;
};

/// Exit codes, also in the man page.
inline constexpr int exitOk = 0;
inline constexpr int exitFailed = 1; ///< the request was right and could not be fulfilled
inline constexpr int exitUsage = 2; ///< the request was wrong

using Request = std::variant<RunLesson, ListAll, Leave>;

/// Reads the arguments, sets the level of the log, and prints help, version or what is wrong
/// itself.
[[nodiscard]] Request parseCommandLine(int argc, const char* const* argv);

} // namespace exitwave::node
