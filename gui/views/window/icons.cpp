#include "gui/views/window/icons.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

namespace exitwave::views {

namespace {

QColor toColor(scene::Color color)
{
    return {color.r, color.g, color.b, color.a};
}

QPainterPath triangle(qreal left, qreal right)
{
    QPainterPath path; // points to `right`, on a 16 x 16 field
    path.moveTo(left, 3);
    path.lineTo(right, 8);
    path.lineTo(left, 13);
    path.closeSubpath();
    return path;
}

QPainterPath bar(qreal x)
{
    QPainterPath path;
    path.addRoundedRect(QRectF(x, 3, 2.2, 10), 0.8, 0.8);
    return path;
}

QPainterPath pathOf(Sign sign)
{
    QPainterPath path;
    switch (sign) {
    case Sign::Record:
        path.addEllipse(QPointF(8, 8), 4.5, 4.5);
        break;
    case Sign::Play:
        path = triangle(4.5, 13);
        break;
    case Sign::Pause:
        path = bar(4.2) | bar(9.6);
        break;
    case Sign::StepForward:
        path = triangle(3, 9.5) | bar(10.8);
        break;
    case Sign::StepBackward:
        path = triangle(13, 6.5) | bar(3);
        break;
    case Sign::NextCrash:
        path = triangle(2, 7.2) | triangle(7.2, 12.4) | bar(12.8);
        break;
    case Sign::PreviousCrash:
        path = triangle(14, 8.8) | triangle(8.8, 3.6) | bar(1);
        break;
    }
    return path;
}

QPixmap draw(Sign sign, const QColor& color, int pixels)
{
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(pixels / 16.0, pixels / 16.0);
    painter.fillPath(pathOf(sign), color);
    return pixmap;
}

} // namespace

QIcon makeIcon(Sign sign, const scene::Theme& theme)
{
    QIcon icon;
    for (const int pixels : {16, 24, 32, 48}) {
        icon.addPixmap(
            draw(sign, toColor(sign == Sign::Record ? theme.crashed : theme.text), pixels));
        icon.addPixmap(draw(sign, toColor(theme.faint), pixels), QIcon::Disabled);
    }
    return icon;
}

} // namespace exitwave::views
