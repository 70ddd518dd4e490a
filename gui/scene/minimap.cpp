#include "gui/scene/minimap.h"

#include "gui/scene/node_style.h"

#include <algorithm>

namespace exitwave::scene {

namespace {

constexpr float border = 8.0F; // free around the outermost processes
constexpr float cell = 2.0F;

Color spotColor(const graph::ProcessNode& node, const Theme& theme)
{
    switch (node.death) {
    case graph::Death::Crash:
    case graph::Death::Victim:
        return theme.crashed;
    case graph::Death::Killed:
        return theme.killed;
    case graph::Death::Normal:
        return theme.faint;
    case graph::Death::None:
        break;
    }
    return theme.secondary;
}

} // namespace

layout::Point Minimap::toWorld(Vec2 point) const
{
    return {worldMin.x + point.x / scale, worldMin.y + point.y / scale};
}

Minimap makeMinimap(const graph::ProcessGraph& graph,
                    std::span<const layout::Point> positions,
                    const Projection& projection,
                    const Theme& theme,
                    Vec2 size)
{
    Minimap map;
    const std::size_t count = std::min(positions.size(), graph.size());
    const auto bounds = boundsOf(positions.first(count));
    if (!bounds || size.x <= 2 * border || size.y <= 2 * border)
        return map;
    const float width = std::max(bounds->max.x - bounds->min.x, 1.0F);
    const float height = std::max(bounds->max.y - bounds->min.y, 1.0F);
    map.scale = std::min((size.x - 2 * border) / width, (size.y - 2 * border) / height);
    const layout::Point middle{(bounds->min.x + bounds->max.x) / 2,
                               (bounds->min.y + bounds->max.y) / 2};
    map.worldMin = {middle.x - size.x / 2 / map.scale, middle.y - size.y / 2 / map.scale};

    const auto columns = static_cast<std::size_t>(size.x / cell) + 1;
    const auto rows = static_cast<std::size_t>(size.y / cell) + 1;
    std::vector<std::uint8_t> taken(columns * rows, 0);
    // The dead first: they must not be hidden by the living.
    for (const bool living : {false, true}) {
        for (std::size_t i = 0; i < count; ++i) {
            const graph::ProcessNode& node = graph.node(static_cast<NodeIndex>(i));
            const bool ordinary = node.alive || node.death == graph::Death::Normal;
            if (ordinary != living)
                continue;
            const Vec2 at{(positions[i].x - map.worldMin.x) * map.scale,
                          (positions[i].y - map.worldMin.y) * map.scale};
            const std::size_t column
                = static_cast<std::size_t>(std::clamp(at.x, 0.0F, size.x) / cell);
            const std::size_t row = static_cast<std::size_t>(std::clamp(at.y, 0.0F, size.y) / cell);
            std::uint8_t& spot = taken[row * columns + column];
            if (spot == 0)
                map.spots.push_back({at, spotColor(node, theme)});
            spot = 1;
        }
    }
    const Bounds seen = projection.visible();
    const auto inBox = [&](layout::Point world) {
        return Vec2{std::clamp((world.x - map.worldMin.x) * map.scale, 0.0F, size.x),
                    std::clamp((world.y - map.worldMin.y) * map.scale, 0.0F, size.y)};
    };
    map.viewMin = inBox(seen.min);
    map.viewMax = inBox(seen.max);
    return map;
}

} // namespace exitwave::scene
