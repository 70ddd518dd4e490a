// The canvas's signs and the theme's colours for Dear ImGui: legend, minimap and panels.
#pragma once

#include "gui/scene/draw_list.h"
#include "gui/scene/theme.h"

#include <imgui.h>

namespace exitwave::views {

[[nodiscard]] ImU32 imColor(const scene::Color& color);
[[nodiscard]] ImVec4 imColorVec(const scene::Color& color);

/// Draws a sign as the canvas does.
void drawSign(ImDrawList& list, const scene::Mark& mark);
/// Draws a line as the canvas does.
void drawSignLine(ImDrawList& list, const scene::Line& line);

/// Flat panels with hairlines in the theme's colours, for the current ImGui context.
void applyImGuiStyle(const scene::Theme& theme);

} // namespace exitwave::views
