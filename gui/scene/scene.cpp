#include "gui/scene/scene.h"

#include "gui/graph/describe.h"
#include "gui/scene/scene_frame.h"

#include <algorithm>

namespace exitwave::scene {

namespace {

constexpr float smallestShape = 4.0F;
constexpr float largestRadius = 22.0F;
constexpr float detailRadius = 6.5F;
constexpr float parallelRadius = 9.0F;
constexpr float viewMargin = 40.0F; // what stands just outside still reaches in

float roughTextWidth(std::string_view text, float size, FontKind font)
{
    std::size_t characters = 0;
    for (const char c : text)
        characters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return static_cast<float>(characters) * size * (font == FontKind::Mono ? 0.61F : 0.58F);
}

} // namespace

struct Scene::Private
{
    TextWidth textWidth = roughTextWidth;
    std::vector<NodeText> texts;
    std::vector<Vec2> screen;
    std::vector<ShownNode> shown;
    std::unordered_set<NodeIndex> labelled;
    // Every link edge once; made anew when the graph has changed.
    std::vector<std::pair<NodeIndex, NodeIndex>> links;
    const graph::ProcessGraph* linksOf = nullptr;
    std::uint64_t linksAt = 0;

    void refreshLinks(const graph::ProcessGraph& graph)
    {
        if (linksOf == &graph && linksAt == graph.eventCount())
            return;
        links = graph.linkEdges();
        linksOf = &graph;
        linksAt = graph.eventCount();
    }
};

Scene::Scene() : d(std::make_unique<Private>()) {}
Scene::~Scene() = default;

void Scene::setTextWidth(TextWidth width)
{
    d->textWidth = width ? std::move(width) : TextWidth(roughTextWidth);
}

void Scene::forgetLabels()
{
    d->labelled.clear();
    d->texts.clear();
    d->linksOf = nullptr;
}

float Scene::nodeRadius(float scale)
{
    return std::clamp(1.0F + 0.16F * scale, 1.2F, largestRadius);
}

void Scene::build(const SceneInput& input, DrawList& out)
{
    out.clear();
    out.background = input.theme->canvas;
    d->refreshLinks(*input.graph);
    SceneFrame frame{
        input, out, d->textWidth, d->texts, d->screen, d->shown, d->links, d->labelled};
    frame.prepare();
    frame.drawParents();
    if (input.options.monitors)
        frame.drawMonitors();
    if (input.options.links)
        frame.drawLinks();
    frame.drawFatalSignals();
    frame.drawNodes();
    frame.drawRings();
    frame.drawEffects();
    frame.drawLabels();
}

/// Screen places of all, and the list of those in view.
void SceneFrame::prepare()
{
    const graph::ProcessGraph& graph = *in.graph;
    const std::size_t count = graph.size();
    texts.resize(count);
    screen.resize(count);
    shown.clear();
    radius = Scene::nodeRadius(in.projection.scale);
    shapes = radius >= smallestShape;
    detailed = radius >= detailRadius;
    parallel = radius >= parallelRadius;
    for (std::size_t i = 0; i < count; ++i) {
        if (i < in.positions.size()) {
            screen[i] = in.projection.toScreen(in.positions[i]);
        } else {
            // Born since the layout last looked: beside its parent.
            const NodeIndex parent = graph.node(static_cast<NodeIndex>(i)).parent;
            const Vec2 at = parent < i ? screen[parent] : in.projection.toScreen({});
            screen[i] = {at.x + radius, at.y + 2.5F * radius};
        }
        if (!inView(screen[i], viewMargin)) {
            ++out.culledNodes;
            continue;
        }
        ShownNode entry;
        entry.node = static_cast<NodeIndex>(i);
        entry.center = screen[i];
        shown.push_back(entry);
    }
    for (ShownNode& entry : shown) {
        const graph::ProcessNode& node = graph.node(entry.node);
        entry.shownDead = shownDead(entry.node);
        entry.look = lookNow(entry.node);
        entry.radius = radiusOf(entry.node);
        entry.shield = node.trapsExit && !entry.shownDead;
        entry.dimmed = dimmed(entry.node);
    }
}

const NodeText& SceneFrame::text(NodeIndex index)
{
    NodeText& text = texts[index];
    const graph::ProcessNode& node = in.graph->node(index);
    if (text.known && text.key == node.key && text.name == node.name
        && text.spawnInfo == node.spawnInfo)
        return text;
    text.known = true;
    text.key = node.key;
    text.name = node.name;
    text.spawnInfo = node.spawnInfo;
    text.supervisor = graph::isSupervisor(node, *in.terms);
    text.label = graph::shortLabel(node, *in.terms);
    text.pidOnly = text.label == graph::pidText(node.key);
    return text;
}

bool SceneFrame::inView(Vec2 at, float margin) const
{
    return at.x >= -margin && at.y >= -margin && at.x <= in.projection.viewport.x + margin
        && at.y <= in.projection.viewport.y + margin;
}

/// False only when the line surely does not cross the view.
bool SceneFrame::lineInView(Vec2 a, Vec2 b) const
{
    const Vec2 size = in.projection.viewport;
    return std::max(a.x, b.x) >= 0.0F && std::max(a.y, b.y) >= 0.0F && std::min(a.x, b.x) <= size.x
        && std::min(a.y, b.y) <= size.y;
}

bool SceneFrame::shownDead(NodeIndex node) const
{
    return !in.graph->node(node).alive
        && (in.choreography == nullptr || in.choreography->deathShown(node, in.now));
}

Look SceneFrame::lookNow(NodeIndex index)
{
    const graph::ProcessNode& node = in.graph->node(index);
    if (shownDead(index))
        return lookOf(node, *in.terms);
    if (text(index).supervisor)
        return Look::Supervisor;
    // Dead in the graph, not yet on screen: it looks as it did.
    return !node.alive ? Look::Running : livingLookOf(node, *in.terms);
}

bool SceneFrame::dimmed(NodeIndex node) const
{
    return in.searching && !touched(node)
        && !std::binary_search(in.matches.begin(), in.matches.end(), node);
}

float SceneFrame::radiusOf(NodeIndex node) const
{
    return shapes && node < texts.size() && texts[node].supervisor ? radius * 1.1F : radius;
}

} // namespace exitwave::scene
