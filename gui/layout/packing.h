// packDiscs: nested circle packing, the start of the force layout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace exitwave::layout {

struct DiscPlace
{
    double x = 0.0;
    double y = 0.0;
};

/// Places discs of a forest so that no two overlap and every subtree lies in a disc of its own,
/// which points away from its parent. `parent[i] < i`; disc 0 is the root of all. `radius[i]` is
/// the disc of i alone. O(n log n), no recursion. Pure.
[[nodiscard]] std::vector<DiscPlace> packDiscs(std::span<const std::uint32_t> parent,
                                               std::span<const double> radius);

} // namespace exitwave::layout
