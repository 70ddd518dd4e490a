// SpscRing: a bounded lock-free queue from one producer thread to one consumer thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace exitwave::base {

/// A ring of `capacity` records (rounded up to a power of two).
///
///     index:   m_head (consumer) ----> readable ----> m_tail (producer) ----> free
///
/// Thread: exactly one producer calls tryPush; exactly one consumer calls peek and pop. Anybody may
/// call size() and get a value that was true a moment ago.
/// Invariants: indices only grow; tail - head <= capacity; cells [head, tail) hold live objects,
/// all other cells hold none. Neither side ever waits.
template<class T>
class SpscRing
{
    static_assert(std::is_nothrow_move_constructible_v<T>, "a push must not fail half-way");

public:
    explicit SpscRing(std::size_t capacity)
        : m_mask(std::bit_ceil(std::max<std::size_t>(capacity, 2)) - 1)
        , m_cells(std::allocator<T>{}.allocate(m_mask + 1))
    {
    }
    SpscRing(const SpscRing&) = delete;
    SpscRing& operator=(const SpscRing&) = delete;

    /// Destroys what was not consumed. \pre neither side is in a call any more.
    ~SpscRing()
    {
        while (const std::size_t count = peek().size())
            pop(count);
        std::allocator<T>{}.deallocate(m_cells, m_mask + 1);
    }

    std::size_t capacity() const noexcept { return m_mask + 1; }

    /// Producer: moves `record` in. False when the ring is full; `record` is then untouched.
    bool tryPush(T&& record) noexcept
    {
        const std::size_t tail = m_tail.load(std::memory_order_relaxed); // own index
        if (tail - m_cachedHead > m_mask) {
            // Acquire pairs with the release in pop(): the cells before head are really free.
            m_cachedHead = m_head.load(std::memory_order_acquire);
            if (tail - m_cachedHead > m_mask)
                return false;
        }
        std::construct_at(m_cells + (tail & m_mask), std::move(record));
        // Release pairs with the acquire in peek(): the record is complete before it is seen.
        m_tail.store(tail + 1, std::memory_order_release);
        return true;
    }

    /// Producer: copies `record` in; see above.
    bool tryPush(const T& record) noexcept(std::is_nothrow_copy_constructible_v<T>)
    {
        return tryPush(T(record));
    }

    /// Producer: how many records are inside at most. Looks at the consumer's side only when its
    /// own older view of it says that more than half is in use.
    std::size_t producerSize() noexcept
    {
        const std::size_t tail = m_tail.load(std::memory_order_relaxed); // own index
        if (tail - m_cachedHead > capacity() / 2)
            m_cachedHead = m_head.load(std::memory_order_acquire); // pairs with pop()
        return tail - m_cachedHead;
    }

    /// Consumer: the records that can be read now, as far as they lie in one piece. Valid until
    /// pop(). Empty when nothing is there. What wraps around comes with the next call.
    std::span<T> peek() noexcept
    {
        const std::size_t head = m_head.load(std::memory_order_relaxed); // own index
        if (head == m_cachedTail) {
            m_cachedTail = m_tail.load(std::memory_order_acquire); // pairs with tryPush()
        }
        const std::size_t first = head & m_mask;
        const std::size_t count = std::min(m_cachedTail - head, m_mask + 1 - first);
        return {m_cells + first, count};
    }

    /// Consumer: destroys the first `count` records. \pre count <= peek().size() just seen.
    void pop(std::size_t count) noexcept
    {
        const std::size_t head = m_head.load(std::memory_order_relaxed); // own index
        std::destroy_n(m_cells + (head & m_mask), count);
        // Release pairs with the acquire in tryPush(): destruction ends before the cell is reused.
        m_head.store(head + count, std::memory_order_release);
    }

    /// How many records are inside, as seen a moment ago. Any thread.
    std::size_t size() const noexcept
    {
        // Head first: tail read later can only be further on, so the difference is never negative.
        const std::size_t head = m_head.load(std::memory_order_acquire);
        return std::min(m_tail.load(std::memory_order_acquire) - head, m_mask + 1);
    }

private:
    static constexpr std::size_t cacheLine = 64;

    const std::size_t m_mask;
    T* const m_cells;
    alignas(cacheLine) std::atomic<std::size_t> m_tail{0}; ///< written by the producer
    std::size_t m_cachedHead = 0; ///< the producer's last view of m_head
    alignas(cacheLine) std::atomic<std::size_t> m_head{0}; ///< written by the consumer
    std::size_t m_cachedTail = 0; ///< the consumer's last view of m_tail
};

} // namespace exitwave::base
