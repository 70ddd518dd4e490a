// Contour: the left and right edge of a subtree, level by level.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace exitwave::layout {

struct Extent
{
    float left = 0.0F;
    float right = 0.0F;
};

/// Levels are stored deepest first, so that putting a parent on top costs nothing, and relative to
/// an origin, so that moving a whole subtree costs nothing. Value type.
class Contour
{
public:
    [[nodiscard]] std::size_t depth() const { return m_levels.size(); }
    /// Level 0 is the top.
    [[nodiscard]] Extent at(std::size_t level) const
    {
        const Extent stored = m_levels[m_levels.size() - 1 - level];
        return {static_cast<float>(stored.left + m_origin),
                static_cast<float>(stored.right + m_origin)};
    }
    void set(std::size_t level, Extent extent)
    {
        m_levels[m_levels.size() - 1 - level] = relative(extent);
    }
    void putOnTop(Extent extent) { m_levels.push_back(relative(extent)); }
    void moveBy(double dx) { m_origin += dx; }
    /// Puts all levels of `upper` on top of this one's.
    void putOnTop(const Contour& upper);
    /// Makes every level as wide as the whole.
    void makeBox();
    /// The edges of the whole.
    [[nodiscard]] Extent bounds() const;

private:
    [[nodiscard]] Extent relative(Extent extent) const
    {
        return {static_cast<float>(extent.left - m_origin),
                static_cast<float>(extent.right - m_origin)};
    }

    std::vector<Extent> m_levels; // back() is the top
    double m_origin = 0.0;
};

/// Sets siblings side by side, left to right, as close as their contours allow, and spreads small
/// ones evenly between larger ones.
class RowOfSiblings
{
public:
    /// Places a further sibling; its x is known after finish().
    void add(Contour contour);
    /// The contour of all, its middle (between first and last sibling) at x = 0.
    [[nodiscard]] Contour finish();
    /// x of each sibling's own origin in the finished contour.
    [[nodiscard]] const std::vector<float>& xs() const { return m_xs; }

private:
    struct Owners
    {
        std::uint32_t left = 0;
        std::uint32_t right = 0;
    };
    void spread(std::size_t from, float slack);
    void merge(Contour contour, float shift);

    Contour m_contour;
    std::vector<Owners> m_owners; // by level; empty when too deep to be worth it
    std::vector<float> m_xs;
};

} // namespace exitwave::layout
