// Hud: the panels over the canvas: counters, legend, view controls, minimap, the card of a hovered
// process, and what an empty canvas says.
#pragma once

#include "gui/scene/draw_list.h"
#include "gui/scene/minimap.h"
#include "gui/scene/scene.h"
#include "gui/scene/theme.h"
#include "gui/views/canvas/imgui_fonts.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace exitwave::views {

/// What a process under the pointer says.
struct NodeCard
{
    scene::Vec2 anchor; ///< centre of its sign
    float reach = 0.0F; ///< radius to keep clear
    std::string title; ///< name, or pid where there is none
    std::string pid;
    std::string state;
    scene::Color stateColor;
    std::string reason; ///< empty while alive
};

/// Everything a frame of the HUD shows.
struct HudInput
{
    scene::Vec2 size; ///< of the canvas, logical pixels
    const scene::Theme* theme = nullptr;
    ImGuiFonts fonts;
    bool empty = true; ///< no processes yet: counters, legend and minimap make room for the text
    std::string emptyTitle;
    std::string emptyHint;
    double eventsPerSecond = 0.0;
    std::uint32_t alive = 0;
    std::uint32_t dead = 0;
    std::uint64_t lost = 0;
    std::span<const float> frameTimes; ///< milliseconds, oldest first
    float frameMs = 0.0F;
    std::string notDrawn; ///< what was left out of the picture; empty: nothing
    std::span<const std::string> layouts; ///< titles
    std::size_t layout = 0;
    scene::SceneOptions options;
    const scene::Minimap* minimap = nullptr;
    std::optional<NodeCard> card;
};

/// What the user asked for in this frame.
struct HudActions
{
    std::optional<std::size_t> layout;
    bool arrangeAnew = false;
    std::optional<scene::SceneOptions> options;
    std::optional<scene::Vec2> minimapPoint; ///< a point of the minimap's box to look at
};

/// Thread: GUI thread, between ImGui's NewFrame and Render.
class Hud
{
public:
    static constexpr scene::Vec2 minimapSize{124.0F, 78.0F};

    [[nodiscard]] HudActions build(const HudInput& input);

    [[nodiscard]] bool legendOpen() const { return m_legendOpen; }
    void setLegendOpen(bool open) { m_legendOpen = open; }
    /// Logical pixels from the canvas's lower edge to the legend's upper one, in the last frame.
    [[nodiscard]] float legendHeight() const { return m_legendHeight; }
    [[nodiscard]] bool controlsOpen() const { return m_controlsOpen; }
    void setControlsOpen(bool open) { m_controlsOpen = open; }
    /// Of the open view controls in the last frame, logical pixels; 0: closed.
    [[nodiscard]] float controlsWidth() const { return m_controlsWidth; }

private:
    void counters(const HudInput& input);
    void legend(const HudInput& input);
    void controls(const HudInput& input, HudActions& actions);
    void minimap(const HudInput& input, HudActions& actions);
    void card(const HudInput& input);
    void emptyText(const HudInput& input);

    bool m_legendOpen = true;
    bool m_controlsOpen = false;
    float m_legendHeight = 0.0F;
    float m_legendRight = 0.0F; // the minimap stays clear of these two
    float m_controlsBottom = 0.0F;
    float m_controlsWidth = 0.0F;
};

} // namespace exitwave::views
