// The words and the layout of Elixir's log.
#include "runtime/actor/crash_log.h"

#include "runtime/term/exception_text.h"

#include <cstdio>
#include <ctime>

namespace exitwave::actor {

void StdoutLogSink::write(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

std::string crashText(term::Pid pid, const term::Term& reason)
{
    return "Process " + term::pidText(pid) + " raised an exception\n" + term::formatCrash(reason);
}

void CrashLog::error(const std::string& text)
{
    const std::string entry = "\n" + timeOfDay() + " [error] " + text + "\n";
    const base::MutexLock lock(m_mutex);
    m_sink.write(entry);
}

std::string CrashLog::timeOfDay() const
{
    const std::int64_t wall = m_wallOrigin + m_clock.now();
    const auto seconds = static_cast<std::time_t>(wall / 1'000'000'000);
    const auto milliseconds = static_cast<int>(wall / 1'000'000 % 1000);
    std::tm parts{};
#ifdef _WIN32
    m_zone == Zone::Utc ? gmtime_s(&parts, &seconds) : localtime_s(&parts, &seconds);
#else
    m_zone == Zone::Utc ? gmtime_r(&seconds, &parts) : localtime_r(&seconds, &parts);
#endif
    char text[32];
    std::snprintf(text,
                  sizeof text,
                  "%02d:%02d:%02d.%03d",
                  parts.tm_hour,
                  parts.tm_min,
                  parts.tm_sec,
                  milliseconds);
    return text;
}

} // namespace exitwave::actor
