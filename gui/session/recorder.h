// Recorder: writes a timeline, and what is added to it, into a trace file.
#pragma once

#include "gui/graph/timeline.h"
#include "runtime/base/result.h"
#include "runtime/trace/event_source.h"
#include "runtime/trace/trace_file.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace exitwave::session {

/// The first event of the timeline is the first in the file, whenever the recording began. Terms
/// are written right before the first event that uses them, as on the wire. Thread: the timeline's
/// owner. After an error the file is closed as it is (readable up to there) and active() is false.
class Recorder
{
public:
    /// Creates or replaces the file and writes who is recorded.
    [[nodiscard]] base::Result<void> start(const std::string& path, const trace::SourceInfo& info);
    /// Writes at most `maxEvents` of the first `until` events that are not in the file yet. The
    /// value: are there more?
    [[nodiscard]] base::Result<bool>
    write(const graph::Timeline& timeline, std::size_t maxEvents, std::size_t until);
    /// Writes what is left of the first `until` events and the end, because of `why`, and closes
    /// the file.
    [[nodiscard]] base::Result<void>
    finish(const graph::Timeline& timeline, const std::string& why, std::size_t until);
    /// Leaves the file as it is: without its end.
    void abandon() { m_writer.reset(); }

    [[nodiscard]] bool active() const { return m_writer != nullptr; }
    [[nodiscard]] std::size_t written() const { return m_events; } ///< events of the timeline
    [[nodiscard]] std::string path() const { return m_writer ? m_writer->path() : std::string(); }

private:
    [[nodiscard]] base::Result<void> writeTerms(const graph::Timeline& timeline, std::size_t count);

    std::unique_ptr<trace::TraceWriter> m_writer;
    std::size_t m_events = 0; // of the timeline, in the file
    std::size_t m_terms = 0;
};

/// Writes the events that a timeline has now to a path, part by part: into a file beside it, which
/// takes its name when it is complete. Whatever was at `path` stays untouched when this fails or
/// ends early. Thread: the timeline's owner.
class SaveJob
{
public:
    [[nodiscard]] static base::Result<SaveJob>
    begin(const std::string& path, const graph::Timeline& timeline, const trace::SourceInfo& info);
    SaveJob(SaveJob&& other) noexcept;
    SaveJob& operator=(SaveJob&&) = delete;
    ~SaveJob(); ///< not complete: removes what is written

    /// Writes at most `maxEvents` events. The value: is there more? False: the file is there. After
    /// an error: nothing more to do but to drop the job.
    [[nodiscard]] base::Result<bool> write(const graph::Timeline& timeline, std::size_t maxEvents);
    [[nodiscard]] int percent() const; ///< 0 .. 100
    [[nodiscard]] std::size_t events() const { return m_events; } ///< of the file, when complete

private:
    SaveJob(std::string path, std::size_t events);

    std::string m_path;
    std::string m_part; // empty: complete, or moved from
    std::size_t m_events = 0; // to be written
    Recorder m_recorder;
};

/// The same at once, however long it takes.
[[nodiscard]] base::Result<void> saveTimeline(const std::string& path,
                                              const graph::Timeline& timeline,
                                              const trace::SourceInfo& info);

} // namespace exitwave::session
