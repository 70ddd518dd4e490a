#include "gui/layout/disc_grid.h"

#include <algorithm>
#include <bit>

namespace exitwave::layout {

namespace {

/// The smallest level whose cells are wider than the disc and the gap around it.
std::uint8_t levelFor(double radius)
{
    int exponent = 0;
    std::frexp(2.0 * radius + 0.7, &exponent);
    return static_cast<std::uint8_t>(std::clamp(exponent, 0, 62));
}

} // namespace

void DiscGrid::rebuild(std::span<const double> x,
                       std::span<const double> y,
                       std::span<const double> radius)
{
    const std::size_t count = radius.size();
    m_level.resize(count);
    m_key.resize(count);
    m_next.resize(count);
    m_used.assign(64, 0);
    m_head.assign(std::bit_ceil(std::max<std::size_t>(2 * count, 16)), none);
    m_mask = m_head.size() - 1;
    // Backwards, so that each chain lists its discs ascending.
    for (std::size_t i = count; i > 0; --i) {
        const std::size_t disc = i - 1;
        const std::uint8_t level = levelFor(radius[disc]);
        m_level[disc] = level;
        m_used[level] = 1;
        const std::uint64_t key = keyOf(cell(x[disc], level), cell(y[disc], level), level);
        m_key[disc] = key;
        m_next[disc] = m_head[key & m_mask];
        m_head[key & m_mask] = static_cast<std::uint32_t>(disc);
    }
}

} // namespace exitwave::layout
