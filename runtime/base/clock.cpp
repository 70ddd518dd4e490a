// The clocks' readings.
#include "runtime/base/clock.h"

#include "runtime/base/check.h"

#include <chrono>

namespace exitwave::base {

namespace {

template<class ChronoClock>
std::int64_t nanosecondsOf()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               ChronoClock::now().time_since_epoch())
        .count();
}

} // namespace

std::int64_t MonotonicClock::now() const
{
    return nanosecondsOf<std::chrono::steady_clock>();
}

void VirtualClock::advance(Duration by)
{
    if (!EXITWAVE_CHECK(by.ns >= 0))
        return;
    // Release pairs with the acquire load in now().
    m_now.store(m_now.load(std::memory_order_relaxed) + by.ns, std::memory_order_release);
}

void VirtualClock::advanceTo(std::int64_t when)
{
    if (when > m_now.load(std::memory_order_relaxed))
        m_now.store(when, std::memory_order_release); // pairs with the acquire load in now()
}

std::int64_t wallClockNanoseconds()
{
    return nanosecondsOf<std::chrono::system_clock>();
}

} // namespace exitwave::base
