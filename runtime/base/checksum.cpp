// CRC-32C by tables, eight bytes a step.
#include "runtime/base/checksum.h"

#include <array>

namespace exitwave::base {

namespace {

using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

// tables[k][b] is the remainder of byte b followed by k zero bytes, so eight look-ups that do not
// depend on each other replace eight that do.
constexpr Tables makeTables()
{
    constexpr std::uint32_t polynomial = 0x82f63b78;
    Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t remainder = byte;
        for (int bit = 0; bit < 8; ++bit)
            remainder = (remainder >> 1) ^ ((remainder & 1) ? polynomial : 0);
        tables[0][byte] = remainder;
    }
    for (std::size_t k = 1; k < 8; ++k) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t before = tables[k - 1][byte];
            tables[k][byte] = (before >> 8) ^ tables[0][before & 0xff];
        }
    }
    return tables;
}

constexpr Tables tables = makeTables();

std::uint32_t word(const std::byte* data)
{
    return std::to_integer<std::uint32_t>(data[0]) | std::to_integer<std::uint32_t>(data[1]) << 8
        | std::to_integer<std::uint32_t>(data[2]) << 16
        | std::to_integer<std::uint32_t>(data[3]) << 24;
}

} // namespace

std::uint32_t crc32c(std::span<const std::byte> data, std::uint32_t previous)
{
    std::uint32_t crc = ~previous;
    while (data.size() >= 8) {
        const std::uint32_t low = crc ^ word(data.data());
        const std::uint32_t high = word(data.data() + 4);
        crc = tables[7][low & 0xff] ^ tables[6][(low >> 8) & 0xff] ^ tables[5][(low >> 16) & 0xff]
            ^ tables[4][low >> 24] ^ tables[3][high & 0xff] ^ tables[2][(high >> 8) & 0xff]
            ^ tables[1][(high >> 16) & 0xff] ^ tables[0][high >> 24];
        data = data.subspan(8);
    }
    for (const std::byte byte : data)
        crc = (crc >> 8) ^ tables[0][(crc ^ std::to_integer<std::uint32_t>(byte)) & 0xff];
    return ~crc;
}

std::uint32_t crc32c(std::string_view data, std::uint32_t previous)
{
    return crc32c(std::as_bytes(std::span(data.data(), data.size())), previous);
}

} // namespace exitwave::base
