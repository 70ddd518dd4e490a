// ProcessGraph: the processes, links, monitors and signals in flight at one moment of a trace.
#pragma once

#include "gui/graph/graph_delta.h"
#include "runtime/base/clock.h"
#include "runtime/trace/event.h"
#include "runtime/trace/event_source.h"
#include "runtime/trace/term_table.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace exitwave::graph {

/// How a dead process looks: told apart by shape everywhere (ring, ring with cross, ring with bar).
enum class Death : std::uint8_t {
    None, ///< alive
    Normal, ///< reason :normal, :shutdown or {:shutdown, _}
    Crash, ///< its own uncaught error, throw or abnormal exit/1: the root of what follows
    Victim, ///< an exit signal through a link, abnormal reason
    Killed, ///< exit/2 from another: :kill (reason :killed) or any other abnormal reason
};

struct Monitor
{
    std::uint64_t ref = 0;
    NodeIndex target = noNode;
    friend bool operator==(const Monitor&, const Monitor&) = default;
};

/// One process, alive or dead. A node keeps its index as long as its graph's trace; dead processes
/// stay.
struct ProcessNode
{
    trace::ProcessKey key;
    NodeIndex parent = noNode; ///< noNode for a root
    trace::TermId name; ///< registered name (an atom); 0 = none. Kept after death for the tombstone
    trace::TermId spawnInfo; ///< map with any of initial_call, label, file, line; 0 = unknown
    base::Timestamp spawnedAt;
    base::Timestamp exitedAt; ///< meaningful when !alive
    trace::TermId reason; ///< exit reason; 0 while alive
    trace::SignalId cause; ///< the exit signal it died of; 0 = its own doing
    trace::ExitKind exitKind{};
    Death death = Death::None;
    bool alive = true;
    bool trapsExit = false;
    bool inferred
        = false; ///< first seen without a spawn event (the trace began later, or events were lost)
    std::uint32_t childCount = 0;
    std::uint32_t exitMessages = 0; ///< exit signals it turned into {:EXIT, ...} messages
    std::uint64_t messagesSent = 0;
    std::uint64_t messagesReceived = 0;
    std::uint64_t messagesArrived
        = 0; ///< sent to it; minus received = its queue length (as far as traced)
    std::vector<NodeIndex>
        links; ///< its own half of each link: whom this process believes to be linked to; unordered
    std::vector<Monitor> monitors; ///< whom it monitors; unordered
    friend bool operator==(const ProcessNode&, const ProcessNode&) = default;
};

/// An exit signal that was sent and not yet handled.
struct SignalInFlight
{
    trace::SignalId id;
    NodeIndex from = noNode; ///< noNode: from outside the program
    NodeIndex to = noNode;
    trace::TermId reason;
    trace::SignalOrigin origin{};
    base::Timestamp sentAt;
    friend bool operator==(const SignalInFlight&, const SignalInFlight&) = default;
};

/// State as a fold over events: `apply` is the only mutator, so the graph at event n is the same
/// whether it was reached live, by replay or by seeking. A copy is a key frame. Thread: one owner.
/// Invariants: a link edge exists while at least one end holds its half (so it stays visible while
/// an exit signal travels along it); a dead process holds no halves and no monitors; nodes are
/// never removed.
class ProcessGraph
{
public:
    /// Applies one event and records in `delta` what it changed. Never fails: an event about an
    /// unknown process creates an `inferred` node; what contradicts the state (a second exit) is
    /// counted in `contradictions()`.
    void apply(const trace::Event& event, const trace::TermTable& terms, GraphDelta& delta);

    [[nodiscard]] std::size_t size() const { return m_nodes.size(); }
    [[nodiscard]] const ProcessNode& node(NodeIndex index) const { return m_nodes[index]; }
    [[nodiscard]] const std::vector<ProcessNode>& nodes() const { return m_nodes; }
    /// noNode when the process was never seen.
    [[nodiscard]] NodeIndex find(trace::ProcessKey key) const;
    /// True when either end holds its half.
    [[nodiscard]] bool linked(NodeIndex a, NodeIndex b) const;
    /// Every link edge once, as a < b, ordered. O(halves).
    [[nodiscard]] std::vector<std::pair<NodeIndex, NodeIndex>> linkEdges() const;
    [[nodiscard]] const std::vector<SignalInFlight>& signalsInFlight() const { return m_signals; }
    /// What is known of an exit signal: sender, receiver, reason, its own cause.
    struct SignalRecord
    {
        NodeIndex from = noNode; ///< noNode: from outside the program
        NodeIndex to = noNode;
        trace::TermId reason;
        trace::SignalId cause;
        trace::SignalOrigin origin{};
        bool handled = false; ///< its receiver has dealt with it
        trace::SignalOutcome outcome{}; ///< what became of it; meaningful when handled
        bool inferred = false; ///< its sending was not recorded: origin is then a guess, and the
                               ///< cause unknown
    };
    /// The record of an exit signal: kept for ever when somebody died of it, otherwise while it is
    /// in flight and for a good while after (as many as there are processes, at least
    /// `handledSignalsKept`). nullptr when unknown or forgotten.
    [[nodiscard]] const SignalRecord* signal(trace::SignalId id) const;
    /// Ids of the exit signals that `from` sent and whose records are still kept, ascending.
    /// O(records).
    [[nodiscard]] std::vector<trace::SignalId> signalsSentBy(NodeIndex from) const;
    static constexpr std::size_t handledSignalsKept = 4096;
    /// More signals than this (or 4 per process) in flight mean that their deliveries were lost:
    /// the oldest half is forgotten, and counted.
    static constexpr std::size_t signalsInFlightKept = 65536;

    [[nodiscard]] std::uint32_t aliveCount() const { return m_alive; }
    [[nodiscard]] std::uint32_t deadCount() const
    {
        return static_cast<std::uint32_t>(m_nodes.size()) - m_alive;
    }
    [[nodiscard]] std::uint32_t crashCount() const { return m_crashes; }
    [[nodiscard]] std::uint64_t lostEvents() const { return m_lost; }
    [[nodiscard]] std::uint64_t contradictions() const { return m_contradictions; }
    [[nodiscard]] std::uint64_t eventCount() const { return m_events; }
    [[nodiscard]] base::Timestamp now() const { return m_now; } ///< time of the last event applied
    [[nodiscard]] bool paused() const { return m_paused; }
    [[nodiscard]] std::int64_t hopDelay() const
    {
        return m_hopDelay;
    } ///< slow motion, ns per signal hop; 0 = full speed
    [[nodiscard]] bool ended() const { return m_ended; }

private:
    struct IdHash
    {
        std::size_t operator()(std::uint64_t value) const noexcept
        {
            value *= 0x9E3779B97F4A7C15ULL;
            return static_cast<std::size_t>(value ^ value >> 32);
        }
    };
    template<typename Value>
    using IdMap = std::unordered_map<std::uint64_t, Value, IdHash>;
    struct SignalEntry
    {
        SignalRecord record;
        std::uint32_t slot = notInFlight; ///< its place in m_signals
        bool fatal = false; ///< somebody died of it: kept for ever
    };
    struct MonitorPlace
    {
        NodeIndex from = noNode;
        std::uint32_t slot = 0; ///< its place in the node's monitors
    };
    static constexpr std::uint32_t notInFlight = std::numeric_limits<std::uint32_t>::max();
    static std::uint64_t pairKey(NodeIndex a, NodeIndex b)
    {
        return static_cast<std::uint64_t>(a) << 32 | b;
    }

    NodeIndex ensure(trace::ProcessKey key, base::Timestamp time, GraphDelta& delta);
    NodeIndex actor(const trace::Event& event, GraphDelta& delta);
    void spawned(const trace::Event& event, GraphDelta& delta);
    void setParent(NodeIndex child, NodeIndex parent, GraphDelta& delta);
    void named(const trace::Event& event, GraphDelta& delta);
    void linkChanged(const trace::Event& event, GraphDelta& delta);
    void addHalf(NodeIndex of, NodeIndex to, GraphDelta& delta);
    void removeHalf(NodeIndex of, NodeIndex to, GraphDelta& delta);
    void addMonitor(const trace::Event& event, GraphDelta& delta);
    void removeMonitor(std::uint64_t ref, GraphDelta& delta);
    void monitorFired(const trace::Event& event, GraphDelta& delta);
    void message(const trace::Event& event, GraphDelta& delta);
    void signalSent(const trace::Event& event, GraphDelta& delta);
    void signalDelivered(const trace::Event& event, GraphDelta& delta);
    SignalEntry& signalHandled(const trace::Event& event, NodeIndex to, NodeIndex from);
    void landFlight(SignalEntry& entry);
    void forgetOldFlights();
    void exited(const trace::Event& event, const trace::TermTable& terms, GraphDelta& delta);
    [[nodiscard]] Death
    deathOf(const trace::Event& event, NodeIndex node, const trace::TermTable& terms);
    void die(NodeIndex index, base::Timestamp time, GraphDelta& delta);
    void control(const trace::Event& event);

    std::vector<ProcessNode> m_nodes;
    IdMap<NodeIndex> m_byKey;
    IdMap<std::uint32_t> m_halves; // pairKey(of, to) -> place in m_nodes[of].links
    IdMap<MonitorPlace> m_monitors; // by ref
    IdMap<std::uint32_t> m_monitorEdges; // pairKey(from, to) -> number of monitors
    std::vector<SignalInFlight> m_signals;
    IdMap<SignalEntry> m_signalEntries; // exit signals only, for explanation
    std::deque<std::uint64_t>
        m_handled; // exit signals that killed nobody, oldest first: what may be forgotten
    std::uint32_t m_alive = 0;
    std::uint32_t m_crashes = 0;
    std::uint64_t m_lost = 0;
    std::uint64_t m_contradictions = 0;
    std::uint64_t m_events = 0;
    std::int64_t m_hopDelay = 0;
    base::Timestamp m_now;
    bool m_paused = false;
    bool m_ended = false;
};

} // namespace exitwave::graph
