// ScriptedTrace: a small program's events, written down call by call, and a source that delivers
// them.
#pragma once

#include "runtime/trace/event.h"
#include "runtime/trace/event_source.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace exitwave::tests {

/// Writes what a traced program would send. Times go up by a microsecond per event unless wait()
/// says more. Thread: one owner.
class ScriptedTrace
{
public:
    using Key = trace::ProcessKey;

    ScriptedTrace();
    Key spawn(Key parent, std::string_view name = {}, bool linked = false);
    void link(Key a, Key b);
    void monitor(Key watcher, Key watched);
    void trapExit(Key process);
    void message(Key from, Key to, std::string_view text);
    /// Raises RuntimeError `message`: the death, and an exit signal to each of `linked`, which are
    /// on their way until land() or absorb().
    void crash(Key process, std::string_view message, std::initializer_list<Key> linked);
    /// The newest signal from `from` to `to` arrives and `to` dies of it, sending to `linked`.
    void land(Key from, Key to, std::initializer_list<Key> linked = {});
    /// The newest signal from `from` to `to` becomes a message, because `to` traps exits.
    void absorb(Key from, Key to);
    void kill(Key process);
    void finish(Key process); ///< returns: reason normal
    void wait(std::int64_t milliseconds);

    /// Everything since the last take.
    [[nodiscard]] trace::Batch take();

private:
    struct Flight
    {
        Key from;
        Key to;
        trace::SignalId id;
    };
    trace::TermId term(const term::Term& value);
    trace::Event& event(trace::EventType type, Key process, Key peer = {});
    void send(Key from, Key to, trace::SignalId cause);
    trace::SignalId arrived(Key from, Key to);

    trace::Batch m_batch;
    std::vector<Flight> m_flights;
    trace::TermId m_reason;
    std::uint64_t m_nextKey = 101;
    std::uint64_t m_nextSignal = 1;
    std::uint32_t m_nextTerm = 1;
    std::int64_t m_time = 0;
};

/// Delivers what is pushed. Thread: GUI thread.
class ScriptedSource final : public trace::EventSource
{
public:
    void push(trace::Batch batch);
    void end(); ///< complete once everything was taken

    [[nodiscard]] base::Result<void> start(Wake wake) override;
    bool take(trace::Batch& out, std::size_t maxEvents) override;
    void request(trace::Command command) override;
    void stop() override;
    [[nodiscard]] trace::SourceState state() const override { return m_state; }
    [[nodiscard]] trace::SourceInfo info() const override;
    [[nodiscard]] base::Error error() const override { return {}; }

private:
    trace::Batch m_waiting;
    trace::SourceState m_state = trace::SourceState::Idle;
    Wake m_wake;
};

/// app_sup with pool_sup (worker 1 to 5), cache_sup (12), web_sup (16) and metrics, as a small
/// service would be: 38 processes. Keys of those that tests speak of.
struct ServiceTree
{
    ScriptedTrace::Key app, pool, cache, web, metrics;
    std::array<ScriptedTrace::Key, 5> workers;
};
ServiceTree serviceTree(ScriptedTrace& trace);

} // namespace exitwave::tests
