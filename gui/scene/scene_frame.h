// SceneFrame: what the parts of one frame share while Scene::build makes it.
#pragma once

#include "gui/scene/node_style.h"
#include "gui/scene/scene.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace exitwave::scene {

/// What is known of a process until its name changes: texts are not made anew for every frame.
struct NodeText
{
    trace::ProcessKey key;
    trace::TermId name;
    trace::TermId spawnInfo;
    bool known = false;
    bool supervisor = false;
    bool pidOnly = false; ///< it has no better name than its pid
    std::string label;
};

/// A rectangle on the screen, logical pixels.
struct ScreenRect
{
    float left = 0.0F;
    float top = 0.0F;
    float right = 0.0F;
    float bottom = 0.0F;
};

/// A process as this frame shows it.
struct ShownNode
{
    NodeIndex node = graph::noNode;
    Vec2 center;
    float radius = 0.0F; ///< of its mark
    Look look{};
    bool shownDead = false;
    bool shield = false;
    bool dimmed = false;
};

/// One frame in the making. Lives on the stack of Scene::build; thread: the scene's owner.
///
///   place() -> edges -> nodes -> effects -> labels
struct SceneFrame
{
    const SceneInput& in;
    DrawList& out;
    const TextWidth& textWidth;
    std::vector<NodeText>& texts; ///< by NodeIndex, kept over frames
    std::vector<Vec2>& screen; ///< by NodeIndex, kept for its memory
    std::vector<ShownNode>& shown; ///< those inside the view
    const std::vector<std::pair<NodeIndex, NodeIndex>>& links; ///< a < b, ordered
    std::unordered_set<NodeIndex>& labelled; ///< in the last frame; replaced by this one's

    float radius = 0.0F; ///< of an ordinary process
    bool shapes = false; ///< near enough for shapes; else dots
    bool detailed = false; ///< near enough for open ends
    bool parallel = false; ///< near enough for a link beside its parent line

    // scene.cpp
    void prepare();
    [[nodiscard]] const NodeText& text(NodeIndex node);
    [[nodiscard]] bool inView(Vec2 at, float margin) const;
    [[nodiscard]] bool lineInView(Vec2 a, Vec2 b) const;
    [[nodiscard]] bool shownDead(NodeIndex node) const;
    [[nodiscard]] Look lookNow(NodeIndex node);
    [[nodiscard]] bool dimmed(NodeIndex node) const;
    [[nodiscard]] float radiusOf(NodeIndex node) const;
    // scene_edges.cpp
    void drawParents();
    void drawLinks();
    void drawMonitors();
    void drawFatalSignals();
    // scene_nodes.cpp
    void drawNodes();
    void drawDots();
    void drawRings();
    // scene_effects.cpp
    void drawEffects();
    // scene_labels.cpp
    void drawLabels();

    struct Ends
    {
        Vec2 from;
        Vec2 to;
        bool visible = false;
    };
    /// The line between two nodes from rim to rim, moved sideways by `offset` pixels (to the same
    /// side whichever end comes first).
    [[nodiscard]] Ends between(NodeIndex from, NodeIndex to, float offset) const;
    /// How far beside the middle the link of two processes runs: it makes room for a parent line.
    [[nodiscard]] float linkOffset(NodeIndex a, NodeIndex b) const;
    [[nodiscard]] float rimOf(NodeIndex node) const;
    [[nodiscard]] bool parentAndChild(NodeIndex a, NodeIndex b) const;
    [[nodiscard]] bool linked(NodeIndex a, NodeIndex b) const;
    [[nodiscard]] bool touched(NodeIndex node) const
    {
        return node != graph::noNode && (node == in.selected || node == in.hovered);
    }
    /// Pills that effects want; placed before all other labels.
    std::vector<Label> pills{};
};

} // namespace exitwave::scene
