// PainterRenderer: draws a DrawList with QPainter, where there is no OpenGL and for pictures made
// without a screen.
#pragma once

#include "gui/scene/draw_list.h"

#include <QHash>
#include <QPixmap>
#include <QSizeF>

#include <span>

class QPainter;

namespace exitwave::views {

/// The same picture as GlRenderer's to the eye. Many equal signs are copied from a picture of one,
/// which is three times as fast as OpenGL drawn by the processor.
/// Thread: GUI thread.
class PainterRenderer
{
public:
    /// Fills `size` with the background and draws the list on it. The painter's state is restored.
    void render(const scene::DrawList& list, QSizeF size, QPainter& painter);

private:
    void drawMarks(std::span<const scene::Mark> marks, QPainter& painter);
    void drawSprite(const scene::Mark& mark, qreal scale, QPainter& painter);

    QHash<QByteArray, QPixmap> m_sprites; // by everything that makes a sign look as it does
};

/// Draws one sign; also for legends and item views. The painter must be antialiasing.
void paintMark(const scene::Mark& mark, QPainter& painter);
/// Draws one line with its ends; `background` fills its open end.
void paintLine(const scene::Line& line, const scene::Color& background, QPainter& painter);
/// Draws one label with the box behind it.
void paintLabel(const scene::Label& label, QPainter& painter);

} // namespace exitwave::views
