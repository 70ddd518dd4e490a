#include "gui/layout/slots.h"

#include <algorithm>
#include <cmath>

namespace exitwave::layout {

RingSlots::RingSlots(float firstRadius, float ringDistance, float spacing, float halfAngle)
    : m_firstRadius(firstRadius)
    , m_ringDistance(ringDistance)
    , m_spacing(spacing)
    , m_halfAngle(halfAngle)
{
}

void RingSlots::addRing()
{
    Ring ring;
    const std::size_t number = m_rings.size();
    ring.first = m_rings.empty() ? 0 : m_rings.back().first + m_rings.back().count;
    ring.radius = m_firstRadius + m_ringDistance * static_cast<float>(number);
    ring.step = m_spacing / ring.radius;
    ring.staggered = number % 2 == 1;
    const float steps = m_halfAngle / ring.step;
    ring.count = ring.staggered
        ? 2 * std::max<std::size_t>(1, static_cast<std::size_t>(steps + 0.5F))
        : 1 + 2 * static_cast<std::size_t>(steps);
    m_rings.push_back(ring);
}

const RingSlots::Ring& RingSlots::ringOf(std::size_t index)
{
    while (m_rings.empty() || index >= m_rings.back().first + m_rings.back().count)
        addRing();
    const auto after = std::upper_bound(
        m_rings.begin(), m_rings.end(), index, [](std::size_t slot, const Ring& ring) {
            return slot < ring.first;
        });
    return *std::prev(after);
}

Point RingSlots::at(std::size_t index)
{
    const Ring& ring = ringOf(index);
    const std::size_t place = index - ring.first;
    // 0, +1, -1, +2, ... or, staggered, +0.5, -0.5, +1.5, ...
    float steps = 0.0F;
    if (ring.staggered)
        steps = (static_cast<float>(place / 2) + 0.5F) * (place % 2 == 0 ? 1.0F : -1.0F);
    else
        steps = static_cast<float>((place + 1) / 2) * (place % 2 == 1 ? 1.0F : -1.0F);
    const float angle = steps * ring.step;
    return {ring.radius * std::sin(angle), ring.radius * std::cos(angle)};
}

std::size_t RingSlots::nearest(Point place)
{
    const float rings = (std::hypot(place.x, place.y) - m_firstRadius) / m_ringDistance;
    // A place far outside is not worth a table of that size: it then shares the outermost ring.
    const auto number = static_cast<std::size_t>(std::clamp(rings + 0.5F, 0.0F, 4096.0F));
    while (m_rings.size() <= number)
        addRing();
    const Ring& ring = m_rings[number];
    const float steps = std::atan2(place.x, place.y) / ring.step;
    std::size_t index = 0;
    if (ring.staggered)
        index = 2 * static_cast<std::size_t>(std::abs(steps)) + (steps < 0.0F ? 1 : 0);
    else if (steps > 0.5F)
        index = 2 * static_cast<std::size_t>(steps + 0.5F) - 1;
    else
        index = 2 * static_cast<std::size_t>(0.5F - std::min(steps, 0.0F));
    return ring.first + std::min(index, ring.count - 1);
}

float RingSlots::ringRadius(std::size_t index)
{
    return ringOf(index).radius;
}

} // namespace exitwave::layout
