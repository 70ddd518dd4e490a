// A software rasteriser for Dear ImGui's triangles, so that the HUD is the same where there is no
// OpenGL.
#pragma once

#include <QImage>

#include <imgui.h>

namespace exitwave::views {

/// Draws `data` over `image` (Format_ARGB32_Premultiplied or RGB32), which covers DisplaySize at
/// FramebufferScale. The only texture is the font atlas, as `GetTexDataAsAlpha8` gives it.
/// Thread: any, one at a time with the ImGui context that owns `data`.
void rasterizeImGui(const ImDrawData& data, ImFontAtlas& atlas, QImage& image);

} // namespace exitwave::views
