// The canvas's fonts: one proportional family for names, one monospaced for pids and terms.
#pragma once

#include "gui/scene/draw_list.h"

#include <QFont>
#include <QImage>

#include <string_view>

namespace exitwave::views {

/// The font of `kind` at `pixels` physical pixels, smoothed in grey so that it keeps its colour.
/// Text is the application's font, Mono the system's fixed one; where Inter and JetBrains Mono are
/// installed and the application asked for no other, those. Thread: GUI thread.
[[nodiscard]] QFont canvasFont(scene::FontKind kind, int pixels);

/// Width in logical pixels of `text` at `size`; remembers what was asked. Thread: GUI thread.
[[nodiscard]] float textWidth(std::string_view text, scene::FontKind kind, float size);

/// Writes the opacity of `picture` (Format_ARGB32_Premultiplied), one byte a pixel, to rows that
/// begin `stride` bytes apart.
void copyCoverage(const QImage& picture, uchar* to, qsizetype stride);

} // namespace exitwave::views
