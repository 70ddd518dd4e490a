// The lines of a frame: who started whom, links, monitors, and what killed whom.
#include "gui/scene/scene_frame.h"

#include <algorithm>
#include <cmath>

namespace exitwave::scene {

using graph::noNode;

namespace {

constexpr float besideParent = 5.0F; // pixels between a parent line and what runs along it
constexpr float rim = 2.5F; // lines end that far outside the marks
constexpr float shieldRim = 4.0F;
constexpr float dimOpacity = 0.2F;
constexpr float shortestLine = 3.0F;

float lengthOf(Vec2 a, Vec2 b)
{
    return std::hypot(b.x - a.x, b.y - a.y);
}

} // namespace

bool SceneFrame::parentAndChild(NodeIndex a, NodeIndex b) const
{
    return in.graph->node(a).parent == b || in.graph->node(b).parent == a;
}

bool SceneFrame::linked(NodeIndex a, NodeIndex b) const
{
    return std::binary_search(
        links.begin(), links.end(), std::pair(std::min(a, b), std::max(a, b)));
}

float SceneFrame::linkOffset(NodeIndex a, NodeIndex b) const
{
    return parallel && parentAndChild(a, b) ? besideParent : 0.0F;
}

/// Distance from a process's centre at which its lines end: outside its mark and its shield.
float SceneFrame::rimOf(NodeIndex node) const
{
    if (!shapes)
        return 0.0F;
    const bool shield = in.graph->node(node).trapsExit && !shownDead(node);
    return radiusOf(node) + rim + (shield ? shieldRim : 0.0F);
}

SceneFrame::Ends SceneFrame::between(NodeIndex from, NodeIndex to, float offset) const
{
    const Vec2 a = screen[from];
    const Vec2 b = screen[to];
    const float length = lengthOf(a, b);
    Ends ends;
    ends.visible = length > shortestLine && lineInView(a, b);
    if (!ends.visible)
        return ends;
    const Vec2 along{(b.x - a.x) / length, (b.y - a.y) / length};
    const float side = from < to ? offset : -offset;
    const Vec2 beside{-along.y * side, along.x * side};
    const float startRim = rimOf(from);
    const float endRim = rimOf(to);
    if (length <= startRim + endRim + 2.0F) {
        ends.visible = false; // the marks touch
        return ends;
    }
    ends.from = {a.x + along.x * startRim + beside.x, a.y + along.y * startRim + beside.y};
    ends.to = {b.x - along.x * endRim + beside.x, b.y - along.y * endRim + beside.y};
    return ends;
}

void SceneFrame::drawParents()
{
    const graph::ProcessGraph& graph = *in.graph;
    // Many thin lines add up to a cloud: the farther away, the fainter.
    const float opacity = detailed ? 1.0F : std::clamp(radius / 6.5F, 0.25F, 0.8F);
    for (std::size_t i = 0; i < graph.size(); ++i) {
        const auto child = static_cast<NodeIndex>(i);
        const NodeIndex parent = graph.node(child).parent;
        if (parent == noNode || parent == child || parent >= graph.size())
            continue;
        const Ends ends = between(parent, child, 0.0F);
        if (!ends.visible)
            continue;
        Line line;
        line.from = ends.from;
        line.to = ends.to;
        const bool dim = dimmed(child) && dimmed(parent);
        // So do those of one process to its thousand children.
        const float fan
            = 1.0F / (1.0F + static_cast<float>(graph.node(parent).childCount) / 200.0F);
        const float strength = dim ? dimOpacity : opacity * std::max(fan, 0.12F);
        line.color = faded(in.theme->parent, strength);
        line.width = detailed ? 1.25F : 1.0F;
        line.openEnd = detailed;
        if (shapes && !parallel && in.options.links && linked(parent, child)) {
            // No room for two lines: dashed like a link, its end open like a child's.
            line.stroke = Stroke::Dashed;
            line.color = mixed(line.color, faded(in.theme->link, strength), 0.5F);
        }
        if (touched(child) || touched(parent)) {
            line.color = mixed(in.theme->parent, in.theme->text, 0.55F);
            line.width = 1.75F;
        }
        out.lines.push_back(line);
    }
}

void SceneFrame::drawLinks()
{
    const float longLength = std::max(in.projection.viewport.x, in.projection.viewport.y) / 3.0F;
    struct LongLink
    {
        float length = 0.0F;
        Line line;
    };
    std::vector<LongLink> longLinks;
    for (const auto& [a, b] : links) {
        if (a == b || b >= screen.size())
            continue;
        // Without room for two lines the parent's stands for both: see drawParents.
        if (!parallel && parentAndChild(a, b))
            continue;
        const Ends ends = between(a, b, linkOffset(a, b));
        if (!ends.visible)
            continue;
        Line line;
        line.from = ends.from;
        line.to = ends.to;
        line.stroke = Stroke::Dashed;
        line.width = detailed ? 1.75F : 1.0F;
        line.color = faded(in.theme->link, dimmed(a) && dimmed(b) ? dimOpacity : 1.0F);
        if (touched(a) || touched(b)) {
            line.width = 2.5F;
            out.overlayLines.push_back(line);
            continue;
        }
        const float length = lengthOf(ends.from, ends.to);
        if (length > longLength)
            longLinks.push_back({length, line});
        else
            out.lines.push_back(line);
    }
    if (longLinks.size() > in.options.longLinkBudget) {
        const auto end = longLinks.begin() + static_cast<std::ptrdiff_t>(in.options.longLinkBudget);
        std::nth_element(longLinks.begin(), end, longLinks.end(), [](const auto& a, const auto& b) {
            return a.length < b.length;
        });
        out.droppedLinks = static_cast<std::uint32_t>(longLinks.end() - end);
        longLinks.erase(end, longLinks.end());
    }
    // A few long links are read one by one; a thousand would hide everything else.
    const float opacity = longLinks.size() > 200 ? 0.35F : 0.85F;
    for (LongLink& longLink : longLinks) {
        longLink.line.color = faded(longLink.line.color, opacity);
        out.lines.push_back(longLink.line);
    }
}

void SceneFrame::drawMonitors()
{
    const graph::ProcessGraph& graph = *in.graph;
    std::size_t budget = in.options.longLinkBudget;
    for (std::size_t i = 0; i < graph.size(); ++i) {
        const auto from = static_cast<NodeIndex>(i);
        for (const graph::Monitor& monitor : graph.node(from).monitors) {
            const NodeIndex to = monitor.target;
            if (to == noNode || to == from || to >= screen.size())
                continue;
            // Beside a parent line on the other side than the link; beside a link elsewhere.
            float offset = 0.0F;
            if (parallel && parentAndChild(from, to))
                offset = -besideParent;
            else if (detailed && linked(from, to))
                offset = besideParent;
            const Ends ends = between(from, to, offset);
            if (!ends.visible)
                continue;
            if (budget == 0) {
                ++out.droppedLinks;
                continue;
            }
            --budget;
            Line line;
            line.from = ends.from;
            line.to = ends.to;
            line.stroke = Stroke::Dotted;
            line.arrow = true;
            line.width = detailed ? 1.75F : 1.25F;
            line.color = faded(in.theme->monitor, dimmed(from) && dimmed(to) ? dimOpacity : 1.0F);
            if (touched(from) || touched(to)) {
                line.width = 2.25F;
                out.overlayLines.push_back(line);
            } else {
                out.lines.push_back(line);
            }
        }
    }
}

/// From whoever's exit signal it was to the process that died of it: stays as long as the
/// tombstone.
void SceneFrame::drawFatalSignals()
{
    const graph::ProcessGraph& graph = *in.graph;
    for (std::size_t i = 0; i < graph.size(); ++i) {
        const auto victim = static_cast<NodeIndex>(i);
        const graph::ProcessNode& node = graph.node(victim);
        if (node.cause.value == 0
            || (node.death != graph::Death::Victim && node.death != graph::Death::Killed)
            || !shownDead(victim))
            continue;
        const auto* signal = graph.signal(node.cause);
        if (signal == nullptr || signal->from == noNode || signal->from == victim
            || signal->from >= screen.size())
            continue;
        const Ends ends = between(signal->from, victim, linkOffset(signal->from, victim));
        if (!ends.visible)
            continue;
        const Color accent
            = node.death == graph::Death::Killed ? in.theme->killed : in.theme->crashed;
        Line line;
        line.from = ends.from;
        line.to = ends.to;
        line.arrow = true;
        const bool near = touched(victim) || touched(signal->from);
        line.width = near ? 2.5F : (detailed ? 1.75F : 1.0F);
        line.color = faded(accent, dimmed(victim) ? dimOpacity : (near ? 1.0F : 0.8F));
        (near ? out.overlayLines : out.lines).push_back(line);
    }
}

} // namespace exitwave::scene
