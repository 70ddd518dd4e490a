#include "gui/layout/contour.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace exitwave::layout {

namespace {

constexpr float gap = 0.15F;
// Spreading looks at all levels again: only worth it, and only affordable, for small subtrees.
constexpr std::size_t spreadDepth = 64;
constexpr std::size_t spreadSiblings = 64;

} // namespace

void Contour::putOnTop(const Contour& upper)
{
    m_levels.reserve(m_levels.size() + upper.m_levels.size());
    for (std::size_t level = upper.depth(); level > 0; --level)
        putOnTop(upper.at(level - 1));
}

void Contour::makeBox()
{
    const Extent all = relative(bounds());
    std::fill(m_levels.begin(), m_levels.end(), all);
}

Extent Contour::bounds() const
{
    Extent all{std::numeric_limits<float>::max(), std::numeric_limits<float>::lowest()};
    for (const Extent& level : m_levels) {
        all.left = std::min(all.left, level.left);
        all.right = std::max(all.right, level.right);
    }
    return {static_cast<float>(all.left + m_origin), static_cast<float>(all.right + m_origin)};
}

void RowOfSiblings::add(Contour contour)
{
    const auto index = static_cast<std::uint32_t>(m_xs.size());
    if (m_xs.empty()) {
        m_xs.push_back(0.0F);
        if (contour.depth() <= spreadDepth)
            m_owners.assign(contour.depth(), Owners{});
        m_contour = std::move(contour);
        return;
    }
    const std::size_t common = std::min(m_contour.depth(), contour.depth());
    float shift = std::numeric_limits<float>::lowest();
    std::uint32_t blocker = index - 1;
    for (std::size_t level = 0; level < common; ++level) {
        const float needed = m_contour.at(level).right - contour.at(level).left + gap;
        const std::uint32_t owner = m_owners.empty() ? index - 1 : m_owners[level].right;
        if (needed > shift) {
            shift = needed;
            blocker = owner;
        }
    }
    // How close the siblings after the blocker would let it come.
    float shiftOfNearer = std::numeric_limits<float>::lowest();
    for (std::size_t level = 0; level < common && !m_owners.empty(); ++level) {
        if (m_owners[level].right > blocker) {
            const float needed = m_contour.at(level).right - contour.at(level).left + gap;
            shiftOfNearer = std::max(shiftOfNearer, needed);
        }
    }
    if (blocker + 1 < index && index - blocker <= spreadSiblings && shiftOfNearer < shift
        && shiftOfNearer > std::numeric_limits<float>::lowest())
        spread(blocker, shift - shiftOfNearer);
    merge(std::move(contour), shift);
}

/// Moves the siblings after `from` to the right, each a little further than the one before, so that
/// the space before the sibling about to come is shared evenly.
void RowOfSiblings::spread(std::size_t from, float slack)
{
    const std::size_t coming = m_xs.size();
    const auto moved = [&](std::size_t sibling) {
        return slack * static_cast<float>(sibling - from) / static_cast<float>(coming - from);
    };
    for (std::size_t sibling = from + 1; sibling < coming; ++sibling)
        m_xs[sibling] += moved(sibling);
    for (std::size_t level = 0; level < m_owners.size(); ++level) {
        Extent extent = m_contour.at(level);
        if (m_owners[level].left > from)
            extent.left += moved(m_owners[level].left);
        if (m_owners[level].right > from)
            extent.right += moved(m_owners[level].right);
        m_contour.set(level, extent);
    }
}

void RowOfSiblings::merge(Contour contour, float shift)
{
    const auto index = static_cast<std::uint32_t>(m_xs.size());
    m_xs.push_back(shift);
    contour.moveBy(shift);
    const std::size_t common = std::min(m_contour.depth(), contour.depth());
    if (std::max(m_contour.depth(), contour.depth()) > spreadDepth)
        m_owners.clear();
    const bool owned = !m_owners.empty();
    if (owned && contour.depth() > m_owners.size())
        m_owners.resize(contour.depth(), Owners{index, index});
    if (contour.depth() > m_contour.depth()) {
        for (std::size_t level = 0; level < common; ++level) {
            const Extent left = m_contour.at(level);
            contour.set(level, {left.left, std::max(left.right, contour.at(level).right)});
        }
        m_contour = std::move(contour);
    } else {
        for (std::size_t level = 0; level < common; ++level) {
            const Extent left = m_contour.at(level);
            m_contour.set(level, {left.left, std::max(left.right, contour.at(level).right)});
        }
    }
    for (std::size_t level = 0; owned && level < common; ++level)
        m_owners[level].right = index;
}

Contour RowOfSiblings::finish()
{
    if (m_xs.empty())
        return {};
    const float middle = (m_xs.front() + m_xs.back()) / 2;
    for (float& x : m_xs)
        x -= middle;
    m_contour.moveBy(-middle);
    return std::move(m_contour);
}

} // namespace exitwave::layout
