// CRC-32C, the checksum of trace frames.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace exitwave::base {

/// CRC-32C (Castagnoli, reflected polynomial 0x82f63b78) of `data`; of "123456789" it is
/// 0xe3069283. To continue over several pieces pass the previous result as `previous`. Any thread.
std::uint32_t crc32c(std::span<const std::byte> data, std::uint32_t previous = 0);
std::uint32_t crc32c(std::string_view data, std::uint32_t previous = 0);

} // namespace exitwave::base
