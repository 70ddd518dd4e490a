// The words of a frame: names, what became of whom, pills; none over another.
#include "gui/graph/describe.h"
#include "gui/scene/scene_frame.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace exitwave::scene {

using graph::noNode;

namespace {

constexpr float nameSize = 12.0F;
constexpr float captionSize = 11.0F;
constexpr float lineStep = 15.0F;
constexpr float labelRadius = 5.5F; // smaller nodes are labelled only when they matter
constexpr float pidRadius = 9.0F; // mere pids only when there is room
constexpr std::size_t nameCharacters = 26;
constexpr std::size_t captionCharacters = 34;
constexpr int hysteresis = 60; // what was labelled is preferred by so much

std::string elided(const std::string& text, std::size_t characters)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U)
            continue;
        if (count == characters - 1 && i + 1 < text.size())
            return text.substr(0, i) + "…";
        ++count;
    }
    return text;
}

/// Which parts of the screen are written on. A coarse grid of lists; thread: the frame's.
class Occupied
{
public:
    explicit Occupied(Vec2 viewport)
        : m_columns(static_cast<int>(viewport.x / cell) + 3)
        , m_rows(static_cast<int>(viewport.y / cell) + 3)
        , m_cells(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows))
    {
    }

    [[nodiscard]] bool free(const ScreenRect& rect) const
    {
        bool free = true;
        forCells(rect, [&](std::size_t index) {
            for (const ScreenRect& other : m_cells[index])
                free = free
                    && (rect.right <= other.left || rect.left >= other.right
                        || rect.bottom <= other.top || rect.top >= other.bottom);
        });
        return free;
    }
    void take(const ScreenRect& rect)
    {
        forCells(rect, [&](std::size_t index) { m_cells[index].push_back(rect); });
    }

private:
    static constexpr float cell = 48.0F;
    template<typename Visit>
    void forCells(const ScreenRect& rect, const Visit& visit) const
    {
        const auto clampTo = [](float value, int count) {
            return static_cast<int>(
                std::clamp(value / cell + 1.0F, 0.0F, static_cast<float>(count - 1)));
        };
        for (int y = clampTo(rect.top, m_rows); y <= clampTo(rect.bottom, m_rows); ++y) {
            for (int x = clampTo(rect.left, m_columns); x <= clampTo(rect.right, m_columns); ++x)
                visit(static_cast<std::size_t>(y) * static_cast<std::size_t>(m_columns)
                      + static_cast<std::size_t>(x));
        }
    }

    int m_columns;
    int m_rows;
    std::vector<std::vector<ScreenRect>> m_cells;
};

enum class Side : std::uint8_t { Below, Above, Right };

struct Caption
{
    std::string text;
    Color color;
};

struct Candidate
{
    int priority = 0;
    std::size_t shown = 0; // index into SceneFrame::shown
};

/// Places the labels of one frame. Lives as long as drawLabels.
class Labels
{
public:
    explicit Labels(SceneFrame& frame)
        : m_frame(frame)
        , m_taken(frame.in.projection.viewport)
        , m_marks(frame.in.projection.viewport)
    {
    }

    void noteMarks();
    void placePills();
    void placeNames();

private:
    [[nodiscard]] std::vector<Candidate> candidates();
    [[nodiscard]] int priorityOf(const ShownNode& shown);
    [[nodiscard]] Caption captionOf(const ShownNode& shown) const;
    bool placeName(const ShownNode& shown);
    [[nodiscard]] std::array<Side, 3> sidesFor(const ShownNode& shown) const;
    [[nodiscard]] Vec2 placeBeside(const ShownNode& shown, Side side, bool two) const;
    [[nodiscard]] ScreenRect rectOf(const Label& label) const;
    [[nodiscard]] bool free(const ScreenRect& rect, bool ofMarks) const
    {
        return m_taken.free(rect) && (!ofMarks || m_marks.free(rect));
    }

    SceneFrame& m_frame;
    Occupied m_taken; // words
    Occupied m_marks; // processes
};

ScreenRect Labels::rectOf(const Label& label) const
{
    const float width = m_frame.textWidth(label.text, label.size, label.font);
    const float left = label.align == Align::Center ? label.at.x - width / 2
        : label.align == Align::Left                ? label.at.x
                                                    : label.at.x - width;
    const float half = label.size * 0.62F;
    const float sides = label.border.a > 0 ? label.padding + 2.0F : label.padding;
    return {left - sides,
            label.at.y - half - label.padding,
            left + width + sides,
            label.at.y + half + label.padding};
}

/// Pills come first; one that would cover another, or a process, steps upwards.
void Labels::placePills()
{
    for (Label& pill : m_frame.pills) {
        const Vec2 wanted = pill.at;
        const float step = pill.size + 2 * pill.padding + 4.0F;
        for (int tries = 0; tries < 4 && !free(rectOf(pill), true); ++tries)
            pill.at.y -= step;
        if (!free(rectOf(pill), true))
            pill.at = wanted;
        for (int tries = 0; tries < 4 && !free(rectOf(pill), false); ++tries)
            pill.at.y -= step;
        if (!free(rectOf(pill), false)) {
            ++m_frame.out.droppedLabels;
            continue;
        }
        m_taken.take(rectOf(pill));
        m_frame.out.labels.push_back(std::move(pill));
    }
    m_frame.pills.clear();
}

int Labels::priorityOf(const ShownNode& shown)
{
    const graph::ProcessNode& node = m_frame.in.graph->node(shown.node);
    int priority = 0;
    if (shown.node == m_frame.in.selected)
        priority += 4000;
    if (shown.node == m_frame.in.hovered)
        priority += 3000;
    if (m_frame.in.searching && !shown.dimmed)
        priority += 2000;
    if (m_frame.in.choreography != nullptr && m_frame.in.choreography->deathTime(shown.node))
        priority += 800;
    if (shown.look == Look::Crashed || shown.look == Look::Killed)
        priority += 500;
    if (shown.shield)
        priority += 250;
    if (!m_frame.text(shown.node).pidOnly)
        priority += 200;
    priority += std::min<int>(100, static_cast<int>(node.childCount) * 10);
    return priority;
}

std::vector<Candidate> Labels::candidates()
{
    std::vector<Candidate> result;
    const bool ordinary = m_frame.radius >= labelRadius;
    for (std::size_t i = 0; i < m_frame.shown.size(); ++i) {
        const ShownNode& shown = m_frame.shown[i];
        const int priority = priorityOf(shown);
        const bool matters = priority >= 500 && m_frame.shapes;
        const bool asked = priority >= 2000;
        const bool room = ordinary && (m_frame.radius >= pidRadius || priority >= 10);
        if ((!room && !matters && !asked) || (shown.dimmed && !asked))
            continue;
        const int bonus = m_frame.labelled.count(shown.node) > 0 ? hysteresis : 0;
        result.push_back({priority + bonus, i});
    }
    std::sort(result.begin(), result.end(), [](const Candidate& a, const Candidate& b) {
        return a.priority != b.priority ? a.priority > b.priority : a.shown < b.shown;
    });
    return result;
}

Caption Labels::captionOf(const ShownNode& shown) const
{
    const SceneInput& in = m_frame.in;
    const graph::ProcessNode& node = in.graph->node(shown.node);
    if (!shown.shownDead) {
        if (!shown.shield)
            return {};
        std::string text = "traps exits";
        const std::uint32_t toCome = in.choreography == nullptr
            ? 0
            : in.choreography->exitMessagesToCome(shown.node, in.now);
        if (node.exitMessages > toCome)
            text += " · EXIT ×" + std::to_string(node.exitMessages - toCome);
        return {std::move(text), in.theme->traps};
    }
    const auto reason = [&] { return graph::shortReason(in.terms->at(node.reason)); };
    switch (node.death) {
    case graph::Death::Crash:
        if (node.exitKind == trace::ExitKind::Error)
            return {"raised “" + reason() + "”", in.theme->crashed};
        if (node.exitKind == trace::ExitKind::Throw)
            return {"threw " + reason(), in.theme->crashed};
        return {"exited: " + reason(), in.theme->crashed};
    case graph::Death::Victim:
        return {"linked, not trapping", in.theme->crashed};
    case graph::Death::Killed:
        if (node.exitKind == trace::ExitKind::Kill)
            return {"killed", in.theme->killed};
        return {"exit/2: " + reason(), in.theme->killed};
    case graph::Death::Normal:
    case graph::Death::None:
        break;
    }
    return {};
}

/// Below, as a rule; beside the links of a chain, which would run through a name below.
std::array<Side, 3> Labels::sidesFor(const ShownNode& shown) const
{
    if (m_frame.in.graph->node(shown.node).childCount == 1 && m_frame.detailed)
        return {Side::Right, Side::Below, Side::Above};
    return {Side::Below, Side::Above, Side::Right};
}

/// Where the name stands; a caption follows below it.
Vec2 Labels::placeBeside(const ShownNode& shown, Side side, bool two) const
{
    const float away = shown.radius + (shown.node == m_frame.in.selected ? 6.0F : 0.0F);
    switch (side) {
    case Side::Below:
        return {shown.center.x, shown.center.y + away + 11.0F};
    case Side::Above:
        return {shown.center.x,
                shown.center.y - away - (shown.shield ? 18.0F : 11.0F) - (two ? lineStep : 0.0F)};
    case Side::Right:
        break;
    }
    return {shown.center.x + away + (shown.shield ? 12.0F : 8.0F),
            shown.center.y - (two ? lineStep / 2 : 0.0F)};
}

/// Name and caption below the node, or elsewhere around it when there is no room; false when there
/// is none.
bool Labels::placeName(const ShownNode& shown)
{
    const Theme& theme = *m_frame.in.theme;
    const NodeText& text = m_frame.text(shown.node);
    const bool bold = shown.node == m_frame.in.selected;
    Label name;
    name.text = elided(text.label, nameCharacters);
    name.font = text.pidOnly ? FontKind::Mono : (bold ? FontKind::TextBold : FontKind::Text);
    name.size = text.pidOnly ? captionSize : nameSize;
    name.color = shown.shownDead || (text.pidOnly && !bold) ? theme.secondary : theme.text;
    // Edges that cross a name give way to it.
    name.fill = faded(theme.canvas, 0.8F);
    name.padding = 1.0F;
    const Caption caption = captionOf(shown);
    Label below = name;
    below.text = elided(caption.text, captionCharacters);
    below.font = FontKind::Text;
    below.size = captionSize;
    below.color = caption.color;

    const bool two = !caption.text.empty();
    // A name never covers a process, but that of one that is asked for.
    const bool clear = !m_frame.touched(shown.node);
    for (const Side side : sidesFor(shown)) {
        name.align = below.align = side == Side::Right ? Align::Left : Align::Center;
        name.at = placeBeside(shown, side, two);
        below.at = {name.at.x, name.at.y + lineStep};
        if (!free(rectOf(name), clear) || (two && !free(rectOf(below), clear)))
            continue;
        m_taken.take(rectOf(name));
        m_frame.out.labels.push_back(name);
        if (two) {
            m_taken.take(rectOf(below));
            m_frame.out.labels.push_back(below);
        }
        return true;
    }
    return false;
}

void Labels::noteMarks()
{
    if (!m_frame.shapes)
        return;
    for (const ShownNode& shown : m_frame.shown) {
        const float above = shown.radius + (shown.shield ? 5.0F : 1.0F);
        m_marks.take({shown.center.x - shown.radius,
                      shown.center.y - above,
                      shown.center.x + shown.radius,
                      shown.center.y + shown.radius});
    }
}

void Labels::placeNames()
{
    std::unordered_set<NodeIndex> labelled;
    std::size_t left = m_frame.in.options.labelBudget;
    for (const Candidate& candidate : candidates()) {
        const ShownNode& shown = m_frame.shown[candidate.shown];
        if (left > 0 && placeName(shown)) {
            --left;
            labelled.insert(shown.node);
        } else {
            ++m_frame.out.droppedLabels;
        }
    }
    m_frame.labelled.swap(labelled);
}

} // namespace

void SceneFrame::drawLabels()
{
    if (!in.options.labels)
        return;
    Labels labels(*this);
    labels.noteMarks();
    labels.placePills();
    labels.placeNames();
}

} // namespace exitwave::scene
