#include "gui/views/canvas/hud.h"

#include "gui/views/canvas/imgui_signs.h"
#include "gui/views/canvas/legend.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace exitwave::views {

namespace {

constexpr float margin = 16.0F;
const ImVec2 closedPadding{12.0F, 7.0F}; // of a panel that is only its title
constexpr ImGuiWindowFlags panelFlags = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize
    | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse
    | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing
    | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_AlwaysAutoResize;

std::string grouped(std::uint64_t number)
{
    return QLocale(QLocale::English).toString(static_cast<qulonglong>(number)).toStdString();
}

/// A row of the counters: what on the left, how much on the right, in digits of one width.
void counterRow(const HudInput& input,
                const char* what,
                const std::string& value,
                const scene::Color& color,
                float right)
{
    ImGui::PushStyleColor(ImGuiCol_Text, imColorVec(input.theme->secondary));
    ImGui::TextUnformatted(what);
    ImGui::PopStyleColor();
    ImGui::PushFont(input.fonts.mono);
    ImGui::SameLine(right - ImGui::CalcTextSize(value.c_str()).x);
    ImGui::PushStyleColor(ImGuiCol_Text, imColorVec(color));
    ImGui::TextUnformatted(value.c_str());
    ImGui::PopStyleColor();
    ImGui::PopFont();
}

void framePlot(const HudInput& input, float width)
{
    constexpr float height = 24.0F;
    const std::size_t count = input.frameTimes.size();
    if (count < 2) {
        return;
    }
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    ImGui::Dummy({width, height});
    // At least 8 ms high, so that a calm picture has a calm line.
    constexpr float usual = 8.0F;
    const float top
        = std::max(usual, *std::max_element(input.frameTimes.begin(), input.frameTimes.end()));
    std::vector<ImVec2> points;
    points.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const float part = static_cast<float>(i) / static_cast<float>(count - 1);
        points.emplace_back(origin.x + part * width,
                            origin.y + height - 1.0F - input.frameTimes[i] / top * (height - 2.0F));
    }
    ImGui::GetWindowDrawList()->AddPolyline(
        points.data(), static_cast<int>(count), imColor(input.theme->running), 0, 1.5F);
}

void dimText(const HudInput& input, const char* text)
{
    ImGui::PushStyleColor(ImGuiCol_Text, imColorVec(input.theme->secondary));
    ImGui::TextUnformatted(text);
    ImGui::PopStyleColor();
}

/// Text that opens and closes its panel. True when clicked.
bool chevron(const HudInput& input, const char* title, bool open)
{
    const std::string text = std::string(title) + (open ? "  \u25BE" : "  \u25B8");
    ImGui::PushStyleColor(ImGuiCol_Text, imColorVec(input.theme->secondary));
    ImGui::PushStyleColor(ImGuiCol_Button, ImVec4());
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0.0F);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(0.0F, 1.0F));
    const bool clicked = ImGui::Button(text.c_str());
    if (ImGui::IsItemHovered()) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor(2);
    return clicked;
}

} // namespace

HudActions Hud::build(const HudInput& input)
{
    HudActions actions;
    applyImGuiStyle(*input.theme);
    m_legendRight = 0.0F;
    m_legendHeight = 0.0F;
    m_controlsBottom = 0.0F;
    m_controlsWidth = 0.0F;
    if (input.empty) {
        emptyText(input);
    }
    if (!input.empty) {
        counters(input);
        legend(input);
        controls(input, actions);
        minimap(input, actions); // where those two leave room
        card(input);
    }
    return actions;
}

void Hud::counters(const HudInput& input)
{
    const scene::Theme& theme = *input.theme;
    const std::string processes = grouped(input.alive) + " alive, " + grouped(input.dead) + " dead";
    ImGui::PushFont(input.fonts.mono);
    const float longest = std::max(ImGui::CalcTextSize(processes.c_str()).x,
                                   ImGui::CalcTextSize(input.notDrawn.c_str()).x);
    ImGui::PopFont();
    constexpr float usual = 180.0F;
    constexpr float words = 72.0F; // the widest of the left column
    const float width = std::max(usual, longest + words);
    if (input.size.x < 2.0F * (width + 5 * margin) || input.size.y < 220.0F) {
        return; // the picture needs the room; the status bar tells the same
    }
    ImGui::SetNextWindowPos({margin, margin});
    if (ImGui::Begin("counters", nullptr, panelFlags)) {
        const float right = ImGui::GetCursorPosX() + width;
        const auto rate = static_cast<std::uint64_t>(input.eventsPerSecond + 0.5);
        counterRow(input, "events", grouped(rate) + " / s", theme.text, right);
        counterRow(input, "processes", processes, theme.text, right);
        const scene::Color lost = input.lost == 0 ? theme.text : theme.traps;
        counterRow(input, "lost", grouped(input.lost), lost, right);
        std::array<char, 32> frame{};
        std::snprintf(frame.data(), frame.size(), "%.1f ms", static_cast<double>(input.frameMs));
        counterRow(input, "frame", frame.data(), theme.text, right);
        if (!input.notDrawn.empty()) {
            counterRow(input, "not drawn", input.notDrawn, theme.text, right);
        }
        framePlot(input, width);
    }
    ImGui::End();
}

void Hud::legend(const HudInput& input)
{
    constexpr float smallestWidth = 500.0F; // its signs stand in four columns
    constexpr float smallestHeight = 400.0F; // below it the open legend would meet the counters
    const bool room = input.size.x >= smallestWidth && input.size.y >= smallestHeight;
    const bool open = m_legendOpen && room;
    ImGui::SetNextWindowPos({margin, input.size.y - margin}, ImGuiCond_Always, {0.0F, 1.0F});
    if (!open) {
        ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, closedPadding);
    }
    if (ImGui::Begin("legend", nullptr, panelFlags)) {
        if (open) {
            constexpr float usual = 470.0F;
            const ImVec2 corner = ImGui::GetCursorPos();
            const float width = std::min(usual, input.size.x - 2 * margin) - 2 * corner.x;
            drawLegend(*input.theme, width);
            const ImVec2 end = ImGui::GetCursorPos();
            ImGui::SetCursorPos({corner.x + width - 14.0F, corner.y});
            if (chevron(input, "", true)) {
                m_legendOpen = false;
            }
            ImGui::SetCursorPos(end);
        } else if (chevron(input, "Legend", false) && room) {
            m_legendOpen = true;
        }
        m_legendRight = ImGui::GetWindowPos().x + ImGui::GetWindowSize().x;
        m_legendHeight = ImGui::GetWindowSize().y + margin;
    }
    ImGui::End();
    if (!open) {
        ImGui::PopStyleVar();
    }
}

void Hud::controls(const HudInput& input, HudActions& actions)
{
    if (input.size.x < 420.0F) {
        return;
    }
    const bool open = m_controlsOpen && input.size.y >= 320.0F;
    ImGui::SetNextWindowPos({input.size.x - margin, margin}, ImGuiCond_Always, {1.0F, 0.0F});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, closedPadding);
    if (ImGui::Begin("view", nullptr, panelFlags)) {
        if (chevron(input, "View", open)) {
            m_controlsOpen = !m_controlsOpen;
        }
        if (open) {
            dimText(input, "Layout");
            for (std::size_t i = 0; i < input.layouts.size(); ++i) {
                if (ImGui::RadioButton(input.layouts[i].c_str(), i == input.layout)) {
                    actions.layout = i;
                }
            }
            if (ImGui::Button("Arrange anew")) {
                actions.arrangeAnew = true;
            }
            ImGui::Dummy({0.0F, 2.0F});
            dimText(input, "Show");
            scene::SceneOptions options = input.options;
            bool changed = ImGui::Checkbox("links", &options.links);
            changed = ImGui::Checkbox("monitors", &options.monitors) || changed;
            changed = ImGui::Checkbox("messages", &options.messages) || changed;
            changed = ImGui::Checkbox("names", &options.labels) || changed;
            if (changed) {
                actions.options = options;
            }
        }
        m_controlsBottom = ImGui::GetWindowPos().y + ImGui::GetWindowSize().y;
        m_controlsWidth = open ? ImGui::GetWindowSize().x : 0.0F;
    }
    ImGui::End();
    ImGui::PopStyleVar();
}

void Hud::minimap(const HudInput& input, HudActions& actions)
{
    constexpr float pad = 8.0F;
    const ImVec2 box{minimapSize.x + 2 * pad, minimapSize.y + 2 * pad};
    const bool room = input.size.x - margin - box.x > m_legendRight + margin
        && input.size.x > 4 * box.x // else it would hide more than it shows
        && input.size.y - margin - box.y > m_controlsBottom + margin;
    if (input.minimap == nullptr || !room) {
        return;
    }
    ImGui::SetNextWindowPos(
        {input.size.x - margin, input.size.y - margin}, ImGuiCond_Always, {1.0F, 1.0F});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(pad, pad));
    if (ImGui::Begin("minimap", nullptr, panelFlags)) {
        const ImVec2 origin = ImGui::GetCursorScreenPos();
        ImGui::InvisibleButton("map", {minimapSize.x, minimapSize.y});
        ImDrawList& list = *ImGui::GetWindowDrawList();
        for (const scene::Minimap::Spot& spot : input.minimap->spots) {
            const ImVec2 at{origin.x + spot.at.x, origin.y + spot.at.y};
            list.AddRectFilled(
                {at.x - 1.0F, at.y - 1.0F}, {at.x + 1.0F, at.y + 1.0F}, imColor(spot.color));
        }
        const scene::Vec2 low = input.minimap->viewMin;
        const scene::Vec2 high = input.minimap->viewMax;
        list.AddRect({origin.x + low.x, origin.y + low.y},
                     {origin.x + high.x, origin.y + high.y},
                     imColor(input.theme->running),
                     3.0F,
                     0,
                     1.5F);
        if (ImGui::IsItemActive()) {
            const ImVec2 mouse = ImGui::GetIO().MousePos;
            actions.minimapPoint = scene::Vec2{mouse.x - origin.x, mouse.y - origin.y};
        }
    }
    ImGui::End();
    ImGui::PopStyleVar();
}

void Hud::card(const HudInput& input)
{
    if (!input.card) {
        return;
    }
    const NodeCard& card = *input.card;
    // Off to a corner where there is room, so that its neighbours in a row stay in sight.
    const bool left = card.anchor.x > input.size.x * 0.6F;
    const bool above = card.anchor.y > input.size.y * 0.6F;
    const float away = card.reach + 14.0F;
    ImGui::SetNextWindowPos(
        {card.anchor.x + (left ? -away : away), card.anchor.y + (above ? -away : away)},
        ImGuiCond_Always,
        {left ? 1.0F : 0.0F, above ? 1.0F : 0.0F});
    if (ImGui::Begin("card", nullptr, panelFlags | ImGuiWindowFlags_NoInputs)) {
        constexpr float widest = 360.0F;
        ImGui::PushTextWrapPos(widest);
        ImGui::PushFont(input.fonts.bold);
        ImGui::TextUnformatted(card.title.c_str());
        ImGui::PopFont();
        ImGui::PushFont(input.fonts.mono);
        if (card.pid != card.title) {
            dimText(input, card.pid.c_str());
        }
        ImGui::PopFont();
        ImGui::PushStyleColor(ImGuiCol_Text, imColorVec(card.stateColor));
        ImGui::TextUnformatted(card.state.c_str());
        ImGui::PopStyleColor();
        if (!card.reason.empty()) {
            ImGui::PushFont(input.fonts.mono);
            ImGui::TextUnformatted(card.reason.c_str());
            ImGui::PopFont();
        }
        ImGui::PopTextWrapPos();
    }
    ImGui::End();
}

void Hud::emptyText(const HudInput& input)
{
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    const float scale = ImGui::GetIO().FontGlobalScale;
    const auto centred = [&](ImFont* font, const std::string& text, float y, scene::Color color) {
        const float size = font->FontSize * scale;
        const float width = font->CalcTextSizeA(size, 4096.0F, 0.0F, text.c_str()).x;
        list.AddText(font,
                     size,
                     {std::floor((input.size.x - width) / 2.0F), std::floor(y)},
                     imColor(color),
                     text.c_str());
    };
    const float middle = input.size.y / 2.0F;
    centred(input.fonts.bold, input.emptyTitle, middle - 22.0F, input.theme->text);
    centred(input.fonts.text, input.emptyHint, middle + 2.0F, input.theme->secondary);
}

} // namespace exitwave::views
