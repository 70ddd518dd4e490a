// CanvasStage: what the canvas shows, without any widget: layout, places on their way, camera,
// choreography, selection and search.
#pragma once

#include "gui/graph/process_graph.h"
#include "gui/layout/layout.h"
#include "gui/layout/layout_worker.h"
#include "gui/scene/camera.h"
#include "gui/scene/choreography.h"
#include "gui/scene/draw_list.h"
#include "gui/scene/hit_index.h"
#include "gui/scene/minimap.h"
#include "gui/scene/scene.h"
#include "gui/scene/theme.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace exitwave::views {

using graph::NodeIndex;

/// Everything a frame is made from, apart from the graph itself.
/// Thread: GUI thread; the layout runs on its worker.
class CanvasStage
{
public:
    /// `wake` is called on the layout's thread when there are new places to take.
    CanvasStage(std::unique_ptr<layout::Layout> layout, layout::LayoutWorker::Wake wake);

    // The graph ---------------------------------------------------------------------------------
    /// What the playhead's move changed; `graph` is the state after it.
    void advance(const graph::GraphDelta& delta,
                 const graph::ProcessGraph& graph,
                 const trace::TermTable& terms,
                 scene::FrameTime now);
    /// Another trace: forgets places, pins, effects, selection.
    void forget();

    // Places ------------------------------------------------------------------------------------
    void setLayout(std::unique_ptr<layout::Layout> layout);
    /// Lets go of all pins and places everything anew.
    void arrangeAnew(const graph::ProcessGraph& graph, std::unique_ptr<layout::Layout> layout);
    /// Takes what the layout published, and moves what is shown towards it. True while it moves.
    bool moveTo(scene::FrameTime now);
    /// Everything stands where the layout wants it.
    void snap();
    [[nodiscard]] bool layoutSettled() const { return m_worker.settled(); }
    [[nodiscard]] bool moving() const { return m_moving; }
    /// Where processes are shown, by NodeIndex; may be shorter than the graph.
    [[nodiscard]] std::span<const layout::Point> positions() const { return m_shown; }
    void pin(NodeIndex node, layout::Point at);
    void unpin(NodeIndex node);
    [[nodiscard]] bool pinned(NodeIndex node) const;

    // Camera ------------------------------------------------------------------------------------
    [[nodiscard]] scene::Camera& camera() { return m_camera; }
    [[nodiscard]] const scene::Camera& camera() const { return m_camera; }
    /// Shows all that is placed.
    void fit(const scene::Margins& margins, scene::FrameTime now, base::Duration glide);
    /// True when what is placed has outgrown the view, or fills much less of it than it could.
    [[nodiscard]] bool wantsFit(const scene::Margins& margins, scene::FrameTime now) const;

    // Interaction -------------------------------------------------------------------------------
    NodeIndex selected = graph::noNode;
    NodeIndex secondary = graph::noNode;
    NodeIndex hovered = graph::noNode;
    scene::SceneOptions options;
    const scene::Theme* theme = &scene::Theme::darkTheme();

    /// Marks processes whose name or pid contains `text`, whatever the case; empty: no search.
    void
    setSearch(std::string text, const graph::ProcessGraph& graph, const trace::TermTable& terms);
    [[nodiscard]] bool searching() const { return !m_search.empty(); }
    [[nodiscard]] std::span<const NodeIndex> matches() const { return m_matches; }
    void setReducedMotion(bool reduced);
    [[nodiscard]] scene::Choreography& choreography() { return m_choreography; }
    [[nodiscard]] const scene::Choreography& choreography() const { return m_choreography; }

    // Frames ------------------------------------------------------------------------------------
    /// Builds the draw list of `now`.
    void build(const graph::ProcessGraph& graph,
               const trace::TermTable& terms,
               base::Timestamp playhead,
               scene::FrameTime now);
    [[nodiscard]] const scene::DrawList& drawList() const { return m_drawList; }
    /// The process under a point of the last frame; noNode: none.
    [[nodiscard]] NodeIndex nodeAt(scene::Vec2 point) const;
    /// The sign of a process in the last frame; nullptr when it was not drawn.
    [[nodiscard]] const scene::DrawList::Hit* hitOf(NodeIndex node) const;
    /// The process from `from` that comes next in a direction of the screen; noNode: none.
    [[nodiscard]] NodeIndex neighbour(NodeIndex from, scene::Vec2 direction) const;
    void setTextWidth(scene::TextWidth width) { m_scene.setTextWidth(std::move(width)); }

private:
    [[nodiscard]] bool matchesSearch(const graph::ProcessNode& node,
                                     const trace::TermTable& terms) const;
    void updateMatches(const graph::GraphDelta& delta,
                       const graph::ProcessGraph& graph,
                       const trace::TermTable& terms);
    void ringSecondary();

    layout::LayoutWorker m_worker;
    std::vector<layout::Point> m_target;
    std::vector<layout::Point> m_shown;
    std::vector<NodeIndex> m_pinned; // ascending
    scene::FrameTime m_movedAt;
    bool m_moving = false;
    bool m_reducedMotion = false;
    scene::Camera m_camera;
    scene::Choreography m_choreography;
    scene::Scene m_scene;
    scene::DrawList m_drawList;
    mutable scene::HitIndex m_hits;
    mutable bool m_hitsStale = true; // rebuilt only when something is picked
    std::string m_search; // lower case
    std::vector<NodeIndex> m_matches; // ascending
};

} // namespace exitwave::views
