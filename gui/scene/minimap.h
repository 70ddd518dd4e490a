// Minimap: the whole graph in a small box, with the part that is seen.
#pragma once

#include "gui/graph/process_graph.h"
#include "gui/scene/camera.h"
#include "gui/scene/draw_list.h"
#include "gui/scene/theme.h"

#include <span>
#include <vector>

namespace exitwave::scene {

/// Points and frame relative to the box's top left corner, logical pixels.
struct Minimap
{
    struct Spot
    {
        Vec2 at;
        Color color;
    };
    std::vector<Spot> spots; ///< at most one per 2 x 2 pixels; the dead stand out
    Vec2 viewMin; ///< the part that is seen, clipped to the box
    Vec2 viewMax;

    /// Where in the world a point of the box lies, for jumping there.
    [[nodiscard]] layout::Point toWorld(Vec2 point) const;

    layout::Point worldMin; ///< world point of the box's top left corner
    float scale = 1.0F; ///< pixels per world unit
};

/// The minimap of `positions` in a box of `size`.
[[nodiscard]] Minimap makeMinimap(const graph::ProcessGraph& graph,
                                  std::span<const layout::Point> positions,
                                  const Projection& projection,
                                  const Theme& theme,
                                  Vec2 size);

} // namespace exitwave::scene
