// TimelinePainter: the picture of a timeline - bars, marks, axis, playhead - in time that depends
// on its width only.
#pragma once

#include "gui/graph/timeline.h"
#include "gui/scene/theme.h"
#include "gui/views/timeline/timeline_scale.h"

#include <QColor>
#include <QFont>
#include <QRectF>
#include <QString>

#include <functional>
#include <vector>

class QPainter;

namespace exitwave::views {

[[nodiscard]] QColor toQColor(scene::Color color);

/// Where the parts of the widget are, in pixels.
struct TimelineGeometry
{
    QRectF header; ///< title, state, times
    QRectF lane; ///< labels of crashes, and the handle of the playhead
    QRectF strip; ///< the rows of bars; TimelineScale maps its x
    QRectF axis;
    double rowHeight = 0.0;
    [[nodiscard]] QRectF row(std::size_t index) const;
    /// For a widget of this size and font height.
    [[nodiscard]] static TimelineGeometry
    of(double width, double height, double labelWidth, double lineHeight);
};

/// Crashes or losses that are closer together than can be told apart.
struct TimelineMark
{
    double x = 0.0;
    std::size_t first = 0; ///< index into Timeline::crashes() or losses()
    std::size_t count = 0;
};

/// The marks among `indices` (of events, ascending) that the scale shows, at least `minimumPixels`
/// apart. O(width * log n).
[[nodiscard]] std::vector<TimelineMark> marksOf(const graph::Timeline& timeline,
                                                const std::vector<std::size_t>& indices,
                                                const TimelineScale& scale,
                                                double minimumPixels);

/// One painting. Thread: GUI thread; holds references for as long as it paints.
struct TimelinePainter
{
    const graph::Timeline& timeline;
    const TimelineScale& scale;
    const TimelineGeometry& geometry;
    const scene::Theme& theme;
    QFont font; ///< of labels
    base::Timestamp playhead;
    double hoverX = -1.0; ///< < 0: none
    std::function<QString(const trace::Event&)> nameOf; ///< of the process of an event

    void paintRows(QPainter& painter) const;
    void paintLosses(QPainter& painter) const;
    void paintCrashes(QPainter& painter) const;
    void paintAxis(QPainter& painter) const;
    void paintPlayhead(QPainter& painter) const;
};

/// The word beside a row: "spawn", "exit", "signal", "message".
[[nodiscard]] QString rowTitle(graph::Timeline::Row row);

} // namespace exitwave::views
