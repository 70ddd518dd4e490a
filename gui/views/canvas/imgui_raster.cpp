#include "gui/views/canvas/imgui_raster.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace exitwave::views {

namespace {

struct Texture
{
    const unsigned char* alpha = nullptr;
    int width = 0;
    int height = 0;

    /// Nearest texel; the atlas is made for exactly this scale.
    [[nodiscard]] float at(float u, float v) const
    {
        const int x = std::clamp(static_cast<int>(u * static_cast<float>(width)), 0, width - 1);
        const int y = std::clamp(static_cast<int>(v * static_cast<float>(height)), 0, height - 1);
        return static_cast<float>(alpha[y * width + x]) / 255.0F;
    }
};

struct Corner
{
    float x, y, u, v;
    std::array<float, 4> rgba; // straight, 0..1
};

struct Pixels
{
    QRgb* first = nullptr; ///< of the image
    qsizetype width = 0; ///< pixels from one row to the next
    QRect clip;
    Texture texture;

    void blend(int x, int y, const std::array<float, 4>& rgba, float coverage) const
    {
        const float a = rgba[3] * coverage;
        if (a <= 0.0F) {
            return;
        }
        QRgb& pixel = first[y * width + x];
        const float keep = 1.0F - a;
        const auto mix = [a, keep](float source, int below) {
            return static_cast<int>(source * a * 255.0F + static_cast<float>(below) * keep + 0.5F);
        };
        pixel = qRgba(mix(rgba[0], qRed(pixel)),
                      mix(rgba[1], qGreen(pixel)),
                      mix(rgba[2], qBlue(pixel)),
                      mix(1.0F, qAlpha(pixel)));
    }
};

Corner cornerOf(const ImDrawVert& vertex, ImVec2 origin, ImVec2 scale)
{
    const auto channel = [&vertex](int shift) {
        return static_cast<float>((vertex.col >> shift) & 0xFFU) / 255.0F;
    };
    return {(vertex.pos.x - origin.x) * scale.x,
            (vertex.pos.y - origin.y) * scale.y,
            vertex.uv.x,
            vertex.uv.y,
            {channel(IM_COL32_R_SHIFT),
             channel(IM_COL32_G_SHIFT),
             channel(IM_COL32_B_SHIFT),
             channel(IM_COL32_A_SHIFT)}};
}

float edge(const Corner& a, const Corner& b, float x, float y)
{
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}

/// A pixel centre exactly on an edge that two triangles share belongs to one of them only.
bool inside(float w, const Corner& a, const Corner& b)
{
    const bool topLeft = (a.y == b.y && b.x > a.x) || b.y < a.y;
    return w > 0.0F || (w == 0.0F && topLeft);
}

/// Narrows [low, high] to the pixels of a row that may lie on the inner side of an edge; a pixel
/// too many at each end, which `inside` then decides.
void narrow(const Corner& a, const Corner& b, float y, float& low, float& high)
{
    const float slope = a.y - b.y;
    const float atZero = (b.x - a.x) * (y - a.y) + (b.y - a.y) * a.x;
    if (slope > 0.0F)
        low = std::max(low, -atZero / slope - 1.5F);
    else if (slope < 0.0F)
        high = std::min(high, -atZero / slope + 0.5F);
    else if (atZero < 0.0F)
        high = low - 1.0F;
}

void fillTriangle(Corner a, Corner b, Corner c, const Pixels& out)
{
    float area = edge(a, b, c.x, c.y);
    if (area == 0.0F || !std::isfinite(area)) {
        return;
    }
    if (area < 0.0F) {
        std::swap(b, c);
        area = -area;
    }
    const bool oneColor = a.rgba == b.rgba && b.rgba == c.rgba;
    const bool oneTexel = a.u == b.u && b.u == c.u && a.v == b.v && b.v == c.v;
    const float texel = out.texture.at(a.u, a.v);
    const int top
        = std::max(out.clip.top(), static_cast<int>(std::floor(std::min({a.y, b.y, c.y}))));
    const int bottom
        = std::min(out.clip.bottom(), static_cast<int>(std::ceil(std::max({a.y, b.y, c.y}))));
    for (int y = top; y <= bottom; ++y) {
        const float py = static_cast<float>(y) + 0.5F;
        auto low = static_cast<float>(out.clip.left());
        auto high = static_cast<float>(out.clip.right());
        narrow(a, b, py, low, high);
        narrow(b, c, py, low, high);
        narrow(c, a, py, low, high);
        if (!(low <= high)) {
            continue;
        }
        for (int x = static_cast<int>(std::ceil(low)); static_cast<float>(x) <= high; ++x) {
            const float px = static_cast<float>(x) + 0.5F;
            const float wa = edge(b, c, px, py);
            const float wb = edge(c, a, px, py);
            const float wc = edge(a, b, px, py);
            if (!inside(wa, b, c) || !inside(wb, c, a) || !inside(wc, a, b)) {
                continue;
            }
            if (oneColor && oneTexel) {
                out.blend(x, y, a.rgba, texel);
                continue;
            }
            const float ka = wa / area;
            const float kb = wb / area;
            const float kc = wc / area;
            std::array<float, 4> rgba = a.rgba;
            for (std::size_t i = 0; !oneColor && i < rgba.size(); ++i) {
                rgba[i] = a.rgba[i] * ka + b.rgba[i] * kb + c.rgba[i] * kc;
            }
            const float coverage = oneTexel
                ? texel
                : out.texture.at(a.u * ka + b.u * kb + c.u * kc, a.v * ka + b.v * kb + c.v * kc);
            out.blend(x, y, rgba, coverage);
        }
    }
}

QRect clipOf(const ImDrawCmd& command, const ImDrawData& data, const QImage& image)
{
    const ImVec2 scale = data.FramebufferScale;
    const auto x
        = [&](float value) { return static_cast<int>((value - data.DisplayPos.x) * scale.x); };
    const auto y
        = [&](float value) { return static_cast<int>((value - data.DisplayPos.y) * scale.y); };
    const QPoint topLeft(x(command.ClipRect.x), y(command.ClipRect.y));
    const QPoint bottomRight(x(command.ClipRect.z) - 1, y(command.ClipRect.w) - 1);
    return QRect(topLeft, bottomRight).intersected(QRect(QPoint(), image.size()));
}

void drawCommand(const ImDrawList& list,
                 const ImDrawCmd& command,
                 const ImDrawData& data,
                 const Pixels& out)
{
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    const auto corner = [&](unsigned i) {
        return cornerOf(vertices[index[i]], data.DisplayPos, data.FramebufferScale);
    };
    for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
        fillTriangle(corner(i), corner(i + 1), corner(i + 2), out);
    }
}

} // namespace

void rasterizeImGui(const ImDrawData& data, ImFontAtlas& atlas, QImage& image)
{
    unsigned char* alpha = nullptr;
    Texture texture;
    atlas.GetTexDataAsAlpha8(&alpha, &texture.width, &texture.height);
    texture.alpha = alpha;
    auto* first = reinterpret_cast<QRgb*>(image.bits());
    const qsizetype width = image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    for (int n = 0; n < data.CmdListsCount; ++n) {
        const ImDrawList& list = *data.CmdLists[n];
        for (const ImDrawCmd& command : list.CmdBuffer) {
            if (command.UserCallback != nullptr) {
                continue; // none of ours; resetting a GPU's state means nothing here
            }
            drawCommand(list, command, data, {first, width, clipOf(command, data, image), texture});
        }
    }
}

} // namespace exitwave::views
