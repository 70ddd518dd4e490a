#include "gui/views/canvas/imgui_input.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>

#include <algorithm>
#include <limits>

namespace exitwave::views {

namespace {

constexpr float nowhere = -std::numeric_limits<float>::max();

/// -1: a key that ImGui does not ask for.
int keyIndex(int qtKey)
{
    switch (qtKey) {
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return ImGuiKey_Tab;
    case Qt::Key_Left:
        return ImGuiKey_LeftArrow;
    case Qt::Key_Right:
        return ImGuiKey_RightArrow;
    case Qt::Key_Up:
        return ImGuiKey_UpArrow;
    case Qt::Key_Down:
        return ImGuiKey_DownArrow;
    case Qt::Key_PageUp:
        return ImGuiKey_PageUp;
    case Qt::Key_PageDown:
        return ImGuiKey_PageDown;
    case Qt::Key_Home:
        return ImGuiKey_Home;
    case Qt::Key_End:
        return ImGuiKey_End;
    case Qt::Key_Insert:
        return ImGuiKey_Insert;
    case Qt::Key_Delete:
        return ImGuiKey_Delete;
    case Qt::Key_Backspace:
        return ImGuiKey_Backspace;
    case Qt::Key_Space:
        return ImGuiKey_Space;
    case Qt::Key_Return:
        return ImGuiKey_Enter;
    case Qt::Key_Enter:
        return ImGuiKey_KeyPadEnter;
    case Qt::Key_Escape:
        return ImGuiKey_Escape;
    case Qt::Key_A:
        return ImGuiKey_A;
    case Qt::Key_C:
        return ImGuiKey_C;
    case Qt::Key_V:
        return ImGuiKey_V;
    case Qt::Key_X:
        return ImGuiKey_X;
    case Qt::Key_Y:
        return ImGuiKey_Y;
    case Qt::Key_Z:
        return ImGuiKey_Z;
    default:
        return -1;
    }
}

void setModifiers(ImGuiIO& io, Qt::KeyboardModifiers modifiers)
{
    io.KeyCtrl = modifiers.testFlag(Qt::ControlModifier);
    io.KeyShift = modifiers.testFlag(Qt::ShiftModifier);
    io.KeyAlt = modifiers.testFlag(Qt::AltModifier);
    io.KeySuper = modifiers.testFlag(Qt::MetaModifier);
}

const char* clipboardText(void* /*user*/)
{
    static QByteArray held; // ImGui reads it before it asks again
    held = QGuiApplication::clipboard()->text().toUtf8();
    return held.constData();
}

void setClipboardText(void* /*user*/, const char* text)
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
}

} // namespace

void ImGuiInput::install()
{
    ImGuiIO& io = ImGui::GetIO();
    io.BackendPlatformName = "exitwave_qt";
    io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
    for (int key = 0; key < ImGuiKey_COUNT; ++key) {
        io.KeyMap[key] = key; // our key numbers are ImGui's own
    }
    io.GetClipboardTextFn = clipboardText;
    io.SetClipboardTextFn = setClipboardText;
}

void ImGuiInput::mouseMove(QPointF at)
{
    const Move move{ImVec2(static_cast<float>(at.x()), static_cast<float>(at.y()))};
    if (!m_events.empty() && std::holds_alternative<Move>(m_events.back())) {
        m_events.back() = move;
    } else {
        m_events.emplace_back(move);
    }
}

void ImGuiInput::mouseLeave()
{
    m_events.emplace_back(Move{ImVec2(nowhere, nowhere)});
}

void ImGuiInput::mouseButton(Qt::MouseButton button, bool down)
{
    const int index = button == Qt::LeftButton ? 0
        : button == Qt::RightButton            ? 1
        : button == Qt::MiddleButton           ? 2
                                               : -1;
    if (index >= 0) {
        m_events.emplace_back(Button{index, down});
    }
}

void ImGuiInput::wheel(QPointF steps)
{
    m_events.emplace_back(
        Wheel{ImVec2(static_cast<float>(steps.x()), static_cast<float>(steps.y()))});
}

void ImGuiInput::key(const QKeyEvent& event, bool down)
{
    const int index = keyIndex(event.key());
    m_events.emplace_back(Key{index, down, event.modifiers()});
    // With Ctrl or Meta a letter is a command, not text.
    const bool command = event.modifiers() & (Qt::ControlModifier | Qt::MetaModifier);
    if (down && !command && !event.text().isEmpty() && event.text().at(0).isPrint()) {
        text(event.text());
    }
}

void ImGuiInput::text(const QString& typed)
{
    if (!typed.isEmpty()) {
        m_events.emplace_back(Text{typed});
    }
}

void ImGuiInput::inputMethod(const QInputMethodEvent& event)
{
    text(event.commitString());
}

void ImGuiInput::focusLost()
{
    m_events.emplace_back(Release{});
}

bool ImGuiInput::fits(const Event& event, const Taken& taken)
{
    if (std::holds_alternative<Move>(event)) {
        // A button pressed in this frame must be seen where it was pressed.
        return taken.buttons == 0 && !taken.wheel;
    }
    if (const auto* button = std::get_if<Button>(&event)) {
        return (taken.buttons & (1U << static_cast<unsigned>(button->index))) == 0 && !taken.wheel;
    }
    if (std::holds_alternative<Wheel>(event)) {
        return taken.buttons == 0;
    }
    if (const auto* key = std::get_if<Key>(&event)) {
        const bool again = key->index >= 0 && taken.keys[static_cast<std::size_t>(key->index)];
        // Ctrl let go before A was: both keys would be seen without Ctrl.
        const bool otherModifiers = taken.anyKey && key->modifiers != taken.modifiers;
        return !again && !otherModifiers && !taken.text && taken.buttons == 0;
    }
    if (std::holds_alternative<Text>(event)) {
        return taken.buttons == 0;
    }
    return !taken.anyKey && taken.buttons == 0; // Release
}

void ImGuiInput::take(const Event& event, ImGuiIO& io, Taken& taken)
{
    if (const auto* move = std::get_if<Move>(&event)) {
        io.MousePos = move->at;
    } else if (const auto* button = std::get_if<Button>(&event)) {
        io.MouseDown[button->index] = button->down;
        taken.buttons |= 1U << static_cast<unsigned>(button->index);
    } else if (const auto* wheel = std::get_if<Wheel>(&event)) {
        io.MouseWheelH += wheel->steps.x;
        io.MouseWheel += wheel->steps.y;
        taken.wheel = true;
    } else if (const auto* key = std::get_if<Key>(&event)) {
        setModifiers(io, key->modifiers);
        taken.modifiers = key->modifiers;
        if (key->index >= 0) {
            io.KeysDown[key->index] = key->down;
            taken.keys[static_cast<std::size_t>(key->index)] = true;
        }
        taken.anyKey = true;
    } else if (const auto* text = std::get_if<Text>(&event)) {
        io.AddInputCharactersUTF8(text->typed.toUtf8().constData());
        taken.text = true;
    } else {
        std::fill(std::begin(io.KeysDown), std::end(io.KeysDown), false);
        std::fill(std::begin(io.MouseDown), std::end(io.MouseDown), false);
        setModifiers(io, Qt::NoModifier);
        taken.anyKey = true;
    }
}

bool ImGuiInput::feed()
{
    ImGuiIO& io = ImGui::GetIO();
    Taken taken;
    while (!m_events.empty() && fits(m_events.front(), taken)) {
        take(m_events.front(), io, taken);
        m_events.pop_front();
    }
    return !m_events.empty();
}

} // namespace exitwave::views
