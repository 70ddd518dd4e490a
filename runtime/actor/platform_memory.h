// Memory straight from the operating system.
#pragma once

#include <cstddef>

namespace exitwave::actor {

/// `size` bytes of zeroed memory that cost nothing until touched, aligned to a page; null when the
/// system has none left. Any thread.
[[nodiscard]] void* reserveMemory(std::size_t size) noexcept;
/// Gives memory of reserveMemory back. \pre the same size.
void releaseMemory(void* memory, std::size_t size) noexcept;

} // namespace exitwave::actor
