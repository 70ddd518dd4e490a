// DiscGrid: finds the discs near a disc, whatever their sizes.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace exitwave::layout {

/// A hash grid per power of two of the radius: a disc lies in the grid of its size, and is compared
/// with the nine cells around it in its own and every coarser grid. So one huge disc among
/// thousands of small ones costs nothing extra. Thread: one owner.
class DiscGrid
{
public:
    void
    rebuild(std::span<const double> x, std::span<const double> y, std::span<const double> radius);

    /// Calls visit(other) for every disc of the same or a larger size class whose cell touches the
    /// cells around `disc`; never for `disc` itself. Of a pair in one class both see each other.
    template<typename Visit>
    void near(std::size_t disc, double x, double y, const Visit& visit) const
    {
        for (std::size_t level = m_level[disc]; level < m_used.size(); ++level) {
            if (!m_used[level])
                continue;
            const std::int64_t cx = cell(x, level);
            const std::int64_t cy = cell(y, level);
            for (std::int64_t dx = -1; dx <= 1; ++dx) {
                for (std::int64_t dy = -1; dy <= 1; ++dy) {
                    const std::uint64_t key = keyOf(cx + dx, cy + dy, level);
                    for (std::uint32_t i = m_head[key & m_mask]; i != none; i = m_next[i]) {
                        if (m_key[i] == key && i != disc)
                            visit(i);
                    }
                }
            }
        }
    }
    [[nodiscard]] std::size_t levelOf(std::size_t disc) const { return m_level[disc]; }

private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    static std::int64_t cell(double value, std::size_t level)
    {
        return static_cast<std::int64_t>(std::floor(std::ldexp(value, -static_cast<int>(level))));
    }
    static std::uint64_t keyOf(std::int64_t cx, std::int64_t cy, std::size_t level)
    {
        std::uint64_t key = static_cast<std::uint64_t>(cx) * 0x9E3779B97F4A7C15ULL;
        key ^= static_cast<std::uint64_t>(cy) * 0xC2B2AE3D27D4EB4FULL + (key >> 29U);
        key ^= static_cast<std::uint64_t>(level) * 0x165667B19E3779F9ULL;
        return key ^ (key >> 32U);
    }

    std::vector<std::uint8_t> m_level; // by disc: cells are 2^level wide
    std::vector<std::uint8_t> m_used; // by level
    std::vector<std::uint64_t> m_key; // by disc
    std::vector<std::uint32_t> m_head; // by hash
    std::vector<std::uint32_t> m_next; // by disc
    std::uint64_t m_mask = 0;
};

} // namespace exitwave::layout
