#include "gui/scene/hit_index.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace exitwave::scene {

namespace {

constexpr int maxColumns = 512; // a grid never larger than this each way

} // namespace

int HitIndex::column(float x) const
{
    return static_cast<int>(
        std::clamp((x - m_origin.x) / m_cell, 0.0F, static_cast<float>(m_columns - 1)));
}

int HitIndex::row(float y) const
{
    return static_cast<int>(
        std::clamp((y - m_origin.y) / m_cell, 0.0F, static_cast<float>(m_rows - 1)));
}

void HitIndex::rebuild(const std::vector<DrawList::Hit>& hits)
{
    m_hits = hits;
    m_largest = 0.0F;
    if (m_hits.empty())
        return;
    Vec2 low = m_hits.front().center;
    Vec2 high = low;
    for (const DrawList::Hit& hit : m_hits) {
        low = {std::min(low.x, hit.center.x), std::min(low.y, hit.center.y)};
        high = {std::max(high.x, hit.center.x), std::max(high.y, hit.center.y)};
        m_largest = std::max(m_largest, hit.radius);
    }
    m_origin = low;
    const float extent = std::max(high.x - low.x, high.y - low.y);
    m_cell = std::max(16.0F, extent / static_cast<float>(maxColumns - 1));
    m_columns = static_cast<int>((high.x - low.x) / m_cell) + 1;
    m_rows = static_cast<int>((high.y - low.y) / m_cell) + 1;

    const auto cells = static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows);
    const auto cellOf = [&](Vec2 at) {
        return static_cast<std::size_t>(row(at.y)) * static_cast<std::size_t>(m_columns)
            + static_cast<std::size_t>(column(at.x));
    };
    m_cellBegin.assign(cells + 1, 0);
    for (const DrawList::Hit& hit : m_hits)
        ++m_cellBegin[cellOf(hit.center) + 1];
    for (std::size_t i = 1; i <= cells; ++i)
        m_cellBegin[i] += m_cellBegin[i - 1];
    m_entries.resize(m_hits.size());
    std::vector<std::uint32_t> next(m_cellBegin.begin(), m_cellBegin.end() - 1);
    for (std::size_t i = 0; i < m_hits.size(); ++i)
        m_entries[next[cellOf(m_hits[i].center)]++] = static_cast<std::uint32_t>(i);
}

NodeIndex HitIndex::at(Vec2 point, float slack) const
{
    if (m_hits.empty())
        return graph::noNode;
    const float reach = m_largest + slack;
    NodeIndex best = graph::noNode;
    float bestDistance = std::numeric_limits<float>::max();
    for (int y = row(point.y - reach); y <= row(point.y + reach); ++y) {
        for (int x = column(point.x - reach); x <= column(point.x + reach); ++x) {
            const std::size_t cell
                = static_cast<std::size_t>(y) * static_cast<std::size_t>(m_columns)
                + static_cast<std::size_t>(x);
            for (std::uint32_t i = m_cellBegin[cell]; i < m_cellBegin[cell + 1]; ++i) {
                const DrawList::Hit& hit = m_hits[m_entries[i]];
                // Distance from the mark's edge: inside a small mark beats near a large one.
                const float distance
                    = std::hypot(hit.center.x - point.x, hit.center.y - point.y) - hit.radius;
                if (distance <= slack && distance <= bestDistance) {
                    bestDistance = distance;
                    best = hit.node;
                }
            }
        }
    }
    return best;
}

std::vector<NodeIndex> HitIndex::within(Vec2 corner, Vec2 opposite) const
{
    const Vec2 low{std::min(corner.x, opposite.x), std::min(corner.y, opposite.y)};
    const Vec2 high{std::max(corner.x, opposite.x), std::max(corner.y, opposite.y)};
    std::vector<NodeIndex> nodes;
    for (const DrawList::Hit& hit : m_hits) {
        if (hit.center.x >= low.x && hit.center.x <= high.x && hit.center.y >= low.y
            && hit.center.y <= high.y)
            nodes.push_back(hit.node);
    }
    std::sort(nodes.begin(), nodes.end());
    return nodes;
}

} // namespace exitwave::scene
