#include "gui/cli/moment.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace exitwave::cli {

namespace {

struct Unit
{
    std::string_view name;
    double nanoseconds;
};
constexpr std::array<Unit, 5> units{
    {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"min", 60e9}, {"s", 1e9}}};

base::Error notUnderstood(const std::string& text)
{
    return base::fail(base::ErrorCode::InvalidInput,
                      "“" + text
                          + "” is no moment of a trace. Give a number of events (120), a time "
                            "(1.5s, 250ms, 80us, 5ns, 2min), "
                            "“end” or “crash”.");
}

} // namespace

base::Result<Moment> parseMoment(const std::string& text)
{
    Moment moment;
    if (text == "end")
        return moment;
    if (text == "crash") {
        moment.kind = Moment::Kind::Crash;
        return moment;
    }
    const char* const end = text.data() + text.size();
    const auto whole = std::from_chars(text.data(), end, moment.count);
    if (whole.ec == std::errc{} && whole.ptr == end) {
        moment.kind = Moment::Kind::Count;
        return moment;
    }
    double value = 0;
    const auto number = std::from_chars(text.data(), end, value);
    if (number.ec != std::errc{} || !std::isfinite(value) || value < 0)
        return notUnderstood(text);
    const std::string_view unitName(number.ptr, static_cast<std::size_t>(end - number.ptr));
    for (const Unit& unit : units) {
        if (unitName != unit.name)
            continue;
        const double nanoseconds = value * unit.nanoseconds;
        moment.kind = Moment::Kind::Time;
        moment.time.ns = nanoseconds >= 9e18 ? INT64_MAX
                                             : static_cast<std::int64_t>(std::llround(nanoseconds));
        return moment;
    }
    return notUnderstood(text);
}

} // namespace exitwave::cli
