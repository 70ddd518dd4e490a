// Icons: the few signs on buttons, drawn in the theme's colours at any size.
#pragma once

#include "gui/scene/theme.h"

#include <QIcon>

namespace exitwave::views {

enum class Sign { Record, Play, Pause, StepBackward, StepForward, PreviousCrash, NextCrash };

/// Thread: GUI thread.
[[nodiscard]] QIcon makeIcon(Sign sign, const scene::Theme& theme);

} // namespace exitwave::views
