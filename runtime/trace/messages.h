// What the control frames of a trace say: Hello, ClientHello, Refusal, End, Command, Answer;
// FORMAT.md shows their bytes.
#pragma once

#include "runtime/base/result.h"
#include "runtime/trace/command.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace exitwave::trace {

/// Version of the trace format. A reader understands every minor version of a major one that it
/// knows.
struct FormatVersion
{
    std::uint16_t major = 0;
    std::uint16_t minor = 0;
    friend bool operator==(const FormatVersion&, const FormatVersion&) = default;
};
/// What this build writes.
inline constexpr FormatVersion currentFormat{1, 0};
/// The oldest major version that this build reads.
inline constexpr std::uint16_t oldestReadableMajor = 1;

/// First frame of every trace: who speaks and what its time 0 is.
struct Hello
{
    bool acceptsCommands = false;
    std::uint64_t processId = 0; ///< of the operating system; 0 = unknown
    std::int64_t startedAtUnixNs = 0; ///< wall clock of time 0; 0 = unknown
    std::optional<std::uint64_t> seed; ///< of the step scheduler; none = threaded scheduler
    std::string program; ///< "exitwave-node 0.1.0"
    std::string title; ///< "Lesson: linked"
    friend bool operator==(const Hello&, const Hello&) = default;
};

/// First frame that a watcher sends: the range of major versions it reads.
struct ClientHello
{
    enum class Wants : std::uint8_t {
        Trace = 0, ///< everything, and to send commands
        Introduction = 1, ///< the Hello frame only; then the node closes
    };
    Wants wants = Wants::Trace;
    std::uint16_t oldestMajor = oldestReadableMajor;
    std::uint16_t newestMajor = currentFormat.major;
    std::string program;
    friend bool operator==(const ClientHello&, const ClientHello&) = default;
};

/// Why a watcher is not served; the connection ends after it.
struct Refusal
{
    std::uint16_t oldestMajor = oldestReadableMajor; ///< the node's range
    std::uint16_t newestMajor = currentFormat.major;
    std::string text;
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// Last frame of a complete trace.
struct End
{
    std::uint64_t events = 0; ///< in the whole trace, Loss events included
    std::uint64_t terms = 0;
    std::uint64_t lost = 0; ///< sum of all Loss counts
    std::string why; ///< "the lesson is over"
    friend bool operator==(const End&, const End&) = default;
};

// Payloads of frames. Decoders are safe on any bytes, accept and ignore bytes that a later minor
// version appended, and fail with Damaged.
[[nodiscard]] std::vector<std::byte> encodeHello(const Hello& hello);
[[nodiscard]] base::Result<Hello> decodeHello(std::span<const std::byte> payload);
[[nodiscard]] std::vector<std::byte> encodeClientHello(const ClientHello& hello);
[[nodiscard]] base::Result<ClientHello> decodeClientHello(std::span<const std::byte> payload);
[[nodiscard]] std::vector<std::byte> encodeRefusal(const Refusal& refusal);
[[nodiscard]] base::Result<Refusal> decodeRefusal(std::span<const std::byte> payload);
[[nodiscard]] std::vector<std::byte> encodeEnd(const End& end);
[[nodiscard]] base::Result<End> decodeEnd(std::span<const std::byte> payload);
/// A command's term travels whole: it is the user's word.
[[nodiscard]] std::vector<std::byte> encodeCommand(const Command& command);
/// Fails with Overflow when the bytes are sound, but the term is too large or has more new atoms
/// than this program can take.
[[nodiscard]] base::Result<Command> decodeCommand(std::span<const std::byte> payload);
/// The id alone, to answer a command that cannot be decoded; 0 when there is none.
[[nodiscard]] CommandId commandIdOf(std::span<const std::byte> payload);
[[nodiscard]] std::vector<std::byte> encodeAnswer(const Answer& answer);
[[nodiscard]] base::Result<Answer> decodeAnswer(std::span<const std::byte> payload);

} // namespace exitwave::trace
