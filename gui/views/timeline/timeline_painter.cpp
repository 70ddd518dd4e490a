#include "gui/views/timeline/timeline_painter.h"

#include "gui/session/time_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace exitwave::views {

namespace {

constexpr double barPixels = 4.0; // smallest width of a bar with its gap
constexpr double barGap = 1.0;
constexpr double margin = 12.0;
constexpr double markPixels = 6.0; // marks closer than this are one
constexpr double tickPixels = 90.0;

scene::Color rowColor(const scene::Theme& theme, std::size_t row)
{
    const std::array colors{theme.running, theme.crashed, theme.link, theme.waiting};
    return colors[row];
}

double crisp(double x)
{
    return std::floor(x) + 0.5;
}

} // namespace

QColor toQColor(scene::Color color)
{
    return {color.r, color.g, color.b, color.a};
}

QString rowTitle(graph::Timeline::Row row)
{
    using Row = graph::Timeline::Row;
    switch (row) {
    case Row::Spawn:
        return QCoreApplication::translate("Timeline", "spawn");
    case Row::Exit:
        return QCoreApplication::translate("Timeline", "exit");
    case Row::Signal:
        return QCoreApplication::translate("Timeline", "signal");
    case Row::Message:
        return QCoreApplication::translate("Timeline", "message");
    }
    return {};
}

QRectF TimelineGeometry::row(std::size_t index) const
{
    return {strip.left(),
            strip.top() + static_cast<double>(index) * rowHeight,
            strip.width(),
            rowHeight};
}

TimelineGeometry
TimelineGeometry::of(double width, double height, double labelWidth, double lineHeight)
{
    TimelineGeometry geometry;
    const double headerHeight = lineHeight + 20.0;
    const double axisHeight = lineHeight + 8.0;
    const double stripLeft = margin + labelWidth + margin;
    const double laneHeight = lineHeight + 2.0;
    const double stripTop = headerHeight + laneHeight;
    const double stripHeight = std::max(height - stripTop - axisHeight - 4.0, 4.0);
    geometry.header = QRectF(margin, 0, std::max(width - 2 * margin, 1.0), headerHeight);
    const double stripWidth = std::max(width - stripLeft - margin, 1.0);
    geometry.lane = QRectF(stripLeft, headerHeight, stripWidth, laneHeight);
    geometry.strip = QRectF(stripLeft, stripTop, stripWidth, stripHeight);
    geometry.axis = QRectF(stripLeft, stripTop + stripHeight, stripWidth, axisHeight);
    geometry.rowHeight = stripHeight / static_cast<double>(graph::Timeline::rowCount);
    return geometry;
}

std::vector<TimelineMark> marksOf(const graph::Timeline& timeline,
                                  const std::vector<std::size_t>& indices,
                                  const TimelineScale& scale,
                                  double minimumPixels)
{
    const auto firstAt = [&](auto from, base::Timestamp time) {
        return std::lower_bound(
            from, indices.end(), time, [&](std::size_t index, base::Timestamp moment) {
                return timeline.event(index).time < moment;
            });
    };
    std::vector<TimelineMark> marks;
    const base::Duration apart{
        std::max<std::int64_t>(std::llround(minimumPixels * scale.density()), 1)};
    for (auto next = firstAt(indices.begin(), scale.from); next != indices.end();) {
        const base::Timestamp time = timeline.event(*next).time;
        if (time > scale.to)
            break;
        const auto after = firstAt(next, time + apart);
        marks.push_back({scale.mapTimeToX(time),
                         static_cast<std::size_t>(next - indices.begin()),
                         static_cast<std::size_t>(after - next)});
        next = after;
    }
    return marks;
}

void TimelinePainter::paintRows(QPainter& painter) const
{
    const TimelineScale::Buckets buckets = scale.buckets(barPixels);
    const base::Timestamp bucketsEnd = buckets.first
        + base::Duration{buckets.length.ns * static_cast<std::int64_t>(buckets.count)};
    const graph::Timeline::Density density
        = timeline.density(buckets.first, bucketsEnd, buckets.count);
    const double step = static_cast<double>(buckets.length.ns) / scale.density();
    const double barWidth = std::max(step - barGap, 1.0);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (std::size_t row = 0; row < graph::Timeline::rowCount; ++row) {
        const QRectF area = geometry.row(row);
        const QColor color = toQColor(rowColor(theme, row));
        painter.setFont(font);
        painter.setPen(toQColor(theme.secondary));
        painter.drawText(QRectF(margin, area.top(), area.left() - 2 * margin, area.height()),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         rowTitle(static_cast<graph::Timeline::Row>(row)));
        const double base = std::floor(area.bottom()) - 2.0;
        painter.setPen(toQColor(theme.hairline));
        painter.drawLine(QPointF(area.left(), base), QPointF(area.right(), base));

        std::uint32_t most = 1;
        for (const auto& counts : density)
            most = std::max(most, counts[row]);
        const double room = std::max(area.height() - 6.0, 2.0);
        for (std::size_t bucket = 0; bucket < density.size(); ++bucket) {
            if (density[bucket][row] == 0)
                continue;
            const double x = scale.mapTimeToX(buckets.first) + static_cast<double>(bucket) * step;
            const double height
                = std::max(room * density[bucket][row] / most, 2.0); // one event can be seen
            // The last bar begins where the strip ends when the trace does.
            const double left = std::min(std::max(x, area.left()), area.right() - 2.0);
            const double right = std::min(x + barWidth, area.right());
            const QRectF bar(left, base - height, std::max(right - left, 2.0), height);
            painter.fillRect(bar, color);
        }
    }
}

void TimelinePainter::paintLosses(QPainter& painter) const
{
    const QColor color = toQColor(theme.traps);
    const QString word = QCoreApplication::translate("Timeline", "lost");
    const double width = QFontMetricsF(font).horizontalAdvance(word);
    double labelEnd = geometry.strip.left();
    painter.setFont(font);
    painter.setPen(color);
    for (const TimelineMark& mark : marksOf(timeline, timeline.losses(), scale, markPixels)) {
        const QRectF area(mark.x - 2.0, geometry.strip.top(), 4.0, geometry.strip.height());
        painter.fillRect(area, QBrush(color, Qt::BDiagPattern));
        const double at = mark.x + 4.0;
        if (at < labelEnd || at + width > geometry.strip.right())
            continue; // the hatching stays, and the tool tip says how many
        painter.drawText(QPointF(at, geometry.axis.top() - 2.0), word);
        labelEnd = at + width + 4.0;
    }
}

void TimelinePainter::paintCrashes(QPainter& painter) const
{
    const QFontMetricsF metrics(font);
    const QColor color = toQColor(theme.crashed);
    const std::vector<TimelineMark> marks
        = marksOf(timeline, timeline.crashes(), scale, markPixels);
    QPen dashed(color, 1.0);
    dashed.setDashPattern({3.0, 3.0});
    painter.setPen(dashed);
    for (const TimelineMark& mark : marks) {
        painter.drawLine(QPointF(crisp(mark.x), geometry.lane.top()),
                         QPointF(crisp(mark.x), geometry.strip.bottom()));
    }
    double labelEnd = geometry.lane.left();
    painter.setFont(font);
    painter.setPen(color);
    for (const TimelineMark& mark : marks) {
        const QString text = mark.count > 1
            ? QCoreApplication::translate("Timeline", "%1 crashes").arg(mark.count)
            : QCoreApplication::translate("Timeline", "crash: %1")
                  .arg(nameOf(timeline.event(timeline.crashes()[mark.first])));
        const QString shown = metrics.elidedText(text, Qt::ElideRight, 180.0);
        const double width = metrics.horizontalAdvance(shown);
        // To the left of the line where the right has no room.
        const bool left = mark.x + 6.0 + width > geometry.lane.right();
        const double at = crisp(mark.x) + (left ? -4.0 - width : 4.0);
        if (at < labelEnd)
            continue; // the line stays, and the tool tip names it
        const QRectF box(at - 3.0, geometry.lane.top(), width + 6.0, geometry.lane.height());
        painter.fillRect(box, toQColor(theme.panel)); // a line that crosses a label gives way
        painter.drawText(box.adjusted(3, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, shown);
        labelEnd = box.right() + 4.0;
    }
}

void TimelinePainter::paintAxis(QPainter& painter) const
{
    const QFontMetricsF metrics(font);
    const TimelineScale::Ticks ticks = scale.ticks(tickPixels);
    painter.setFont(font);
    for (const base::Timestamp time : ticks.times) {
        const double x = scale.mapTimeToX(time);
        const QString text = session::tickText(time, ticks.step);
        const double width = metrics.horizontalAdvance(text);
        const double at = std::clamp(
            x - width / 2, geometry.axis.left() - margin, geometry.axis.right() - width);
        painter.setPen(toQColor(theme.hairline));
        painter.drawLine(QPointF(crisp(x), geometry.axis.top()),
                         QPointF(crisp(x), geometry.axis.top() + 4.0));
        painter.setPen(toQColor(theme.secondary));
        painter.drawText(
            QRectF(at, geometry.axis.top() + 4.0, width + 1.0, geometry.axis.height() - 4.0),
            Qt::AlignLeft | Qt::AlignTop,
            text);
    }
}

void TimelinePainter::paintPlayhead(QPainter& painter) const
{
    if (hoverX >= geometry.strip.left() && hoverX <= geometry.strip.right()) {
        painter.setPen(toQColor(theme.faint));
        painter.drawLine(QPointF(crisp(hoverX), geometry.strip.top()),
                         QPointF(crisp(hoverX), geometry.strip.bottom()));
    }
    const double x = scale.mapTimeToX(playhead);
    if (x < geometry.strip.left() - 1.0 || x > geometry.strip.right() + 1.0)
        return;
    painter.setRenderHint(QPainter::Antialiasing, true);
    const QColor color = toQColor(theme.text);
    const double at = crisp(std::clamp(x, geometry.strip.left(), geometry.strip.right()));
    painter.setPen(QPen(color, 2.0));
    painter.drawLine(QPointF(at, geometry.strip.top() - 2.0),
                     QPointF(at, geometry.axis.top() + 4.0));
    QPainterPath handle(QPointF(at - 6.0, geometry.lane.top() - 4.0));
    handle.lineTo(at + 6.0, geometry.lane.top() - 4.0);
    handle.lineTo(at, geometry.lane.top() + 5.0);
    handle.closeSubpath();
    painter.fillPath(handle, color);
}

} // namespace exitwave::views
