// Vertices of the canvas's OpenGL pass: pure functions from a DrawList to flat arrays.
#pragma once

#include "gui/scene/draw_list.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace exitwave::views {

/// Colours travel as four bytes, straight alpha; the shaders multiply.
using Rgba = scene::Color;
static_assert(sizeof(Rgba) == 4);

/// A sign. As a point it is one vertex; as a quad four, which differ in `corner` only.
/// `shape` is the value of scene::Shape, or `pillShape` for the rounded box behind a label.
struct MarkVertex
{
    float x = 0.0F;
    float y = 0.0F;
    float cornerX = 0.0F; ///< -1 or 1; unused by points
    float cornerY = 0.0F;
    float radius = 0.0F; ///< pills: half height
    float halfWidth = 0.0F; ///< pills only: half width
    float width = 0.0F; ///< stroke
    float reach = 0.0F; ///< how far it extends from its centre
    float shape = 0.0F;
    Rgba color;
    Rgba fill;
};
inline constexpr float pillShape = 100.0F;

/// A corner of a line's quad, or an end of a GL_LINES segment. `along` and `across` are physical
/// pixels from the start and from the axis.
struct LineVertex
{
    float x = 0.0F;
    float y = 0.0F;
    float along = 0.0F;
    float across = 0.0F;
    float length = 0.0F;
    float half = 0.0F; ///< half the line's width, physical pixels
    float stroke = 0.0F; ///< value of scene::Stroke, or `arrowStroke`
    Rgba color;
};
inline constexpr float arrowStroke = 3.0F;

/// A corner of a label's picture in the text atlas.
struct TextVertex
{
    float x = 0.0F;
    float y = 0.0F;
    float u = 0.0F;
    float v = 0.0F;
    Rgba color;
};

/// Above this number of lines in one layer they are drawn one pixel wide by GL_LINES, which costs
/// a third.
inline constexpr std::size_t thinLineLimit = 5000;
/// Points wider than this many physical pixels (or than the driver allows), and those whose centre
/// is outside the view (where OpenGL drops points), are drawn as quads.
inline constexpr float largestPoint = 64.0F;

struct MarkBatch
{
    std::vector<MarkVertex> points;
    std::vector<MarkVertex> quads; ///< four per mark
    void clear();
};

struct LineBatch
{
    std::vector<LineVertex> quads; ///< four per line or arrow head
    std::vector<LineVertex> thin; ///< two per line
    std::vector<scene::Mark> ends; ///< open ends, to be drawn as marks
    void clear();
};

/// The view in logical pixels and the scale to physical ones.
struct ViewSize
{
    float width = 0.0F;
    float height = 0.0F;
    float scale = 1.0F;
};

/// Appends `marks` to `out`; points at most `pointLimit` physical pixels wide.
void buildMarks(std::span<const scene::Mark> marks,
                const ViewSize& view,
                float pointLimit,
                MarkBatch& out);
/// Appends `lines` to `out`.
void buildLines(std::span<const scene::Line> lines,
                const scene::Color& background,
                const ViewSize& view,
                LineBatch& out);
/// Appends the rounded box behind a label; `textWidth` in logical pixels.
void buildPill(const scene::Label& label, float textWidth, MarkBatch& out);
/// Left edge of a label's text.
[[nodiscard]] float labelLeft(const scene::Label& label, float textWidth);
/// Half the height of the box behind a label.
[[nodiscard]] float pillHalfHeight(const scene::Label& label);

} // namespace exitwave::views
