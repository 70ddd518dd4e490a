// Choreography: when the crashes, signals and deaths of a trace are seen, and how long.
#pragma once

#include "gui/graph/graph_delta.h"
#include "gui/graph/process_graph.h"
#include "gui/scene/frame_time.h"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace exitwave::scene {

using graph::NodeIndex;

/// Microseconds of a crash become something that can be followed:
///
///   presented(event) = max(time the playhead passed it, presented(its cause) + hop)
///
/// A crash flashes; each exit signal travels its link for one hop; the victim's tombstone appears
/// when the signal arrives, and only then do the signals it sends on its own death set out. A
/// signal that is still in flight at the playhead stands on its link at its true fraction. Live
/// view and replay come through the same apply(). After a reset (seek) nothing is animated. All
/// queries are pure functions of `now`. Memory is bounded by maxEffects and maxPending. Thread: one
/// owner (the canvas, GUI thread).
class Choreography
{
public:
    static constexpr base::Duration hop = base::milliseconds(350);
    static constexpr base::Duration flashLength = base::milliseconds(600);
    static constexpr base::Duration pulseLength = base::milliseconds(600);
    static constexpr base::Duration captionLength = base::milliseconds(2600);
    static constexpr base::Duration trailLength = base::milliseconds(1200);
    static constexpr base::Duration messageLength = base::milliseconds(250);
    /// The longest that presentation may lag behind the playhead: chains longer than that are
    /// presented at once at their end.
    static constexpr base::Duration maxLag = base::milliseconds(3500);
    static constexpr std::size_t maxEffects = 400; ///< at one time
    static constexpr std::size_t maxPending = 20000; ///< signals and deaths remembered

    /// An exit signal on its way, as seen at some moment.
    struct Bead
    {
        trace::SignalId signal;
        NodeIndex from = graph::noNode; ///< noNode: from outside the program
        NodeIndex to = graph::noNode;
        trace::TermId reason;
        trace::SignalOrigin origin{};
        float fraction = 0.0F; ///< 0 at the sender, 1 at the receiver
        bool started = true; ///< false: its cause is still being presented; only its way is there
    };
    /// The way a signal took, still glowing after its arrival.
    struct Trail
    {
        NodeIndex from = graph::noNode;
        NodeIndex to = graph::noNode;
        float strength = 1.0F; ///< 1 at arrival, then fading to 0
    };
    /// Rings around a process that just crashed or was killed.
    struct Flash
    {
        NodeIndex node = graph::noNode;
        float part = 0.0F; ///< 0 at the start, 1 when gone
    };
    /// An exit signal that landed in a shield.
    struct Landing
    {
        NodeIndex node = graph::noNode;
        NodeIndex from = graph::noNode;
        trace::TermId reason;
        float pulse = 0.0F; ///< part of the pulse passed, 1 when it is over
        float caption = 0.0F; ///< part of the caption's time passed
    };
    /// A message on its way.
    struct Dart
    {
        NodeIndex from = graph::noNode;
        NodeIndex to = graph::noNode;
        float fraction = 0.0F;
    };

    /// Takes what the playhead's last move changed; `graph` is the state after it, `now` when it is
    /// shown. A reset clears everything.
    void apply(const graph::GraphDelta& delta, const graph::ProcessGraph& graph, FrameTime now);
    void clear();
    /// No motion: everything is presented at once, beads stand still in the middle of their link
    /// while their signal is in flight.
    void setReducedMotion(bool reduced) { m_reducedMotion = reduced; }
    [[nodiscard]] bool reducedMotion() const { return m_reducedMotion; }
    /// Messages are shown only on request; they are many.
    void setShowMessages(bool show) { m_showMessages = show; }

    /// True while anything above changes with time alone: draw another frame. Signals in flight
    /// move with the playhead and are not counted.
    [[nodiscard]] bool animating(FrameTime now) const;

    /// False for a process that the graph knows dead but whose end is not presented yet.
    [[nodiscard]] bool deathShown(NodeIndex node, FrameTime now) const;
    /// Moment at which the end of `node` is or was presented; nullopt when it is not recent.
    [[nodiscard]] std::optional<FrameTime> deathTime(NodeIndex node) const;
    /// How many {:EXIT, ...} messages the graph counts for `node` whose signals are still seen to
    /// fly.
    [[nodiscard]] std::uint32_t exitMessagesToCome(NodeIndex node, FrameTime now) const;
    /// Signals to draw at `now`: those travelling by presentation and those in flight at the
    /// playhead.
    [[nodiscard]] std::vector<Bead>
    beads(const graph::ProcessGraph& graph, base::Timestamp playhead, FrameTime now) const;
    [[nodiscard]] std::vector<Trail> trails(FrameTime now) const;
    [[nodiscard]] std::vector<Flash> flashes(FrameTime now) const;
    [[nodiscard]] std::vector<Landing> landings(FrameTime now) const;
    [[nodiscard]] std::vector<Dart> darts(FrameTime now) const;
    /// Effects not shown because too many came at once, since the last clear. Their outcome is
    /// shown.
    [[nodiscard]] std::uint64_t skipped() const { return m_skipped; }

private:
    struct Travel
    {
        Bead bead;
        base::Timestamp sentAt; // trace time
        FrameTime start; // of the way that remains from startFraction on
        FrameTime arrival; // meaningful when landed
        float startFraction = 0.0F;
        bool landed = false;
        bool shown = true; // false: over the limit, only its arrival time counts
    };
    struct Ending
    {
        FrameTime at;
        bool flash = false;
    };

    void signalSent(const graph::GraphDelta::Moment& moment,
                    const graph::ProcessGraph& graph,
                    FrameTime now);
    FrameTime signalLanded(const graph::GraphDelta::Moment& moment, FrameTime now);
    void ended(const graph::GraphDelta::Moment& moment, FrameTime now);
    void exitMessage(const graph::GraphDelta::Moment& moment, FrameTime now);
    void messageSent(const graph::GraphDelta::Moment& moment, FrameTime now);
    void land(Travel& travel, base::Timestamp landedAt, FrameTime now);
    [[nodiscard]] FrameTime afterCause(trace::SignalId cause, FrameTime now) const;
    [[nodiscard]] float
    flightFraction(const Travel& travel, base::Timestamp playhead, FrameTime now) const;
    void forgetPast(FrameTime now);
    void movesUntil(FrameTime end);
    [[nodiscard]] bool roomForEffect();

    std::unordered_map<std::uint64_t, Travel> m_travels; // by signal id
    std::deque<std::uint64_t> m_travelOrder; // oldest first
    std::map<NodeIndex, Ending> m_endings; // ordered: effects are drawn in a fixed order
    struct Arrival
    {
        NodeIndex node = graph::noNode;
        NodeIndex from = graph::noNode;
        trace::TermId reason;
        FrameTime at;
    };
    std::vector<Arrival> m_arrivals;
    struct Flight
    {
        NodeIndex from = graph::noNode;
        NodeIndex to = graph::noNode;
        FrameTime at;
    };
    std::vector<Flight> m_messages;
    std::int64_t m_hopDelay = 0;
    std::size_t m_active = 0; // effects that may be on screen
    std::uint64_t m_skipped = 0;
    FrameTime m_quietAt; // nothing moves by itself from then on
    bool m_reducedMotion = false;
    bool m_showMessages = false;
};

} // namespace exitwave::scene
