// CrashLog: what is said when a process dies of an error.
#pragma once

#include "runtime/actor/log_sink.h"
#include "runtime/base/clock.h"
#include "runtime/base/mutex.h"
#include "runtime/term/term.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace exitwave::actor {

/// "Process #PID<0.100.0> raised an exception\n** (RuntimeError) oops\n    file:line: ..."
[[nodiscard]] std::string crashText(term::Pid pid, const term::Term& reason);

/// Writes log entries as Elixir's console log does. Any thread.
class CrashLog
{
public:
    enum class Zone : std::uint8_t { Local, Utc };

    /// \param wallOrigin  ns since 1970 UTC when `clock` reads 0
    CrashLog(LogSink& sink, const base::Clock& clock, std::int64_t wallOrigin, Zone zone)
        : m_sink(sink), m_clock(clock), m_wallOrigin(wallOrigin), m_zone(zone)
    {
    }

    /// "\nHH:MM:SS.mmm [error] text\n"
    void error(const std::string& text);

private:
    [[nodiscard]] std::string timeOfDay() const;

    base::Mutex m_mutex;
    LogSink& m_sink EXITWAVE_GUARDED_BY(m_mutex);
    const base::Clock& m_clock;
    const std::int64_t m_wallOrigin;
    const Zone m_zone;
};

} // namespace exitwave::actor
