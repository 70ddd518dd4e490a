#include "gui/session/play_clock.h"

#include <algorithm>
#include <cmath>

namespace exitwave::session {

namespace {

// How far the clock may have run ahead of an arriving event and wait for it instead of going back:
// more than any delivery takes.
constexpr base::Duration patience = base::milliseconds(250);

} // namespace

void PlayClock::start(base::Timestamp from)
{
    m_from = from;
    m_anchor = m_clock.now();
    m_running = true;
}

base::Timestamp PlayClock::time() const
{
    if (!m_running)
        return m_from;
    const double elapsed = static_cast<double>(m_clock.now() - m_anchor) * m_speed;
    // A trace is never longer than 2^62 ns (146 years); beyond that the conversion back would
    // overflow.
    return m_from + base::Duration{std::llround(std::min(elapsed, 4.0e18))};
}

void PlayClock::setSpeed(double speed)
{
    const double wanted = std::isnan(speed) ? 1.0 : std::clamp(speed, slowest, fastest);
    if (m_running)
        start(time());
    m_speed = wanted;
}

void LiveClock::arrived(base::Timestamp end)
{
    const base::Timestamp shown = time();
    m_end = end;
    m_from = shown > end && shown - end < patience ? shown : end;
    m_anchor = m_clock.now();
}

void LiveClock::end(base::Duration tail)
{
    m_limit = tail;
}

void LiveClock::setHeld(bool held)
{
    if (held == m_held)
        return;
    m_from = time();
    m_anchor = m_clock.now();
    m_held = held;
}

void LiveClock::reset()
{
    m_end = {};
    m_from = {};
    m_anchor = m_clock.now();
    m_limit = base::Duration{INT64_MAX};
    m_held = true;
}

base::Timestamp LiveClock::time() const
{
    if (m_held)
        return m_from;
    const base::Timestamp now = m_from + base::Duration{m_clock.now() - m_anchor};
    if (m_limit.ns == INT64_MAX)
        return now;
    return std::min(now, std::max(m_from, m_end + m_limit));
}

} // namespace exitwave::session
