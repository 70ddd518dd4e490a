// Skeleton: the bodies of the force layout and how they push and pull each other.
#pragma once

#include "gui/layout/disc_grid.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace exitwave::layout {

/// Discs with a parent each (body 0, the common root, stands still at 0, 0), springs to the parent
/// and along links, and no two overlapping. Every body has a temperature: it moves while it is
/// warm, and cools with each iteration. Nothing depends on time or chance.
/// Starting over (warmAll) everything is pulled and pushed until it is cold. After that a change is
/// local: only bodies that were warmed themselves are pulled, the others just make room; and discs
/// are set a little less tightly at the start, so that this room is found near by.
/// Thread: the layout's.
class Skeleton
{
public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    Skeleton();
    void clear();
    /// Adds a body beside others; returns its number. \pre parent < the new number.
    std::uint32_t add(std::uint32_t parent, double x, double y, double radius);
    [[nodiscard]] std::size_t size() const { return m_x.size(); }
    [[nodiscard]] double x(std::size_t body) const { return m_x[body]; }
    [[nodiscard]] double y(std::size_t body) const { return m_y[body]; }
    [[nodiscard]] double radius(std::size_t body) const { return m_radius[body]; }
    [[nodiscard]] const std::vector<std::uint32_t>& parents() const { return m_parent; }
    [[nodiscard]] const std::vector<double>& radii() const { return m_radius; }

    void setRadius(std::uint32_t body, double radius);
    void moveTo(std::uint32_t body, double x, double y);
    void hold(std::uint32_t body, bool held) { m_held[body] = held ? 1 : 0; }
    /// A spring between two bodies that are not parent and child; may be added more than once.
    void tie(std::uint32_t a, std::uint32_t b);
    void clearTies() { m_ties.clear(); }
    /// Lets a body move again; those in its way will give way.
    void warm(std::uint32_t body);
    void warmAll();
    void freeze();
    [[nodiscard]] bool frozen() const { return !m_anyWarm; }
    void iterate();

private:
    void pull();
    void separate();
    void move();

    std::vector<double> m_x;
    std::vector<double> m_y;
    std::vector<double> m_radius;
    std::vector<double> m_temperature;
    std::vector<double> m_dx; // this iteration's pull
    std::vector<double> m_dy;
    std::vector<std::uint32_t> m_parent;
    std::vector<std::uint8_t> m_held;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_ties;
    DiscGrid m_grid;
    bool m_anyWarm = false;
    bool m_local = true; // a change, not a start
    int m_iterationsLeft = 0; // until all is frozen, whatever still pushes
};

} // namespace exitwave::layout
