// Inbox: one word per process through which all signals come.
#pragma once

#include "runtime/actor/signal.h"

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace exitwave::actor {

/// What a push found.
enum class Pushed : std::uint8_t {
    Queued, ///< the process is running or already in a run queue
    MustSchedule, ///< the process was waiting: the pusher puts it into a run queue
    Dead, ///< no such process; the signal still belongs to the pusher
};

/// A stack of signals with room for one state, in one atomic word.
///
///     63......48 47.......................4 3..0
///     generation  top of the stack           tag      tag: 0 = top valid (null: empty, scheduled)
///                                                          1 = IDLE: empty, not scheduled;
///                                                              the worker instead of a pointer
///                                                          2 = CLOSED: dead
///
/// One compare-and-swap both appends and decides who schedules. The generation makes a late push to
/// a reused slot fail. Thread: push by any worker; the rest by the worker that runs the process.
class Inbox
{
public:
    /// A new process: scheduled, nothing in it. Only while the slot is free.
    void open(std::uint32_t generation) noexcept
    {
        // Release: whoever learns the pid through a signal sees the slot's contents.
        m_word.store(tagged(generation), std::memory_order_release); // partner: push
    }

    /// `ranOn` is set with MustSchedule: to the worker on which the process became idle.
    Pushed push(Signal* signal, std::uint32_t generation, unsigned& ranOn) noexcept
    {
        std::uint64_t word = m_word.load(std::memory_order_acquire); // partner: open
        for (;;) {
            if ((word >> 48) != (generation & 0xFFFFU) || (word & tagMask) == closedTag)
                return Pushed::Dead;
            signal->next = pointer(word);
            const std::uint64_t next = tagged(generation) | reinterpret_cast<std::uint64_t>(signal);
            // Release: the receiver sees the whole signal. Acquire on failure, to look again.
            if (m_word.compare_exchange_weak(word,
                                             next,
                                             std::memory_order_acq_rel,
                                             std::memory_order_acquire)) // partner: take
                break;
        }
        if ((word & tagMask) != idleTag)
            return Pushed::Queued;
        ranOn = static_cast<unsigned>((word & pointerMask) >> workerShift);
        return Pushed::MustSchedule;
    }

    [[nodiscard]] bool isOpen(std::uint32_t generation) const noexcept
    {
        const std::uint64_t word = m_word.load(std::memory_order_acquire); // partner: close
        return (word >> 48) == (generation & 0xFFFFU) && (word & tagMask) != closedTag;
    }
    [[nodiscard]] bool hasSignals() const noexcept
    {
        return pointer(m_word.load(std::memory_order_relaxed)) != nullptr;
    }

    /// All signals, oldest first; the process stays scheduled.
    [[nodiscard]] Signal* take(std::uint32_t generation) noexcept
    {
        if (!hasSignals())
            return nullptr;
        return reversed(
            m_word.exchange(tagged(generation), std::memory_order_acquire)); // partner: push
    }
    /// Marks the process as waiting, unless signals have come meanwhile. `worker` runs it.
    [[nodiscard]] bool tryIdle(std::uint32_t generation, unsigned worker) noexcept
    {
        std::uint64_t expected = tagged(generation);
        // Release: the next worker to run the process sees what this one wrote.
        return m_word.compare_exchange_strong(
            expected,
            tagged(generation) | (std::uint64_t{worker} << workerShift) | idleTag,
            std::memory_order_acq_rel); // partner: push
    }
    /// The process is dead: no push succeeds any more. What was inside, oldest first.
    [[nodiscard]] Signal* close(std::uint32_t generation) noexcept
    {
        return reversed(m_word.exchange(tagged(generation) | closedTag,
                                        std::memory_order_acq_rel)); // partner: push, isOpen
    }
    /// \pre nothing runs.
    [[nodiscard]] bool isIdle() const noexcept
    {
        return (m_word.load(std::memory_order_acquire) & tagMask) == idleTag;
    }

private:
    static constexpr std::uint64_t tagMask = 0xF;
    static constexpr std::uint64_t idleTag = 1;
    static constexpr std::uint64_t closedTag = 2;
    static constexpr std::uint64_t pointerMask = 0x0000'FFFF'FFFF'FFF0;
    static constexpr unsigned workerShift = 4;

    static std::uint64_t tagged(std::uint32_t generation) noexcept
    {
        return static_cast<std::uint64_t>(generation & 0xFFFFU) << 48;
    }
    static Signal* pointer(std::uint64_t word) noexcept
    {
        return (word & tagMask) == idleTag ? nullptr
                                           : reinterpret_cast<Signal*>(word & pointerMask);
    }
    static Signal* reversed(std::uint64_t word) noexcept
    {
        Signal* oldest = nullptr;
        for (Signal* signal = pointer(word); signal;) {
            Signal* older = signal->next;
            signal->next = oldest;
            oldest = signal;
            signal = older;
        }
        return oldest;
    }

    std::atomic<std::uint64_t> m_word{0xFFFF'0000'0000'0002}; // closed, a generation not yet used
};

} // namespace exitwave::actor
