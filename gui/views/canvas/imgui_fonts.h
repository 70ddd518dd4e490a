// ImGuiFonts: the application's own fonts for Dear ImGui, drawn by Qt.
#pragma once

#include <imgui.h>

namespace exitwave::views {

/// Fonts of the HUD. Letters are drawn by Qt, so that they look as in the rest of the window, need
/// no font file, and work with every font Qt can draw. Valid until the atlas is built anew.
struct ImGuiFonts
{
    ImFont* text = nullptr; ///< 12 pixels
    ImFont* bold = nullptr; ///< 13 pixels, semi-bold
    ImFont* mono = nullptr; ///< 12 pixels
};

/// Rebuilds `atlas` for `scale` physical pixels per logical one. It holds Latin with its accents,
/// general punctuation, arrows and box corners; ImGui shows '?' for anything else.
/// Fonts are baked at their physical size: show them with FontGlobalScale = 1 / scale.
[[nodiscard]] ImGuiFonts buildImGuiFonts(ImFontAtlas& atlas, float scale);

} // namespace exitwave::views
