// RateMeter: how many events came in the last second.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace exitwave::session {

/// Counts over a sliding second, in tenths. Constant size and time. Thread: its owner's.
class RateMeter
{
public:
    /// `count` events came at `now` (nanoseconds of any clock that never goes back).
    void add(std::uint64_t count, std::int64_t now)
    {
        moveTo(now);
        m_counts[static_cast<std::size_t>(m_slot % slots)] += count;
    }
    /// Events per second over the last second.
    [[nodiscard]] double rate(std::int64_t now)
    {
        moveTo(now);
        std::uint64_t sum = 0;
        for (const std::uint64_t count : m_counts)
            sum += count;
        return static_cast<double>(sum);
    }
    void reset() { m_counts = {}; }

private:
    static constexpr std::int64_t slots = 10;
    static constexpr std::int64_t slotNs = 100'000'000;

    void moveTo(std::int64_t now)
    {
        const std::int64_t slot = now / slotNs;
        if (slot - m_slot >= slots)
            m_counts = {};
        else
            for (; m_slot < slot; ++m_slot)
                m_counts[static_cast<std::size_t>((m_slot + 1) % slots)] = 0;
        m_slot = slot;
    }

    std::array<std::uint64_t, slots> m_counts{};
    std::int64_t m_slot = 0;
};

} // namespace exitwave::session
