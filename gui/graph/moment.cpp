#include "gui/graph/moment.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace exitwave::graph {

namespace {

base::Error notAMoment(std::string_view text)
{
    return base::fail(base::ErrorCode::InvalidInput,
                      "\"" + std::string(text)
                          + "\" is not a moment of a trace: write a number of events (42), a time "
                            "(1.5s, 300ms, 20us, 7ns), crash or end");
}

/// Nanoseconds per unit; 0 for an unknown one.
double unitOf(std::string_view suffix)
{
    constexpr std::pair<std::string_view, double> units[]
        = {{"s", 1e9}, {"ms", 1e6}, {"us", 1e3}, {"ns", 1.0}};
    for (const auto& [name, factor] : units) {
        if (name == suffix)
            return factor;
    }
    return 0.0;
}

/// Past what a dying process does in its last instant: it loses its name, is logged, and sends its
/// exit signals.
std::size_t afterSignalsOf(std::size_t position, const Timeline& timeline)
{
    const trace::ProcessKey dead = timeline.event(position - 1).process;
    const auto belongs = [dead](const trace::Event& event) {
        return event.process == dead
            && (event.type == trace::EventType::NameUnregistered
                || event.type == trace::EventType::CrashLogged
                || event.type == trace::EventType::ExitSignalSent);
    };
    while (position < timeline.size() && belongs(timeline.event(position)))
        ++position;
    return position;
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
    switch (moment.kind) {
    case Moment::Kind::Position:
        return std::min(moment.position, timeline.size());
    case Moment::Kind::Time:
        return timeline.positionAt(moment.time);
    case Moment::Kind::Crash:
        if (const auto crash = timeline.nextCrash(0))
            return afterSignalsOf(*crash, timeline);
        return base::fail(base::ErrorCode::NotFound,
                          "no process crashed in this trace: name another moment than \"crash\"");
    case Moment::Kind::End:
        break;
    }
    return timeline.size();
}

} // namespace exitwave::graph
