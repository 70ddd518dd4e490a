// Camera: which part of the world the canvas shows, and how it glides there.
#pragma once

#include "gui/layout/layout.h"
#include "gui/scene/draw_list.h"
#include "gui/scene/frame_time.h"

#include <optional>
#include <span>

namespace exitwave::scene {

/// World rectangle, y down.
struct Bounds
{
    layout::Point min;
    layout::Point max;

    friend bool operator==(const Bounds&, const Bounds&) = default;
};

/// The smallest rectangle around `positions`; nullopt when there are none.
[[nodiscard]] std::optional<Bounds> boundsOf(std::span<const layout::Point> positions);

/// Logical pixels to keep free at each side, for HUD boxes and labels.
struct Margins
{
    float left = 48.0F;
    float top = 48.0F;
    float right = 48.0F;
    float bottom = 64.0F; ///< names stand below their nodes
};

/// What is seen at one moment: a value, so that a frame is drawn and picked with one and the same.
struct Projection
{
    layout::Point center; ///< world point in the middle of the viewport
    float scale = 48.0F; ///< logical pixels per world unit
    Vec2 viewport; ///< logical pixels

    [[nodiscard]] Vec2 toScreen(layout::Point world) const
    {
        return {(world.x - center.x) * scale + viewport.x / 2,
                (world.y - center.y) * scale + viewport.y / 2};
    }
    [[nodiscard]] layout::Point toWorld(Vec2 screen) const
    {
        return {(screen.x - viewport.x / 2) / scale + center.x,
                (screen.y - viewport.y / 2) / scale + center.y};
    }
    /// The world rectangle that the viewport shows.
    [[nodiscard]] Bounds visible() const { return {toWorld({0, 0}), toWorld(viewport)}; }
    friend bool operator==(const Projection&, const Projection&) = default;
};

/// Thread: one owner (the canvas, GUI thread). Gestures take effect at once; fit and centerOn glide
/// unless `glide` is zero. What is shown is a pure function of time: at(now).
class Camera
{
public:
    static constexpr float minScale = 0.002F;
    static constexpr float maxScale = 400.0F;
    /// Fitting never magnifies beyond this: three processes are not three balloons.
    static constexpr float maxFitScale = 76.0F;
    static constexpr base::Duration usualGlide = base::milliseconds(250);

    /// Keeps the world point in the middle where it is.
    void setViewport(Vec2 logicalPixels);
    [[nodiscard]] Projection at(FrameTime now) const;
    /// Where it is or will come to rest.
    [[nodiscard]] Projection target() const;
    /// True while at(now) still changes with time.
    [[nodiscard]] bool animating(FrameTime now) const;

    /// Multiplies the scale by `factor`; the world point under `pointer` stays under it.
    void zoomAt(Vec2 pointer, float factor, FrameTime now);
    /// Moves the picture by that many logical pixels.
    void panBy(Vec2 pixels, FrameTime now);
    /// Shows all of `bounds` inside the viewport less the margins.
    void fit(const Bounds& bounds,
             const Margins& margins,
             FrameTime now,
             base::Duration glide = usualGlide);
    void centerOn(layout::Point world, FrameTime now, base::Duration glide = usualGlide);

private:
    void jumpTo(layout::Point center, float scale);
    void glideTo(layout::Point center, float scale, FrameTime now, base::Duration glide);

    Vec2 m_viewport{800, 600};
    layout::Point m_fromCenter;
    layout::Point m_toCenter;
    float m_fromScale = 48.0F;
    float m_toScale = 48.0F;
    FrameTime m_glideStart;
    base::Duration m_glide;
};

} // namespace exitwave::scene
