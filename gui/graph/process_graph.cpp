#include "gui/graph/process_graph.h"

#include <algorithm>

namespace exitwave::graph {

using trace::Event;
using trace::EventType;

namespace {

void markChanged(NodeIndex node, GraphDelta& delta)
{
    if (delta.changed.empty() || delta.changed.back() != node)
        delta.changed.push_back(node);
}

} // namespace

void ProcessGraph::apply(const Event& event, const trace::TermTable& terms, GraphDelta& delta)
{
    ++m_events;
    m_now = std::max(m_now, event.time);
    switch (event.type) {
    case EventType::TraceStarted:
        return;
    case EventType::TraceEnded:
        m_ended = true;
        return;
    case EventType::ProcessSpawned:
        return spawned(event, delta);
    case EventType::NameRegistered:
    case EventType::NameUnregistered:
        return named(event, delta);
    case EventType::Linked:
    case EventType::Unlinked:
        return linkChanged(event, delta);
    case EventType::Monitored:
        return addMonitor(event, delta);
    case EventType::Demonitored:
        if (actor(event, delta) != noNode)
            removeMonitor(event.id, delta);
        return;
    case EventType::MonitorFired:
        return monitorFired(event, delta);
    case EventType::TrapExitSet:
        if (const NodeIndex index = actor(event, delta); index != noNode) {
            m_nodes[index].trapsExit = event.howAs<trace::TrapExit>() == trace::TrapExit::On;
            markChanged(index, delta);
        }
        return;
    case EventType::MessageSent:
    case EventType::MessageReceived:
        return message(event, delta);
    case EventType::ExitSignalSent:
        return signalSent(event, delta);
    case EventType::ExitSignalDelivered:
        return signalDelivered(event, delta);
    case EventType::ProcessExited:
        return exited(event, terms, delta);
    case EventType::CrashLogged:
    case EventType::Annotation:
        ensure(event.process, event.time, delta);
        return;
    case EventType::Loss:
        // Saturates: a hostile count must not wrap to "nothing lost".
        m_lost = event.id > UINT64_MAX - m_lost ? UINT64_MAX : m_lost + event.id;
        return;
    case EventType::ControlChanged:
        return control(event);
    }
    ++m_contradictions; // a type that this version does not know
}

NodeIndex ProcessGraph::find(trace::ProcessKey key) const
{
    const auto found = m_byKey.find(key.value);
    return found == m_byKey.end() ? noNode : found->second;
}

bool ProcessGraph::linked(NodeIndex a, NodeIndex b) const
{
    return m_halves.count(pairKey(a, b)) != 0 || m_halves.count(pairKey(b, a)) != 0;
}

std::vector<std::pair<NodeIndex, NodeIndex>> ProcessGraph::linkEdges() const
{
    std::vector<std::pair<NodeIndex, NodeIndex>> edges;
    for (NodeIndex of = 0; of < m_nodes.size(); ++of) {
        for (const NodeIndex to : m_nodes[of].links)
            edges.emplace_back(std::min(of, to), std::max(of, to));
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return edges;
}

const ProcessGraph::SignalRecord* ProcessGraph::signal(trace::SignalId id) const
{
    const auto found = m_signalEntries.find(id.value);
    return found == m_signalEntries.end() ? nullptr : &found->second.record;
}

std::vector<trace::SignalId> ProcessGraph::signalsSentBy(NodeIndex from) const
{
    std::vector<trace::SignalId> ids;
    for (const auto& [id, entry] : m_signalEntries) {
        if (entry.record.from == from)
            ids.emplace_back(id);
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

/// The node of `key`, made as inferred when it was never seen; noNode for key 0.
NodeIndex ProcessGraph::ensure(trace::ProcessKey key, base::Timestamp time, GraphDelta& delta)
{
    if (key.value == 0)
        return noNode;
    const auto [place, isNew]
        = m_byKey.try_emplace(key.value, static_cast<NodeIndex>(m_nodes.size()));
    if (isNew) {
        ProcessNode node;
        node.key = key;
        node.spawnedAt = time;
        node.inferred = true;
        m_nodes.push_back(std::move(node));
        ++m_alive;
        delta.born.push_back(place->second);
    }
    return place->second;
}

/// The living process whose event this is. noNode, counted as a contradiction, when it is none or
/// dead: the dead do nothing.
NodeIndex ProcessGraph::actor(const Event& event, GraphDelta& delta)
{
    const NodeIndex index = ensure(event.process, event.time, delta);
    if (index != noNode && m_nodes[index].alive)
        return index;
    ++m_contradictions;
    return noNode;
}

void ProcessGraph::spawned(const Event& event, GraphDelta& delta)
{
    if (event.process.value == 0 || event.process == event.peer) {
        ++m_contradictions;
        return;
    }
    const NodeIndex parent = ensure(event.peer, event.time, delta);
    const std::size_t before = m_nodes.size();
    const NodeIndex index = ensure(event.process, event.time, delta);
    const bool isNew = m_nodes.size() != before;
    ProcessNode& node = m_nodes[index];
    if (!isNew) {
        // Something was heard of it before its spawn. That is news after a loss, and nonsense when
        // its spawn was seen or it is dead.
        if (!node.inferred || !node.alive)
            ++m_contradictions;
        if (!node.inferred)
            return;
        markChanged(index, delta);
    }
    node.inferred = false;
    node.spawnInfo = event.term;
    node.spawnedAt = event.time;
    setParent(index, parent, delta);
}

/// Parents form a forest: what would close a ring (only broken input can) is refused.
void ProcessGraph::setParent(NodeIndex child, NodeIndex parent, GraphDelta& delta)
{
    if (parent == noNode)
        return;
    if (m_nodes[child].childCount != 0) {
        for (NodeIndex at = parent; at != noNode; at = m_nodes[at].parent) {
            if (at == child) {
                ++m_contradictions;
                return;
            }
        }
    }
    m_nodes[child].parent = parent;
    ++m_nodes[parent].childCount;
    markChanged(parent, delta);
}

void ProcessGraph::named(const Event& event, GraphDelta& delta)
{
    const NodeIndex index = ensure(event.process, event.time, delta);
    if (index == noNode) {
        ++m_contradictions;
        return;
    }
    ProcessNode& node = m_nodes[index];
    if (!node.alive) {
        // The name is given back by dying; the tombstone keeps it.
        if (event.type == EventType::NameRegistered)
            ++m_contradictions;
        return;
    }
    node.name = event.type == EventType::NameRegistered ? event.term : trace::TermId{};
    markChanged(index, delta);
}

void ProcessGraph::linkChanged(const Event& event, GraphDelta& delta)
{
    const NodeIndex of = actor(event, delta);
    if (of == noNode)
        return;
    const NodeIndex to = ensure(event.peer, event.time, delta);
    if (to == noNode || to == of) {
        ++m_contradictions;
        return;
    }
    if (event.type == EventType::Linked)
        addHalf(of, to, delta);
    else
        removeHalf(of, to, delta);
}

void ProcessGraph::addHalf(NodeIndex of, NodeIndex to, GraphDelta& delta)
{
    auto& links = m_nodes[of].links;
    if (!m_halves.try_emplace(pairKey(of, to), static_cast<std::uint32_t>(links.size())).second)
        return; // linking twice is no second link
    links.push_back(to);
    if (m_halves.count(pairKey(to, of)) == 0)
        delta.links.push_back({std::min(of, to), std::max(of, to), true});
}

void ProcessGraph::removeHalf(NodeIndex of, NodeIndex to, GraphDelta& delta)
{
    const auto place = m_halves.find(pairKey(of, to));
    if (place == m_halves.end())
        return; // unlinking the unlinked is legal
    auto& links = m_nodes[of].links;
    const std::uint32_t slot = place->second;
    m_halves.erase(place);
    if (slot + 1 != links.size()) {
        links[slot] = links.back();
        m_halves[pairKey(of, links[slot])] = slot;
    }
    links.pop_back();
    if (m_halves.count(pairKey(to, of)) == 0)
        delta.links.push_back({std::min(of, to), std::max(of, to), false});
}

void ProcessGraph::addMonitor(const Event& event, GraphDelta& delta)
{
    const NodeIndex from = actor(event, delta);
    if (from == noNode)
        return;
    const NodeIndex to = ensure(event.peer, event.time, delta);
    auto& monitors = m_nodes[from].monitors;
    const MonitorPlace place{from, static_cast<std::uint32_t>(monitors.size())};
    if (to == noNode || !m_monitors.try_emplace(event.id, place).second) {
        ++m_contradictions; // of nothing, or under a ref that is in use
        return;
    }
    monitors.push_back({event.id, to});
    if (++m_monitorEdges[pairKey(from, to)] == 1)
        delta.monitors.push_back({from, to, true});
}

void ProcessGraph::removeMonitor(std::uint64_t ref, GraphDelta& delta)
{
    const auto found = m_monitors.find(ref);
    if (found == m_monitors.end())
        return; // demonitoring what has fired is legal
    const MonitorPlace place = found->second;
    m_monitors.erase(found);
    auto& monitors = m_nodes[place.from].monitors;
    const NodeIndex to = monitors[place.slot].target;
    if (place.slot + 1 != monitors.size()) {
        monitors[place.slot] = monitors.back();
        m_monitors[monitors[place.slot].ref].slot = place.slot;
    }
    monitors.pop_back();
    const auto edge = m_monitorEdges.find(pairKey(place.from, to));
    if (--edge->second == 0) {
        m_monitorEdges.erase(edge);
        delta.monitors.push_back({place.from, to, false});
    }
}

void ProcessGraph::monitorFired(const Event& event, GraphDelta& delta)
{
    const NodeIndex index = actor(event, delta);
    if (index == noNode)
        return;
    removeMonitor(event.id, delta);
    ++m_nodes[index].messagesArrived; // its DOWN message
    markChanged(index, delta);
}

void ProcessGraph::control(const Event& event)
{
    m_paused = event.howAs<trace::ControlState>() == trace::ControlState::Paused;
    m_hopDelay = static_cast<std::int64_t>(std::min<std::uint64_t>(event.id, INT64_MAX));
}

/// What dying does, whatever it died of: its halves and monitors vanish, everything else stays for
/// the tombstone.
void ProcessGraph::die(NodeIndex index, base::Timestamp time, GraphDelta& delta)
{
    ProcessNode& node = m_nodes[index];
    node.alive = false;
    node.exitedAt = time;
    --m_alive;
    delta.died.push_back(index);
    while (!node.links.empty())
        removeHalf(index, node.links.back(), delta);
    while (!node.monitors.empty())
        removeMonitor(node.monitors.back().ref, delta);
}

} // namespace exitwave::graph
