// TimelineScale: which part of a trace a strip of pixels shows, and how to zoom and move it.
#pragma once

#include "runtime/base/clock.h"

#include <vector>

namespace exitwave::views {

/// A value without Qt: `left` to `left + width` in pixels shows [from, to] of a trace that reaches
/// from `begin` to `end`.
///
///   begin        from                          to            end
///     |------------|===========================|--------------|
///                 left                     left + width
///
/// Invariants (after any function): begin <= from, to <= end, to - from >= minimumSpan where the
/// trace is that long.
struct TimelineScale
{
    static constexpr base::Duration minimumSpan{100}; ///< ns; nobody tells apart what is closer

    double left = 0.0;
    double width = 1.0;
    base::Timestamp begin;
    base::Timestamp end;
    base::Timestamp from;
    base::Timestamp to;

    [[nodiscard]] base::Duration span() const { return to - from; }
    [[nodiscard]] bool showsAll() const { return from <= begin && to >= end; }
    /// Nanoseconds per pixel, more than 0.
    [[nodiscard]] double density() const;

    /// Outside the visible part: beyond the edges, in the same measure.
    [[nodiscard]] double mapTimeToX(base::Timestamp time) const;
    /// Clamped to begin .. end.
    [[nodiscard]] base::Timestamp mapXToTime(double x) const;

    /// The trace has grown or was replaced. What shows all goes on showing all; else the part stays
    /// where it is.
    void setTrace(base::Timestamp newBegin, base::Timestamp newEnd);
    void showAll();
    /// Shows `factor` times as much time (less than 1: zooms in); the time at `x` stays at `x`
    /// where the edges allow it.
    void zoomAt(double x, double factor);
    /// Moves the picture by `dx` pixels to the right.
    void panBy(double dx);
    /// Moves the visible part so that `time` is in it: at the right edge when it was beyond it,
    /// else at the left one.
    void reveal(base::Timestamp time);

    /// Times of axis labels at least `minimumPixels` apart, and their step.
    struct Ticks
    {
        base::Duration step;
        std::vector<base::Timestamp> times;
    };
    [[nodiscard]] Ticks ticks(double minimumPixels) const;

    /// Equal parts of time at least `minimumPixels` wide, aligned to multiples of their length, so
    /// that bars keep their content while the trace grows and the picture moves.
    struct Buckets
    {
        base::Timestamp first;
        base::Duration length;
        std::size_t count = 0;
    };
    [[nodiscard]] Buckets buckets(double minimumPixels) const;

private:
    void keepInside(base::Duration wanted);
};

} // namespace exitwave::views
