// ProcessInfo: what process_info tells of a process.
#pragma once

#include "runtime/term/term.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace exitwave::actor {

/// A snapshot, made by the process itself when it handles the request. Value type.
struct ProcessInfo
{
    struct Monitor
    {
        term::Ref ref;
        term::Pid target;
        std::optional<term::Atom> name; ///< when it was monitored by name
    };

    term::Pid pid;
    bool alive = false; ///< all else is empty when false
    bool trapExit = false;
    std::optional<term::Atom> registeredName;
    std::vector<term::Pid> links; ///< ascending, each peer once
    std::vector<Monitor> monitors; ///< in order of creation
    std::vector<term::Pid> monitoredBy; ///< ascending
    std::vector<term::Term> messages; ///< the mailbox in order
};

} // namespace exitwave::actor
