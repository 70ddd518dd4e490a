#include "gui/views/canvas/legend.h"

#include "gui/scene/node_style.h"
#include "gui/views/canvas/imgui_signs.h"

#include <imgui.h>

#include <array>
#include <cstddef>

namespace exitwave::views {

namespace {

/// What a row's sign is; drawn by `drawEntrySign`.
enum class Sign {
    Supervisor,
    Running,
    Waiting,
    Traps,
    Crashed,
    Killed,
    Ended,
    Signal,
    Parent,
    Link,
    Monitor
};

struct Entry
{
    Sign sign;
    const char* name;
    const char* sentence;
};

constexpr std::array<Entry, 11> entries{{
    {Sign::Supervisor,
     "supervisor",
     "A supervisor starts processes and starts them again when they die."},
    {Sign::Running, "running", "A running process has work to do."},
    {Sign::Waiting, "waiting", "A waiting process sleeps until a message arrives."},
    {Sign::Traps, "traps exits", "Who traps exits gets an exit signal as a message and lives."},
    {Sign::Crashed, "crashed", "A crashed process died of an error, its own or a linked one's."},
    {Sign::Killed, "killed", "A killed process was told to exit by another one."},
    {Sign::Ended, "ended", "An ended process did its work and exited normally."},
    {Sign::Signal, "exit signal", "An exit signal carries the reason of a death to those linked."},
    {Sign::Parent, "started by", "A thin line leads from a process to those that it started."},
    {Sign::Link,
     "link: they die together",
     "A link works both ways: when one dies, the other gets an exit signal."},
    {Sign::Monitor,
     "monitor: only told",
     "A monitor points at whom it watches: it is only told of the death."},
}};
constexpr const char* whole
    = "An exit signal travels along links. Who does not trap exits dies of it.";

bool isLine(Sign sign)
{
    return sign == Sign::Parent || sign == Sign::Link || sign == Sign::Monitor;
}

scene::Line lineOf(Sign sign, const scene::Theme& theme, scene::Vec2 from, scene::Vec2 to)
{
    scene::Line line;
    line.from = from;
    line.to = to;
    if (sign == Sign::Link) {
        line.color = theme.link;
        line.width = 2.5F;
        line.stroke = scene::Stroke::Dashed;
    } else if (sign == Sign::Monitor) {
        line.color = theme.monitor;
        line.width = 1.5F;
        line.stroke = scene::Stroke::Dotted;
        line.arrow = true;
    } else {
        line.color = theme.parent;
        line.width = 2.0F;
    }
    return line;
}

void drawNodeSign(ImDrawList& list, Sign sign, const scene::Theme& theme, scene::Vec2 at)
{
    constexpr float radius = 7.0F;
    switch (sign) {
    case Sign::Supervisor:
        drawSign(list, scene::markOf(scene::Look::Supervisor, theme, at, radius));
        break;
    case Sign::Running:
        drawSign(list, scene::markOf(scene::Look::Running, theme, at, radius));
        break;
    case Sign::Waiting:
        drawSign(list, scene::markOf(scene::Look::Waiting, theme, at, radius));
        break;
    case Sign::Traps: {
        const scene::Vec2 lower{at.x, at.y + 2.0F};
        constexpr float small = 5.5F;
        drawSign(list, scene::markOf(scene::Look::Running, theme, lower, small));
        drawSign(list, scene::shieldMark(theme, lower, small));
        break;
    }
    case Sign::Crashed:
        drawSign(list, scene::markOf(scene::Look::Crashed, theme, at, radius));
        break;
    case Sign::Killed:
        drawSign(list, scene::markOf(scene::Look::Killed, theme, at, radius));
        break;
    case Sign::Ended:
        drawSign(list, scene::markOf(scene::Look::Ended, theme, at, radius));
        break;
    case Sign::Signal:
        for (const float step : {-6.0F, -1.0F, 4.0F}) {
            const float opacity = (step + 8.0F) / 12.0F;
            drawSign(list,
                     {{at.x + step, at.y},
                      4.0F,
                      0.0F,
                      scene::faded(theme.crashed, opacity),
                      {0, 0, 0, 0},
                      scene::Shape::Bead});
        }
        break;
    case Sign::Parent:
    case Sign::Link:
    case Sign::Monitor:
        break;
    }
}

/// One sign with its name at the cursor; its size. True when the pointer is on it.
bool drawEntry(const Entry& entry, const scene::Theme& theme, ImVec2 size)
{
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    ImGui::Dummy(size);
    const bool hovered = ImGui::IsItemHovered();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float middle = origin.y + size.y / 2.0F;
    float textAt = 0.0F;
    if (isLine(entry.sign)) {
        constexpr float length = 30.0F;
        drawSignLine(list,
                     lineOf(entry.sign, theme, {origin.x, middle}, {origin.x + length, middle}));
        textAt = length + 8.0F;
    } else {
        constexpr float half = 8.0F;
        drawNodeSign(list, entry.sign, theme, {origin.x + half, middle});
        textAt = 2.0F * half + 8.0F;
    }
    const float high = ImGui::GetTextLineHeight();
    list.AddText({origin.x + textAt, middle - high / 2.0F}, imColor(theme.text), entry.name);
    return hovered;
}

float entryWidth(const Entry& entry)
{
    return ImGui::CalcTextSize(entry.name).x + (isLine(entry.sign) ? 38.0F : 24.0F);
}

} // namespace

void drawLegend(const scene::Theme& theme, float width)
{
    constexpr float rowHeight = 22.0F;
    constexpr float spacing = 20.0F;
    constexpr float column = 110.0F; // signs of processes stand under one another
    const char* sentence = whole;
    float used = 0.0F;
    bool lines = false;
    for (const Entry& entry : entries) {
        const float wide = entryWidth(entry);
        const bool firstLine = isLine(entry.sign) && !lines;
        lines = isLine(entry.sign);
        if (used > 0.0F && used + wide <= width && !firstLine) {
            ImGui::SameLine(ImGui::GetStyle().WindowPadding.x + used);
        } else {
            used = 0.0F;
        }
        if (drawEntry(entry, theme, {wide, rowHeight})) {
            sentence = entry.sentence;
        }
        used += lines ? wide + spacing : column;
    }
    ImGui::PushStyleColor(ImGuiCol_Text, imColorVec(theme.secondary));
    ImGui::TextUnformatted(sentence);
    ImGui::PopStyleColor();
}

} // namespace exitwave::views
