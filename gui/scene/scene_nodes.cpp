// The marks of a frame: processes by state, shields, rings around what is selected or found.
#include "gui/scene/scene_frame.h"

#include <algorithm>

namespace exitwave::scene {

namespace {

constexpr float dimOpacity = 0.28F;
constexpr float dotCell = 3.0F; // one dot of a kind per so many pixels: more cannot be seen
constexpr float smallestDisc = 2.0F;
constexpr float smallestTomb = 4.0F; // crashes keep their shape however far away
constexpr std::size_t tombBudget = 2000; // of them per frame when drawn as dots otherwise

Mark ringAround(const ShownNode& node, float distance, float width, Color color)
{
    Mark ring;
    ring.center = node.center;
    ring.radius = node.radius + distance;
    ring.width = width;
    ring.color = color;
    ring.fill = {0, 0, 0, 0};
    ring.shape = Shape::Circle;
    return ring;
}

} // namespace

void SceneFrame::drawNodes()
{
    if (!shapes) {
        drawDots();
        return;
    }
    out.marks.reserve(shown.size());
    out.hits.reserve(shown.size());
    for (const ShownNode& node : shown) {
        Mark mark = markOf(node.look, *in.theme, node.center, node.radius);
        if (node.dimmed) {
            mark.color = faded(mark.color, dimOpacity);
            mark.fill = faded(mark.fill, dimOpacity);
        }
        out.marks.push_back(mark);
        if (node.shield) {
            Mark shield = shieldMark(*in.theme, node.center, node.radius);
            if (node.dimmed)
                shield.color = faded(shield.color, dimOpacity);
            out.marks.push_back(shield);
        }
        out.hits.push_back({node.center, node.radius, node.node});
    }
}

/// Far away: a dot per process, but where several of one look fall on one spot only the first.
void SceneFrame::drawDots()
{
    const auto columns = static_cast<std::size_t>((in.projection.viewport.x + 80.0F) / dotCell) + 1;
    const auto rows = static_cast<std::size_t>((in.projection.viewport.y + 80.0F) / dotCell) + 1;
    std::vector<std::uint8_t> taken(columns * rows, 0); // a bit per look
    std::size_t tombs = 0;
    for (const ShownNode& node : shown) {
        const bool tomb = node.look == Look::Crashed || node.look == Look::Killed;
        const auto column = static_cast<std::size_t>((node.center.x + 40.0F) / dotCell);
        const auto row = static_cast<std::size_t>((node.center.y + 40.0F) / dotCell);
        std::uint8_t& cell
            = taken[std::min(row, rows - 1) * columns + std::min(column, columns - 1)];
        const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(node.look));
        if ((cell & bit) != 0 && !touched(node.node))
            continue;
        cell |= bit;
        out.hits.push_back({node.center, std::max(node.radius, 2.0F), node.node});
        if (tomb && tombs < tombBudget) {
            ++tombs;
            Mark mark = markOf(node.look, *in.theme, node.center, std::max(radius, smallestTomb));
            out.overlayMarks.push_back(mark);
            continue;
        }
        Mark dot;
        dot.center = node.center;
        dot.radius = node.radius;
        dot.color = faded(colorOf(node.look, *in.theme), node.dimmed ? dimOpacity : 1.0F);
        dot.fill = {0, 0, 0, 0};
        // A supervisor is square also when small.
        const bool square = node.look == Look::Supervisor || node.radius < smallestDisc;
        dot.shape = square ? Shape::Dot : Shape::Disc;
        out.marks.push_back(dot);
    }
}

void SceneFrame::drawRings()
{
    for (const ShownNode& node : shown) {
        if (in.searching && !node.dimmed
            && std::binary_search(in.matches.begin(), in.matches.end(), node.node)) {
            // Two thin rings: told from selection and hover without colour.
            out.overlayMarks.push_back(ringAround(node, 4.0F, 1.25F, in.theme->match));
            out.overlayMarks.push_back(ringAround(node, 7.0F, 1.25F, in.theme->match));
        }
        if (node.node == in.selected)
            out.overlayMarks.push_back(ringAround(node, 5.0F, 2.5F, in.theme->selection));
        else if (node.node == in.hovered)
            out.overlayMarks.push_back(ringAround(node, 4.0F, 1.25F, in.theme->hover));
        if (std::binary_search(in.pinned.begin(), in.pinned.end(), node.node)) {
            // A pin: a small dot at the upper right.
            Mark pin;
            pin.center = {node.center.x + node.radius * 0.95F + 2.0F,
                          node.center.y - node.radius * 0.95F - 2.0F};
            pin.radius = 2.5F;
            pin.color = in.theme->text;
            pin.fill = {0, 0, 0, 0};
            pin.shape = Shape::Dot;
            out.overlayMarks.push_back(pin);
        }
    }
}

} // namespace exitwave::scene
