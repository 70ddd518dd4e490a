// CommandDesk: gives commands their ids and brings each answer to whoever asked.
#pragma once

#include "runtime/trace/command.h"

#include <functional>
#include <string>
#include <unordered_map>

namespace exitwave::session {

/// The open commands of one connection. Every `done` is called exactly once: with the program's
/// answer, or with a refusal when none can come any more. Thread: GUI thread.
class CommandDesk
{
public:
    using Done = std::function<void(const trace::Answer&)>;

    /// Gives `command` the next id and remembers who asked.
    void open(trace::Command& command, Done done);
    /// Calls the asker. False when nobody asked (an answer to another watcher, or a second one).
    bool answer(const trace::Answer& answer);
    /// Refuses everything that is still open, because of `why`. Returns how many there were.
    std::size_t refuseAll(const std::string& why);

private:
    std::unordered_map<std::uint64_t, Done> m_open;
    std::uint64_t m_next = 1; // never reused within a session, so a late answer finds nobody
                              // instead of the wrong one
};

} // namespace exitwave::session
