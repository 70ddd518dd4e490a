// Reserving, taking and giving back slots.
#include "runtime/actor/slot_table.h"

#include "runtime/actor/platform_memory.h"

#include <algorithm>
#include <new>

namespace exitwave::actor {

namespace {
constexpr std::size_t regionSize = std::size_t{SlotTable::capacity} * sizeof(Slot);
}

SlotTable::SlotTable() : m_slots(static_cast<Slot*>(reserveMemory(regionSize)))
{
    if (!m_slots)
        throw std::bad_alloc();
}

SlotTable::~SlotTable()
{
    // Slots hold nothing by now; dropping the processes was the system's task.
    releaseMemory(m_slots, regionSize);
}

std::uint32_t SlotTable::take(FreeList& free)
{
    if (m_end.load(std::memory_order_relaxed) >= firstIndex + freshIndices
        && !free.indices.empty()) {
        const std::uint32_t index = free.indices.back();
        free.indices.pop_back();
        return index;
    }
    return refill(free);
}

std::uint32_t SlotTable::refill(FreeList& free)
{
    const base::MutexLock lock(m_mutex);
    std::uint32_t end = m_end.load(std::memory_order_relaxed);
    const bool fresh = end < firstIndex + freshIndices;
    if (!fresh && !m_free.empty()) {
        const std::size_t count = std::min(batch, m_free.size());
        free.indices.insert(
            free.indices.end(), m_free.end() - static_cast<std::ptrdiff_t>(count), m_free.end());
        m_free.resize(m_free.size() - count);
        const std::uint32_t index = free.indices.back();
        free.indices.pop_back();
        return index;
    }
    const std::uint32_t wanted = fresh ? 1 : static_cast<std::uint32_t>(batch);
    const std::uint32_t count = std::min(wanted, capacity - end);
    if (count == 0)
        return 0;
    for (std::uint32_t i = 0; i < count; ++i)
        ::new (&m_slots[end + i]) Slot;
    // Handed out in ascending order.
    for (std::uint32_t i = count; i-- > 1;)
        free.indices.push_back(end + i);
    // Release pairs with find(): whoever sees the new end sees the slots made.
    m_end.store(end + count, std::memory_order_release);
    return end;
}

void SlotTable::give(FreeList& free, std::uint32_t index)
{
    Slot& slot = m_slots[index];
    slot.generation.store(slot.generation.load(std::memory_order_relaxed) + 1,
                          std::memory_order_relaxed);
    free.indices.push_back(index);
    if (free.indices.size() < stockLimit)
        return;
    // What one worker frees and another needs goes through the common stock, oldest first.
    const base::MutexLock lock(m_mutex);
    const auto half = free.indices.begin() + static_cast<std::ptrdiff_t>(stockLimit / 2);
    m_free.insert(m_free.end(), free.indices.begin(), half);
    free.indices.erase(free.indices.begin(), half);
}

} // namespace exitwave::actor
