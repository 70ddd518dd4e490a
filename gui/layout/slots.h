// Slots: the stable places of a process's leaves, told by their number alone.
#pragma once

#include "gui/layout/layout.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace exitwave::layout {

/// Rings of places around a centre, filled from the outward direction (downwards, +y) to both
/// sides, inner ring first. Place k never depends on how many there are, so births move nobody.
/// Thread: the layout's (the table of rings grows on demand).
class RingSlots
{
public:
    /// `halfAngle` (radians): how far a ring reaches to either side of the outward direction.
    RingSlots(float firstRadius, float ringDistance, float spacing, float halfAngle);

    /// Place of slot `index` relative to the centre.
    [[nodiscard]] Point at(std::size_t index);
    /// The slot whose place is nearest to `place`, about: the inverse of at().
    [[nodiscard]] std::size_t nearest(Point place);
    /// Radius of the ring that slot `index` lies on.
    [[nodiscard]] float ringRadius(std::size_t index);
    [[nodiscard]] float halfAngle() const { return m_halfAngle; }

private:
    struct Ring
    {
        std::size_t first = 0;
        std::size_t count = 0;
        float radius = 0.0F;
        float step = 0.0F; // radians between neighbours
        bool staggered = false; // no slot straight outwards
    };
    void addRing();
    const Ring& ringOf(std::size_t index);

    float m_firstRadius;
    float m_ringDistance;
    float m_spacing;
    float m_halfAngle;
    std::vector<Ring> m_rings;
};

} // namespace exitwave::layout
