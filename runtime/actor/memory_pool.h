// MemoryPool: small blocks for signals, links, bodies and coroutine frames.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define EXITWAVE_POOL_IS_MALLOC 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define EXITWAVE_POOL_IS_MALLOC 1
#endif
#endif

namespace exitwave::actor {

/// Blocks of up to `largest` bytes in classes of 16, larger ones from the heap. Every thread keeps
/// a magazine per class and exchanges full magazines with a depot shared by all, so blocks may be
/// released by another thread than took them. Memory goes back to the system with the program's
/// end only. Under sanitizers this is malloc, so that they see every block.
/// Any thread.
class MemoryPool
{
public:
    static constexpr std::size_t granularity = 16;
    static constexpr std::size_t largest = 1024;

    /// At least `size` bytes, aligned to 16; throws std::bad_alloc when there is no memory.
    [[nodiscard]] static void* allocate(std::size_t size);
    /// \pre `memory` came from allocate(size).
    static void release(void* memory, std::size_t size) noexcept;
};

/// Makes and destroys objects in the pool.
template<class T, class... Arguments>
[[nodiscard]] T* poolNew(Arguments&&... arguments)
{
    static_assert(alignof(T) <= MemoryPool::granularity);
    return ::new (MemoryPool::allocate(sizeof(T))) T{static_cast<Arguments&&>(arguments)...};
}
template<class T>
void poolDelete(T* object) noexcept
{
    object->~T();
    MemoryPool::release(object, sizeof(T));
}

} // namespace exitwave::actor
