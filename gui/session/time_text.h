// Times and durations as people read them.
#pragma once

#include "runtime/base/clock.h"

#include <QString>

namespace exitwave::session {

/// A duration with the unit that fits, at most four digits: "0 s", "84 ms", "3.2 s", "2 min 5 s",
/// "1 h 2 min". Any thread.
[[nodiscard]] QString durationText(base::Duration duration);

/// A moment with three decimals of the unit that fits `span` (the trace's length), so that numbers
/// that change keep their width: "12.480 s", "0.350 ms", "2:05.480", "1:02:05.480". Any thread.
[[nodiscard]] QString momentText(base::Timestamp time, base::Duration span);

/// A label of a time axis whose ticks are `step` apart: as many decimals as the step needs, "2 s",
/// "2.5 s", "400 µs", "1:30", "2:00:00".
[[nodiscard]] QString tickText(base::Timestamp time, base::Duration step);

/// The step of 1, 2 or 5 (or 1, 2, 5, 10, 15, 30 of minutes and seconds; 1, 2, 6, 12 of hours) that
/// is at least `smallest`; never 0.
[[nodiscard]] base::Duration tickStep(base::Duration smallest);

} // namespace exitwave::session
