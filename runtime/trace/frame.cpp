// Making frames and preambles.
#include "runtime/trace/frame.h"

#include "runtime/base/byte_cursor.h"
#include "runtime/base/check.h"
#include "runtime/base/checksum.h"

#include <zstd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

namespace exitwave::trace {

namespace {

constexpr std::array<unsigned char, 8> magic{0x89, 'E', 'W', 'T', '\r', '\n', 0x1a, '\n'};
constexpr std::size_t smallestWorthCompressing = 96; // below it zstd's own header eats the gain
constexpr int compressionLevel = 1; // level 3 wins one or two percent for twice the time

// zstd's working memory, one per thread that makes frames.
ZSTD_CCtx* compressor()
{
    static thread_local const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context(
        ZSTD_createCCtx(), ZSTD_freeCCtx);
    return context.get();
}

// The compressed payload; empty when it would not be smaller.
std::vector<std::byte> compressed(std::span<const std::byte> payload)
{
    if (payload.size() < smallestWorthCompressing || compressor() == nullptr)
        return {};
    std::vector<std::byte> packed(payload.size() - 1);
    const std::size_t size = ZSTD_compressCCtx(compressor(),
                                               packed.data(),
                                               packed.size(),
                                               payload.data(),
                                               payload.size(),
                                               compressionLevel);
    if (ZSTD_isError(size) != 0)
        return {}; // it did not fit, so it is not smaller
    packed.resize(size);
    return packed;
}

std::string versionName(FormatVersion version)
{
    return std::to_string(version.major) + "." + std::to_string(version.minor);
}

} // namespace

std::string_view frameTypeName(FrameType type)
{
    switch (type) {
    case FrameType::Hello:
        return "Hello";
    case FrameType::Terms:
        return "Terms";
    case FrameType::Events:
        return "Events";
    case FrameType::Answer:
        return "Answer";
    case FrameType::End:
        return "End";
    case FrameType::Refusal:
        return "Refusal";
    case FrameType::ClientHello:
        return "ClientHello";
    case FrameType::Command:
        return "Command";
    }
    return {};
}

void appendFrame(std::vector<std::byte>& out,
                 FrameType type,
                 std::span<const std::byte> payload,
                 std::uint8_t flags)
{
    if (!EXITWAVE_CHECK(payload.size() <= maxFramePayload))
        return;
    const std::vector<std::byte> packed = compressed(payload);
    const std::span<const std::byte> stored = packed.empty() ? payload : std::span(packed);
    const std::size_t start = out.size();
    const std::size_t needed = start + frameHeaderSize + stored.size() + frameTrailerSize;
    if (needed > out.capacity()) // at least doubled: many frames may be appended one by one
        out.reserve(std::max(needed, 2 * out.capacity()));
    base::ByteWriter writer(out);
    writer.u8('E');
    writer.u8('W');
    writer.u8(static_cast<std::uint8_t>(type));
    writer.u8(static_cast<std::uint8_t>(packed.empty() ? flags : flags | frame_flags::compressed));
    writer.u32(static_cast<std::uint32_t>(stored.size()));
    writer.u32(base::crc32c(std::span<const std::byte>(out).subspan(start, 8)));
    writer.bytes(stored);
    writer.u32(base::crc32c(stored));
}

void appendPreamble(std::vector<std::byte>& out, FormatVersion version)
{
    const std::size_t start = out.size();
    base::ByteWriter writer(out);
    writer.bytes(std::as_bytes(std::span(magic)));
    writer.u16(version.major);
    writer.u16(version.minor);
    writer.u32(base::crc32c(std::span<const std::byte>(out).subspan(start, 12)));
}

base::Result<FormatVersion> readPreamble(std::span<const std::byte> bytes)
{
    using base::ErrorCode;
    const std::span<const std::byte> wanted = std::as_bytes(std::span(magic));
    const std::size_t compared = std::min(bytes.size(), wanted.size());
    if (!std::equal(
            wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(compared), bytes.begin()))
        return base::fail(ErrorCode::InvalidInput,
                          "is not an Exitwave trace: it begins with other bytes");
    if (bytes.size() < preambleSize)
        return base::fail(ErrorCode::Damaged,
                          "is cut after " + std::to_string(bytes.size())
                              + " bytes, before its first event: nothing in it can be read");
    base::ByteReader reader(bytes.first(preambleSize));
    reader.skip(magic.size());
    FormatVersion version;
    version.major = reader.u16();
    version.minor = reader.u16();
    if (reader.u32() != base::crc32c(bytes.first(12)))
        return base::fail(ErrorCode::Damaged,
                          "is damaged in its first 16 bytes, which name the version of its format");
    if (version.major < oldestReadableMajor || version.major > currentFormat.major)
        return base::fail(ErrorCode::Unsupported,
                          "is in trace format " + versionName(version)
                              + ", but this program reads format "
                              + std::to_string(currentFormat.major) + " only"
                              + (version.major > currentFormat.major ? ": use a newer Exitwave"
                                                                     : ": use an older Exitwave"));
    return version;
}

} // namespace exitwave::trace
