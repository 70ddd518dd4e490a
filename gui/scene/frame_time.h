// FrameTime: the clock of what is seen, as opposed to the time of the trace.
#pragma once

#include "runtime/base/clock.h"

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace exitwave::scene {

/// A moment of presentation: nanoseconds of any steady clock that whoever draws has chosen. Not a
/// base::Timestamp, which is trace time.
struct FrameTime
{
    std::int64_t ns = 0;

    constexpr auto operator<=>(const FrameTime&) const = default;
};

constexpr FrameTime operator+(FrameTime t, base::Duration d)
{
    return FrameTime{t.ns + d.ns};
}
constexpr base::Duration operator-(FrameTime later, FrameTime earlier)
{
    return base::Duration{later.ns - earlier.ns};
}

/// How much of [start, start + length] has passed at `now`: 0 to 1.
constexpr float progress(FrameTime start, base::Duration length, FrameTime now)
{
    if (length.ns <= 0)
        return now >= start ? 1.0F : 0.0F;
    const double part = static_cast<double>((now - start).ns) / static_cast<double>(length.ns);
    return static_cast<float>(std::clamp(part, 0.0, 1.0));
}

/// Fast first, then calm: the curve of all motion in the picture. Maps 0..1 to 0..1.
constexpr float easeOut(float part)
{
    const float rest = 1.0F - part;
    return 1.0F - rest * rest * rest;
}

} // namespace exitwave::scene
