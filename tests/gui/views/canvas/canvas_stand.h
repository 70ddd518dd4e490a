// CanvasStand: a session on a scripted source and a canvas that shows it, for tests of the canvas.
#pragma once

#include "gui/layout/force_layout.h"
#include "gui/layout/tree_layout.h"
#include "gui/session/session.h"
#include "gui/views/canvas/canvas_widget.h"
#include "tests/gui/views/canvas/scripted_trace.h"

#include <QTest>

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace exitwave::tests {

/// Tree and forces, as the plugins give them.
inline std::vector<views::CanvasLayout> layoutsOfTests()
{
    return {{QStringLiteral("tree"),
             QStringLiteral("Tree"),
             [] { return std::make_unique<layout::TreeLayout>(); }},
            {QStringLiteral("force"), QStringLiteral("Forces"), [] {
                 return std::make_unique<layout::ForceLayout>();
             }}};
}

/// Thread: GUI thread.
struct CanvasStand
{
    explicit CanvasStand(views::CanvasWidget::Renderer renderer, QSize size = {1154, 909})
        : canvas(nullptr, renderer)
    {
        auto made = std::make_unique<ScriptedSource>();
        source = made.get();
        session.open(std::move(made));
        canvas.setLayouts(layoutsOfTests());
        canvas.setSession(&session);
        canvas.resize(size);
    }
    ~CanvasStand() { canvas.setSession(nullptr); }
    CanvasStand(const CanvasStand&) = delete;
    CanvasStand& operator=(const CanvasStand&) = delete;

    /// Delivers what `trace` has written and waits until the session shows it; false after 20 s.
    [[nodiscard]] bool deliver(ScriptedTrace& trace)
    {
        trace::Batch batch = trace.take();
        const std::size_t wanted = session.graph().eventCount() + batch.events.size();
        source->push(std::move(batch));
        constexpr int patienceMs = 20000;
        return QTest::qWaitFor([&] { return session.graph().eventCount() == wanted; }, patienceMs);
    }
    void play(ScriptedTrace& trace) { QVERIFY(deliver(trace)); }
    /// Draws a frame, on screen or not.
    void draw() { static_cast<void>(canvas.grabImage()); }
    [[nodiscard]] graph::NodeIndex node(ScriptedTrace::Key key) const
    {
        return session.graph().find(key);
    }
    /// The place of a process on the canvas, in whole pixels.
    [[nodiscard]] QPoint point(ScriptedTrace::Key key) const
    {
        return canvas.pointOf(node(key)).value_or(QPointF(-1, -1)).toPoint();
    }

    session::Session session;
    ScriptedSource* source = nullptr;
    views::CanvasWidget canvas;
};

} // namespace exitwave::tests
