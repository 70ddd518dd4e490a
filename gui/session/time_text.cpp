#include "gui/session/time_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace exitwave::session {

namespace {

constexpr std::int64_t microsecond = 1'000;
constexpr std::int64_t millisecond = 1'000'000;
constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;

struct Unit
{
    std::int64_t ns;
    const char* name;
};
constexpr std::array units{
    Unit{second, "s"}, Unit{millisecond, "ms"}, Unit{microsecond, "µs"}, Unit{1, "ns"}};

/// The largest of s, ms, µs, ns that `ns` reaches.
const Unit& unitFor(std::int64_t ns)
{
    for (const Unit& unit : units) {
        if (std::abs(ns) >= unit.ns)
            return unit;
    }
    return units.back();
}

QString decimals(double value, int count, const Unit& unit)
{
    return QStringLiteral("%1 %2").arg(value, 0, 'f', count).arg(QString::fromUtf8(unit.name));
}

/// "2:05.480" or "1:02:05.480" with `count` decimals of the seconds.
QString clockText(std::int64_t ns, int count)
{
    const QString sign = ns < 0 ? QStringLiteral("-") : QString();
    const std::int64_t rest = std::abs(ns);
    const QString seconds
        = QStringLiteral("%1").arg(static_cast<double>(rest % minute) / static_cast<double>(second),
                                   count > 0 ? count + 3 : 2,
                                   'f',
                                   count,
                                   QLatin1Char('0'));
    const qint64 minutes = rest % hour / minute;
    if (rest < hour)
        return QStringLiteral("%1%2:%3").arg(sign).arg(minutes).arg(seconds);
    return QStringLiteral("%1%2:%3:%4")
        .arg(sign)
        .arg(qint64{rest / hour})
        .arg(minutes, 2, 10, QLatin1Char('0'))
        .arg(seconds);
}

/// How many decimals of `unit` a multiple of `step` can need.
int decimalsFor(std::int64_t step, std::int64_t unit)
{
    int count = 0;
    while (unit > 1 && step % unit != 0 && count < 9) {
        unit /= 10;
        ++count;
    }
    return count;
}

} // namespace

QString durationText(base::Duration duration)
{
    const std::int64_t ns = duration.ns;
    if (ns == 0)
        return QStringLiteral("0 s");
    const QString sign = ns < 0 ? QStringLiteral("-") : QString();
    const std::int64_t size = std::abs(ns);
    if (size >= hour)
        return QStringLiteral("%1%2 h %3 min")
            .arg(sign)
            .arg(qint64{size / hour})
            .arg(qint64{size % hour / minute});
    if (size >= minute)
        return QStringLiteral("%1%2 min %3 s")
            .arg(sign)
            .arg(qint64{size / minute})
            .arg(qint64{size % minute / second});
    const Unit& unit = unitFor(size);
    const double value = static_cast<double>(size) / static_cast<double>(unit.ns);
    return sign + decimals(value, value < 10 && unit.ns > 1 ? 1 : 0, unit);
}

QString momentText(base::Timestamp time, base::Duration span)
{
    const std::int64_t range = std::max(std::abs(span.ns), std::abs(time.ns));
    if (range >= minute)
        return clockText(time.ns, 3);
    const Unit& unit = range == 0 ? units.front() : unitFor(range);
    return decimals(
        static_cast<double>(time.ns) / static_cast<double>(unit.ns), unit.ns > 1 ? 3 : 0, unit);
}

QString tickText(base::Timestamp time, base::Duration step)
{
    const std::int64_t size = std::abs(time.ns);
    if (size >= minute)
        return clockText(time.ns, decimalsFor(step.ns, second));
    const Unit& unit = unitFor(std::max(size, step.ns));
    return decimals(static_cast<double>(time.ns) / static_cast<double>(unit.ns),
                    decimalsFor(step.ns, unit.ns),
                    unit);
}

base::Duration tickStep(base::Duration smallest)
{
    if (smallest.ns <= 10 * second) {
        for (std::int64_t power = 1; power <= 10 * second; power *= 10) {
            for (const std::int64_t factor : {1, 2, 5}) {
                if (factor * power >= smallest.ns)
                    return {factor * power};
            }
        }
    }
    constexpr std::array<std::int64_t, 12> steps{15 * second,
                                                 30 * second,
                                                 minute,
                                                 2 * minute,
                                                 5 * minute,
                                                 10 * minute,
                                                 15 * minute,
                                                 30 * minute,
                                                 hour,
                                                 2 * hour,
                                                 6 * hour,
                                                 12 * hour};
    for (const std::int64_t step : steps) {
        if (step >= smallest.ns)
            return {step};
    }
    std::int64_t days = 24 * hour;
    while (days < smallest.ns && days < INT64_MAX / 2)
        days *= 2;
    return {days};
}

} // namespace exitwave::session
