#include "gui/layout/skeleton.h"

#include <algorithm>
#include <cmath>

namespace exitwave::layout {

namespace {

constexpr double gap = 0.3; // between discs
constexpr double springStrength = 0.15;
constexpr double tieStrength = 0.02;
constexpr double gravity = 0.03; // of trees towards the middle
constexpr double cooling = 0.95;
constexpr double cold = 0.02;
constexpr double neighbourWarmth = 0.35;
constexpr double pushedWarmth = 0.25; // what a warm body gives to a cold one that it runs into
constexpr double maxMove = 2.0; // per iteration, in world units

/// A direction for two bodies at the same place: differs per pair, the same each time.
double directionOf(std::size_t a, std::size_t b)
{
    return static_cast<double>((a * 2654435761U + b * 40503U) % 6283U) / 1000.0;
}

} // namespace

Skeleton::Skeleton()
{
    clear();
}

void Skeleton::clear()
{
    m_x.assign(1, 0.0);
    m_y.assign(1, 0.0);
    m_radius.assign(1, 0.0);
    m_temperature.assign(1, 0.0);
    m_dx.assign(1, 0.0);
    m_dy.assign(1, 0.0);
    m_parent.assign(1, none);
    m_held.assign(1, 1);
    m_ties.clear();
    m_anyWarm = false;
}

std::uint32_t Skeleton::add(std::uint32_t parent, double x, double y, double radius)
{
    m_x.push_back(x);
    m_y.push_back(y);
    m_radius.push_back(radius);
    m_temperature.push_back(0.0);
    m_dx.push_back(0.0);
    m_dy.push_back(0.0);
    m_parent.push_back(parent);
    m_held.push_back(0);
    return static_cast<std::uint32_t>(m_x.size() - 1);
}

void Skeleton::setRadius(std::uint32_t body, double radius)
{
    m_radius[body] = radius;
}

void Skeleton::moveTo(std::uint32_t body, double x, double y)
{
    m_x[body] = x;
    m_y[body] = y;
}

void Skeleton::tie(std::uint32_t a, std::uint32_t b)
{
    if (a != b && m_parent[a] != b && m_parent[b] != a)
        m_ties.emplace_back(a, b);
}

void Skeleton::warm(std::uint32_t body, double temperature)
{
    m_temperature[body] = std::max(m_temperature[body], temperature);
    const std::uint32_t parent = m_parent[body];
    if (parent != none)
        m_temperature[parent] = std::max(m_temperature[parent], temperature * neighbourWarmth);
    m_anyWarm = true;
}

void Skeleton::warmAll()
{
    std::fill(m_temperature.begin(), m_temperature.end(), 1.0);
    m_anyWarm = m_x.size() > 1;
}

void Skeleton::freeze()
{
    std::fill(m_temperature.begin(), m_temperature.end(), 0.0);
    m_anyWarm = false;
}

void Skeleton::iterate()
{
    if (!m_anyWarm)
        return;
    pull();
    move();
    separate();
}

void Skeleton::pull()
{
    std::fill(m_dx.begin(), m_dx.end(), 0.0);
    std::fill(m_dy.begin(), m_dy.end(), 0.0);
    const auto spring = [&](std::size_t a, std::size_t b, double rest, double strength) {
        const double dx = m_x[b] - m_x[a];
        const double dy = m_y[b] - m_y[a];
        const double distance = std::hypot(dx, dy);
        if (distance < 1e-9)
            return;
        const double force = strength * (distance - rest) / distance;
        m_dx[a] += dx * force;
        m_dy[a] += dy * force;
        m_dx[b] -= dx * force;
        m_dy[b] -= dy * force;
    };
    for (std::size_t body = 1; body < m_x.size(); ++body) {
        const std::uint32_t parent = m_parent[body];
        if (m_temperature[body] <= cold && m_temperature[parent] <= cold)
            continue;
        if (parent == 0) {
            m_dx[body] -= m_x[body] * gravity;
            m_dy[body] -= m_y[body] * gravity;
        } else {
            spring(body, parent, m_radius[body] + m_radius[parent] + gap, springStrength);
        }
    }
    for (const auto& [a, b] : m_ties) {
        if (m_temperature[a] > cold || m_temperature[b] > cold)
            spring(a, b, m_radius[a] + m_radius[b] + gap, tieStrength);
    }
}

void Skeleton::move()
{
    m_anyWarm = false;
    for (std::size_t body = 1; body < m_x.size(); ++body) {
        double& temperature = m_temperature[body];
        if (temperature <= cold) {
            temperature = 0.0;
            continue;
        }
        m_anyWarm = true;
        if (m_held[body] == 0) {
            const double length = std::hypot(m_dx[body], m_dy[body]);
            const double scale = temperature * (length > maxMove ? maxMove / length : 1.0);
            m_x[body] += m_dx[body] * scale;
            m_y[body] += m_dy[body] * scale;
        }
        temperature *= cooling;
    }
}

/// Pushes overlapping bodies apart; a warm one gives way to a cold one, unless both are warm.
void Skeleton::separate()
{
    m_grid.rebuild(m_x, m_y, m_radius);
    for (std::size_t a = 0; a < m_x.size(); ++a) {
        m_grid.near(a, m_x[a], m_y[a], [&](std::size_t b) {
            if (m_grid.levelOf(a) == m_grid.levelOf(b) && b < a)
                return; // seen from b
            const bool warmA = m_temperature[a] > cold;
            const bool warmB = m_temperature[b] > cold;
            if ((!warmA && !warmB) || m_radius[a] <= 0.0 || m_radius[b] <= 0.0)
                return;
            double dx = m_x[b] - m_x[a];
            double dy = m_y[b] - m_y[a];
            double distance = std::hypot(dx, dy);
            const double overlap = m_radius[a] + m_radius[b] + gap - distance;
            if (overlap <= 1e-3)
                return;
            if (distance < 1e-6) {
                dx = std::cos(directionOf(a, b));
                dy = std::sin(directionOf(a, b));
                distance = 1.0;
            }
            const bool freeA = m_held[a] == 0;
            const bool freeB = m_held[b] == 0;
            // The cold give way, too, or the warm could be stuck between them; but less.
            const double weightA = freeA ? (warmA ? 1.0 : 0.2) : 0.0;
            const double weightB = freeB ? (warmB ? 1.0 : 0.2) : 0.0;
            if (weightA + weightB <= 0.0)
                return;
            const double push = 0.5 * overlap / (distance * (weightA + weightB));
            m_x[a] -= dx * push * weightA;
            m_y[a] -= dy * push * weightA;
            m_x[b] += dx * push * weightB;
            m_y[b] += dy * push * weightB;
            if (overlap > 0.1) {
                if (!warmA)
                    m_temperature[a] = pushedWarmth;
                if (!warmB)
                    m_temperature[b] = pushedWarmth;
            }
        });
    }
}

} // namespace exitwave::layout
