#include "gui/scene/camera.h"

#include <algorithm>
#include <cmath>

namespace exitwave::scene {

std::optional<Bounds> boundsOf(std::span<const layout::Point> positions)
{
    if (positions.empty())
        return std::nullopt;
    Bounds bounds{positions.front(), positions.front()};
    for (const layout::Point point : positions) {
        bounds.min.x = std::min(bounds.min.x, point.x);
        bounds.min.y = std::min(bounds.min.y, point.y);
        bounds.max.x = std::max(bounds.max.x, point.x);
        bounds.max.y = std::max(bounds.max.y, point.y);
    }
    return bounds;
}

void Camera::setViewport(Vec2 logicalPixels)
{
    m_viewport = {std::max(logicalPixels.x, 1.0F), std::max(logicalPixels.y, 1.0F)};
}

Projection Camera::at(FrameTime now) const
{
    const float part = easeOut(progress(m_glideStart, m_glide, now));
    if (part >= 1.0F)
        return target();
    // Scales are interpolated as magnification is felt: by factors.
    return {{m_fromCenter.x + (m_toCenter.x - m_fromCenter.x) * part,
             m_fromCenter.y + (m_toCenter.y - m_fromCenter.y) * part},
            m_fromScale * std::pow(m_toScale / m_fromScale, part),
            m_viewport};
}

Projection Camera::target() const
{
    return {m_toCenter, m_toScale, m_viewport};
}

bool Camera::animating(FrameTime now) const
{
    const bool moves = m_fromScale != m_toScale || m_fromCenter != m_toCenter;
    return moves && progress(m_glideStart, m_glide, now) < 1.0F;
}

void Camera::zoomAt(Vec2 pointer, float factor, FrameTime now)
{
    const Projection before = at(now);
    Projection after = before;
    after.scale = std::clamp(before.scale * factor, minScale, maxScale);
    const layout::Point held = before.toWorld(pointer);
    after.center = {held.x - (pointer.x - m_viewport.x / 2) / after.scale,
                    held.y - (pointer.y - m_viewport.y / 2) / after.scale};
    jumpTo(after.center, after.scale);
}

void Camera::panBy(Vec2 pixels, FrameTime now)
{
    const Projection before = at(now);
    jumpTo({before.center.x - pixels.x / before.scale, before.center.y - pixels.y / before.scale},
           before.scale);
}

void Camera::fit(const Bounds& bounds, const Margins& margins, FrameTime now, base::Duration glide)
{
    // Margins larger than the viewport still leave something to draw in.
    const float width = std::max(m_viewport.x - margins.left - margins.right, m_viewport.x * 0.2F);
    const float height = std::max(m_viewport.y - margins.top - margins.bottom, m_viewport.y * 0.2F);
    const float worldWidth = std::max(bounds.max.x - bounds.min.x, 0.01F);
    const float worldHeight = std::max(bounds.max.y - bounds.min.y, 0.01F);
    const float scale
        = std::clamp(std::min(width / worldWidth, height / worldHeight), minScale, maxFitScale);
    const Vec2 off{(margins.left - margins.right) / 2, (margins.top - margins.bottom) / 2};
    const layout::Point center{(bounds.min.x + bounds.max.x) / 2 - off.x / scale,
                               (bounds.min.y + bounds.max.y) / 2 - off.y / scale};
    glideTo(center, scale, now, glide);
}

void Camera::centerOn(layout::Point world, FrameTime now, base::Duration glide)
{
    glideTo(world, m_toScale, now, glide);
}

void Camera::jumpTo(layout::Point center, float scale)
{
    m_fromCenter = m_toCenter = center;
    m_fromScale = m_toScale = scale;
    m_glide = {};
}

void Camera::glideTo(layout::Point center, float scale, FrameTime now, base::Duration glide)
{
    const Projection before = at(now);
    m_fromCenter = before.center;
    m_fromScale = before.scale;
    m_toCenter = center;
    m_toScale = scale;
    m_glideStart = now;
    m_glide = glide;
}

} // namespace exitwave::scene
