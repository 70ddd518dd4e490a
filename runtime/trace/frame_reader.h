// FrameReader: finds the frames in a stream of bytes, and its way back after damage.
#pragma once

#include "runtime/trace/event_source.h"
#include "runtime/trace/frame.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace exitwave::trace {

/// A frame as it was found; the payload is decompressed.
struct Frame
{
    std::uint64_t offset = 0; ///< of its first byte in the stream
    FrameType type{};
    std::uint8_t flags = 0;
    std::vector<std::byte> payload;
};

/// Feed it bytes in any pieces, take frames until there is none.
///
///     searching --marker and header checksum agree--> frame known --all bytes here--> payload
///     checksum agrees: next() yields it
///         ^                                                                            disagrees:
///         one Diagnostic, go on behind it
///         +---- header does not agree: one Diagnostic for all bytes up to the next header that
///         does
///
/// Safe on any bytes: memory is bounded by one frame and what was fed, time by the number of bytes.
/// Thread: one at a time.
class FrameReader
{
public:
    /// `offset`: position of the first byte in file or stream, for messages.
    explicit FrameReader(std::uint64_t offset = 0) : m_offset(offset) {}

    void feed(std::span<const std::byte> bytes);
    /// No more bytes will come: what is left is a cut frame.
    void finish() { m_finished = true; }
    /// The next whole frame of any type. None: feed more, or the end after finish().
    [[nodiscard]] std::optional<Frame> next();
    /// What was wrong up to here, since the last call.
    [[nodiscard]] std::vector<Diagnostic> takeDiagnostics();
    /// Position of the first byte that was not read yet.
    [[nodiscard]] std::uint64_t offset() const { return m_offset; }
    /// After the end: bytes of a frame that was cut, 0 when the stream ends behind a frame.
    [[nodiscard]] std::uint64_t cutBytes() const { return m_cutBytes; }
    /// True while what was read last is no frame: the reader searches for the next one.
    [[nodiscard]] bool searching() const { return m_skipped > 0; }
    /// Bytes that could not be read, cut ones not included.
    [[nodiscard]] std::uint64_t damagedBytes() const { return m_damagedBytes; }

private:
    [[nodiscard]] std::span<const std::byte> rest() const
    {
        return std::span(m_buffer).subspan(m_begin);
    }
    void drop(std::size_t count);
    bool findHeader();
    void endOfInput();
    void reportSkipped();
    std::optional<Frame> unpack(std::uint8_t flags, std::span<const std::byte> stored);

    std::vector<std::byte> m_buffer;
    std::size_t m_begin = 0; // first unread byte in m_buffer
    std::uint64_t m_offset;
    std::uint64_t m_skippedFrom = 0;
    std::uint64_t m_skipped = 0; // bytes passed over since the last good header
    std::uint64_t m_cutBytes = 0;
    std::uint64_t m_damagedBytes = 0;
    bool m_finished = false;
    std::vector<Diagnostic> m_diagnostics;
};

} // namespace exitwave::trace
