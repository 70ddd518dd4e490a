#include "gui/views/canvas/painter_renderer.h"

#include "gui/views/canvas/canvas_fonts.h"
#include "gui/views/canvas/gl_geometry.h"
#include "gui/views/canvas/sign_geometry.h"

#include <QPainter>
#include <QPainterPath>
#include <QRadialGradient>

#include <cmath>

namespace exitwave::views {

namespace {

/// Below this number of signs each is drawn at its exact place; above, copied to whole pixels.
constexpr std::size_t spriteLimit = 400;
constexpr qsizetype mostSprites = 512;

QColor color(const scene::Color& c)
{
    return {c.r, c.g, c.b, c.a};
}

QPointF point(const scene::Vec2& v)
{
    return {static_cast<qreal>(v.x), static_cast<qreal>(v.y)};
}

QPen pen(const scene::Mark& mark, Qt::PenCapStyle cap = Qt::RoundCap)
{
    return {QBrush(color(mark.color)), static_cast<qreal>(mark.width), Qt::SolidLine, cap};
}

void paintRing(const scene::Mark& mark, QPainter& painter)
{
    const QPointF c = point(mark.center);
    const auto r = static_cast<qreal>(mark.radius - mark.width / 2.0F);
    painter.setPen(pen(mark));
    painter.setBrush(mark.fill.a == 0 || mark.shape == scene::Shape::Circle
                         ? QBrush(Qt::NoBrush)
                         : QBrush(color(mark.fill)));
    painter.drawEllipse(c, r, r);
    if (mark.shape == scene::Shape::RingCross) {
        const auto a = static_cast<qreal>(mark.radius * sign::crossReach);
        painter.drawLine(c + QPointF(-a, -a), c + QPointF(a, a));
        painter.drawLine(c + QPointF(-a, a), c + QPointF(a, -a));
    } else if (mark.shape == scene::Shape::RingBar) {
        const auto a = static_cast<qreal>(mark.radius * sign::barReach);
        painter.drawLine(c + QPointF(-a, 0), c + QPointF(a, 0));
    }
}

void paintSquare(const scene::Mark& mark, QPainter& painter)
{
    const QPointF c = point(mark.center);
    const auto half = static_cast<qreal>(mark.radius - mark.width / 2.0F);
    const auto corner = static_cast<qreal>(mark.radius * sign::squareCorner);
    painter.setPen(pen(mark));
    painter.setBrush(mark.fill.a == 0 ? QBrush(Qt::NoBrush) : QBrush(color(mark.fill)));
    painter.drawRoundedRect(
        QRectF(c - QPointF(half, half), QSizeF(2 * half, 2 * half)), corner, corner);
}

void paintBead(const scene::Mark& mark, QPainter& painter)
{
    const auto r = static_cast<qreal>(mark.radius);
    QRadialGradient soft(point(mark.center), r);
    QColor edge = color(mark.color);
    edge.setAlpha(0);
    soft.setColorAt(static_cast<qreal>(sign::beadCore), color(mark.color));
    soft.setColorAt(1.0, edge);
    painter.setPen(Qt::NoPen);
    painter.setBrush(soft);
    painter.drawEllipse(point(mark.center), r, r);
}

void paintShield(const scene::Mark& mark, QPainter& painter)
{
    const auto r = static_cast<qreal>(sign::shieldRadius(mark));
    const QRectF box(point(mark.center) - QPointF(r, r), QSizeF(2 * r, 2 * r));
    constexpr int halfTurn = 180 * 16; // QPainter counts sixteenths of a degree
    painter.setPen(pen(mark));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(box, 0, halfTurn);
}

void paintStroke(const scene::Line& line, QPointF from, QPointF to, QPainter& painter)
{
    qreal width = static_cast<qreal>(line.width);
    QPen stroke(QBrush(color(line.color)), width, Qt::SolidLine, Qt::FlatCap);
    if (line.stroke == scene::Stroke::Dashed) {
        stroke.setDashPattern(
            {static_cast<qreal>(sign::dashOn) / width, static_cast<qreal>(sign::dashOff) / width});
    } else if (line.stroke == scene::Stroke::Dotted) {
        width = std::max(width, static_cast<qreal>(sign::dotDiameter));
        constexpr qreal dot = 0.01; // its round caps make it a disc
        stroke.setWidthF(width);
        stroke.setCapStyle(Qt::RoundCap);
        stroke.setDashPattern({dot, static_cast<qreal>(sign::dotStep) / width - dot});
        stroke.setDashOffset(-0.5);
    }
    painter.setPen(stroke);
    painter.drawLine(from, to);
}

void paintLines(std::span<const scene::Line> lines,
                const scene::Color& background,
                QPainter& painter)
{
    if (lines.size() <= thinLineLimit) {
        for (const scene::Line& line : lines) {
            paintLine(line, background, painter);
        }
        return;
    }
    // As OpenGL does: thousands of lines are one pixel wide and not smoothed.
    painter.setRenderHint(QPainter::Antialiasing, false);
    scene::Color last{};
    scene::Stroke stroke = scene::Stroke::Solid;
    bool first = true;
    for (const scene::Line& line : lines) {
        if (first || line.color != last || line.stroke != stroke) {
            const Qt::PenStyle style = line.stroke == scene::Stroke::Solid ? Qt::SolidLine
                : line.stroke == scene::Stroke::Dashed                     ? Qt::DashLine
                                                                           : Qt::DotLine;
            painter.setPen(QPen(color(line.color), 0, style));
            last = line.color;
            stroke = line.stroke;
            first = false;
        }
        painter.drawLine(point(line.from), point(line.to));
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
}

} // namespace

void paintMark(const scene::Mark& mark, QPainter& painter)
{
    const QPointF c = point(mark.center);
    const auto r = static_cast<qreal>(mark.radius);
    switch (mark.shape) {
    case scene::Shape::Disc:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(mark.color));
        painter.drawEllipse(c, r, r);
        break;
    case scene::Shape::Square:
        paintSquare(mark, painter);
        break;
    case scene::Shape::Ring:
    case scene::Shape::RingCross:
    case scene::Shape::RingBar:
    case scene::Shape::Circle:
        paintRing(mark, painter);
        break;
    case scene::Shape::Bead:
        paintBead(mark, painter);
        break;
    case scene::Shape::Shield:
        paintShield(mark, painter);
        break;
    case scene::Shape::Dot:
        painter.fillRect(QRectF(c - QPointF(r, r), QSizeF(2 * r, 2 * r)), color(mark.color));
        break;
    }
}

void paintLine(const scene::Line& line, const scene::Color& background, QPainter& painter)
{
    const QPointF from = point(line.from);
    QPointF to = point(line.to);
    const QPointF way = to - from;
    const qreal length = std::hypot(way.x(), way.y());
    if (!(length >= 0.01)) { // also NaN
        return;
    }
    const QPointF unit = way / length;
    if (line.arrow) {
        const auto half = static_cast<qreal>(sign::arrowHalfWidth(line.width));
        const QPointF side(-unit.y() * half, unit.x() * half);
        const QPointF neck
            = to - unit * std::min(static_cast<qreal>(sign::arrowLength(line.width)), length);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(line.color));
        painter.drawPolygon(QPolygonF({neck + side, to, neck - side}));
        paintStroke(line, from, neck, painter);
    } else {
        paintStroke(line, from, to, painter);
    }
    if (line.openEnd) {
        paintMark({line.to,
                   sign::openEndRadius + line.width / 2.0F,
                   line.width,
                   line.color,
                   background,
                   scene::Shape::Ring},
                  painter);
    }
}

void paintLabel(const scene::Label& label, QPainter& painter)
{
    const float width = textWidth(label.text, label.font, label.size);
    const auto left = static_cast<qreal>(labelLeft(label, width));
    const auto middle = static_cast<qreal>(label.at.y);
    if (label.fill.a != 0 || label.border.a != 0) {
        const auto pad = static_cast<qreal>(label.padding);
        const auto half = static_cast<qreal>(pillHalfHeight(label));
        // The line lies inside the box, as the shader draws it.
        QRectF box(left - pad, middle - half, static_cast<qreal>(width) + 2 * pad, 2 * half);
        if (label.border.a != 0) {
            box.adjust(0.5, 0.5, -0.5, -0.5);
        }
        painter.setPen(label.border.a == 0 ? QPen(Qt::NoPen) : QPen(color(label.border), 1.0));
        painter.setBrush(color(label.fill));
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    }
    const auto high = static_cast<qreal>(label.size) * 1.5;
    painter.setFont(canvasFont(label.font, qRound(label.size)));
    painter.setPen(color(label.color));
    painter.drawText(
        QRectF(std::round(left), middle - high / 2, static_cast<qreal>(width) + 8, high),
        Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        QString::fromStdString(label.text));
}

void PainterRenderer::render(const scene::DrawList& list, QSizeF size, QPainter& painter)
{
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.fillRect(QRectF(QPointF(), size), color(list.background));
    paintLines(list.lines, list.background, painter);
    drawMarks(list.marks, painter);
    paintLines(list.overlayLines, list.background, painter);
    drawMarks(list.overlayMarks, painter);
    for (const scene::Label& label : list.labels) {
        paintLabel(label, painter);
    }
    painter.restore();
}

void PainterRenderer::drawMarks(std::span<const scene::Mark> marks, QPainter& painter)
{
    const bool many = marks.size() > spriteLimit;
    const qreal scale = painter.device()->devicePixelRatioF();
    constexpr float largestSprite = 40.0F;
    for (const scene::Mark& mark : marks) {
        if (mark.shape != scene::Shape::Dot && many && sign::reach(mark) < largestSprite) {
            drawSprite(mark, scale, painter);
        } else {
            paintMark(mark, painter);
        }
    }
}

void PainterRenderer::drawSprite(const scene::Mark& mark, qreal scale, QPainter& painter)
{
    struct Appearance
    {
        int shape;
        int radius; // quarter pixels
        int width;
        scene::Color color;
        scene::Color fill;
        float scale;
    };
    constexpr float quarters = 4.0F;
    const Appearance look{static_cast<int>(mark.shape),
                          qRound(mark.radius * quarters),
                          qRound(mark.width * quarters),
                          mark.color,
                          mark.fill,
                          static_cast<float>(scale)};
    const QByteArray key(reinterpret_cast<const char*>(&look), sizeof look);
    const qreal half = std::ceil(static_cast<qreal>(sign::reach(mark)) + 1.0);
    auto found = m_sprites.constFind(key);
    if (found == m_sprites.constEnd()) {
        if (m_sprites.size() >= mostSprites) {
            m_sprites.clear();
        }
        QPixmap picture(QSizeF(2 * half * scale, 2 * half * scale).toSize());
        picture.setDevicePixelRatio(scale);
        picture.fill(Qt::transparent);
        QPainter own(&picture);
        own.setRenderHint(QPainter::Antialiasing);
        scene::Mark centred = mark;
        centred.center = {static_cast<float>(half), static_cast<float>(half)};
        paintMark(centred, own);
        own.end();
        found = m_sprites.insert(key, picture);
    }
    const QPointF corner = point(mark.center) - QPointF(half, half);
    painter.drawPixmap(
        QPointF(std::round(corner.x() * scale) / scale, std::round(corner.y() * scale) / scale),
        *found);
}

} // namespace exitwave::views
