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
    /// Writes at most `maxEvents` events that are not in the file yet. The value: are there more?
    [[nodiscard]] base::Result<bool> write(const graph::Timeline& timeline, std::size_t maxEvents);
    /// Writes what is left and the end, because of `why`, and closes the file.
    [[nodiscard]] base::Result<void> finish(const graph::Timeline& timeline,
                                            const std::string& why);

    [[nodiscard]] bool active() const { return m_writer != nullptr; }
    [[nodiscard]] std::string path() const { return m_writer ? m_writer->path() : std::string(); }

private:
    [[nodiscard]] base::Result<void> writeTerms(const graph::Timeline& timeline, std::size_t count);

    std::unique_ptr<trace::TraceWriter> m_writer;
    std::size_t m_events = 0; // of the timeline, in the file
    std::size_t m_terms = 0;
};

/// Writes all of `timeline` to `path`: into a file beside it, which takes its name when it is
/// complete. Whatever was at `path` stays untouched when this fails.
[[nodiscard]] base::Result<void> saveTimeline(const std::string& path,
                                              const graph::Timeline& timeline,
                                              const trace::SourceInfo& info);

} // namespace exitwave::session
