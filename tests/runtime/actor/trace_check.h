// checkTrace: what every trace of the runtime must satisfy.
#pragma once

#include "runtime/trace/lane.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace exitwave::society {

struct TraceSummary
{
    std::uint64_t spawned = 0;
    std::uint64_t exited = 0;
    std::uint64_t messagesSent = 0;
    std::uint64_t messagesReceived = 0;
    /// By receiver: the ordinary messages that were sent to it and not received.
    std::unordered_map<std::uint64_t, std::int64_t> waiting;
    /// The first things that are wrong, in words; empty when all is well.
    std::vector<std::string> faults;
};

/// Looks at the records in their order: no effect before its cause, each death once and explained,
/// each signal delivered at most once and only after it was sent, nothing done by the dead. What
/// one process does stands in the order in which it was done: its numbered messages count down.
TraceSummary checkTrace(const std::vector<trace::Record>& records);

} // namespace exitwave::society
