// Story: tells what a program did, event by event, and folds it into a graph as the app does.
#pragma once

#include "gui/graph/process_graph.h"
#include "gui/layout/tree_layout.h"
#include "gui/scene/choreography.h"
#include "gui/scene/scene.h"

#include <string_view>
#include <vector>

namespace exitwave::scene {

/// Every function is one event, a microsecond after the one before; delta() collects what changed.
class Story
{
public:
    NodeIndex spawn(NodeIndex parent, std::string_view name = {})
    {
        const trace::ProcessKey key{m_nextKey++};
        trace::Event event = make(trace::EventType::ProcessSpawned, key);
        event.peer = parent == graph::noNode ? trace::ProcessKey{} : keyOf(parent);
        apply(event);
        const NodeIndex node = graph.find(key);
        if (!name.empty()) {
            trace::Event named = make(trace::EventType::NameRegistered, key);
            named.term = define(term::Term::atom(name));
            apply(named);
        }
        return node;
    }
    void link(NodeIndex a, NodeIndex b)
    {
        both(a, b, trace::LinkSide::Caller);
        both(b, a, trace::LinkSide::Receiver);
    }
    NodeIndex spawnLink(NodeIndex parent, std::string_view name = {})
    {
        const NodeIndex child = spawn(parent, name);
        link(parent, child);
        return child;
    }
    void monitor(NodeIndex from, NodeIndex to)
    {
        trace::Event event = make(trace::EventType::Monitored, keyOf(from));
        event.peer = keyOf(to);
        event.id = m_nextSignal++;
        apply(event);
    }
    void trapExits(NodeIndex node)
    {
        trace::Event event = make(trace::EventType::TrapExitSet, keyOf(node));
        event.how = static_cast<std::uint8_t>(trace::TrapExit::On);
        apply(event);
    }
    void slowMotion(std::int64_t hopDelayNs)
    {
        trace::Event event = make(trace::EventType::ControlChanged, {});
        event.id = static_cast<std::uint64_t>(hopDelayNs);
        apply(event);
    }
    void raise(NodeIndex node, std::string_view message)
    {
        const term::Term reason = term::Term::tuple(
            {term::Term::exception("RuntimeError", message), term::Term::list({})});
        exit(node, reason, trace::ExitKind::Error, {});
    }
    void finish(NodeIndex node)
    {
        exit(node, term::Term::atom("normal"), trace::ExitKind::Returned, {});
    }
    void exit(NodeIndex node, const term::Term& reason, trace::ExitKind kind, trace::SignalId cause)
    {
        trace::Event event = make(trace::EventType::ProcessExited, keyOf(node));
        event.term = define(reason);
        event.how = static_cast<std::uint8_t>(kind);
        event.cause = cause;
        apply(event);
    }
    trace::SignalId send(NodeIndex from,
                         NodeIndex to,
                         const term::Term& reason,
                         trace::SignalId cause = {},
                         trace::SignalOrigin origin = trace::SignalOrigin::Link)
    {
        const trace::SignalId signal{m_nextSignal++};
        trace::Event event = make(trace::EventType::ExitSignalSent, keyOf(from));
        event.peer = keyOf(to);
        event.id = signal.value;
        event.cause = cause;
        event.term = define(reason);
        event.how = static_cast<std::uint8_t>(origin);
        apply(event);
        return signal;
    }
    void deliver(trace::SignalId signal, trace::SignalOutcome outcome)
    {
        const auto* record = graph.signal(signal);
        trace::Event event
            = make(trace::EventType::ExitSignalDelivered, graph.node(record->to).key);
        event.peer = keyOf(record->from);
        event.id = signal.value;
        event.term = record->reason;
        event.how = static_cast<std::uint8_t>(outcome);
        apply(event);
    }
    /// A signal that kills: sent, delivered, and the receiver is gone.
    trace::SignalId
    strike(NodeIndex from, NodeIndex to, const term::Term& reason, trace::SignalId cause = {})
    {
        const trace::SignalId signal = send(from, to, reason, cause);
        deliver(signal, trace::SignalOutcome::Terminated);
        exit(to, reason, trace::ExitKind::Signal, signal);
        return signal;
    }
    void kill(NodeIndex node)
    {
        const trace::SignalId signal
            = send(graph::noNode, node, term::Term::atom("kill"), {}, trace::SignalOrigin::Kill);
        deliver(signal, trace::SignalOutcome::Terminated);
        exit(node, term::Term::atom("killed"), trace::ExitKind::Kill, signal);
    }
    static term::Term oops()
    {
        return term::Term::tuple(
            {term::Term::exception("RuntimeError", "oops"), term::Term::list({})});
    }
    void wait(base::Duration time) { m_now = m_now + time; }
    [[nodiscard]] base::Timestamp now() const { return m_now; }
    /// What changed since the last take.
    graph::GraphDelta take()
    {
        graph::GraphDelta taken = std::move(m_delta);
        m_delta = {};
        return taken;
    }

    graph::ProcessGraph graph;
    trace::TermTable terms;

private:
    [[nodiscard]] trace::ProcessKey keyOf(NodeIndex node) const
    {
        return node == graph::noNode ? trace::ProcessKey{} : graph.node(node).key;
    }
    trace::Event make(trace::EventType type, trace::ProcessKey process)
    {
        m_now = m_now + base::microseconds(1);
        trace::Event event;
        event.time = m_now;
        event.process = process;
        event.type = type;
        return event;
    }
    void both(NodeIndex a, NodeIndex b, trace::LinkSide side)
    {
        trace::Event event = make(trace::EventType::Linked, keyOf(a));
        event.peer = keyOf(b);
        event.how = static_cast<std::uint8_t>(side);
        apply(event);
    }
    trace::TermId define(const term::Term& value)
    {
        const trace::TermId id{static_cast<std::uint32_t>(terms.size()) + 1};
        terms.add({trace::TermDefinition{id, value}});
        return id;
    }
    void apply(const trace::Event& event) { graph.apply(event, terms, m_delta); }

    graph::GraphDelta m_delta;
    base::Timestamp m_now;
    std::uint64_t m_nextKey = 107;
    std::uint64_t m_nextSignal = 1;
};

/// Positions of the tree layout, at rest.
inline std::vector<layout::Point> treePositions(const graph::ProcessGraph& graph)
{
    layout::TreeLayout tree;
    tree.reset(layout::Topology::of(graph), {});
    while (tree.step(std::chrono::microseconds(1000))) {}
    return {tree.positions().begin(), tree.positions().end()};
}

/// A camera's view of all positions.
inline Projection fitted(const std::vector<layout::Point>& positions, Vec2 viewport)
{
    Camera camera;
    camera.setViewport(viewport);
    if (const auto bounds = boundsOf(positions))
        camera.fit(*bounds, Margins{}, FrameTime{}, base::Duration{});
    return camera.target();
}

} // namespace exitwave::scene
