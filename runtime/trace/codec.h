// Events and term definitions as the payloads of Events and Terms frames.
#pragma once

#include "runtime/base/result.h"
#include "runtime/trace/event.h"
#include "runtime/trace/event_source.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace exitwave::trace {

/// Most events of one Events frame.
inline constexpr std::size_t maxEventsPerFrame = 1U << 16;
/// Most definitions of one Terms frame.
inline constexpr std::size_t maxTermsPerFrame = 1U << 13;
/// Most bytes that one term takes in a trace; longer ones are cut (term::encodeTruncated).
inline constexpr std::size_t maxTermBytes = 1024;

/// Appends the payload of an Events frame: column by column, each value as its difference from the
/// one it is most likely near to. Columns that event.def does not give to an event's type are not
/// stored. `firstIndex`: of the first event within the trace. \pre events.size() <=
/// maxEventsPerFrame, every type is in event.def
void encodeEvents(std::span<const Event> events,
                  std::uint64_t firstIndex,
                  std::vector<std::byte>& payload);

struct EventBlock
{
    std::uint64_t firstIndex = 0;
    std::uint64_t count = 0; ///< stored events, unknown ones included
    std::uint64_t unknown = 0; ///< of a type that this version does not know; not among `events`
    std::vector<Event> events;
};

/// Reads such a payload. Safe on any bytes: every count is checked against the bytes that must hold
/// it. Fails with Damaged.
[[nodiscard]] base::Result<EventBlock> decodeEvents(std::span<const std::byte> payload);

/// Appends the payload of a Terms frame that defines `first`, `first` + 1, ... by terms that are
/// already encoded. \pre encodings.size() <= maxTermsPerFrame, each from encodeForTable
void encodeTerms(TermId first,
                 std::span<const std::string> encodings,
                 std::vector<std::byte>& payload);
/// The bytes of one term in a Terms frame: at most maxTermBytes.
[[nodiscard]] std::string encodeForTable(const term::Term& term);

struct TermBlock
{
    std::vector<TermDefinition> terms;
    std::uint64_t unreadable = 0; ///< defined as the atom `:lost`
};

/// Reads such a payload. Safe on any bytes. Fails with Damaged.
[[nodiscard]] base::Result<TermBlock> decodeTerms(std::span<const std::byte> payload);

} // namespace exitwave::trace
