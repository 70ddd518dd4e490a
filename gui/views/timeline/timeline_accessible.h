// What assistive technology is told of a TimelineWidget: a slider over the trace's time.
#pragma once

namespace exitwave::views {

/// Makes QAccessible know TimelineWidgets. GUI thread; any number of times.
void installTimelineAccessibility();

} // namespace exitwave::views
