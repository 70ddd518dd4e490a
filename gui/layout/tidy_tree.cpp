#include "gui/layout/tidy_tree.h"

#include "gui/layout/contour.h"
#include "gui/layout/slots.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace exitwave::layout {

namespace {

constexpr std::size_t rowLeaves = 6; // more of them form a block
constexpr float halfWidth = 0.75F; // of one process with its name
constexpr float fanHalfAngle = 0.96F; // 55 degrees
constexpr float blockSpacing = 1.1F; // in a block of roots
constexpr std::size_t wrapSiblings = 8; // fewer are never wrapped
constexpr float pageAspect = 1.9F; // width to height of wrapped siblings

/// Columns of a block of roots: grows in jumps, so that it is rarely set anew.
std::size_t blockColumns(std::size_t count)
{
    std::size_t columns = 6;
    while (columns * columns * 10 < count * 16)
        columns += columns / 2;
    return columns;
}

std::size_t levelsOf(float height)
{
    return static_cast<std::size_t>(std::ceil(height / levelHeight)) + 1;
}

/// One thing among siblings: a child with its subtree, or the block of all leaves.
struct Unit
{
    NodeIndex node = graph::noNode; // noNode: the block of leaves
    Contour contour;
};

class TidyTree
{
public:
    explicit TidyTree(const Hierarchy& hierarchy)
        : m_hierarchy(hierarchy)
        , m_fan(2.3F, 0.95F, 1.05F, fanHalfAngle)
        , m_place(hierarchy.size() + 1)
        , m_contours(hierarchy.size())
        , m_positions(hierarchy.size())
    {
    }

    std::vector<Point> run()
    {
        const std::size_t count = m_hierarchy.size();
        for (std::size_t i = count; i > 0; --i) {
            const NodeIndex node = m_hierarchy.order[i - 1];
            if (!m_hierarchy.isLeaf(node))
                m_contours[node] = arrange(node);
        }
        arrange(count);
        for (const NodeIndex node : m_hierarchy.order) {
            const Place& place = m_place[node];
            const NodeIndex parent = m_hierarchy.parent[node];
            const Point base = parent == graph::noNode ? Point{} : m_positions[parent];
            m_positions[node] = {base.x + place.x, base.y + place.y};
        }
        return std::move(m_positions);
    }

private:
    struct Place // relative to the parent
    {
        float x = 0.0F;
        float y = 0.0F;
    };

    /// Sets the children of `owner` (the node count: the roots) relative to it; returns the contour
    /// of the whole subtree.
    Contour arrange(std::size_t owner)
    {
        const bool roots = owner == m_hierarchy.size();
        std::vector<Unit> units = unitsOf(owner);
        const std::vector<std::size_t> rowEnds = wrap(units);
        std::vector<Contour> rows;
        std::size_t begin = 0;
        std::size_t level = roots ? 0 : 1;
        for (const std::size_t end : rowEnds) {
            RowOfSiblings row;
            for (std::size_t i = begin; i < end; ++i) {
                if (roots)
                    units[i].contour.makeBox(); // trees of their own do not reach into each other
                row.add(std::move(units[i].contour));
            }
            Contour contour = row.finish();
            for (std::size_t i = begin; i < end; ++i)
                placeUnit(units[i].node, owner, row.xs()[i - begin], level);
            level += contour.depth();
            rows.push_back(std::move(contour));
            begin = end;
        }
        Contour whole;
        if (!rows.empty()) {
            whole = std::move(rows.back());
            for (std::size_t i = rows.size() - 1; i > 0; --i)
                whole.putOnTop(rows[i - 1]);
        }
        if (!roots)
            whole.putOnTop({-halfWidth, halfWidth});
        return whole;
    }

    std::vector<Unit> unitsOf(std::size_t owner)
    {
        const auto children = m_hierarchy.childrenOf(owner);
        std::size_t leaves = 0;
        for (const NodeIndex child : children)
            leaves += m_hierarchy.isLeaf(child) ? 1 : 0;
        const bool block = leaves > rowLeaves;
        std::vector<Unit> units;
        // The block comes first: wrapped or not, it stays near its parent.
        if (block)
            units.push_back(
                {graph::noNode,
                 owner == m_hierarchy.size() ? gridContour(leaves) : fanContour(leaves)});
        for (const NodeIndex child : children) {
            if (!m_hierarchy.isLeaf(child)) {
                units.push_back({child, std::move(m_contours[child])});
            } else if (!block) {
                units.push_back({child, {}});
                units.back().contour.putOnTop({-halfWidth, halfWidth});
            }
        }
        return units;
    }

    /// Where rows of siblings end; one row unless that would be much wider than high.
    static std::vector<std::size_t> wrap(const std::vector<Unit>& units)
    {
        if (units.size() <= wrapSiblings)
            return {units.size()};
        std::vector<float> widths;
        float width = 0.0F;
        float area = 0.0F;
        for (const Unit& unit : units) {
            const Extent bounds = unit.contour.bounds();
            widths.push_back(bounds.right - bounds.left);
            width += widths.back();
            area += widths.back() * static_cast<float>(unit.contour.depth()) * levelHeight;
        }
        const float limit = std::sqrt(pageAspect * area);
        if (width < 1.6F * limit)
            return {units.size()};
        std::vector<std::size_t> ends;
        float used = 0.0F;
        for (std::size_t i = 0; i < units.size(); ++i) {
            if (used > 0.0F && used + widths[i] > limit) {
                ends.push_back(i);
                used = 0.0F;
            }
            used += widths[i];
        }
        ends.push_back(units.size());
        return ends;
    }

    void placeUnit(NodeIndex node, std::size_t owner, float x, std::size_t level)
    {
        const float y = static_cast<float>(level) * levelHeight;
        if (node != graph::noNode) {
            m_place[node] = {x, y};
            return;
        }
        const bool roots = owner == m_hierarchy.size();
        std::size_t slot = 0;
        const auto children = m_hierarchy.childrenOf(owner);
        std::size_t leaves = 0;
        for (const NodeIndex child : children)
            leaves += m_hierarchy.isLeaf(child) ? 1 : 0;
        for (const NodeIndex child : children) {
            if (!m_hierarchy.isLeaf(child))
                continue;
            const Point at = roots ? gridSlot(slot, leaves) : m_fan.at(slot);
            m_place[child] = {x + at.x, roots ? y + at.y : y - levelHeight + at.y};
            ++slot;
        }
    }

    static Point gridSlot(std::size_t slot, std::size_t count)
    {
        const std::size_t columns = blockColumns(count);
        return {(static_cast<float>(slot % columns) - static_cast<float>(columns - 1) / 2)
                    * blockSpacing,
                static_cast<float>(slot / columns) * blockSpacing};
    }

    static Contour gridContour(std::size_t leaves)
    {
        const std::size_t columns = blockColumns(leaves);
        const std::size_t rows = (leaves + columns - 1) / columns;
        const float half = static_cast<float>(columns) * blockSpacing / 2 + 0.3F;
        Contour contour;
        const std::size_t levels = levelsOf(static_cast<float>(rows) * blockSpacing);
        for (std::size_t level = 0; level < levels; ++level)
            contour.putOnTop({-half, half});
        return contour;
    }

    /// The fan's apex is one level above its first level.
    Contour fanContour(std::size_t leaves)
    {
        const float radius = m_fan.ringRadius(leaves - 1);
        const std::size_t levels = std::max<std::size_t>(levelsOf(radius - levelHeight / 2), 2) - 1;
        Contour contour;
        for (std::size_t i = levels; i > 0; --i) {
            // Widest in this level's band: along the sides at its lower edge, or on the outer ring.
            const float top = (static_cast<float>(i) - 0.5F) * levelHeight;
            const float bottom = top + levelHeight;
            const float sides = bottom * std::tan(fanHalfAngle);
            const float arc = std::sqrt(std::max(radius * radius - top * top, 0.0F));
            const float reach = std::min({sides, arc, radius * std::sin(fanHalfAngle)});
            contour.putOnTop({-reach - 0.5F, reach + 0.5F});
        }
        return contour;
    }

    const Hierarchy& m_hierarchy;
    RingSlots m_fan;
    std::vector<Place> m_place;
    std::vector<Contour> m_contours;
    std::vector<Point> m_positions;
};

} // namespace

std::vector<Point> tidyTree(const Hierarchy& hierarchy)
{
    return TidyTree(hierarchy).run();
}

} // namespace exitwave::layout
