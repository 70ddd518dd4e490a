// App style: the palette, fonts and style sheet of the whole application, from one scene::Theme.
#pragma once

#include "gui/scene/theme.h"

#include <QString>

class QApplication;

namespace exitwave::views {

/// Which theme the user chose.
enum class ThemeChoice { System, Light, Dark };

/// Text form for settings and the command line: "system", "light", "dark".
[[nodiscard]] QString themeChoiceName(ThemeChoice choice);
/// The choice of that name; System for anything else.
[[nodiscard]] ThemeChoice themeChoiceFrom(const QString& name);

/// The theme that `choice` means now; System follows the desktop's palette as it was when the
/// program started.
[[nodiscard]] const scene::Theme& themeFor(ThemeChoice choice);

/// Gives every widget the theme's colours and fonts. Thread: GUI thread; may be called again at any
/// time.
void applyStyle(QApplication& app, const scene::Theme& theme);

/// The proportional and the monospaced family in use: the first installed of Inter, Noto Sans,
/// DejaVu Sans (or what the desktop says), and of JetBrains Mono, DejaVu Sans Mono, ...
[[nodiscard]] QString textFamily();
[[nodiscard]] QString monoFamily();

} // namespace exitwave::views
