#include "gui/scene/draw_list.h"

namespace exitwave::scene {

void DrawList::clear()
{
    background = {};
    lines.clear();
    marks.clear();
    overlayLines.clear();
    overlayMarks.clear();
    labels.clear();
    hits.clear();
    culledNodes = 0;
    droppedLinks = 0;
    droppedLabels = 0;
}

} // namespace exitwave::scene
