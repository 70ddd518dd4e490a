// HitIndex: which process is under a point of the screen.
#pragma once

#include "gui/scene/draw_list.h"

#include <cstdint>
#include <vector>

namespace exitwave::scene {

/// A grid over what one frame drew, so that exactly what is seen is picked. Rebuild it per frame
/// that is picked from (linear); a query looks at a handful of cells. Thread: one owner (the
/// canvas).
class HitIndex
{
public:
    void rebuild(const std::vector<DrawList::Hit>& hits);
    /// The node whose mark is under `point` or at most `slack` logical pixels away, nearest first;
    /// noNode when there is none. Of marks equally near the one drawn last wins.
    [[nodiscard]] NodeIndex at(Vec2 point, float slack = 4.0F) const;
    /// All nodes whose centre lies in the rectangle between two corners, ascending.
    [[nodiscard]] std::vector<NodeIndex> within(Vec2 corner, Vec2 opposite) const;

private:
    [[nodiscard]] int column(float x) const;
    [[nodiscard]] int row(float y) const;

    std::vector<DrawList::Hit> m_hits;
    std::vector<std::uint32_t> m_cellBegin; // cell -> first entry of m_entries; one more than cells
    std::vector<std::uint32_t> m_entries; // indices into m_hits
    Vec2 m_origin;
    float m_cell = 32.0F;
    float m_largest = 0.0F; // largest radius
    int m_columns = 0;
    int m_rows = 0;
};

} // namespace exitwave::scene
