// Frame: the unit of trace streams and files - a checked header, a payload and a checksum;
// FORMAT.md shows the bytes.
#pragma once

#include "runtime/base/result.h"
#include "runtime/trace/messages.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace exitwave::trace {

/// Numbers are on the wire: never renumber, never reuse. Readers skip types that they do not know.
enum class FrameType : std::uint8_t {
    Hello = 1, ///< node: first frame of a trace
    Terms = 2, ///< node: terms that later events refer to
    Events = 3, ///< node: a block of events
    Answer = 4, ///< node: what became of a command; not in files
    End = 5, ///< node: the trace is complete
    Refusal = 6, ///< node: the watcher is not served; not in files
    ClientHello = 16, ///< watcher: first frame
    Command = 17, ///< watcher
};

/// "Events"; "" for a type that this version does not know.
[[nodiscard]] std::string_view frameTypeName(FrameType type);

//   offset  size  what
//   0       2     marker 'E' 'W'
//   2       1     type
//   3       1     flags
//   4       4     length n of the payload as stored, little endian, at most maxFramePayload
//   8       4     CRC-32C of bytes 0 to 7
//   12      n     payload
//   12 + n  4     CRC-32C of the payload as stored
inline constexpr std::size_t frameHeaderSize = 12;
inline constexpr std::size_t frameTrailerSize = 4;
/// Also the bound of a payload after decompression.
inline constexpr std::size_t maxFramePayload = std::size_t{16} << 20;

/// Bits of the flags byte. Unknown bits make a frame unreadable for this version: it is skipped and
/// reported.
namespace frame_flags {
inline constexpr std::uint8_t compressed
    = 0x01; ///< the stored payload is one zstd frame that names its content size
inline constexpr std::uint8_t inserted
    = 0x02; ///< Events made for one watcher alone (its own losses); not counted in event indices
inline constexpr std::uint8_t known = compressed | inserted;
} // namespace frame_flags

/// Appends one frame to `out`. The payload is compressed (zstd level 1) when that makes it smaller.
/// Any thread. \pre payload.size() <= maxFramePayload
void appendFrame(std::vector<std::byte>& out,
                 FrameType type,
                 std::span<const std::byte> payload,
                 std::uint8_t flags = 0);

/// The first bytes of trace files and of what a node sends: magic, then the version of the format.
//   offset  size  what
//   0       8     89 45 57 54 0d 0a 1a 0a   (\x89 E W T \r \n \x1a \n)
//   8       2     major version
//   10      2     minor version
//   12      4     CRC-32C of bytes 0 to 11
inline constexpr std::size_t preambleSize = 16;

void appendPreamble(std::vector<std::byte>& out, FormatVersion version = currentFormat);

/// The version that a preamble names. Fails with InvalidInput (foreign: other magic), Damaged (cut,
/// or checksum), Unsupported (a version that this build does not read); messages are clauses
/// without a subject: "is not an Exitwave trace: ...".
[[nodiscard]] base::Result<FormatVersion> readPreamble(std::span<const std::byte> bytes);

} // namespace exitwave::trace
