// GlRenderer: draws a DrawList with OpenGL 3.3 core. Knows no widget.
#pragma once

#include "gui/scene/draw_list.h"
#include "gui/views/canvas/gl_geometry.h"
#include "gui/views/canvas/text_atlas.h"

#include <QOpenGLExtraFunctions>
#include <QOpenGLShaderProgram>
#include <QString>

#include <array>
#include <cstddef>
#include <memory>
#include <span>

namespace exitwave::views {

/// Everything is uploaded anew each frame from flat arrays: at the sizes a screen can show that
/// costs less than knowing what changed.
/// Thread: the one whose context is current. `initialize`, `render` and `release` need it current;
/// after `release` (the context went away) `initialize` starts over.
class GlRenderer : protected QOpenGLExtraFunctions
{
public:
    GlRenderer() = default;
    GlRenderer(const GlRenderer&) = delete;
    GlRenderer& operator=(const GlRenderer&) = delete;
    /// The context's objects must have been released before.
    ~GlRenderer() = default;

    /// Makes programs and buffers. False: `errorText` says what the driver refused.
    [[nodiscard]] bool initialize();
    [[nodiscard]] bool initialized() const { return m_initialized; }
    [[nodiscard]] QString errorText() const { return m_error; }
    void release();

    /// Draws into `framebuffer`, sets all state it depends on and leaves the unpack alignment at 4,
    /// no program and no vertex array bound.
    void render(const scene::DrawList& list, const ViewSize& view, GLuint framebuffer);

private:
    struct Program
    {
        std::unique_ptr<QOpenGLShaderProgram> shader;
        int view = -1;
        int scale = -1;
    };
    /// One vertex array with its buffer, filled anew by each draw.
    struct Stream
    {
        GLuint array = 0;
        GLuint buffer = 0;
    };
    [[nodiscard]] bool
    makeProgram(Program& program, const char* defines, const char* vertex, const char* fragment);
    void makeStreams();
    void makeAtlas();
    void prepareState(const ViewSize& view, const scene::Color& background, GLuint framebuffer);
    void use(const Program& program, const ViewSize& view);
    void drawMarks(std::span<const scene::Mark> marks, const ViewSize& view);
    void drawMarkBatch(const ViewSize& view);
    void drawLines(std::span<const scene::Line> lines,
                   const scene::Color& background,
                   const ViewSize& view);
    void drawLabels(std::span<const scene::Label> labels, const ViewSize& view);
    void buildText(std::span<const scene::Label> labels, const ViewSize& view);
    void uploadAtlas();
    void fill(const Stream& stream, const void* data, std::size_t bytes);
    void drawQuads(std::size_t vertices);

    bool m_initialized = false;
    QString m_error;
    Program m_points;
    Program m_quads;
    Program m_lines;
    Program m_thinLines;
    Program m_text;
    Stream m_markStream;
    Stream m_lineStream;
    Stream m_textStream;
    GLuint m_indices = 0;
    std::size_t m_indexedQuads = 0;
    GLuint m_atlasTexture = 0;
    std::array<GLfloat, 2> m_pointRange{1.0F, 1.0F};
    TextAtlas m_atlas;
    // Kept between frames for their capacity.
    MarkBatch m_markBatch;
    LineBatch m_lineBatch;
    std::vector<TextVertex> m_textVertices;
};

} // namespace exitwave::views
