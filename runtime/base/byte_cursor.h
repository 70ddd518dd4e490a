// ByteWriter and ByteReader: little-endian integers, varints and bytes, in and out of buffers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace exitwave::base {

/// Signed to unsigned so that small magnitudes stay small: 0, -1, 1, -2 -> 0, 1, 2, 3.
constexpr std::uint64_t zigzagEncode(std::int64_t value)
{
    return (static_cast<std::uint64_t>(value) << 1)
        ^ static_cast<std::uint64_t>(value >> 63); // arithmetic shift: all ones when negative
}
constexpr std::int64_t zigzagDecode(std::uint64_t value)
{
    return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
}

/// How many bytes varint() writes for `value` (1 to 10).
constexpr std::size_t varintSize(std::uint64_t value)
{
    std::size_t size = 1;
    while (value >= 0x80) {
        value >>= 7;
        ++size;
    }
    return size;
}

/// Appends to a buffer that the caller owns and keeps alive. Thread: that of the buffer.
class ByteWriter
{
public:
    explicit ByteWriter(std::vector<std::byte>& buffer) noexcept : m_vector(&buffer) {}
    explicit ByteWriter(std::string& buffer) noexcept : m_string(&buffer) {}

    /// Bytes in the buffer, including what was there before this writer.
    std::size_t size() const noexcept { return m_vector ? m_vector->size() : m_string->size(); }

    void u8(std::uint8_t value) { append(&value, 1); }
    void u16(std::uint16_t value) { littleEndian<2>(value); }
    void u32(std::uint32_t value) { littleEndian<4>(value); }
    void u64(std::uint64_t value) { littleEndian<8>(value); }
    /// IEEE 754 binary64, little endian.
    void f64(double value);
    /// LEB128: seven bits a byte, lowest first, the top bit says that more follow.
    void varint(std::uint64_t value);
    /// A signed number as the varint of its zigzag form.
    void zigzag(std::int64_t value) { varint(zigzagEncode(value)); }
    void bytes(std::span<const std::byte> data) { append(data.data(), data.size()); }
    void bytes(std::string_view data) { append(data.data(), data.size()); }
    /// A varint length, then the bytes.
    void text(std::string_view data)
    {
        varint(data.size());
        bytes(data);
    }
    /// Overwrites four bytes written before, for lengths known only afterwards.
    /// \pre offset + 4 <= size()
    void patchU32(std::size_t offset, std::uint32_t value);

private:
    void append(const void* data, std::size_t size);

    template<std::size_t Size>
    void littleEndian(std::uint64_t value)
    {
        std::byte encoded[Size];
        for (std::size_t i = 0; i < Size; ++i)
            encoded[i] = static_cast<std::byte>(value >> (8 * i));
        append(encoded, Size);
    }

    std::vector<std::byte>* m_vector = nullptr;
    std::string* m_string = nullptr;
};

/// Reads from bytes that the caller owns and keeps alive; never looks outside them.
/// Failure is sticky: the first read that does not fit marks the reader failed, and every read
/// after it yields 0 or nothing. So read a whole record, then ask ok() once.
/// Thread: one at a time.
class ByteReader
{
public:
    explicit ByteReader(std::span<const std::byte> data) noexcept : m_data(data) {}
    explicit ByteReader(std::string_view data) noexcept
        : m_data(std::as_bytes(std::span(data.data(), data.size())))
    {
    }

    bool ok() const noexcept { return !m_failed; }
    /// Marks the reader failed, for values that were read but make no sense.
    void setFailed() noexcept { m_failed = true; }
    /// Offset of the next byte; after a failure, of the value that could not be read.
    std::size_t position() const noexcept { return m_position; }
    std::size_t remaining() const noexcept { return m_data.size() - m_position; }
    bool atEnd() const noexcept { return remaining() == 0; }

    std::uint8_t u8() { return static_cast<std::uint8_t>(littleEndian<1>()); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(littleEndian<2>()); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(littleEndian<4>()); }
    std::uint64_t u64() { return littleEndian<8>(); }
    double f64();
    /// Fails on more than 10 bytes and on values beyond 64 bits.
    std::uint64_t varint();
    std::int64_t zigzag() { return zigzagDecode(varint()); }
    /// The next `count` bytes, in place.
    std::span<const std::byte> bytes(std::size_t count);
    /// The next `count` bytes as text, in place.
    std::string_view text(std::size_t count);
    /// A varint length, then that many bytes as text, in place.
    std::string_view text();
    void skip(std::size_t count) { bytes(count); }

private:
    template<std::size_t Size>
    std::uint64_t littleEndian()
    {
        if (m_failed || remaining() < Size) {
            m_failed = true;
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < Size; ++i)
            value |= std::to_integer<std::uint64_t>(m_data[m_position + i]) << (8 * i);
        m_position += Size;
        return value;
    }

    std::span<const std::byte> m_data;
    std::size_t m_position = 0;
    bool m_failed = false;
};

} // namespace exitwave::base
