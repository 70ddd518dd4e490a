#include "gui/views/canvas/gl_renderer.h"

#include "gui/views/canvas/gl_shaders.h"
#include "gui/views/canvas/sign_geometry.h"

#include <QByteArray>

#include <cmath>
#include <cstdint>

#ifndef GL_PROGRAM_POINT_SIZE
#define GL_PROGRAM_POINT_SIZE 0x8642
#endif

namespace exitwave::views {

namespace {

QByteArray define(const char* name, float value)
{
    return QByteArray("#define ") + name + " " + QByteArray::number(value, 'f', 4) + "\n";
}

QByteArray preamble(const char* defines)
{
    return QByteArray("#version 330 core\n") + defines + define("CORNER", sign::squareCorner)
        + define("CROSS", sign::crossReach) + define("BAR", sign::barReach)
        + define("BEAD", sign::beadCore) + define("DASH_ON", sign::dashOn)
        + define("DASH_OFF", sign::dashOff) + define("DOT_STEP", sign::dotStep)
        + define("DOT_SIZE", sign::dotDiameter);
}

const void* offset(std::size_t bytes)
{
    return reinterpret_cast<const void*>(bytes);
}

} // namespace

bool GlRenderer::initialize()
{
    initializeOpenGLFunctions();
    m_error.clear();
    const bool made
        = makeProgram(m_points, "#define POINTS\n", shaders::markVertex, shaders::markFragment)
        && makeProgram(m_quads, "", shaders::markVertex, shaders::markFragment)
        && makeProgram(m_lines, "", shaders::lineVertex, shaders::lineFragment)
        && makeProgram(m_thinLines, "#define THIN\n", shaders::lineVertex, shaders::lineFragment)
        && makeProgram(m_text, "", shaders::textVertex, shaders::textFragment);
    if (!made) {
        return false;
    }
    makeStreams();
    makeAtlas();
    m_initialized = true;
    return true;
}

bool GlRenderer::makeProgram(Program& program,
                             const char* defines,
                             const char* vertex,
                             const char* fragment)
{
    program.shader = std::make_unique<QOpenGLShaderProgram>();
    const QByteArray head = preamble(defines);
    QOpenGLShaderProgram& shader = *program.shader;
    if (!shader.addShaderFromSourceCode(QOpenGLShader::Vertex, head + vertex)
        || !shader.addShaderFromSourceCode(QOpenGLShader::Fragment, head + fragment)
        || !shader.link()) {
        m_error = shader.log();
        return false;
    }
    program.view = shader.uniformLocation("uView");
    program.scale = shader.uniformLocation("uScale");
    return true;
}

void GlRenderer::makeStreams()
{
    glGenBuffers(1, &m_indices);
    m_indexedQuads = 0;
    const auto floats = [this](GLuint index, int count, std::size_t stride, std::size_t at) {
        glEnableVertexAttribArray(index);
        glVertexAttribPointer(
            index, count, GL_FLOAT, GL_FALSE, static_cast<GLsizei>(stride), offset(at));
    };
    const auto color = [this](GLuint index, std::size_t stride, std::size_t at) {
        glEnableVertexAttribArray(index);
        glVertexAttribPointer(
            index, 4, GL_UNSIGNED_BYTE, GL_TRUE, static_cast<GLsizei>(stride), offset(at));
    };
    const auto begin = [this](Stream& stream) {
        glGenVertexArrays(1, &stream.array);
        glGenBuffers(1, &stream.buffer);
        glBindVertexArray(stream.array);
        glBindBuffer(GL_ARRAY_BUFFER, stream.buffer);
        glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, m_indices);
    };
    begin(m_markStream);
    floats(0, 2, sizeof(MarkVertex), offsetof(MarkVertex, x));
    floats(1, 2, sizeof(MarkVertex), offsetof(MarkVertex, cornerX));
    floats(2, 4, sizeof(MarkVertex), offsetof(MarkVertex, radius));
    floats(3, 1, sizeof(MarkVertex), offsetof(MarkVertex, shape));
    color(4, sizeof(MarkVertex), offsetof(MarkVertex, color));
    color(5, sizeof(MarkVertex), offsetof(MarkVertex, fill));
    begin(m_lineStream);
    floats(0, 2, sizeof(LineVertex), offsetof(LineVertex, x));
    floats(1, 2, sizeof(LineVertex), offsetof(LineVertex, along));
    floats(2, 3, sizeof(LineVertex), offsetof(LineVertex, length));
    color(3, sizeof(LineVertex), offsetof(LineVertex, color));
    begin(m_textStream);
    floats(0, 2, sizeof(TextVertex), offsetof(TextVertex, x));
    floats(1, 2, sizeof(TextVertex), offsetof(TextVertex, u));
    color(2, sizeof(TextVertex), offsetof(TextVertex, color));
    glBindVertexArray(0);
    glGetFloatv(GL_ALIASED_POINT_SIZE_RANGE, m_pointRange.data());
}

void GlRenderer::makeAtlas()
{
    glGenTextures(1, &m_atlasTexture);
    glBindTexture(GL_TEXTURE_2D, m_atlasTexture);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glTexImage2D(GL_TEXTURE_2D,
                 0,
                 GL_R8,
                 m_atlas.image().width(),
                 m_atlas.image().height(),
                 0,
                 GL_RED,
                 GL_UNSIGNED_BYTE,
                 nullptr);
    glBindTexture(GL_TEXTURE_2D, 0);
    m_atlas.clear(); // the new texture holds nothing: everything is dirty
}

void GlRenderer::release()
{
    if (!m_initialized) {
        return;
    }
    m_initialized = false;
    for (Program* program : {&m_points, &m_quads, &m_lines, &m_thinLines, &m_text}) {
        program->shader.reset();
    }
    for (Stream* stream : {&m_markStream, &m_lineStream, &m_textStream}) {
        glDeleteVertexArrays(1, &stream->array);
        glDeleteBuffers(1, &stream->buffer);
        *stream = {};
    }
    glDeleteBuffers(1, &m_indices);
    glDeleteTextures(1, &m_atlasTexture);
    m_indices = 0;
    m_atlasTexture = 0;
}

void GlRenderer::prepareState(const ViewSize& view,
                              const scene::Color& background,
                              GLuint framebuffer)
{
    // QPainter and ImGui leave their own; nothing may be taken for granted.
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glViewport(0,
               0,
               static_cast<GLsizei>(std::lround(view.width * view.scale)),
               static_cast<GLsizei>(std::lround(view.height * view.scale)));
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_STENCIL_TEST);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_CULL_FACE);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glEnable(GL_PROGRAM_POINT_SIZE);
    glEnable(GL_BLEND);
    glBlendEquation(GL_FUNC_ADD);
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA); // shaders multiply by alpha
    constexpr float most = 255.0F;
    glClearColor(static_cast<float>(background.r) / most,
                 static_cast<float>(background.g) / most,
                 static_cast<float>(background.b) / most,
                 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
}

void GlRenderer::render(const scene::DrawList& list, const ViewSize& view, GLuint framebuffer)
{
    prepareState(view, list.background, framebuffer);
    drawLines(list.lines, list.background, view);
    drawMarks(list.marks, view);
    drawLines(list.overlayLines, list.background, view);
    drawMarks(list.overlayMarks, view);
    drawLabels(list.labels, view);
    glBindVertexArray(0);
    glUseProgram(0);
}

void GlRenderer::use(const Program& program, const ViewSize& view)
{
    program.shader->bind();
    glUniform2f(program.view, view.width, view.height);
    if (program.scale >= 0) {
        glUniform1f(program.scale, view.scale);
    }
}

void GlRenderer::fill(const Stream& stream, const void* data, std::size_t bytes)
{
    glBindVertexArray(stream.array);
    glBindBuffer(GL_ARRAY_BUFFER, stream.buffer);
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(bytes), data, GL_STREAM_DRAW);
}

void GlRenderer::drawQuads(std::size_t vertices)
{
    const std::size_t quads = vertices / 4;
    if (quads > m_indexedQuads) {
        m_indexedQuads = quads + quads / 2;
        std::vector<std::uint32_t> indices;
        indices.reserve(m_indexedQuads * 6);
        for (std::size_t i = 0; i < m_indexedQuads; ++i) {
            const auto first = static_cast<std::uint32_t>(i * 4);
            indices.insert(indices.end(),
                           {first, first + 1, first + 2, first, first + 2, first + 3});
        }
        glBufferData(GL_ELEMENT_ARRAY_BUFFER,
                     static_cast<GLsizeiptr>(indices.size() * sizeof(std::uint32_t)),
                     indices.data(),
                     GL_STATIC_DRAW);
    }
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(quads * 6), GL_UNSIGNED_INT, nullptr);
}

void GlRenderer::drawMarks(std::span<const scene::Mark> marks, const ViewSize& view)
{
    m_markBatch.clear();
    buildMarks(marks, view, std::min(m_pointRange[1], largestPoint), m_markBatch);
    drawMarkBatch(view);
}

void GlRenderer::drawMarkBatch(const ViewSize& view)
{
    if (!m_markBatch.points.empty()) {
        use(m_points, view);
        fill(m_markStream,
             m_markBatch.points.data(),
             m_markBatch.points.size() * sizeof(MarkVertex));
        glDrawArrays(GL_POINTS, 0, static_cast<GLsizei>(m_markBatch.points.size()));
    }
    if (!m_markBatch.quads.empty()) {
        use(m_quads, view);
        fill(m_markStream, m_markBatch.quads.data(), m_markBatch.quads.size() * sizeof(MarkVertex));
        drawQuads(m_markBatch.quads.size());
    }
}

void GlRenderer::drawLines(std::span<const scene::Line> lines,
                           const scene::Color& background,
                           const ViewSize& view)
{
    m_lineBatch.clear();
    buildLines(lines, background, view, m_lineBatch);
    if (!m_lineBatch.thin.empty()) {
        use(m_thinLines, view);
        fill(m_lineStream, m_lineBatch.thin.data(), m_lineBatch.thin.size() * sizeof(LineVertex));
        glLineWidth(1.0F);
        glDrawArrays(GL_LINES, 0, static_cast<GLsizei>(m_lineBatch.thin.size()));
    }
    if (!m_lineBatch.quads.empty()) {
        use(m_lines, view);
        fill(m_lineStream, m_lineBatch.quads.data(), m_lineBatch.quads.size() * sizeof(LineVertex));
        drawQuads(m_lineBatch.quads.size());
    }
    drawMarks(m_lineBatch.ends, view);
}

void GlRenderer::buildText(std::span<const scene::Label> labels, const ViewSize& view)
{
    m_textVertices.clear();
    const auto imageWidth = static_cast<float>(m_atlas.image().width());
    const auto imageHeight = static_cast<float>(m_atlas.image().height());
    for (const scene::Label& label : labels) {
        const TextAtlas::Entry entry = m_atlas.entry(label);
        const QRect& place = entry.place;
        if (place.isEmpty()) {
            continue;
        }
        // Whole physical pixels: a label is as sharp as Qt drew it.
        const QPoint corner = TextAtlas::corner(label, entry, view.scale);
        const auto left = static_cast<float>(corner.x()) / view.scale;
        const auto top = static_cast<float>(corner.y()) / view.scale;
        const float right = left + static_cast<float>(place.width()) / view.scale;
        const float bottom = top + static_cast<float>(place.height()) / view.scale;
        const float u0 = static_cast<float>(place.left()) / imageWidth;
        const float v0 = static_cast<float>(place.top()) / imageHeight;
        const float u1 = static_cast<float>(place.left() + place.width()) / imageWidth;
        const float v1 = static_cast<float>(place.top() + place.height()) / imageHeight;
        m_textVertices.push_back({left, top, u0, v0, label.color});
        m_textVertices.push_back({right, top, u1, v0, label.color});
        m_textVertices.push_back({right, bottom, u1, v1, label.color});
        m_textVertices.push_back({left, bottom, u0, v1, label.color});
    }
}

void GlRenderer::drawLabels(std::span<const scene::Label> labels, const ViewSize& view)
{
    if (labels.empty()) {
        return;
    }
    m_atlas.setScale(view.scale);
    const std::size_t before = m_atlas.generation();
    buildText(labels, view);
    if (m_atlas.generation() != before) {
        buildText(labels, view); // it ran full on the way: the first half's places are void
    }
    uploadAtlas();

    m_markBatch.clear();
    for (const scene::Label& label : labels) {
        buildPill(label, m_atlas.entry(label).width, m_markBatch);
    }
    drawMarkBatch(view);

    if (m_textVertices.empty()) {
        return;
    }
    use(m_text, view);
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, m_atlasTexture);
    m_text.shader->setUniformValue("uAtlas", 0);
    fill(m_textStream, m_textVertices.data(), m_textVertices.size() * sizeof(TextVertex));
    drawQuads(m_textVertices.size());
    glBindTexture(GL_TEXTURE_2D, 0);
}

void GlRenderer::uploadAtlas()
{
    const QRect dirty = m_atlas.dirty();
    if (dirty.isEmpty()) {
        return;
    }
    const QImage& image = m_atlas.image();
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, m_atlasTexture);
    // Left at 1, the alignment garbles all text that QPainter draws later in this context.
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, static_cast<GLint>(image.bytesPerLine()));
    glTexSubImage2D(GL_TEXTURE_2D,
                    0,
                    dirty.x(),
                    dirty.y(),
                    dirty.width(),
                    dirty.height(),
                    GL_RED,
                    GL_UNSIGNED_BYTE,
                    image.constScanLine(dirty.y()) + dirty.x());
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glBindTexture(GL_TEXTURE_2D, 0);
    m_atlas.clearDirty();
}

} // namespace exitwave::views
