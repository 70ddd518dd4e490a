// RunQueue: the processes that a worker will run, a growable ring.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace exitwave::actor {

/// First in, first out; an array, so that neighbours share cache lines and nothing is allocated.
/// Thread: its worker.
class RunQueue
{
public:
    RunQueue() : m_ring(256) {}

    void push(std::uint32_t index)
    {
        if (m_count == m_ring.size())
            grow();
        m_ring[(m_head + m_count++) & (m_ring.size() - 1)] = index;
    }
    /// \pre not empty.
    std::uint32_t pop()
    {
        const std::uint32_t index = m_ring[m_head];
        m_head = (m_head + 1) & (m_ring.size() - 1);
        --m_count;
        return index;
    }
    /// Takes the one at `position`; the first one moves to its place. \pre position < size()
    std::uint32_t popAt(std::size_t position)
    {
        std::swap(m_ring[m_head], m_ring[(m_head + position) & (m_ring.size() - 1)]);
        return pop();
    }
    /// Takes the newest `count` out, oldest of them first. \pre count <= size()
    void popNewest(std::size_t count, std::vector<std::uint32_t>& out)
    {
        for (std::size_t i = m_count - count; i < m_count; ++i)
            out.push_back(peek(i));
        m_count -= count;
    }
    /// \pre position < size()
    [[nodiscard]] std::uint32_t peek(std::size_t position) const
    {
        return m_ring[(m_head + position) & (m_ring.size() - 1)];
    }
    [[nodiscard]] std::size_t size() const noexcept { return m_count; }
    [[nodiscard]] bool empty() const noexcept { return m_count == 0; }

private:
    void grow()
    {
        std::vector<std::uint32_t> larger(m_ring.size() * 2);
        for (std::size_t i = 0; i < m_count; ++i)
            larger[i] = peek(i);
        m_ring.swap(larger);
        m_head = 0;
    }

    std::vector<std::uint32_t> m_ring; // size is a power of two
    std::size_t m_head = 0;
    std::size_t m_count = 0;
};

} // namespace exitwave::actor
