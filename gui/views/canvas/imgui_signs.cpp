#include "gui/views/canvas/imgui_signs.h"

#include "gui/views/canvas/sign_geometry.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace exitwave::views {

namespace {

ImVec2 vec(const scene::Vec2& v)
{
    return {v.x, v.y};
}

void drawRing(ImDrawList& list, const scene::Mark& mark)
{
    const ImVec2 c = vec(mark.center);
    const float middle = mark.radius - mark.width / 2.0F;
    const ImU32 color = imColor(mark.color);
    if (mark.fill.a != 0 && mark.shape != scene::Shape::Circle) {
        list.AddCircleFilled(c, middle, imColor(mark.fill));
    }
    list.AddCircle(c, middle, color, 0, mark.width);
    if (mark.shape == scene::Shape::RingCross) {
        const float a = mark.radius * sign::crossReach;
        list.AddLine({c.x - a, c.y - a}, {c.x + a, c.y + a}, color, mark.width);
        list.AddLine({c.x - a, c.y + a}, {c.x + a, c.y - a}, color, mark.width);
    } else if (mark.shape == scene::Shape::RingBar) {
        const float a = mark.radius * sign::barReach;
        list.AddLine({c.x - a, c.y}, {c.x + a, c.y}, color, mark.width);
    }
}

void drawSquare(ImDrawList& list, const scene::Mark& mark)
{
    const float half = mark.radius - mark.width / 2.0F;
    const ImVec2 low{mark.center.x - half, mark.center.y - half};
    const ImVec2 high{mark.center.x + half, mark.center.y + half};
    const float corner = mark.radius * sign::squareCorner;
    if (mark.fill.a != 0) {
        list.AddRectFilled(low, high, imColor(mark.fill), corner);
    }
    list.AddRect(low, high, imColor(mark.color), corner, 0, mark.width);
}

void drawShield(ImDrawList& list, const scene::Mark& mark)
{
    const float r = sign::shieldRadius(mark);
    const ImU32 color = imColor(mark.color);
    list.PathArcTo(
        vec(mark.center), r, std::numbers::pi_v<float>, 2.0F * std::numbers::pi_v<float>);
    list.PathStroke(color, 0, mark.width);
    const float cap = mark.width / 2.0F;
    list.AddCircleFilled({mark.center.x - r, mark.center.y}, cap, color);
    list.AddCircleFilled({mark.center.x + r, mark.center.y}, cap, color);
}

} // namespace

ImU32 imColor(const scene::Color& color)
{
    return IM_COL32(color.r, color.g, color.b, color.a);
}

ImVec4 imColorVec(const scene::Color& color)
{
    return ImGui::ColorConvertU32ToFloat4(imColor(color));
}

void drawSign(ImDrawList& list, const scene::Mark& mark)
{
    switch (mark.shape) {
    case scene::Shape::Disc:
    case scene::Shape::Bead:
        list.AddCircleFilled(vec(mark.center), mark.radius, imColor(mark.color));
        break;
    case scene::Shape::Square:
        drawSquare(list, mark);
        break;
    case scene::Shape::Ring:
    case scene::Shape::RingCross:
    case scene::Shape::RingBar:
    case scene::Shape::Circle:
        drawRing(list, mark);
        break;
    case scene::Shape::Shield:
        drawShield(list, mark);
        break;
    case scene::Shape::Dot:
        list.AddRectFilled({mark.center.x - mark.radius, mark.center.y - mark.radius},
                           {mark.center.x + mark.radius, mark.center.y + mark.radius},
                           imColor(mark.color));
        break;
    }
}

void drawSignLine(ImDrawList& list, const scene::Line& line)
{
    const float dx = line.to.x - line.from.x;
    const float dy = line.to.y - line.from.y;
    const float length = std::sqrt(dx * dx + dy * dy);
    const ImU32 color = imColor(line.color);
    const auto at = [&](float along) {
        return ImVec2(line.from.x + dx / length * along, line.from.y + dy / length * along);
    };
    float end = length;
    if (line.arrow) {
        end -= sign::arrowLength(line.width);
        const float half = sign::arrowHalfWidth(line.width) / length;
        const ImVec2 neck = at(end);
        list.AddTriangleFilled({neck.x - dy * half, neck.y + dx * half},
                               vec(line.to),
                               {neck.x + dy * half, neck.y - dx * half},
                               color);
    }
    if (line.stroke == scene::Stroke::Solid) {
        list.AddLine(at(0.0F), at(end), color, line.width);
    } else if (line.stroke == scene::Stroke::Dashed) {
        for (float from = 0.0F; from < end; from += sign::dashOn + sign::dashOff) {
            list.AddLine(at(from), at(std::min(from + sign::dashOn, end)), color, line.width);
        }
    } else {
        const float radius = std::max(line.width, sign::dotDiameter) / 2.0F;
        for (float along = radius; along < end; along += sign::dotStep) {
            list.AddCircleFilled(at(along), radius, color);
        }
    }
}

void applyImGuiStyle(const scene::Theme& theme)
{
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowRounding = 8.0F;
    style.WindowPadding = {14.0F, 12.0F};
    style.WindowBorderSize = 1.0F;
    style.WindowMinSize = {8.0F, 8.0F};
    style.FrameRounding = 4.0F;
    style.FramePadding = {8.0F, 3.0F};
    style.FrameBorderSize = 1.0F;
    style.ItemSpacing = {8.0F, 4.0F};
    style.ItemInnerSpacing = {8.0F, 4.0F};
    style.ScrollbarSize = 10.0F;
    style.AntiAliasedLinesUseTex = false; // the atlas has no room for them in thin HiDPI steps
    style.CircleTessellationMaxError = 0.15F;

    scene::Color panel = theme.dark ? theme.panel : theme.raised;
    constexpr std::uint8_t almostOpaque = 240;
    panel.a = almostOpaque;
    const scene::Color held = scene::mixed(theme.raised, theme.running, 0.25F);
    ImVec4* colors = style.Colors;
    colors[ImGuiCol_Text] = imColorVec(theme.text);
    colors[ImGuiCol_TextDisabled] = imColorVec(theme.secondary);
    colors[ImGuiCol_WindowBg] = imColorVec(panel);
    colors[ImGuiCol_PopupBg] = imColorVec(panel);
    colors[ImGuiCol_Border] = imColorVec(theme.hairline);
    colors[ImGuiCol_FrameBg] = imColorVec(theme.raised);
    colors[ImGuiCol_FrameBgHovered] = imColorVec(scene::mixed(theme.raised, theme.running, 0.12F));
    colors[ImGuiCol_FrameBgActive] = imColorVec(held);
    colors[ImGuiCol_Button] = imColorVec(theme.raised);
    colors[ImGuiCol_ButtonHovered] = imColorVec(scene::mixed(theme.raised, theme.running, 0.12F));
    colors[ImGuiCol_ButtonActive] = imColorVec(held);
    colors[ImGuiCol_CheckMark] = imColorVec(theme.running);
    colors[ImGuiCol_Header] = imColorVec(theme.raised);
    colors[ImGuiCol_HeaderHovered] = imColorVec(scene::mixed(theme.raised, theme.running, 0.12F));
    colors[ImGuiCol_HeaderActive] = imColorVec(held);
    colors[ImGuiCol_Separator] = imColorVec(theme.hairline);
    colors[ImGuiCol_PlotLines] = imColorVec(theme.running);
}

} // namespace exitwave::views
