#include "gui/graph/moment.h"

#include "gui/graph/describe.h"

#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace exitwave::graph {

namespace {

base::Error notAMoment(std::string_view text)
{
    return base::fail(base::ErrorCode::InvalidInput,
                      "“" + std::string(text)
                          + "” is no moment of a trace: give a number of events (120), a time "
                            "(1.5s, 250ms, 80us, 5ns, 2min), “crash” or “end”");
}

base::Error noCrash()
{
    return base::fail(base::ErrorCode::NotFound,
                      "no process crashed in this trace: give another moment than “crash”");
}

/// Nanoseconds per unit; 0 for an unknown one.
double unitOf(std::string_view suffix)
{
    constexpr std::pair<std::string_view, double> units[]
        = {{"s", 1e9}, {"ms", 1e6}, {"us", 1e3}, {"ns", 1.0}, {"min", 60e9}};
    for (const auto& [name, factor] : units) {
        if (name == suffix)
            return factor;
    }
    return 0.0;
}

/// What a process that dies does in its last instant: it loses its name, is logged, and sends its
/// exit signals.
bool lastDeedOf(trace::ProcessKey dead, const trace::Event& event)
{
    return event.process == dead
        && (event.type == trace::EventType::NameUnregistered
            || event.type == trace::EventType::CrashLogged
            || event.type == trace::EventType::ExitSignalSent);
}

std::size_t afterSignalsOf(std::size_t position, const Timeline& timeline)
{
    const trace::ProcessKey dead = timeline.event(position - 1).process;
    while (position < timeline.size() && lastDeedOf(dead, timeline.event(position)))
        ++position;
    return position;
}

/// Fails for a position or a time behind a trace of `size` events that ends at `end`.
base::Result<void> within(const Moment& moment, std::size_t size, base::Timestamp end)
{
    if (moment.kind == Moment::Kind::Position && moment.position > size)
        return base::fail(base::ErrorCode::InvalidInput,
                          "this trace has only " + std::to_string(size) + " events, not "
                              + std::to_string(moment.position) + ": give a number from 0 to "
                              + std::to_string(size) + ", or “end”");
    if (moment.kind == Moment::Kind::Time && moment.time > end)
        return base::fail(base::ErrorCode::InvalidInput,
                          "this trace ends at " + secondsText(end) + ", before "
                              + secondsText(moment.time) + ": give a time up to that, or “end”");
    return base::success();
}

} // namespace

base::Result<Moment> parseMoment(std::string_view text)
{
    if (text == "end")
        return Moment{};
    if (text == "crash")
        return Moment{Moment::Kind::Crash, 0, {}};
    const char* const end = text.data() + text.size();
    std::size_t position = 0;
    if (const auto [rest, error] = std::from_chars(text.data(), end, position);
        error == std::errc{} && rest == end)
        return Moment{Moment::Kind::Position, position, {}};
    double number = 0.0;
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    const double unit = unitOf(std::string_view(rest, static_cast<std::size_t>(end - rest)));
    const double ns = number * unit;
    if (error != std::errc{} || unit == 0.0 || !std::isfinite(ns) || ns < 0.0 || ns > 9e18)
        return notAMoment(text);
    return Moment{Moment::Kind::Time, 0, base::Timestamp{std::llround(ns)}};
}

base::Result<std::size_t> positionOf(const Moment& moment, const Timeline& timeline)
{
    if (const auto there = within(moment, timeline.size(), timeline.endTime()); !there)
        return there.error();
    switch (moment.kind) {
    case Moment::Kind::Position:
        return moment.position;
    case Moment::Kind::Time:
        return timeline.positionAt(moment.time);
    case Moment::Kind::Crash:
        if (const auto crash = timeline.nextCrash(0))
            return afterSignalsOf(*crash, timeline);
        return noCrash();
    case Moment::Kind::End:
        break;
    }
    return timeline.size();
}

bool MomentFinder::includes(const ProcessGraph& before, const trace::Event& event)
{
    if (m_moment.kind != Moment::Kind::Crash)
        return m_moment.includes(before.eventCount(), event);
    if (before.crashCount() != 0)
        return lastDeedOf(m_dead, event);
    m_dead = event.process;
    return true;
}

base::Result<void> MomentFinder::endAt(const ProcessGraph& last) const
{
    if (m_moment.kind == Moment::Kind::Crash && last.crashCount() == 0)
        return noCrash();
    return within(m_moment, last.eventCount(), last.now());
}

} // namespace exitwave::graph
