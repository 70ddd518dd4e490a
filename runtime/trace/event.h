// Event: one thing that happened in a traced program, and the enumerations made from event.def.
#pragma once

#include "runtime/base/clock.h"
#include "runtime/base/strong_id.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace exitwave::trace {

/// Identity of a process within one trace; never reused (pids are). 0 = none, or outside the
/// program. For the embedded runtime it is the packed pid: generation << 32 | index.
using ProcessKey = base::StrongId<struct ProcessKeyTag, std::uint64_t>;
/// Identity of a signal (message or exit signal) within one trace. 0 = none.
using SignalId = base::StrongId<struct SignalIdTag, std::uint64_t>;
/// Index into the trace's TermTable. 0 = no term.
using TermId = base::StrongId<struct TermIdTag, std::uint32_t>;

enum class EventType : std::uint8_t {
#define EXITWAVE_EVENT(Name, number, text, process, peer, id, cause, term, how) Name = number,
#include "runtime/trace/event.def"
};

enum class SpawnKind : std::uint8_t { Spawn = 0, SpawnLink = 1, SpawnMonitor = 2 };
enum class LinkSide : std::uint8_t { Caller = 0, Receiver = 1 };
enum class TrapExit : std::uint8_t { Off = 0, On = 1 };
enum class MessageKind : std::uint8_t { Ordinary = 0, Exit = 1, Down = 2, Timer = 3 };
enum class SignalOrigin : std::uint8_t { Link = 0, ExitCall = 1, Kill = 2, Noproc = 3 };
enum class SignalOutcome : std::uint8_t { Terminated = 0, Message = 1, Ignored = 2, Noproc = 3 };
enum class ExitKind : std::uint8_t {
    Returned = 0,
    ExitCall = 1,
    Error = 2,
    Throw = 3,
    Signal = 4,
    Kill = 5
};
enum class ControlState : std::uint8_t { Running = 0, Paused = 1 };
// event_info.cpp asserts at compile time that these enumerations and the EXITWAVE_HOW rows of
// event.def agree.

/// One event. A plain value: copy it freely, keep it anywhere; terms are ids into the trace's
/// TermTable. Which columns an event uses, and what they mean for it, is written in event.def;
/// unused columns are 0.
struct Event
{
    base::Timestamp time; ///< nanoseconds since the trace began; never decreases along a trace
    ProcessKey process; ///< whose event this is
    ProcessKey peer;
    std::uint64_t id = 0; ///< signal id, monitor ref or count
    SignalId cause; ///< the signal that caused it; 0 = its own doing or outside
    TermId term;
    EventType type{};
    std::uint8_t how = 0; ///< a value of the enumeration that event.def names for this type

    [[nodiscard]] SignalId signal() const { return SignalId{id}; }
    /// The `how` byte as its enumeration: `e.howAs<ExitKind>()`. The caller knows the event's type.
    template<typename Enum>
    [[nodiscard]] Enum howAs() const
    {
        return static_cast<Enum>(how);
    }
    friend bool operator==(const Event&, const Event&) = default;
};
static_assert(std::is_trivially_copyable_v<Event>);

/// What event.def says about one event type; "" = column not used.
struct EventInfo
{
    EventType type;
    std::string_view name; ///< "ProcessSpawned"
    std::string_view text; ///< "process_spawned"
    std::string_view process;
    std::string_view peer;
    std::string_view id;
    std::string_view cause;
    std::string_view term;
    std::string_view how; ///< name of the enumeration, "None" when unused
};

/// Row of event.def for `type`; nullptr for a type that this version does not know.
[[nodiscard]] const EventInfo* eventInfo(EventType type);
/// Number of rows, and row `index`, in the order of event.def.
[[nodiscard]] std::size_t eventInfoCount();
[[nodiscard]] const EventInfo& eventInfoAt(std::size_t index);
/// Text of a `how` value: howText("ExitKind", 2) == "error"; "" when unknown.
[[nodiscard]] std::string_view howText(std::string_view enumeration, std::uint8_t value);
/// Value of a `how` text, -1 when unknown.
[[nodiscard]] int howValue(std::string_view enumeration, std::string_view text);

} // namespace exitwave::trace
