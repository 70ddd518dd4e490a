// Program: an actor system, its collector and a lesson, wired together in this process.
#pragma once

#include "runtime/base/result.h"
#include "runtime/trace/command.h"
#include "runtime/trace/event_source.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace exitwave::embedded {

struct LessonOptions
{
    std::optional<std::uint64_t>
        seed; ///< set: step scheduler and virtual clock, the same events every time
    std::int64_t delayNs
        = 0; ///< slow motion from the first signal on: every signal takes that long per hop
    unsigned workers = 0; ///< of the threaded scheduler; 0 = as many as the machine has cores
    bool keep = true; ///< the trace stays open when the lesson is over, so that a watcher can go on
                      ///< acting
    bool startPaused = false; ///< nothing runs until a Resume or Step command
    std::string recordPath; ///< also write the trace to this file; "" = no
    bool replaceRecording = false; ///< a file that is already at recordPath may be replaced
    std::string serveName; ///< also serve the trace on the local socket of this name; "" = no
    bool printOutput
        = true; ///< what the lesson prints goes to stdout; false: it is only in the trace
};

/// A lesson that runs in this process, from start() until finish().
/// Thread: all functions by its owner. Ownership: owns system, collector,
/// recorder and server, and takes them down in the order that leaves recording and streams
/// complete.
class Program
{
public:
    /// Fails for an unknown lesson (naming the known ones), a taken socket name or a file that
    /// cannot be written or is already there. `local`: also make an in-process EventSource, see
    /// takeSource().
    enum class LocalSource : std::uint8_t { No, Yes };
    [[nodiscard]] static base::Result<std::unique_ptr<Program>>
    open(const std::string& lesson, const LessonOptions& options, LocalSource local);
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    /// finish("closed") if that was not done.
    ~Program();

    /// Starts the lesson. `over` is called once, from a thread of the program's own, when the
    /// lesson's main process is dead and nothing more can happen by itself, or when finish() came
    /// first. It must return at once and must not call finish().
    void start(std::function<void()> over);
    [[nodiscard]] trace::CommandHandler& commands();
    /// The in-process source; null unless asked for. Owned by the program.
    [[nodiscard]] trace::EventSource* source();
    /// Path of the socket, "" when none.
    [[nodiscard]] std::string socketPath() const;
    /// Stops the system, completes the trace with `why`, lets watchers read the rest, closes the
    /// recording. Tells the first failure of the recording. Once; later calls do nothing.
    [[nodiscard]] base::Result<void> finish(const std::string& why);

private:
    struct Parts;
    explicit Program(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

/// A lesson as an EventSource that owns everything it runs: start() starts the lesson, stop() and
/// destruction end it. Fails for an unknown lesson, naming the known ones. Thread: one owner, as
/// every EventSource.
[[nodiscard]] base::Result<std::unique_ptr<trace::EventSource>>
openLesson(const std::string& lesson, const LessonOptions& options);

} // namespace exitwave::embedded
