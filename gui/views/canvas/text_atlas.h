// TextAtlas: pictures of labels, drawn once by Qt's raster engine and kept side by side in one
// image.
#pragma once

#include "gui/scene/draw_list.h"

#include <QByteArray>
#include <QHash>
#include <QImage>
#include <QRect>

#include <cstddef>
#include <utility>

namespace exitwave::views {

/// Each label is one picture: whole words keep their kerning and every script that Qt can shape,
/// and cost one quad instead of one per letter. The image holds coverage, one byte a pixel; colour
/// is given when drawing.
///
///   +--------------------------+   shelves from top to bottom, each as high as its
///   | #PID<0.1.0> worker 1 ... |   first label; full: everything is forgotten and the
///   | pool_sup  metrics        |   labels of this frame are drawn anew
///   +--------------------------+
///
/// Thread: GUI thread.
class TextAtlas
{
public:
    struct Entry
    {
        QRect place; ///< in the image, physical pixels
        float width = 0.0F; ///< of the text, logical pixels
    };

    TextAtlas();

    /// Empties it when `scale` differs from the last.
    void setScale(float scale);
    /// The picture of a label, drawn if it was not. The caller reads `dirty()` afterwards.
    /// A label too large for the image has an empty place.
    [[nodiscard]] Entry entry(const scene::Label& label);
    /// Where the picture's top left corner goes, in physical pixels of the view.
    [[nodiscard]] static QPoint corner(const scene::Label& label, const Entry& entry, float scale);
    /// Incremented when everything was forgotten: entries asked for before are void.
    [[nodiscard]] std::size_t generation() const { return m_generation; }

    [[nodiscard]] const QImage& image() const { return m_image; }
    /// What changed in the image since `clearDirty`.
    [[nodiscard]] QRect dirty() const { return m_dirty; }
    void clearDirty() { m_dirty = QRect(); }
    void clear();

private:
    [[nodiscard]] QRect place(QSize size);
    void draw(const scene::Label& label, const QRect& place);

    using Key = std::pair<QByteArray, quint32>;
    QHash<Key, Entry> m_entries;
    QImage m_image; // Format_Grayscale8
    QRect m_dirty;
    float m_scale = 1.0F;
    int m_shelfTop = 0;
    int m_shelfHeight = 0;
    int m_shelfEnd = 0;
    std::size_t m_generation = 0;
};

} // namespace exitwave::views
