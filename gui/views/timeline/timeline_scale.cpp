#include "gui/views/timeline/timeline_scale.h"

#include "gui/session/time_text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace exitwave::views {

namespace {

base::Duration rounded(double ns)
{
    return {std::llround(std::clamp(ns, -4.0e18, 4.0e18))};
}

/// The largest multiple of `step` that is not after `time`.
base::Timestamp floorTo(base::Timestamp time, base::Duration step)
{
    const std::int64_t rest = time.ns % step.ns;
    return {time.ns - (rest < 0 ? rest + step.ns : rest)};
}

} // namespace

double TimelineScale::density() const
{
    return std::max(static_cast<double>(span().ns), 1.0) / std::max(width, 1.0);
}

double TimelineScale::mapTimeToX(base::Timestamp time) const
{
    return left + static_cast<double>((time - from).ns) / density();
}

base::Timestamp TimelineScale::mapXToTime(double x) const
{
    return std::clamp(from + rounded((x - left) * density()), begin, std::max(begin, end));
}

void TimelineScale::keepInside(base::Duration wanted)
{
    const base::Duration whole = end - begin;
    const base::Duration shown = std::clamp(wanted, std::min(minimumSpan, whole), whole);
    from = std::clamp(from, begin, end - shown);
    to = from + shown;
}

void TimelineScale::setTrace(base::Timestamp newBegin, base::Timestamp newEnd)
{
    const bool all = showsAll();
    begin = newBegin;
    end = std::max(newBegin, newEnd);
    if (all)
        showAll();
    else
        keepInside(span());
}

void TimelineScale::showAll()
{
    from = begin;
    to = end;
}

void TimelineScale::zoomAt(double x, double factor)
{
    const base::Timestamp fixed = from + rounded((x - left) * density());
    const double part = (x - left) / std::max(width, 1.0);
    const base::Duration wanted = rounded(static_cast<double>(span().ns) * factor);
    const base::Duration shown
        = std::clamp(wanted, std::min(minimumSpan, end - begin), end - begin);
    from = fixed - rounded(part * static_cast<double>(shown.ns));
    keepInside(shown);
}

void TimelineScale::panBy(double dx)
{
    const base::Duration shown = span();
    from = from - rounded(dx * density());
    keepInside(shown);
}

void TimelineScale::reveal(base::Timestamp time)
{
    const base::Duration shown = span();
    if (time > to)
        from = time - shown;
    else if (time < from)
        from = time;
    keepInside(shown);
}

TimelineScale::Ticks TimelineScale::ticks(double minimumPixels) const
{
    Ticks ticks;
    ticks.step = session::tickStep(rounded(std::ceil(minimumPixels * density())));
    for (base::Timestamp time = floorTo(from, ticks.step); time <= to; time = time + ticks.step) {
        if (time >= from)
            ticks.times.push_back(time);
    }
    return ticks;
}

TimelineScale::Buckets TimelineScale::buckets(double minimumPixels) const
{
    Buckets buckets;
    buckets.length = session::tickStep(rounded(std::ceil(minimumPixels * density())));
    buckets.first = floorTo(from, buckets.length);
    buckets.count = static_cast<std::size_t>((to - buckets.first).ns / buckets.length.ns) + 1;
    return buckets;
}

} // namespace exitwave::views
