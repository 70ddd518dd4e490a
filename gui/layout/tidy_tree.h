// tidyTree: the places of a tidy tree, computed from scratch.
#pragma once

#include "gui/layout/hierarchy.h"
#include "gui/layout/layout.h"

#include <vector>

namespace exitwave::layout {

/// World units between a process and the row of those it started.
inline constexpr float levelHeight = 2.6F;

/// Positions by NodeIndex. The first root's generation is at y = 0; x = 0 is the middle of the
/// roots. O(n) time and memory, no recursion. Pure.
///
/// Contours (the left and right edge of a subtree per level) are merged sibling by sibling; merging
/// costs the depth of the shallower one, so all merges together are linear. More than six leaves of
/// one process form a fan; siblings much wider than high are wrapped into rows.
[[nodiscard]] std::vector<Point> tidyTree(const Hierarchy& hierarchy);

} // namespace exitwave::layout
