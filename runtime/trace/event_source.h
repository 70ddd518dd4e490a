// EventSource: events in, commands out. Sockets, files, importers and live nodes all look like this
// to everything above.
#pragma once

#include "runtime/base/result.h"
#include "runtime/term/term.h"
#include "runtime/trace/command.h"
#include "runtime/trace/event.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace exitwave::trace {

/// A term that later events refer to by id. Ids of one trace are dense, start at 1 and never change
/// their term.
struct TermDefinition
{
    TermId id;
    term::Term value;
};

/// Something wrong with the input that did not stop it; shown to the user beside the good data.
struct Diagnostic
{
    std::uint64_t offset = 0; ///< byte offset in file or stream
    std::string what; ///< what, where, what it means for the reader
};

/// What a source delivered since the last take, in order: terms first, then the events that use
/// them.
struct Batch
{
    std::vector<TermDefinition> terms;
    std::vector<Event> events;
    std::vector<Answer> answers;
    std::vector<Diagnostic> diagnostics;

    [[nodiscard]] bool empty() const
    {
        return terms.empty() && events.empty() && answers.empty() && diagnostics.empty();
    }
};

enum class SourceState : std::uint8_t {
    Idle, ///< not started
    Connecting,
    Live, ///< more events may come
    Ended, ///< complete: the program ended or the file is read; everything was or can still be
           ///< taken
    Failed, ///< see error(); what came before can still be taken
};

/// What the other side says of itself, known from Live on.
struct SourceInfo
{
    std::string title; ///< short, for the window title: lesson, program or file name
    std::string program; ///< "exitwave-node 0.1.0"
    std::string origin; ///< socket or file path
    std::int64_t startedAtUnixNs = 0; ///< wall clock of time 0; 0 = unknown
    bool acceptsCommands = false;
    std::uint64_t totalBytes = 0; ///< 0 = unknown (live)
    std::uint64_t readBytes = 0;
};

/// Thread: every function is called by the one thread that owns the source; `wake` is called from
/// any.
class EventSource
{
public:
    /// Called when there may be something to take or the state changed. Must return at once (post
    /// an event to the owner's loop).
    using Wake = std::function<void()>;

    EventSource() = default;
    EventSource(const EventSource&) = delete;
    EventSource& operator=(const EventSource&) = delete;
    /// Stops and joins what it started.
    virtual ~EventSource() = default;

    /// Begins delivery. Fails at once only for what is known at once (no such file); later failures
    /// show as SourceState::Failed.
    [[nodiscard]] virtual base::Result<void> start(Wake wake) = 0;
    /// Moves at most about `maxEvents` arrived events to `out` (cleared first). Never blocks. True
    /// when there is more to take now.
    virtual bool take(Batch& out, std::size_t maxEvents) = 0;
    /// Asks for `command`; its answer comes through take. Sources that accept none answer each with
    /// a refusal.
    virtual void request(Command command) = 0;
    virtual void stop() = 0;

    [[nodiscard]] virtual SourceState state() const = 0;
    [[nodiscard]] virtual SourceInfo info() const = 0;
    /// Why state is Failed: what, where, what to do.
    [[nodiscard]] virtual base::Error error() const = 0;
};

} // namespace exitwave::trace
