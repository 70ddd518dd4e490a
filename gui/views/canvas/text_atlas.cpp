#include "gui/views/canvas/text_atlas.h"

#include "gui/views/canvas/canvas_fonts.h"
#include "gui/views/canvas/gl_geometry.h"

#include <QPainter>

#include <cmath>

namespace exitwave::views {

namespace {

constexpr QSize atlasSize(2048, 1024);
constexpr int gap = 1; // keeps neighbours out of each other's filtered edges
constexpr int bearing = 2; // room for letters that reach over their advance

} // namespace

TextAtlas::TextAtlas() : m_image(atlasSize, QImage::Format_Grayscale8)
{
    m_image.fill(0);
}

void TextAtlas::setScale(float scale)
{
    if (scale != m_scale) {
        m_scale = scale;
        clear();
    }
}

void TextAtlas::clear()
{
    m_entries.clear();
    m_image.fill(0);
    m_dirty = m_image.rect();
    m_shelfTop = 0;
    m_shelfHeight = 0;
    m_shelfEnd = 0;
    ++m_generation;
}

TextAtlas::Entry TextAtlas::entry(const scene::Label& label)
{
    const auto look
        = static_cast<quint32>(qRound(label.size)) * 4U + static_cast<quint32>(label.font);
    const Key key{QByteArray::fromStdString(label.text), look};
    if (const auto found = m_entries.constFind(key); found != m_entries.constEnd()) {
        return *found;
    }
    Entry entry;
    entry.width = textWidth(label.text, label.font, label.size);
    const auto wide = static_cast<int>(std::ceil(entry.width * m_scale)) + 2 * bearing;
    const auto high = static_cast<int>(std::ceil(label.size * 1.5F * m_scale));
    if (wide + gap <= m_image.width() && high + gap <= m_image.height()) {
        entry.place = place(QSize(wide, high));
        draw(label, entry.place);
    }
    m_entries.insert(key, entry);
    return entry;
}

QPoint TextAtlas::corner(const scene::Label& label, const Entry& entry, float scale)
{
    const float left = labelLeft(label, entry.width) * scale - static_cast<float>(bearing);
    const float top = label.at.y * scale - static_cast<float>(entry.place.height()) / 2.0F;
    return {qRound(left), qRound(top)};
}

QRect TextAtlas::place(QSize size)
{
    if (m_shelfEnd + size.width() + gap > m_image.width() || size.height() > m_shelfHeight) {
        m_shelfTop += m_shelfHeight == 0 ? 0 : m_shelfHeight + gap;
        m_shelfEnd = 0;
        m_shelfHeight = size.height();
    }
    if (m_shelfTop + size.height() > m_image.height()) {
        clear();
        m_shelfHeight = size.height();
    }
    const QRect found(QPoint(m_shelfEnd, m_shelfTop), size);
    m_shelfEnd += size.width() + gap;
    return found;
}

void TextAtlas::draw(const scene::Label& label, const QRect& place)
{
    // Drawn with alpha: into grey, Qt would bend the coverage as if it were light, and letters grow
    // fat.
    QImage picture(place.size(), QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.setFont(canvasFont(label.font, qRound(label.size * m_scale)));
    painter.setPen(Qt::white);
    painter.drawText(picture.rect().adjusted(bearing, 0, bearing, 0),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QString::fromStdString(label.text));
    painter.end();
    copyCoverage(picture, m_image.scanLine(place.y()) + place.x(), m_image.bytesPerLine());
    m_dirty = m_dirty.united(place);
}

} // namespace exitwave::views
