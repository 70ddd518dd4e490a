// Timestamp, Duration and the clocks they come from.
#pragma once

#include <atomic>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace exitwave::base {

/// A span of time in nanoseconds; may be negative.
struct Duration
{
    std::int64_t ns = 0;

    constexpr auto operator<=>(const Duration&) const = default;
};

/// A moment: nanoseconds since the trace began.
struct Timestamp
{
    std::int64_t ns = 0;

    constexpr auto operator<=>(const Timestamp&) const = default;
};

constexpr Duration microseconds(std::int64_t count)
{
    return Duration{count * 1'000};
}
constexpr Duration milliseconds(std::int64_t count)
{
    return Duration{count * 1'000'000};
}
constexpr Duration seconds(std::int64_t count)
{
    return Duration{count * 1'000'000'000};
}

constexpr Duration operator+(Duration a, Duration b)
{
    return Duration{a.ns + b.ns};
}
constexpr Duration operator-(Duration a, Duration b)
{
    return Duration{a.ns - b.ns};
}
constexpr Timestamp operator+(Timestamp t, Duration d)
{
    return Timestamp{t.ns + d.ns};
}
constexpr Timestamp operator-(Timestamp t, Duration d)
{
    return Timestamp{t.ns - d.ns};
}
constexpr Duration operator-(Timestamp later, Timestamp earlier)
{
    return Duration{later.ns - earlier.ns};
}

/// A source of time. Any thread may ask; the owner outlives whoever holds a reference.
class Clock
{
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    /// Nanoseconds since an origin of the clock's own choice; never goes back.
    virtual std::int64_t now() const = 0;
};

/// The machine's steady clock. Stateless, any thread.
class MonotonicClock final : public Clock
{
public:
    std::int64_t now() const override;
};

/// A clock that moves only when told; starts at 0.
/// Thread: one thread advances it, any thread may read it.
class VirtualClock final : public Clock
{
public:
    std::int64_t now() const override { return m_now.load(std::memory_order_acquire); }

    /// Moves the clock forward. \pre by.ns >= 0; a negative step is a bug and is ignored.
    void advance(Duration by);

    /// Moves the clock to `when`; a moment in the past leaves it where it is.
    void advanceTo(std::int64_t when);

private:
    std::atomic<std::int64_t> m_now{0}; ///< written by advance*, read (acquire) by now()
};

/// Wall-clock nanoseconds since 1970-01-01 UTC, for the origin that a trace's header records.
std::int64_t wallClockNanoseconds();

} // namespace exitwave::base
