// LogSink: where crash reports and other lines of the log go.
#pragma once

#include <string_view>

namespace exitwave::actor {

/// Receives finished text. Called by workers, any thread, one call at a time per system.
class LogSink
{
public:
    LogSink() = default;
    LogSink(const LogSink&) = delete;
    LogSink& operator=(const LogSink&) = delete;
    virtual ~LogSink() = default;

    /// `text` is complete lines. Must return soon and must not call back into the system.
    virtual void write(std::string_view text) = 0;
};

/// Writes to stdout and flushes, as Elixir's console log does. Stateless, any thread.
class StdoutLogSink final : public LogSink
{
public:
    void write(std::string_view text) override;
};

} // namespace exitwave::actor
