// Glide: positions that move to their targets a part of the way each step.
#pragma once

#include "gui/layout/layout.h"

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace exitwave::layout {

/// What is shown and where it is going, by NodeIndex. About 12 steps (0.2 s at 60 a second) bring a
/// node to its place; a step's result depends on the number of steps only, never on the clock.
/// Thread: the layout's.
class Glide
{
public:
    [[nodiscard]] std::span<const Point> shown() const { return m_shown; }
    [[nodiscard]] std::span<const Point> targets() const { return m_targets; }
    [[nodiscard]] std::size_t size() const { return m_shown.size(); }

    void clear()
    {
        m_shown.clear();
        m_targets.clear();
        m_moving = false;
    }
    /// A further node, first seen at `start`.
    void add(Point start, Point target)
    {
        m_shown.push_back(start);
        m_targets.push_back(target);
        m_moving = true;
    }
    void setTarget(std::size_t node, Point target)
    {
        m_targets[node] = target;
        m_moving = true;
    }
    /// Puts a node at its target at once.
    void snap(std::size_t node) { m_shown[node] = m_targets[node]; }

    /// True while something still moves visibly.
    bool step()
    {
        if (!m_moving)
            return false;
        m_moving = false;
        for (std::size_t i = 0; i < m_shown.size(); ++i) {
            const Point target = m_targets[i];
            const Point from = m_shown[i];
            const Point next{from.x + (target.x - from.x) * part,
                             from.y + (target.y - from.y) * part};
            // Far out a float cannot take ever smaller steps: then it has arrived, too.
            const bool near
                = std::abs(target.x - from.x) < arrived && std::abs(target.y - from.y) < arrived;
            if (near || next == from) {
                m_shown[i] = target;
                continue;
            }
            m_shown[i] = next;
            m_moving = true;
        }
        return m_moving;
    }

private:
    static constexpr float part = 0.28F;
    static constexpr float arrived = 0.01F;

    std::vector<Point> m_shown;
    std::vector<Point> m_targets;
    bool m_moving = false;
};

} // namespace exitwave::layout
