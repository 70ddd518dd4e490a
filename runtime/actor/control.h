// Control: commands from outside, carried out on a worker.
#pragma once

#include "runtime/trace/command.h"

#include <cstddef>
#include <functional>

namespace exitwave::actor {

struct SystemCore;
class Worker;

/// Does what a watcher asks. An exit signal from here has the sender Pid{0, 0}, which traces show
/// as coming from outside. Thread: any. Owned by the core.
class Control final : public trace::CommandHandler
{
public:
    explicit Control(SystemCore& core) : m_core(core) {}

    void handle(trace::Command command, std::function<void(trace::Answer)> answer) override;
    /// Writes into the trace that the program starts paused or in slow motion, if it does.
    void announceStart();

private:
    /// Empty when done, else why not.
    [[nodiscard]] std::string execute(Worker& worker, const trace::Command& command);
    [[nodiscard]] std::string toProcess(Worker& worker, const trace::Command& command);
    [[nodiscard]] std::string whyNotAlive(trace::ProcessKey key) const;
    void announce(Worker& worker) const;

    SystemCore& m_core;
};

} // namespace exitwave::actor
