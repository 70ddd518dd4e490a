#include "gui/scene/node_style.h"

#include "gui/graph/describe.h"

namespace exitwave::scene {

Look livingLookOf(const graph::ProcessNode& node, const trace::TermTable& terms)
{
    if (graph::isSupervisor(node, terms))
        return Look::Supervisor;
    const bool served = node.messagesReceived > 0;
    return served && node.messagesArrived <= node.messagesReceived ? Look::Waiting : Look::Running;
}

Look lookOf(const graph::ProcessNode& node, const trace::TermTable& terms)
{
    switch (node.death) {
    case graph::Death::None:
        return livingLookOf(node, terms);
    case graph::Death::Normal:
        return Look::Ended;
    case graph::Death::Crash:
    case graph::Death::Victim:
        return Look::Crashed;
    case graph::Death::Killed:
        return Look::Killed;
    }
    return Look::Ended;
}

Color colorOf(Look look, const Theme& theme)
{
    switch (look) {
    case Look::Running:
        return theme.running;
    case Look::Waiting:
        return theme.waiting;
    case Look::Supervisor:
        return theme.supervisor;
    case Look::Crashed:
        return theme.crashed;
    case Look::Killed:
        return theme.killed;
    case Look::Ended:
        return theme.ended;
    }
    return theme.ended;
}

Mark markOf(Look look, const Theme& theme, Vec2 center, float radius)
{
    Mark mark;
    mark.center = center;
    mark.radius = radius;
    mark.color = colorOf(look, theme);
    mark.fill = theme.canvas;
    mark.width = radius >= 9.0F ? 2.25F : 1.5F;
    switch (look) {
    case Look::Running:
    case Look::Waiting:
        mark.shape = Shape::Disc;
        mark.fill = {0, 0, 0, 0};
        break;
    case Look::Supervisor:
        mark.shape = Shape::Square;
        break;
    case Look::Crashed:
        mark.shape = Shape::RingCross;
        mark.fill = mixed(theme.canvas, theme.crashed, 0.16F);
        break;
    case Look::Killed:
        mark.shape = Shape::RingBar;
        mark.fill = mixed(theme.canvas, theme.killed, 0.16F);
        break;
    case Look::Ended:
        mark.shape = Shape::Ring;
        break;
    }
    return mark;
}

Mark shieldMark(const Theme& theme, Vec2 center, float radius)
{
    Mark mark;
    mark.center = center;
    mark.radius = radius;
    mark.width = radius >= 9.0F ? 3.0F : 2.0F;
    mark.color = theme.traps;
    mark.fill = {0, 0, 0, 0};
    mark.shape = Shape::Shield;
    return mark;
}

} // namespace exitwave::scene
