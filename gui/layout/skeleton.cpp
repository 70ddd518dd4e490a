#include "gui/layout/skeleton.h"

#include <algorithm>
#include <cmath>

namespace exitwave::layout {

namespace {

constexpr double gap = 0.8; // between discs at the start
constexpr double localGap = 0.0; // later: the rest is room for changes
constexpr double springStrength = 0.15;
constexpr double tieStrength = 0.02;
constexpr double gravity = 0.03; // of trees towards the middle
constexpr double startCooling = 0.98;
constexpr double localCooling = 0.93;
constexpr double cold = 0.02;
constexpr double changedWarmth = 0.6; // of a body that was changed
constexpr double pushedWarmth = 0.2; // what a warm body gives to a cold one that it runs into
constexpr double coldYields = 0.002; // a cold body, beside the square of a warm one's temperature
constexpr double pulledFrom = 0.25; // in a local change only warmer ones are pulled
constexpr int localIterations = 90;
constexpr int startIterations = 400;
constexpr double maxMove = 2.0; // per iteration, in world units

/// A direction for two bodies at the same place: differs per pair, the same each time.
double directionOf(std::size_t a, std::size_t b)
{
    return static_cast<double>((a * 2654435761U + b * 40503U) % 6283U) / 1000.0;
}

/// How readily a body gives way: what was changed more than who is merely in its way.
double yields(double temperature)
{
    return std::max(coldYields, temperature * temperature);
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

void Skeleton::warm(std::uint32_t body)
{
    m_temperature[body] = std::max(m_temperature[body], changedWarmth);
    m_iterationsLeft = std::max(m_iterationsLeft, localIterations);
    m_anyWarm = true;
}

void Skeleton::warmAll()
{
    std::fill(m_temperature.begin(), m_temperature.end(), 1.0);
    m_anyWarm = m_x.size() > 1;
    m_local = false;
    m_iterationsLeft = startIterations;
}

void Skeleton::freeze()
{
    std::fill(m_temperature.begin(), m_temperature.end(), 0.0);
    m_anyWarm = false;
    m_local = true;
    m_iterationsLeft = 0;
}

void Skeleton::iterate()
{
    if (!m_anyWarm)
        return;
    if (m_iterationsLeft-- <= 0) {
        freeze();
        return;
    }
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
    const double pulled = m_local ? pulledFrom : cold;
    for (std::size_t body = 1; body < m_x.size(); ++body) {
        const std::uint32_t parent = m_parent[body];
        if (m_temperature[body] <= pulled && (m_local || m_temperature[parent] <= pulled))
            continue;
        if (parent == 0) {
            m_dx[body] -= m_x[body] * gravity;
            m_dy[body] -= m_y[body] * gravity;
        } else {
            spring(body, parent, m_radius[body] + m_radius[parent] + gap, springStrength);
        }
    }
    for (const auto& [a, b] : m_ties) {
        if (m_temperature[a] > pulled || m_temperature[b] > pulled)
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
        if (m_held[body] == 0 && (!m_local || temperature > pulledFrom)) {
            const double length = std::hypot(m_dx[body], m_dy[body]);
            const double scale = temperature * (length > maxMove ? maxMove / length : 1.0);
            m_x[body] += m_dx[body] * scale;
            m_y[body] += m_dy[body] * scale;
        }
        temperature *= m_local ? localCooling : startCooling;
    }
}

/// Pushes overlapping bodies apart; a warm one gives way to a cold one, unless both are warm.
void Skeleton::separate()
{
    const double wanted = m_local ? localGap : gap;
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
            const double overlap = m_radius[a] + m_radius[b] + wanted - distance;
            if (overlap <= 1e-3)
                return;
            if (distance < 1e-6) {
                dx = std::cos(directionOf(a, b));
                dy = std::sin(directionOf(a, b));
                distance = 1.0;
            }
            const bool freeA = m_held[a] == 0;
            const bool freeB = m_held[b] == 0;
            // The cold give way, too, or the warm could be stuck between them; but hardly.
            const double weightA = freeA ? yields(m_temperature[a]) : 0.0;
            const double weightB = freeB ? yields(m_temperature[b]) : 0.0;
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
