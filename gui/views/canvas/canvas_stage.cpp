#include "gui/views/canvas/canvas_stage.h"

#include "gui/graph/describe.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <utility>

namespace exitwave::views {

namespace {

/// Two thirds of the way in 80 ms: all but there after 250.
constexpr float approachNs = 80e6F;

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c)); // bytes of UTF-8 above ASCII stay
    });
    return text;
}

void insertSorted(std::vector<NodeIndex>& list, NodeIndex node)
{
    const auto at = std::lower_bound(list.begin(), list.end(), node);
    if (at == list.end() || *at != node) {
        list.insert(at, node);
    }
}

void eraseSorted(std::vector<NodeIndex>& list, NodeIndex node)
{
    const auto at = std::lower_bound(list.begin(), list.end(), node);
    if (at != list.end() && *at == node) {
        list.erase(at);
    }
}

} // namespace

CanvasStage::CanvasStage(std::unique_ptr<layout::Layout> layout, layout::LayoutWorker::Wake wake)
    : m_worker(std::move(layout), std::move(wake))
{
}

void CanvasStage::advance(const graph::GraphDelta& delta,
                          const graph::ProcessGraph& graph,
                          const trace::TermTable& terms,
                          scene::FrameTime now)
{
    if (delta.reset) {
        m_worker.reset(layout::Topology::of(graph));
    } else if (!delta.born.empty() || !delta.died.empty() || !delta.links.empty()) {
        m_worker.apply(layout::TopologyChange::of(delta, graph));
    }
    m_choreography.apply(delta, graph, now);
    if (hovered != graph::noNode && hovered >= graph.size()) {
        hovered = graph::noNode;
    }
    if (searching()) {
        updateMatches(delta, graph, terms);
    }
}

void CanvasStage::forget()
{
    m_worker.forget();
    m_target.clear();
    m_shown.clear();
    m_pinned.clear();
    m_matches.clear();
    m_choreography.clear();
    m_scene.forgetLabels();
    selected = graph::noNode;
    secondary = graph::noNode;
    hovered = graph::noNode;
    m_moving = false;
}

void CanvasStage::setLayout(std::unique_ptr<layout::Layout> layout)
{
    m_worker.setLayout(std::move(layout));
}

void CanvasStage::arrangeAnew(const graph::ProcessGraph& graph,
                              std::unique_ptr<layout::Layout> layout)
{
    for (const NodeIndex node : m_pinned) {
        m_worker.pin(node, std::nullopt);
    }
    m_pinned.clear();
    m_worker.setLayout(std::move(layout));
    m_worker.reset(layout::Topology::of(graph));
}

bool CanvasStage::moveTo(scene::FrameTime now)
{
    if (m_worker.takePositions(m_target) && !m_moving) {
        m_moving = true;
        m_movedAt = now;
    }
    if (!m_moving) {
        return false;
    }
    if (m_reducedMotion) {
        snap();
        return false;
    }
    const std::size_t known = std::min(m_shown.size(), m_target.size());
    m_shown.resize(m_target.size());
    std::copy(m_target.begin() + static_cast<std::ptrdiff_t>(known),
              m_target.end(),
              m_shown.begin() + static_cast<std::ptrdiff_t>(known)); // births: beside their parent
    const auto elapsed = static_cast<float>(std::max<std::int64_t>((now - m_movedAt).ns, 0));
    const float part = 1.0F - std::exp(-elapsed / approachNs);
    m_movedAt = now;
    const float stillness = 0.2F / m_camera.at(now).scale; // a fifth of a pixel
    float farthest = 0.0F;
    for (std::size_t i = 0; i < known; ++i) {
        const float dx = m_target[i].x - m_shown[i].x;
        const float dy = m_target[i].y - m_shown[i].y;
        m_shown[i].x += dx * part;
        m_shown[i].y += dy * part;
        farthest = std::max({farthest, std::abs(dx), std::abs(dy)});
    }
    if (farthest < stillness) {
        snap();
    }
    return m_moving;
}

void CanvasStage::snap()
{
    m_worker.takePositions(m_target);
    m_shown = m_target;
    m_moving = false;
}

void CanvasStage::pin(NodeIndex node, layout::Point at)
{
    insertSorted(m_pinned, node);
    m_worker.pin(node, at);
    if (node < m_shown.size()) {
        m_shown[node] = at; // under the pointer at once
    }
    if (node < m_target.size()) {
        m_target[node] = at;
    }
}

void CanvasStage::unpin(NodeIndex node)
{
    eraseSorted(m_pinned, node);
    m_worker.pin(node, std::nullopt);
}

bool CanvasStage::pinned(NodeIndex node) const
{
    return std::binary_search(m_pinned.begin(), m_pinned.end(), node);
}

void CanvasStage::fit(const scene::Margins& margins, scene::FrameTime now, base::Duration glide)
{
    // Where things will stand, not where they are passing.
    const std::vector<layout::Point>& places = m_target.empty() ? m_shown : m_target;
    if (const auto bounds = scene::boundsOf(places)) {
        m_camera.fit(
            *bounds, margins, now, m_choreography.reducedMotion() ? base::Duration{} : glide);
    }
}

bool CanvasStage::wantsFit(const scene::Margins& margins, scene::FrameTime now) const
{
    const auto bounds = scene::boundsOf(m_target);
    if (!bounds) {
        return false;
    }
    scene::Camera fitted = m_camera;
    fitted.fit(*bounds, margins, now, base::Duration{});
    const scene::Projection best = fitted.target();
    const scene::Projection current = m_camera.target();
    const scene::Vec2 low = current.toScreen(bounds->min);
    const scene::Vec2 high = current.toScreen(bounds->max);
    constexpr float slack = 24.0F;
    const bool outside = low.x < margins.left - slack || low.y < margins.top - slack
        || high.x > current.viewport.x - margins.right + slack
        || high.y > current.viewport.y - margins.bottom + slack;
    constexpr float muchLarger = 1.35F;
    return outside || best.scale > current.scale * muchLarger;
}

void CanvasStage::setReducedMotion(bool reduced)
{
    m_reducedMotion = reduced;
    m_choreography.setReducedMotion(reduced);
}

bool CanvasStage::matchesSearch(const graph::ProcessNode& node, const trace::TermTable& terms) const
{
    return lower(graph::shortLabel(node, terms)).find(m_search) != std::string::npos
        || lower(graph::pidText(node.key)).find(m_search) != std::string::npos;
}

void CanvasStage::setSearch(std::string text,
                            const graph::ProcessGraph& graph,
                            const trace::TermTable& terms)
{
    m_search = lower(std::move(text));
    m_matches.clear();
    if (m_search.empty()) {
        return;
    }
    for (NodeIndex node = 0; node < graph.size(); ++node) {
        if (matchesSearch(graph.node(node), terms)) {
            m_matches.push_back(node);
        }
    }
}

void CanvasStage::updateMatches(const graph::GraphDelta& delta,
                                const graph::ProcessGraph& graph,
                                const trace::TermTable& terms)
{
    if (delta.reset) {
        setSearch(m_search, graph, terms);
        return;
    }
    const auto check = [&](NodeIndex node) {
        if (matchesSearch(graph.node(node), terms)) {
            insertSorted(m_matches, node);
        } else {
            eraseSorted(m_matches, node);
        }
    };
    std::for_each(delta.born.begin(), delta.born.end(), check);
    std::for_each(delta.changed.begin(), delta.changed.end(), check);
}

void CanvasStage::build(const graph::ProcessGraph& graph,
                        const trace::TermTable& terms,
                        base::Timestamp playhead,
                        scene::FrameTime now)
{
    scene::SceneInput input;
    input.graph = &graph;
    input.terms = &terms;
    input.positions = m_shown;
    input.projection = m_camera.at(now);
    input.theme = theme;
    input.choreography = &m_choreography;
    input.playhead = playhead;
    input.now = now;
    input.selected = selected < graph.size() ? selected : graph::noNode;
    input.hovered = hovered;
    input.searching = searching();
    input.matches = m_matches;
    input.pinned = m_pinned;
    input.options = options;
    m_scene.build(input, m_drawList);
    m_hitsStale = true;
    ringSecondary();
}

void CanvasStage::ringSecondary()
{
    // The second of a pair wears a double thin ring, the first a single bold one.
    if (const scene::DrawList::Hit* hit = hitOf(secondary)) {
        for (const float away : {5.0F, 8.0F}) {
            m_drawList.overlayMarks.push_back({hit->center,
                                               hit->radius + away,
                                               1.0F,
                                               theme->selection,
                                               {0, 0, 0, 0},
                                               scene::Shape::Circle});
        }
    }
}

NodeIndex CanvasStage::nodeAt(scene::Vec2 point) const
{
    if (m_hitsStale) {
        m_hits.rebuild(m_drawList.hits);
        m_hitsStale = false;
    }
    return m_hits.at(point);
}

const scene::DrawList::Hit* CanvasStage::hitOf(NodeIndex node) const
{
    if (node == graph::noNode) {
        return nullptr;
    }
    const auto found = std::find_if(m_drawList.hits.begin(),
                                    m_drawList.hits.end(),
                                    [node](const auto& hit) { return hit.node == node; });
    return found == m_drawList.hits.end() ? nullptr : &*found;
}

NodeIndex CanvasStage::neighbour(NodeIndex from, scene::Vec2 direction) const
{
    const scene::DrawList::Hit* start = hitOf(from);
    if (start == nullptr) {
        return graph::noNode;
    }
    NodeIndex best = graph::noNode;
    float bestCost = std::numeric_limits<float>::max();
    for (const scene::DrawList::Hit& hit : m_drawList.hits) {
        const float dx = hit.center.x - start->center.x;
        const float dy = hit.center.y - start->center.y;
        const float ahead = dx * direction.x + dy * direction.y;
        const float aside = std::abs(dx * direction.y - dy * direction.x);
        constexpr float leastStep = 2.0F;
        if (hit.node == from || ahead < leastStep || aside > 2.0F * ahead) {
            continue;
        }
        const float cost = ahead + 2.0F * aside; // straight on before near
        if (cost < bestCost) {
            bestCost = cost;
            best = hit.node;
        }
    }
    return best;
}

} // namespace exitwave::views
