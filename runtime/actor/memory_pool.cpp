// Magazines of free blocks per thread, a depot for all, slabs from the system.
#include "runtime/actor/memory_pool.h"

#include "runtime/actor/platform_memory.h"
#include "runtime/base/mutex.h"

#include <array>
#include <cstdlib>
#include <new>
#include <vector>

namespace exitwave::actor {

#ifdef EXITWAVE_POOL_IS_MALLOC

void* MemoryPool::allocate(std::size_t size)
{
    return ::operator new(size);
}

void MemoryPool::release(void* memory, std::size_t /*size*/) noexcept
{
    ::operator delete(memory);
}

#else

namespace {

struct FreeBlock
{
    FreeBlock* next = nullptr;
};

/// A stack of free blocks of one class.
struct Magazine
{
    static constexpr std::size_t capacity = 256;

    FreeBlock* top = nullptr;
    std::size_t count = 0;

    void push(void* memory) noexcept
    {
        top = ::new (memory) FreeBlock{top};
        ++count;
    }
    void* pop() noexcept
    {
        FreeBlock* block = top;
        top = block->next;
        --count;
        return block;
    }
};

constexpr std::size_t classCount = MemoryPool::largest / MemoryPool::granularity;

constexpr std::size_t classOf(std::size_t size) noexcept
{
    return size == 0 ? 0 : (size - 1) / MemoryPool::granularity;
}

/// Full magazines, and the slab that new blocks are cut from. Lives as long as the program.
class Depot
{
public:
    static Depot& instance()
    {
        static auto* depot = new Depot; // never destroyed: threads may end after main
        return *depot;
    }

    Magazine take(std::size_t sizeClass)
    {
        const base::MutexLock lock(m_mutex);
        std::vector<Magazine>& full = m_full[sizeClass];
        if (!full.empty()) {
            const Magazine magazine = full.back();
            full.pop_back();
            return magazine;
        }
        return cut((sizeClass + 1) * MemoryPool::granularity);
    }

    void give(std::size_t sizeClass, Magazine magazine)
    {
        const base::MutexLock lock(m_mutex);
        m_full[sizeClass].push_back(magazine);
    }

private:
    Magazine cut(std::size_t blockSize) EXITWAVE_REQUIRES(m_mutex)
    {
        Magazine magazine;
        // Small programs stay small: the first magazines are short, later ones full.
        const std::size_t wanted = m_slabs < 4 ? 32 : Magazine::capacity;
        while (magazine.count < wanted) {
            if (m_left < blockSize) {
                if (magazine.count > 0)
                    break;
                const std::size_t size = m_slabs < 4 ? smallSlab : largeSlab;
                m_cursor = static_cast<std::byte*>(reserveMemory(size));
                if (!m_cursor)
                    throw std::bad_alloc();
                m_left = size;
                ++m_slabs;
            }
            magazine.push(m_cursor);
            m_cursor += blockSize;
            m_left -= blockSize;
        }
        return magazine;
    }

    static constexpr std::size_t smallSlab = std::size_t{256} << 10;
    static constexpr std::size_t largeSlab = std::size_t{4} << 20;

    base::Mutex m_mutex;
    std::array<std::vector<Magazine>, classCount> m_full EXITWAVE_GUARDED_BY(m_mutex);
    std::byte* m_cursor EXITWAVE_GUARDED_BY(m_mutex) = nullptr;
    std::size_t m_left EXITWAVE_GUARDED_BY(m_mutex) = 0;
    std::size_t m_slabs EXITWAVE_GUARDED_BY(m_mutex) = 0;
};

/// Two magazines per class: one is worked on, the other is full or empty, so that a thread that
/// allocates and releases around the border does not visit the depot each time.
struct ThreadCache
{
    std::array<Magazine, classCount> current;
    std::array<Magazine, classCount> spare;

    ThreadCache() = default;
    ThreadCache(const ThreadCache&) = delete;
    ThreadCache& operator=(const ThreadCache&) = delete;
    ~ThreadCache()
    {
        for (std::size_t i = 0; i < classCount; ++i) {
            if (current[i].count > 0)
                Depot::instance().give(i, current[i]);
            if (spare[i].count > 0)
                Depot::instance().give(i, spare[i]);
        }
    }
};

ThreadCache& threadCache()
{
    thread_local ThreadCache cache;
    return cache;
}

} // namespace

void* MemoryPool::allocate(std::size_t size)
{
    if (size > largest)
        return ::operator new(size);
    const std::size_t sizeClass = classOf(size);
    ThreadCache& cache = threadCache();
    Magazine& current = cache.current[sizeClass];
    if (current.count == 0) {
        std::swap(current, cache.spare[sizeClass]);
        if (current.count == 0)
            current = Depot::instance().take(sizeClass);
    }
    return current.pop();
}

void MemoryPool::release(void* memory, std::size_t size) noexcept
{
    if (size > largest) {
        ::operator delete(memory);
        return;
    }
    const std::size_t sizeClass = classOf(size);
    ThreadCache& cache = threadCache();
    Magazine& current = cache.current[sizeClass];
    if (current.count == Magazine::capacity) {
        Magazine& spare = cache.spare[sizeClass];
        if (spare.count > 0)
            Depot::instance().give(sizeClass, spare);
        spare = current;
        current = {};
    }
    current.push(memory);
}

#endif

} // namespace exitwave::actor
