// The legend: every sign of the canvas as it is drawn there, its name, and one sentence about it.
#pragma once

#include "gui/scene/theme.h"

namespace exitwave::views {

/// Draws it into the current ImGui window, wrapped to `width` logical pixels. The last line
/// explains the sign under the pointer, or the whole where there is none.
void drawLegend(const scene::Theme& theme, float width);

} // namespace exitwave::views
