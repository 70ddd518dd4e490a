// Moment: a point of a trace as people name it - a position, a time, the first crash, the end.
#pragma once

#include "gui/graph/timeline.h"
#include "runtime/base/clock.h"
#include "runtime/base/result.h"
#include "runtime/trace/event.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace exitwave::graph {

/// What `--at` names on every command line. A value.
struct Moment
{
    enum class Kind : std::uint8_t { Position, Time, Crash, End };
    Kind kind = Kind::End;
    std::size_t position = 0; ///< for Position: how many events have happened
    base::Timestamp time; ///< for Time

    /// True when the event with this index (from 0) is at or before the moment. Crash and End need
    /// more than one event to tell: always true; MomentFinder knows.
    [[nodiscard]] bool includes(std::size_t index, const trace::Event& event) const
    {
        if (kind == Kind::Position)
            return index < position;
        return kind != Kind::Time || event.time <= time;
    }

    friend bool operator==(const Moment&, const Moment&) = default;
};

/// Reads "42" (after 42 events), "1.5s", "300ms", "20us", "7ns", "2min" (time since the trace
/// began), "crash" (right after the first crash, its exit signals on their way) or "end". Error:
/// InvalidInput, naming these forms. Any thread.
[[nodiscard]] base::Result<Moment> parseMoment(std::string_view text);

/// The position that shows `moment`. Errors, saying what there is: NotFound for "crash" when
/// nothing crashed, InvalidInput for a position or a time behind the last event.
[[nodiscard]] base::Result<std::size_t> positionOf(const Moment& moment, const Timeline& timeline);

/// The same for who reads events one after the other and keeps none. Thread: one.
class MomentFinder
{
public:
    explicit MomentFinder(const Moment& moment) : m_moment(moment) {}

    /// Does `event`, which follows on `before`, still belong to what the moment shows? Called for
    /// each event in turn, until it says no.
    [[nodiscard]] bool includes(const ProcessGraph& before, const trace::Event& event);
    /// When no event is left: what is wrong with the moment, as positionOf() says it.
    [[nodiscard]] base::Result<void> endAt(const ProcessGraph& last) const;

private:
    Moment m_moment;
    trace::ProcessKey m_dead; // of the event before: who crashed, once there is a crash
};

} // namespace exitwave::graph
