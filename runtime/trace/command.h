// Command and Answer: what a watcher may ask of a traced program, and what it is told.
#pragma once

#include "runtime/base/result.h"
#include "runtime/base/strong_id.h"
#include "runtime/term/term.h"
#include "runtime/trace/event.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace exitwave::trace {

/// Chosen by the asker; unique per connection.
using CommandId = base::StrongId<struct CommandIdTag, std::uint64_t>;

/// Numbers are on the wire: never renumber.
enum class CommandKind : std::uint8_t {
    Exit
    = 1, ///< exit signal with reason `term` to `process`, as exit/2 does; `:kill` is untrappable
    SetTrapExit = 2, ///< process flag trap_exit of `process` to `value` != 0
    Link = 3, ///< `process` links to `peer`
    Unlink = 4, ///< `process` unlinks `peer`
    Send = 5, ///< `term` as an ordinary message to `process`
    Pause = 6, ///< no process runs until Resume; signals stay where they are
    Resume = 7,
    Step = 8, ///< while paused: handle exactly one signal or slice
    SetDelay = 9, ///< slow motion: every signal takes `value` nanoseconds per hop; 0 = full speed
};

/// Name on screen and in text, e.g. "set_trap_exit"; "" when unknown.
[[nodiscard]] std::string_view commandText(CommandKind kind);

struct Command
{
    CommandId id;
    CommandKind kind{};
    ProcessKey process;
    ProcessKey peer;
    std::int64_t value = 0;
    term::Term term;
};

/// What became of a command. An accepted command shows its effect only as events; a refused one
/// says why in `text`.
struct Answer
{
    CommandId id;
    bool accepted = false;
    std::string text; ///< why refused: a full sentence for the user; empty when accepted
};

/// Executes commands; implemented by the runtime's control, called by the stream server.
class CommandHandler
{
public:
    CommandHandler() = default;
    CommandHandler(const CommandHandler&) = delete;
    CommandHandler& operator=(const CommandHandler&) = delete;
    virtual ~CommandHandler() = default;

    /// Any thread. Returns at once; `answer` is called exactly once, from any thread, and must
    /// return at once.
    virtual void handle(Command command, std::function<void(Answer)> answer) = 0;
};

} // namespace exitwave::trace
