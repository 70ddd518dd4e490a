// What happens in a frame: flashes, exit signals under way, signals landing in shields, messages.
#include "gui/graph/describe.h"
#include "gui/scene/scene_frame.h"

#include <algorithm>
#include <cmath>

namespace exitwave::scene {

using graph::noNode;

namespace {

constexpr float beadRadius = 6.0F;
constexpr float fromOutside
    = 90.0F; // pixels above its receiver where a signal from outside sets out
constexpr std::size_t pillBudget = 24;
constexpr std::size_t pillCharacters = 28;

Mark bead(Vec2 at, float radius, Color color)
{
    Mark mark;
    mark.center = at;
    mark.radius = radius;
    mark.color = color;
    mark.fill = {0, 0, 0, 0};
    mark.shape = Shape::Bead;
    return mark;
}

Mark circle(Vec2 at, float radius, float width, Color color)
{
    Mark mark = bead(at, radius, color);
    mark.width = width;
    mark.shape = Shape::Circle;
    return mark;
}

Vec2 along(Vec2 from, Vec2 to, float part)
{
    return {from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part};
}

std::string shortened(std::string text)
{
    if (text.size() <= pillCharacters)
        return text;
    std::size_t end = pillCharacters;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end) + "…";
}

Label pill(const Theme& theme, Vec2 at, std::string text, Color accent)
{
    Label label;
    label.at = at;
    label.text = std::move(text);
    label.color = accent;
    label.size = 12.0F;
    label.font = FontKind::TextBold;
    label.fill = mixed(theme.canvas, accent, 0.14F);
    label.border = accent;
    label.padding = 6.0F;
    return label;
}

/// Draws the effects of one frame. Lives as long as drawEffects.
class Effects
{
public:
    explicit Effects(SceneFrame& frame) : m_frame(frame) {}

    void flashes();
    void trails();
    void beads();
    void landings();
    void messages();

private:
    struct Way
    {
        Vec2 from;
        Vec2 to;
        bool visible = false;
    };
    [[nodiscard]] Way wayOf(NodeIndex from, NodeIndex to, bool overLink) const;
    [[nodiscard]] Color accentOf(trace::SignalOrigin origin) const
    {
        return origin == trace::SignalOrigin::Kill ? m_frame.in.theme->killed
                                                   : m_frame.in.theme->crashed;
    }
    void drawBead(const Choreography::Bead& signal);

    SceneFrame& m_frame;
};

Effects::Way Effects::wayOf(NodeIndex from, NodeIndex to, bool overLink) const
{
    if (to == noNode || to >= m_frame.screen.size())
        return {};
    if (from == noNode || from == to || from >= m_frame.screen.size()) {
        const Vec2 end = m_frame.screen[to];
        return {{end.x, end.y - fromOutside},
                {end.x, end.y - m_frame.radius - 2.0F},
                m_frame.inView(end, fromOutside)};
    }
    const float offset = overLink ? m_frame.linkOffset(from, to) : 0.0F;
    const SceneFrame::Ends ends = m_frame.between(from, to, offset);
    return {ends.from, ends.to, ends.visible};
}

void Effects::flashes()
{
    for (const Choreography::Flash& flash : m_frame.in.choreography->flashes(m_frame.in.now)) {
        if (flash.node >= m_frame.screen.size()
            || !m_frame.inView(m_frame.screen[flash.node], 60.0F))
            continue;
        const Vec2 at = m_frame.screen[flash.node];
        for (const float delay : {0.0F, 0.25F}) {
            const float part = std::clamp((flash.part - delay) / (1.0F - delay), 0.0F, 1.0F);
            if (part <= 0.0F && delay > 0.0F)
                continue;
            m_frame.out.overlayMarks.push_back(
                circle(at,
                       m_frame.radius + 5.0F + 22.0F * easeOut(part),
                       2.0F,
                       faded(m_frame.in.theme->crashed, 1.0F - part)));
        }
    }
}

void Effects::trails()
{
    for (const Choreography::Trail& trail : m_frame.in.choreography->trails(m_frame.in.now)) {
        const Way way = wayOf(trail.from, trail.to, true);
        if (!way.visible || trail.from == noNode)
            continue;
        Line line;
        line.from = way.from;
        line.to = way.to;
        line.color = faded(m_frame.in.theme->crashed, trail.strength);
        line.width = 3.0F;
        m_frame.out.overlayLines.push_back(line);
    }
}

void Effects::drawBead(const Choreography::Bead& signal)
{
    const bool overLink = signal.origin == trace::SignalOrigin::Link
        || signal.origin == trace::SignalOrigin::Noproc;
    const Way way = wayOf(signal.from, signal.to, overLink);
    if (!way.visible)
        return;
    const Theme& theme = *m_frame.in.theme;
    const Color accent = accentOf(signal.origin);
    Line line;
    line.from = way.from;
    line.to = way.to;
    line.width = 1.75F;
    line.stroke = overLink ? Stroke::Dashed : Stroke::Solid;
    line.color = overLink ? theme.link : faded(accent, 0.4F);
    // The link may be gone from the graph by now: it stays in the picture while its signal travels.
    const bool drawn = overLink && m_frame.in.options.links && signal.from != noNode
        && m_frame.linked(signal.from, signal.to);
    if (!drawn)
        m_frame.out.overlayLines.push_back(line);
    if (!signal.started)
        return;
    line.to = along(way.from, way.to, signal.fraction);
    line.stroke = Stroke::Solid;
    line.width = 2.5F;
    line.color = faded(accent, 0.75F);
    m_frame.out.overlayLines.push_back(line);

    const float length = std::hypot(way.to.x - way.from.x, way.to.y - way.from.y);
    const float gap = length > 1.0F ? 11.0F / length : 1.0F;
    for (int i = 3; i >= 1; --i) {
        const float part = signal.fraction - gap * static_cast<float>(i);
        if (part > 0.0F)
            m_frame.out.overlayMarks.push_back(
                bead(along(way.from, way.to, part),
                     beadRadius - 0.8F * static_cast<float>(i),
                     faded(accent, 0.62F - 0.16F * static_cast<float>(i))));
    }
    const Vec2 at = along(way.from, way.to, signal.fraction);
    m_frame.out.overlayMarks.push_back(bead(at, beadRadius, accent));

    if (m_frame.pills.size() >= pillBudget) {
        ++m_frame.out.droppedLabels;
        return;
    }
    const std::string reason = graph::shortReason(m_frame.in.terms->at(signal.reason));
    Label label = pill(theme, {at.x, at.y - 24.0F}, "EXIT " + shortened(reason), accent);
    if (std::abs(way.to.y - way.from.y) > std::abs(way.to.x - way.from.x)) {
        label.at = {at.x + 20.0F, at.y}; // beside a steep way, not on it
        label.align = Align::Left;
    }
    m_frame.pills.push_back(std::move(label));
}

void Effects::beads()
{
    for (const Choreography::Bead& signal :
         m_frame.in.choreography->beads(*m_frame.in.graph, m_frame.in.playhead, m_frame.in.now))
        drawBead(signal);
}

void Effects::landings()
{
    const Theme& theme = *m_frame.in.theme;
    for (const Choreography::Landing& landing : m_frame.in.choreography->landings(m_frame.in.now)) {
        if (landing.node >= m_frame.screen.size()
            || !m_frame.inView(m_frame.screen[landing.node], 60.0F))
            continue;
        const Vec2 at = m_frame.screen[landing.node];
        if (landing.pulse < 1.0F) {
            const float grown
                = m_frame.radiusOf(landing.node) * (1.0F + 0.9F * easeOut(landing.pulse));
            Mark shield = shieldMark(theme, at, grown);
            shield.width = 4.0F * (1.0F - landing.pulse) + 1.0F;
            shield.color = faded(theme.traps, 1.0F - landing.pulse);
            m_frame.out.overlayMarks.push_back(shield);
        }
        if (m_frame.pills.size() >= pillBudget) {
            ++m_frame.out.droppedLabels;
            continue;
        }
        const std::string from = landing.from == noNode
            ? "outside"
            : graph::pidText(m_frame.in.graph->node(landing.from).key);
        Label caption = pill(
            theme, {at.x, at.y - m_frame.radius - 26.0F}, "{:EXIT, " + from + ", …}", theme.traps);
        caption.font = FontKind::Mono;
        caption.size = 11.0F;
        m_frame.pills.push_back(std::move(caption));
    }
}

void Effects::messages()
{
    for (const Choreography::Dart& dart : m_frame.in.choreography->darts(m_frame.in.now)) {
        const Way way = wayOf(dart.from, dart.to, false);
        if (!way.visible)
            continue;
        m_frame.out.overlayMarks.push_back(
            bead(along(way.from, way.to, easeOut(dart.fraction)), 3.0F, m_frame.in.theme->message));
    }
}

} // namespace

void SceneFrame::drawEffects()
{
    if (in.choreography == nullptr)
        return;
    Effects effects(*this);
    effects.trails();
    effects.beads();
    effects.flashes();
    effects.landings();
    if (in.options.messages)
        effects.messages();
}

} // namespace exitwave::scene
