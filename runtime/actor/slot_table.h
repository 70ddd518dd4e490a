// SlotTable: all processes of a system by their pids.
#pragma once

#include "runtime/actor/slot.h"
#include "runtime/base/mutex.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace exitwave::actor {

/// A reserved region of slots. Indices begin at `firstIndex`, so that pids look as people know
/// them. The first `freshIndices` processes get new indices; later ones reuse the index freed last,
/// which is still in the cache, with the next generation.
/// Thread: any; each worker brings its own FreeList.
class SlotTable
{
public:
    static constexpr std::uint32_t firstIndex = 100;
    static constexpr std::uint32_t freshIndices = 1024;
    static constexpr std::uint32_t capacity = 1U << 23;

    /// A worker's stock of free indices.
    struct FreeList
    {
        std::vector<std::uint32_t> indices;
    };

    SlotTable();
    SlotTable(const SlotTable&) = delete;
    SlotTable& operator=(const SlotTable&) = delete;
    ~SlotTable();

    /// A free slot's index; 0 when all are taken. Its generation is that of the process to be.
    [[nodiscard]] std::uint32_t take(FreeList& free);
    /// \pre its inbox is closed and nothing of the process is left.
    void give(FreeList& free, std::uint32_t index);

    [[nodiscard]] Slot& at(std::uint32_t index) noexcept { return m_slots[index]; }
    /// The slot that `pid` means or meant; null when there was never such a process.
    [[nodiscard]] Slot* find(Pid pid) noexcept
    {
        if (pid.index < firstIndex || pid.index >= m_end.load(std::memory_order_acquire))
            return nullptr;
        return &m_slots[pid.index];
    }
    [[nodiscard]] bool isAlive(Pid pid) noexcept
    {
        Slot* slot = find(pid);
        return slot && slot->generation.load(std::memory_order_relaxed) == pid.generation
            && slot->inbox.isOpen(pid.generation);
    }
    [[nodiscard]] Pid pidOf(std::uint32_t index) const noexcept
    {
        return {index, m_slots[index].generation.load(std::memory_order_relaxed)};
    }
    [[nodiscard]] std::uint32_t end() const noexcept
    {
        return m_end.load(std::memory_order_acquire);
    }

private:
    static constexpr std::size_t batch = 64;
    static constexpr std::size_t stockLimit = 1024;

    std::uint32_t refill(FreeList& free);

    Slot* m_slots = nullptr;
    std::atomic<std::uint32_t> m_end{firstIndex}; ///< first index never used; partner: find
    base::Mutex m_mutex;
    std::vector<std::uint32_t> m_free EXITWAVE_GUARDED_BY(m_mutex);
};

} // namespace exitwave::actor
