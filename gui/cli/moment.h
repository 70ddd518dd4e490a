// Moment: a point of a trace as it is given on the command line.
#pragma once

#include "runtime/base/clock.h"
#include "runtime/base/result.h"
#include "runtime/trace/event.h"

#include <cstdint>
#include <string>

namespace exitwave::cli {

/// "120" (after so many events), "1.5s" / "250ms" / "80us" / "5ns" / "2min" (at that time), "end",
/// "crash" (right after the first crash). Value type.
struct Moment
{
    enum class Kind : std::uint8_t { Count, Time, End, Crash };
    Kind kind = Kind::End;
    std::uint64_t count = 0;
    base::Timestamp time;

    /// True when `event`, after which `index` + 1 events have happened, is at or before this
    /// moment. Crash and End: always.
    [[nodiscard]] bool includes(std::uint64_t index, const trace::Event& event) const
    {
        if (kind == Kind::Count)
            return index < count;
        return kind != Kind::Time || event.time <= time;
    }
};

/// Fails with InvalidInput, saying what can be given.
[[nodiscard]] base::Result<Moment> parseMoment(const std::string& text);

} // namespace exitwave::cli
