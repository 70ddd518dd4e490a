// Scene: makes one frame's DrawList of a graph, its positions and what the user is doing.
#pragma once

#include "gui/graph/process_graph.h"
#include "gui/layout/layout.h"
#include "gui/scene/camera.h"
#include "gui/scene/choreography.h"
#include "gui/scene/draw_list.h"
#include "gui/scene/theme.h"
#include "runtime/trace/term_table.h"

#include <functional>
#include <memory>
#include <span>
#include <string_view>

namespace exitwave::scene {

/// Width of one line of text in logical pixels.
using TextWidth = std::function<float(std::string_view text, float size, FontKind font)>;

struct SceneOptions
{
    bool messages = false;
    bool links = true;
    bool monitors = true;
    bool labels = true;
    std::size_t labelBudget = 250;
    std::size_t longLinkBudget = 3000; ///< links longer than a third of the view; nearest first
};

/// What a frame is made of. The pointers are not null except where said; they live as long as the
/// call.
struct SceneInput
{
    const graph::ProcessGraph* graph = nullptr;
    const trace::TermTable* terms = nullptr;
    std::span<const layout::Point>
        positions; ///< may lag behind the graph: who has none stands at its parent
    Projection projection;
    const Theme* theme = nullptr;
    const Choreography* choreography = nullptr; ///< nullptr: nothing is played
    base::Timestamp playhead; ///< trace time
    FrameTime now; ///< presentation time
    NodeIndex selected = graph::noNode;
    NodeIndex hovered = graph::noNode;
    bool searching = false; ///< dims all but `matches`
    std::span<const NodeIndex> matches; ///< ascending
    std::span<const NodeIndex> pinned; ///< ascending
    SceneOptions options;
};

/// Pure but for one thing: labels drawn in the last frame are preferred in the next, so that they
/// do not flicker; forgetLabels() drops that (call it when another trace is
/// opened). The same calls give the same DrawLists. Thread: one
/// owner (the canvas, or whoever makes a picture).
class Scene
{
public:
    Scene();
    ~Scene();
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    /// How the renderer measures text; without it a width is estimated, on the generous side.
    void setTextWidth(TextWidth width);
    /// Fills `out`, reusing its memory.
    void build(const SceneInput& input, DrawList& out);
    void forgetLabels();

    /// Radius in logical pixels of an ordinary process at this scale: 4 to 22 while it is drawn as
    /// a shape, less when it is a dot.
    [[nodiscard]] static float nodeRadius(float scale);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace exitwave::scene
