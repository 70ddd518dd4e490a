// Forests for layout tests and benchmarks, the same each time for the same seed.
#pragma once

#include "gui/layout/layout.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <utility>
#include <vector>

namespace exitwave::layout {

/// A supervision forest like those of real programs: 5 to 50 children, three in ten start others.
inline Topology forest(std::uint32_t count, std::uint32_t seed)
{
    std::mt19937 random(seed);
    const auto below
        = [&](std::uint32_t limit) { return static_cast<std::uint32_t>(random()) % limit; };
    Topology topology;
    std::vector<NodeIndex> starters;
    std::size_t next = 0;
    while (topology.parent.size() < count) {
        if (next == starters.size()) {
            starters.push_back(static_cast<NodeIndex>(topology.parent.size()));
            topology.parent.push_back(graph::noNode);
        }
        const NodeIndex parent = starters[next++];
        const std::uint32_t children = 5 + below(46);
        for (std::uint32_t i = 0; i < children && topology.parent.size() < count; ++i) {
            const auto child = static_cast<NodeIndex>(topology.parent.size());
            topology.parent.push_back(parent);
            if (below(10) < 3)
                starters.push_back(child);
        }
    }
    topology.alive.assign(topology.parent.size(), 1);
    for (std::size_t i = 0; i < count / 10; ++i) {
        const auto a = NodeIndex{below(count)};
        const auto b = NodeIndex{below(count)};
        topology.links.emplace_back(std::min(a, b), std::max(a, b));
    }
    return topology;
}

inline Topology withParents(std::vector<NodeIndex> parents)
{
    Topology topology;
    topology.parent = std::move(parents);
    topology.alive.assign(topology.parent.size(), 1);
    return topology;
}

inline void settle(Layout& layout)
{
    for (int i = 0; i < 2000 && layout.step(std::chrono::microseconds(4000)); ++i) {}
}

inline bool allFinite(std::span<const Point> points)
{
    for (const Point point : points) {
        if (!std::isfinite(point.x) || !std::isfinite(point.y))
            return false;
    }
    return true;
}

inline float distance(Point a, Point b)
{
    return std::hypot(a.x - b.x, a.y - b.y);
}

/// Pairs nearer than 0.5 units: their marks would touch. A grid keeps it linear.
inline std::size_t overlappingPairs(std::span<const Point> points)
{
    constexpr float near = 0.5F;
    std::vector<std::pair<std::pair<long, long>, std::size_t>> cells;
    for (std::size_t i = 0; i < points.size(); ++i)
        cells.push_back({{std::lround(points[i].x / near), std::lround(points[i].y / near)}, i});
    std::sort(cells.begin(), cells.end());
    std::size_t pairs = 0;
    for (const auto& [cell, i] : cells) {
        for (long dx = -1; dx <= 1; ++dx) {
            for (long dy = -1; dy <= 1; ++dy) {
                const std::pair at{cell.first + dx, cell.second + dy};
                for (auto it
                     = std::lower_bound(cells.begin(), cells.end(), std::pair(at, std::size_t{0}));
                     it != cells.end() && it->first == at;
                     ++it)
                    pairs
                        += it->second > i && distance(points[i], points[it->second]) < near ? 1 : 0;
            }
        }
    }
    return pairs;
}

} // namespace exitwave::layout
