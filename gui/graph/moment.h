// Moment: a point of a trace as people name it - a position, a time, the first crash, the end.
#pragma once

#include "gui/graph/timeline.h"
#include "runtime/base/clock.h"
#include "runtime/base/result.h"

#include <cstddef>
#include <string_view>

namespace exitwave::graph {

/// What `--at` names on every command line. A value.
struct Moment
{
    enum class Kind : std::uint8_t { Position, Time, Crash, End };
    Kind kind = Kind::End;
    std::size_t position = 0; ///< for Position: how many events have happened
    base::Timestamp time; ///< for Time

    friend bool operator==(const Moment&, const Moment&) = default;
};

/// Reads "42" (after 42 events), "1.5s", "300ms", "20us", "7ns" (time since the trace began),
/// "crash" (right after the first crash, its exit signals on their way) or "end". Error:
/// InvalidInput, naming these forms. Any thread.
[[nodiscard]] base::Result<Moment> parseMoment(std::string_view text);

/// The position that shows `moment`. A position behind the last event is the end. Error: NotFound
/// for "crash" when nothing crashed.
[[nodiscard]] base::Result<std::size_t> positionOf(const Moment& moment, const Timeline& timeline);

} // namespace exitwave::graph
