// A society of processes that do random things to each other.
#pragma once

#include "runtime/actor/system.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace exitwave::society {

/// The pids that everybody knows, by seat. Any thread.
class Seats
{
public:
    explicit Seats(std::size_t count)
        : m_seats(std::make_unique<std::atomic<std::uint64_t>[]>(count)), m_count(count)
    {
        for (std::size_t i = 0; i < count; ++i)
            m_seats[i].store(0);
    }
    void sit(std::size_t seat, term::Pid pid) { m_seats[seat].store(pid.packed()); }
    [[nodiscard]] term::Pid at(std::size_t seat) const
    {
        return term::Pid::fromPacked(m_seats[seat].load());
    }
    [[nodiscard]] std::size_t count() const { return m_count; }

private:
    std::unique_ptr<std::atomic<std::uint64_t>[]> m_seats;
    std::size_t m_count;
};

struct Plan
{
    std::size_t seats = 40;
    int actions = 200; ///< of each process; then it waits for ever
    std::uint64_t seed = 1;
};

/// Spawns one root per seat. Who dies is replaced by whoever spawns next.
void populate(actor::System& system, std::shared_ptr<Seats> seats, const Plan& plan);

} // namespace exitwave::society
