#include "gui/views/canvas/gl_geometry.h"

#include "gui/views/canvas/sign_geometry.h"

#include <array>
#include <cmath>

namespace exitwave::views {

namespace {

constexpr std::array<std::pair<float, float>, 4> corners{
    {{-1.0F, -1.0F}, {1.0F, -1.0F}, {1.0F, 1.0F}, {-1.0F, 1.0F}}};

void appendQuad(MarkVertex vertex, std::vector<MarkVertex>& out)
{
    for (const auto& [x, y] : corners) {
        vertex.cornerX = x;
        vertex.cornerY = y;
        out.push_back(vertex);
    }
}

/// The four corners of a segment's quad, one pixel larger on every side for the soft edge.
void appendSegment(scene::Vec2 from,
                   scene::Vec2 unit,
                   float length,
                   float half,
                   float stroke,
                   const Rgba& color,
                   float scale,
                   std::vector<LineVertex>& out)
{
    const float pixelLength = length * scale;
    const float pixelHalf = half * scale;
    const float edge = 1.0F / scale;
    const float reach = std::max({half, 0.5F / scale, sign::dotDiameter / 2.0F}) + edge;
    for (const auto& [end, side] : corners) {
        const float along = end < 0.0F ? -edge : length + edge;
        const float across = side * reach;
        LineVertex vertex;
        vertex.x = from.x + unit.x * along - unit.y * across;
        vertex.y = from.y + unit.y * along + unit.x * across;
        vertex.along = along * scale;
        vertex.across = across * scale;
        vertex.length = pixelLength;
        vertex.half = pixelHalf;
        vertex.stroke = stroke;
        vertex.color = color;
        out.push_back(vertex);
    }
}

void appendThin(const scene::Line& line, float length, float scale, LineBatch& out)
{
    LineVertex vertex;
    vertex.length = length * scale;
    vertex.half = 0.5F;
    vertex.stroke = static_cast<float>(line.stroke);
    vertex.color = line.color;
    vertex.x = line.from.x;
    vertex.y = line.from.y;
    out.thin.push_back(vertex);
    vertex.x = line.to.x;
    vertex.y = line.to.y;
    vertex.along = vertex.length;
    out.thin.push_back(vertex);
}

bool finite(const scene::Line& line)
{
    return std::isfinite(line.from.x) && std::isfinite(line.from.y) && std::isfinite(line.to.x)
        && std::isfinite(line.to.y);
}

} // namespace

void MarkBatch::clear()
{
    points.clear();
    quads.clear();
}

void LineBatch::clear()
{
    quads.clear();
    thin.clear();
    ends.clear();
}

void buildMarks(std::span<const scene::Mark> marks,
                const ViewSize& view,
                float pointLimit,
                MarkBatch& out)
{
    for (const scene::Mark& mark : marks) {
        MarkVertex vertex;
        vertex.x = mark.center.x;
        vertex.y = mark.center.y;
        vertex.radius = mark.radius;
        vertex.width = mark.width;
        vertex.reach = sign::reach(mark);
        vertex.shape = static_cast<float>(mark.shape);
        vertex.color = mark.color;
        vertex.fill = mark.fill;
        const bool inside = mark.center.x >= 0.0F && mark.center.x <= view.width
            && mark.center.y >= 0.0F && mark.center.y <= view.height;
        if (inside && 2.0F * (vertex.reach * view.scale + 1.0F) <= pointLimit) {
            out.points.push_back(vertex);
        } else {
            appendQuad(vertex, out.quads);
        }
    }
}

void buildLines(std::span<const scene::Line> lines,
                const scene::Color& background,
                const ViewSize& view,
                LineBatch& out)
{
    const bool thin = lines.size() > thinLineLimit;
    for (const scene::Line& line : lines) {
        const float dx = line.to.x - line.from.x;
        const float dy = line.to.y - line.from.y;
        float length = std::sqrt(dx * dx + dy * dy);
        if (!finite(line) || length < 0.01F) {
            continue;
        }
        if (thin) {
            appendThin(line, length, view.scale, out);
            continue;
        }
        const scene::Vec2 unit{dx / length, dy / length};
        if (line.arrow) {
            const float head = std::min(sign::arrowLength(line.width), length);
            length -= head;
            const scene::Vec2 neck{line.from.x + unit.x * length, line.from.y + unit.y * length};
            appendSegment(neck,
                          unit,
                          head,
                          sign::arrowHalfWidth(line.width),
                          arrowStroke,
                          line.color,
                          view.scale,
                          out.quads);
        }
        if (line.openEnd) {
            out.ends.push_back({line.to,
                                sign::openEndRadius + line.width / 2.0F,
                                line.width,
                                line.color,
                                background,
                                scene::Shape::Ring});
        }
        appendSegment(line.from,
                      unit,
                      length,
                      line.width / 2.0F,
                      static_cast<float>(line.stroke),
                      line.color,
                      view.scale,
                      out.quads);
    }
}

float pillHalfHeight(const scene::Label& label)
{
    return label.size * 0.66F + label.padding * 0.4F;
}

float labelLeft(const scene::Label& label, float textWidth)
{
    switch (label.align) {
    case scene::Align::Left:
        return label.at.x;
    case scene::Align::Right:
        return label.at.x - textWidth;
    case scene::Align::Center:
        break;
    }
    return label.at.x - textWidth / 2.0F;
}

void buildPill(const scene::Label& label, float textWidth, MarkBatch& out)
{
    if (label.fill.a == 0 && label.border.a == 0) {
        return;
    }
    MarkVertex vertex;
    vertex.x = labelLeft(label, textWidth) + textWidth / 2.0F;
    vertex.y = label.at.y;
    vertex.radius = pillHalfHeight(label);
    vertex.halfWidth = textWidth / 2.0F + label.padding;
    vertex.width = label.border.a == 0 ? 0.0F : 1.0F;
    vertex.reach = std::max(vertex.radius, vertex.halfWidth);
    vertex.shape = pillShape;
    vertex.color = label.border;
    vertex.fill = label.fill;
    appendQuad(vertex, out.quads);
}

} // namespace exitwave::views
