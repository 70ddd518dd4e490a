// DrawList: what one frame of the canvas shows, as plain primitives in screen space. OpenGL,
// QPainter and SVG draw the same list.
#pragma once

#include "gui/layout/layout.h"

#include <cstdint>
#include <string>
#include <vector>

namespace exitwave::scene {

using graph::NodeIndex;

/// Screen point or size in logical pixels, origin top left of the canvas, y down.
struct Vec2
{
    float x = 0.0F;
    float y = 0.0F;
    friend bool operator==(const Vec2&, const Vec2&) = default;
};

/// Straight (not premultiplied) 8-bit colour.
struct Color
{
    std::uint8_t r = 0;
    std::uint8_t g = 0;
    std::uint8_t b = 0;
    std::uint8_t a = 255;
    friend bool operator==(const Color&, const Color&) = default;
};

/// The shape of a mark says what it is; colour only repeats it.
enum class Shape : std::uint8_t {
    Disc, ///< filled: running, waiting
    Square, ///< rounded square outline, canvas-coloured inside: supervisor
    Ring, ///< empty ring: ended normally
    RingCross, ///< crashed
    RingBar, ///< killed
    Circle, ///< thin outline only: selection, hover, flash rings
    Bead, ///< filled, soft edge: an exit signal on its way
    Shield, ///< arc over the upper half, drawn outside `radius`: traps exits
    Dot, ///< tiny filled square without outline: far away nodes, cheapest
};

struct Mark
{
    Vec2 center;
    float radius = 0.0F; ///< outer radius
    float width = 2.0F; ///< stroke of outlined shapes
    Color color;
    Color fill; ///< inside of Square, Ring, RingCross, RingBar; a = 0: nothing
    Shape shape = Shape::Disc;
};

enum class Stroke : std::uint8_t { Solid, Dashed, Dotted };

struct Line
{
    Vec2 from;
    Vec2 to;
    Color color;
    float width = 1.0F;
    Stroke stroke = Stroke::Solid;
    bool arrow = false; ///< head at `to`
    bool openEnd = false; ///< small open circle at `to`: the child end of a parent line
};

enum class FontKind : std::uint8_t { Text, TextBold, Mono };
enum class Align : std::uint8_t { Center, Left, Right };

struct Label
{
    Vec2 at; ///< baseline-independent: middle of the line's height, `align` says which x
    std::string text; ///< UTF-8, one line, already elided
    Color color;
    float size = 12.0F; ///< pixels
    FontKind font = FontKind::Text;
    Align align = Align::Center;
    /// Behind the text: nothing when fill.a and border.a are 0, else a rounded box (pill) with this
    /// padding.
    Color fill{0, 0, 0, 0};
    Color border{0, 0, 0, 0};
    float padding = 0.0F;
};

/// Painted in this order: background, lines, marks, overlay lines, overlay marks, labels.
struct DrawList
{
    Color background;
    std::vector<Line> lines;
    std::vector<Mark> marks;
    std::vector<Line> overlayLines; ///< highlighted edges, above the marks they connect
    std::vector<Mark> overlayMarks; ///< selection, flash rings, beads
    std::vector<Label> labels; ///< already decluttered
    /// Parallel to the nodes drawn, for picking: which node is under a point is asked of HitIndex.
    struct Hit
    {
        Vec2 center;
        float radius = 0.0F;
        NodeIndex node = graph::noNode;
    };
    std::vector<Hit> hits;

    // What was left out, for the HUD: never silent.
    std::uint32_t culledNodes = 0; ///< outside the view
    std::uint32_t droppedLinks = 0; ///< over the budget for long links
    std::uint32_t droppedLabels = 0;

    void clear();
};

} // namespace exitwave::scene
