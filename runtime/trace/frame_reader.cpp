// Finding frames.
#include "runtime/trace/frame_reader.h"

#include "runtime/base/byte_cursor.h"
#include "runtime/base/checksum.h"

#include <zstd.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace exitwave::trace {

namespace {

// True when `bytes` (at least frameHeaderSize) begin with a header that agrees with its checksum.
bool isHeader(std::span<const std::byte> bytes)
{
    base::ByteReader reader(bytes.first(frameHeaderSize));
    if (reader.u8() != 'E' || reader.u8() != 'W')
        return false;
    reader.skip(2);
    if (reader.u32() > maxFramePayload)
        return false;
    return reader.u32() == base::crc32c(bytes.first(8));
}

// Decompresses `stored`; false when it is not what it claims to be.
bool decompress(std::span<const std::byte> stored, std::vector<std::byte>& payload)
{
    const unsigned long long claimed = ZSTD_getFrameContentSize(stored.data(), stored.size());
    if (claimed == ZSTD_CONTENTSIZE_ERROR || claimed == ZSTD_CONTENTSIZE_UNKNOWN
        || claimed > maxFramePayload)
        return false;
    static thread_local const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context(
        ZSTD_createDCtx(), ZSTD_freeDCtx);
    payload.resize(static_cast<std::size_t>(claimed));
    const std::size_t size = ZSTD_decompressDCtx(
        context.get(), payload.data(), payload.size(), stored.data(), stored.size());
    return ZSTD_isError(size) == 0 && size == payload.size();
}

} // namespace

void FrameReader::feed(std::span<const std::byte> bytes)
{
    if (m_begin > 0) {
        m_buffer.erase(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(m_begin));
        m_begin = 0;
    }
    m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
}

std::optional<Frame> FrameReader::next()
{
    while (findHeader()) {
        base::ByteReader reader(rest());
        reader.skip(2);
        const auto type = static_cast<FrameType>(reader.u8());
        const std::uint8_t flags = reader.u8();
        const std::size_t length = reader.u32();
        const std::size_t size = frameHeaderSize + length + frameTrailerSize;
        if (rest().size() < size) {
            endOfInput();
            return std::nullopt;
        }
        reportSkipped();
        const std::uint64_t offset = m_offset;
        std::optional<Frame> frame
            = unpack(flags, rest().subspan(frameHeaderSize, length + frameTrailerSize));
        drop(size);
        if (!frame) {
            m_damagedBytes += size;
            continue;
        }
        frame->type = type;
        frame->flags = flags;
        frame->offset = offset;
        return frame;
    }
    return std::nullopt;
}

// Moves to the next byte where a header stands; false when the bytes at hand hold none.
bool FrameReader::findHeader()
{
    for (;;) {
        const std::span<const std::byte> bytes = rest();
        if (bytes.size() < frameHeaderSize) {
            endOfInput();
            return false;
        }
        if (isHeader(bytes))
            return true;
        // Not a header here: go to the next byte that could begin one.
        const auto from = bytes.begin() + 1;
        const std::size_t skip = static_cast<std::size_t>(
            std::find(from, bytes.end(), std::byte{'E'}) - bytes.begin());
        if (m_skipped == 0)
            m_skippedFrom = m_offset;
        m_skipped += skip;
        drop(skip);
    }
}

// With nothing more to come, what is left is the beginning of a frame that was never finished.
void FrameReader::endOfInput()
{
    if (!m_finished)
        return;
    const std::size_t left = rest().size();
    if (m_skipped > 0) {
        m_skipped += left; // no frame begins in there: damage up to the end
        reportSkipped();
    } else {
        m_cutBytes += left;
    }
    drop(left);
}

void FrameReader::reportSkipped()
{
    if (m_skipped == 0)
        return;
    m_damagedBytes += m_skipped;
    m_diagnostics.push_back({m_skippedFrom,
                             "bytes " + std::to_string(m_skippedFrom) + " to "
                                 + std::to_string(m_skippedFrom + m_skipped - 1)
                                 + " are damaged: they hold no frame and were passed over"});
    m_skipped = 0;
}

// The frame whose payload and checksum are `stored`; none (and a Diagnostic) when it is damaged.
std::optional<Frame> FrameReader::unpack(std::uint8_t flags, std::span<const std::byte> stored)
{
    const std::span<const std::byte> payload = stored.first(stored.size() - frameTrailerSize);
    base::ByteReader trailer(stored.last(frameTrailerSize));
    const std::string place = "the frame of " + std::to_string(payload.size()) + " bytes at byte "
        + std::to_string(m_offset);
    if (trailer.u32() != base::crc32c(payload)) {
        m_diagnostics.push_back(
            {m_offset, place + " is damaged (its checksum disagrees) and was passed over"});
        return std::nullopt;
    }
    if ((flags & ~frame_flags::known) != 0) {
        m_diagnostics.push_back(
            {m_offset, place + " uses a feature of a later version and was passed over"});
        return std::nullopt;
    }
    Frame frame;
    if ((flags & frame_flags::compressed) == 0) {
        frame.payload.assign(payload.begin(), payload.end());
    } else if (!decompress(payload, frame.payload)) {
        m_diagnostics.push_back(
            {m_offset, place + " is damaged (it cannot be decompressed) and was passed over"});
        return std::nullopt;
    }
    return frame;
}

void FrameReader::drop(std::size_t count)
{
    m_begin += count;
    m_offset += count;
}

std::vector<Diagnostic> FrameReader::takeDiagnostics()
{
    return std::exchange(m_diagnostics, {});
}

} // namespace exitwave::trace
