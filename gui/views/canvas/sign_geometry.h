// The measures of the canvas's signs, shared by OpenGL, QPainter and the legend so that all draw
// the same picture.
#pragma once

#include "gui/scene/draw_list.h"

#include <algorithm>

namespace exitwave::views::sign {

// Fractions of a mark's radius.
inline constexpr float crossReach = 0.42F; ///< half length of the cross's arms, along x and y
inline constexpr float barReach = 0.5F; ///< half length of the bar
inline constexpr float squareCorner = 0.38F; ///< corner radius of a supervisor
inline constexpr float beadCore = 0.6F; ///< where a bead's edge begins to fade

// Logical pixels along a line.
inline constexpr float dashOn = 7.0F;
inline constexpr float dashOff = 5.0F;
inline constexpr float dotStep = 6.0F;
inline constexpr float openEndRadius = 2.5F;

/// Smallest diameter of the dots of a dotted line; thinner ones would not be seen.
inline constexpr float dotDiameter = 1.8F;

/// Radius of the middle of a shield's arc: it keeps a gap to the disc it guards.
[[nodiscard]] inline float shieldRadius(const scene::Mark& mark)
{
    return mark.radius + std::max(2.0F, 0.3F * mark.radius) + mark.width / 2.0F;
}

/// How far a mark reaches from its centre.
[[nodiscard]] inline float reach(const scene::Mark& mark)
{
    return mark.shape == scene::Shape::Shield ? shieldRadius(mark) + mark.width / 2.0F
                                              : mark.radius;
}

[[nodiscard]] inline float arrowLength(float lineWidth)
{
    return 6.0F + 2.0F * lineWidth;
}

[[nodiscard]] inline float arrowHalfWidth(float lineWidth)
{
    return 2.5F + lineWidth;
}

} // namespace exitwave::views::sign
