// Events as lines of text: to read, to compare in golden tests (`*.trace.txt`), and as JSON for
// scripts.
#pragma once

#include "runtime/base/result.h"
#include "runtime/trace/event.h"
#include "runtime/trace/event_source.h"
#include "runtime/trace/term_table.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace exitwave::trace {

/// One line without its end:
///     0.001204000 exit_signal_sent process=#PID<0.4.1> to=#PID<0.3.1> signal=17 cause=0 how=link
///     reason=:boom
/// Seconds since the trace began, the event's name, then its columns in the order and with the
/// names of event.def; the term last, as Elixir's inspect prints it on one line. A process key 0 is
/// written `-`.
[[nodiscard]] std::string eventText(const Event& event, const TermTable& terms);

/// The same as one JSON object, with "index" (of the event in its trace) and "time_ns" first. Pids
/// and terms are strings.
[[nodiscard]] std::string
eventJson(const Event& event, std::uint64_t index, const TermTable& terms);

/// Reads a line of eventText. Its term is appended to `batch.terms` with the next id after
/// `lastTerm` (which is advanced), the event to `batch.events`. Empty lines and lines that begin
/// with '#' yield nothing. Fails with InvalidInput: what, and at which column.
[[nodiscard]] base::Result<void>
parseEventText(std::string_view line, TermId& lastTerm, Batch& batch);

} // namespace exitwave::trace
