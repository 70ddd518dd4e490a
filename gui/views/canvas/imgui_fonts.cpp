#include "gui/views/canvas/imgui_fonts.h"

#include "gui/views/canvas/canvas_fonts.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace exitwave::views {

namespace {

/// A letter waiting for its place in the atlas.
struct Letter
{
    int rectangle = -1;
    QImage picture;
};

constexpr std::array<std::pair<ushort, ushort>, 6> ranges{{
    {0x20, 0x7E},
    {0xA0, 0x17F}, // Latin-1 and Latin Extended-A
    {0x2010, 0x2027}, // dashes, quotes, bullets, ellipsis
    {0x2032, 0x203A}, // primes, angle quotes
    {0x2190, 0x2195}, // arrows
    {0x25A0, 0x25CF}, // squares, triangles, discs
}};

/// What ImGui takes for the height of a line; letters stand in its middle.
float lineHeight(int pixels)
{
    constexpr float usual = 1.25F;
    return std::round(static_cast<float>(pixels) * usual);
}

/// A font whose only own letter is the space: all others are added as pictures.
ImFont* emptyFont(ImFontAtlas& atlas, float pixels)
{
    static const std::array<ImWchar, 3> onlySpace{0x20, 0x20, 0};
    ImFontConfig config;
    config.SizePixels = pixels;
    config.OversampleH = 1;
    config.PixelSnapH = true;
    config.GlyphRanges = onlySpace.data();
    return atlas.AddFontDefault(&config);
}

void addLetters(ImFontAtlas& atlas, ImFont* target, const QFont& font, std::vector<Letter>& out)
{
    const QFontMetricsF metrics(font);
    const auto size = static_cast<qreal>(lineHeight(font.pixelSize()));
    // The line is as high as ImGui takes the font to be: letters stand in its middle.
    const qreal top = std::round((size - metrics.ascent() - metrics.descent()) / 2);
    for (const auto& [first, last] : ranges) {
        for (int code = first; code <= last; ++code) {
            const QChar letter(code);
            if (!metrics.inFont(letter)) {
                continue;
            }
            const qreal advance = metrics.horizontalAdvance(letter);
            constexpr int bearing = 2;
            const int wide = static_cast<int>(std::ceil(advance)) + 2 * bearing;
            const int high = static_cast<int>(std::ceil(metrics.ascent() + metrics.descent()));
            Letter made;
            made.picture = QImage(wide, high, QImage::Format_ARGB32_Premultiplied);
            made.picture.fill(Qt::transparent);
            QPainter painter(&made.picture);
            painter.setRenderHint(QPainter::TextAntialiasing);
            painter.setFont(font);
            painter.setPen(Qt::white);
            painter.drawText(QPointF(bearing, std::round(metrics.ascent())), QString(letter));
            painter.end();
            made.rectangle = atlas.AddCustomRectFontGlyph(
                target,
                static_cast<ImWchar>(code),
                wide,
                high,
                static_cast<float>(std::round(advance)),
                ImVec2(static_cast<float>(-bearing), static_cast<float>(top)));
            out.push_back(std::move(made));
        }
    }
}

void copyLetters(ImFontAtlas& atlas, const std::vector<Letter>& letters)
{
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    atlas.GetTexDataAsAlpha8(&pixels, &width, &height);
    for (const Letter& letter : letters) {
        const ImFontAtlasCustomRect* place = atlas.GetCustomRectByIndex(letter.rectangle);
        copyCoverage(letter.picture, pixels + place->Y * width + place->X, width);
    }
}

} // namespace

ImGuiFonts buildImGuiFonts(ImFontAtlas& atlas, float scale)
{
    atlas.Clear();
    atlas.TexDesiredWidth = 1024;
    const auto pixels = [scale](float size) { return static_cast<int>(std::round(size * scale)); };
    const int usual = pixels(12.0F);
    const int heading = pixels(13.0F);

    ImGuiFonts fonts;
    fonts.text = emptyFont(atlas, lineHeight(usual));
    fonts.bold = emptyFont(atlas, lineHeight(heading));
    fonts.mono = emptyFont(atlas, lineHeight(usual));
    std::vector<Letter> letters;
    addLetters(atlas, fonts.text, canvasFont(scene::FontKind::Text, usual), letters);
    addLetters(atlas, fonts.bold, canvasFont(scene::FontKind::TextBold, heading), letters);
    addLetters(atlas, fonts.mono, canvasFont(scene::FontKind::Mono, usual), letters);
    atlas.Build();
    copyLetters(atlas, letters);
    return fonts;
}

} // namespace exitwave::views
