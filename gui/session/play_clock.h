// PlayClock and LiveClock: where the playhead stands in trace time between two events.
#pragma once

#include "runtime/base/clock.h"

#include <cstdint>

namespace exitwave::session {

/// Trace time that runs at a chosen speed. Time is computed from one anchor, never summed up from
/// ticks, so it stays exact however irregular the ticks are. Thread: its owner's (the GUI thread);
/// the clock must outlive it.
class PlayClock
{
public:
    static constexpr double slowest = 0.1;
    static constexpr double fastest = 100.0;

    explicit PlayClock(const base::Clock& clock) : m_clock(clock) {}

    /// Runs from `from` on. Called again while running it moves the clock there.
    void start(base::Timestamp from);
    void stop() { m_running = false; }
    [[nodiscard]] bool running() const { return m_running; }
    /// Trace time now while running; the last known one after stop().
    [[nodiscard]] base::Timestamp time() const;
    /// Trace seconds per second, clamped to slowest .. fastest; what is not a number is taken as 1.
    /// Time does not jump.
    void setSpeed(double speed);
    [[nodiscard]] double speed() const { return m_speed; }

private:
    const base::Clock& m_clock;
    std::int64_t m_anchor = 0; // the clock when the trace stood at m_from
    base::Timestamp m_from;
    double m_speed = 1.0;
    bool m_running = false;
};

/// The moment a running program is at: its last event's time, and on from there by the clock until
/// the next arrives. Never goes back by the few milliseconds that delivery takes; goes back when
/// the program's own clock does not run with ours (a virtual clock). Thread: its owner's; the clock
/// must outlive it.
class LiveClock
{
public:
    explicit LiveClock(const base::Clock& clock) : m_clock(clock) {}

    /// The program is at `end` now.
    void arrived(base::Timestamp end);
    /// Stops `tail` after the last arrival, so that what the last events began can be seen to end.
    void end(base::Duration tail);
    /// Holds still (the program is paused) or goes on.
    void setHeld(bool held);
    void reset();
    [[nodiscard]] base::Timestamp time() const;

private:
    const base::Clock& m_clock;
    base::Timestamp m_end; // time of the last event
    base::Timestamp
        m_from; // trace time at m_anchor; at most `patience` past m_end when re-anchored
    std::int64_t m_anchor = 0;
    base::Duration m_limit{INT64_MAX}; // how far past m_end the clock may run
    bool m_held = true;
};

} // namespace exitwave::session
