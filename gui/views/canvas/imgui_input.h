// ImGuiInput: Qt's input events as Dear ImGui's, in order and without losing the fast ones.
#pragma once

#include <QPointF>
#include <QString>
#include <Qt>

#include <imgui.h>

#include <array>
#include <cstddef>
#include <deque>
#include <variant>

class QInputMethodEvent;
class QKeyEvent;

namespace exitwave::views {

/// ImGui 1.86 knows the state of buttons and keys only: a press and its release between two frames
/// would be lost. So events wait here, and each frame takes as many as it can tell apart:
///
///   press  release  press ...     one change of each button or key per frame
///   ^frame ^frame   ^frame        what follows an unclear one waits for the next frame
///
/// Thread: GUI thread.
class ImGuiInput
{
public:
    /// Prepares the current ImGui context's key map, clipboard and back-end name.
    static void install();

    void mouseMove(QPointF at);
    void mouseLeave();
    void mouseButton(Qt::MouseButton button, bool down);
    void wheel(QPointF steps); ///< in notches
    void key(const QKeyEvent& event, bool down);
    void text(const QString& typed);
    void inputMethod(const QInputMethodEvent& event);
    /// Releases everything that is held: the keyboard focus went elsewhere.
    void focusLost();

    /// Feeds the current ImGui context's IO. True when events remain for the next frame.
    bool feed();
    [[nodiscard]] bool pending() const { return !m_events.empty(); }

private:
    struct Move
    {
        ImVec2 at;
    };
    struct Button
    {
        int index;
        bool down;
    };
    struct Wheel
    {
        ImVec2 steps;
    };
    struct Key
    {
        int index;
        bool down;
        Qt::KeyboardModifiers modifiers;
    };
    struct Text
    {
        QString typed;
    };
    struct Release
    {};
    using Event = std::variant<Move, Button, Wheel, Key, Text, Release>;

    /// What this frame has taken already.
    struct Taken
    {
        unsigned buttons = 0;
        std::array<bool, ImGuiKey_COUNT> keys{};
        bool anyKey = false;
        Qt::KeyboardModifiers modifiers;
        bool wheel = false;
        bool text = false;
    };
    [[nodiscard]] static bool fits(const Event& event, const Taken& taken);
    static void take(const Event& event, ImGuiIO& io, Taken& taken);

    std::deque<Event> m_events;
};

} // namespace exitwave::views
