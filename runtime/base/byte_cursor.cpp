// The parts of the byte cursors that are not worth inlining.
#include "runtime/base/byte_cursor.h"

#include "runtime/base/check.h"

#include <bit>
#include <cstring>

namespace exitwave::base {

void ByteWriter::append(const void* data, std::size_t size)
{
    if (m_string) {
        m_string->append(static_cast<const char*>(data), size);
        return;
    }
    const auto* first = static_cast<const std::byte*>(data);
    m_vector->insert(m_vector->end(), first, first + size);
}

void ByteWriter::f64(double value)
{
    u64(std::bit_cast<std::uint64_t>(value));
}

void ByteWriter::varint(std::uint64_t value)
{
    std::byte encoded[10];
    std::size_t size = 0;
    while (value >= 0x80) {
        encoded[size++] = static_cast<std::byte>(value | 0x80);
        value >>= 7;
    }
    encoded[size++] = static_cast<std::byte>(value);
    append(encoded, size);
}

void ByteWriter::patchU32(std::size_t offset, std::uint32_t value)
{
    if (!EXITWAVE_CHECK(offset + 4 <= size()))
        return; // nothing is overwritten outside the buffer
    for (std::size_t i = 0; i < 4; ++i) {
        const auto byte = static_cast<std::uint8_t>(value >> (8 * i));
        if (m_vector)
            (*m_vector)[offset + i] = static_cast<std::byte>(byte);
        else
            (*m_string)[offset + i] = static_cast<char>(byte);
    }
}

double ByteReader::f64()
{
    return std::bit_cast<double>(u64());
}

std::uint64_t ByteReader::varint()
{
    if (m_failed)
        return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 10 && i < remaining(); ++i) {
        const auto byte = std::to_integer<std::uint64_t>(m_data[m_position + i]);
        if (i == 9 && byte > 1)
            break; // a 65th bit
        value |= (byte & 0x7f) << (7 * i);
        if (byte < 0x80) {
            m_position += i + 1;
            return value;
        }
    }
    m_failed = true;
    return 0;
}

std::span<const std::byte> ByteReader::bytes(std::size_t count)
{
    if (m_failed || remaining() < count) {
        m_failed = true;
        return {};
    }
    const std::span<const std::byte> result = m_data.subspan(m_position, count);
    m_position += count;
    return result;
}

std::string_view ByteReader::text(std::size_t count)
{
    const std::span<const std::byte> data = bytes(count);
    return {reinterpret_cast<const char*>(data.data()), data.size()};
}

std::string_view ByteReader::text()
{
    const std::uint64_t count = varint();
    if (count > remaining()) {
        m_failed = true;
        return {};
    }
    return text(static_cast<std::size_t>(count));
}

} // namespace exitwave::base
