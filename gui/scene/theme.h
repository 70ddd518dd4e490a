// Theme: every colour of Exitwave, dark and light. The canvas and the Qt views use the same.
#pragma once

#include "gui/scene/draw_list.h"

namespace exitwave::scene {

/// One accent for each meaning. Contrast against canvas, panel and raised is at least 4.5:1 for
/// what is read as text and 3:1 for glyphs and lines that mean something (a test holds this);
/// `faint`, `hairline`, `parent` and `ended` are decoration or are told by shape.
struct Theme
{
    bool dark = true;

    // Surfaces and text.
    Color canvas;
    Color panel;
    Color raised;
    Color hairline;
    Color text;
    Color secondary;
    Color faint; ///< never for what must be read

    // Meanings.
    Color running;
    Color waiting;
    Color supervisor;
    Color traps;
    Color crashed;
    Color killed;
    Color ended; ///< ended normally
    Color good; ///< restarted, good news
    Color parent; ///< started by
    Color link;
    Color monitor;
    Color message;

    // Interaction.
    Color selection; ///< ring around the selected process
    Color hover;
    Color match; ///< found by the search

    [[nodiscard]] static const Theme& darkTheme();
    [[nodiscard]] static const Theme& lightTheme();
};

/// `color` with its opacity multiplied by `opacity` (0 to 1).
[[nodiscard]] Color faded(Color color, float opacity);
/// `part` of the way (0 to 1) from `a` to `b`, opacity included.
[[nodiscard]] Color mixed(Color a, Color b, float part);

} // namespace exitwave::scene
