#include "gui/views/canvas/imgui_overlay.h"

#include "gui/views/canvas/imgui_raster.h"

#include <QImage>

#include <backends/imgui_impl_opengl3.h>
#include <imgui_internal.h>

#include <algorithm>

namespace exitwave::views {

ImGuiOverlay::ImGuiOverlay()
{
    IMGUI_CHECKVERSION();
    ImGuiContext* before = ImGui::GetCurrentContext();
    m_context = ImGui::CreateContext();
    ImGui::SetCurrentContext(m_context);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr; // places belong to the program's settings, not to a file beside it
    io.LogFilename = nullptr;
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    ImGuiInput::install();
    if (before != nullptr) {
        ImGui::SetCurrentContext(before);
    }
}

ImGuiOverlay::~ImGuiOverlay()
{
    ImGui::DestroyContext(m_context);
}

void ImGuiOverlay::makeCurrent()
{
    ImGui::SetCurrentContext(m_context);
}

void ImGuiOverlay::frame(QSizeF size,
                         qreal scale,
                         float seconds,
                         const std::function<void()>& build)
{
    makeCurrent();
    ImGuiIO& io = ImGui::GetIO();
    if (static_cast<float>(scale) != m_scale) {
        m_scale = static_cast<float>(scale);
        m_fonts = buildImGuiFonts(*io.Fonts, m_scale);
        io.FontGlobalScale = 1.0F / m_scale;
        m_fontsUploaded = false;
    }
    io.DisplaySize = ImVec2(static_cast<float>(size.width()), static_cast<float>(size.height()));
    io.DisplayFramebufferScale = ImVec2(m_scale, m_scale);
    io.DeltaTime = std::max(seconds, 0.0001F);
    m_input.feed();
    ImGui::NewFrame();
    build();
    collectWindows();
    ImGui::Render();
}

void ImGuiOverlay::collectWindows()
{
    m_windows.clear();
    for (const ImGuiWindow* window : m_context->Windows) {
        const bool mouseGoesThrough = (window->Flags & ImGuiWindowFlags_NoMouseInputs) != 0;
        if (window->Active && !window->Hidden && !mouseGoesThrough && !window->IsFallbackWindow) {
            m_windows.emplace_back(static_cast<qreal>(window->Pos.x),
                                   static_cast<qreal>(window->Pos.y),
                                   static_cast<qreal>(window->Size.x),
                                   static_cast<qreal>(window->Size.y));
        }
    }
}

void ImGuiOverlay::renderGl()
{
    makeCurrent();
    ImGuiIO& io = ImGui::GetIO();
    if (!m_glReady) {
        ImGui_ImplOpenGL3_Init("#version 330 core");
        m_glReady = true;
        m_fontsUploaded = false;
        ImGui_ImplOpenGL3_NewFrame(); // makes its objects and uploads the fonts
        m_fontsUploaded = true;
    }
    if (!m_fontsUploaded) {
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        ImGui_ImplOpenGL3_CreateFontsTexture();
        m_fontsUploaded = true;
    }
    // Commands of this frame were recorded before the texture had its name.
    if (ImDrawData* data = ImGui::GetDrawData()) {
        for (int n = 0; n < data->CmdListsCount; ++n) {
            for (ImDrawCmd& command : data->CmdLists[n]->CmdBuffer) {
                command.TextureId = io.Fonts->TexID;
            }
        }
        ImGui_ImplOpenGL3_RenderDrawData(data);
    }
}

void ImGuiOverlay::releaseGl()
{
    if (m_glReady) {
        makeCurrent();
        ImGui_ImplOpenGL3_Shutdown(); // asserts when called twice
        m_glReady = false;
        m_fontsUploaded = false;
    }
}

void ImGuiOverlay::renderImage(QImage& image)
{
    makeCurrent();
    if (const ImDrawData* data = ImGui::GetDrawData()) {
        rasterizeImGui(*data, *ImGui::GetIO().Fonts, image);
    }
}

bool ImGuiOverlay::covers(QPointF point) const
{
    return std::any_of(m_windows.begin(), m_windows.end(), [point](const QRectF& window) {
        return window.contains(point);
    });
}

bool ImGuiOverlay::wantsMouse() const
{
    return m_context->ActiveId != 0;
}

bool ImGuiOverlay::wantsText() const
{
    return m_context->IO.WantTextInput;
}

Qt::CursorShape ImGuiOverlay::cursor() const
{
    switch (m_context->MouseCursor) {
    case ImGuiMouseCursor_TextInput:
        return Qt::IBeamCursor;
    case ImGuiMouseCursor_Hand:
        return Qt::PointingHandCursor;
    case ImGuiMouseCursor_ResizeEW:
        return Qt::SizeHorCursor;
    case ImGuiMouseCursor_ResizeNS:
        return Qt::SizeVerCursor;
    case ImGuiMouseCursor_NotAllowed:
        return Qt::ForbiddenCursor;
    default:
        return Qt::ArrowCursor;
    }
}

} // namespace exitwave::views
