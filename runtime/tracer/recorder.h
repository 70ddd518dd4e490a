// Recorder: writes the frames of a trace into a file as they are made.
#pragma once

#include "runtime/base/mutex.h"
#include "runtime/base/result.h"
#include "runtime/trace/trace_file.h"
#include "runtime/tracer/frame_consumer.h"

#include <memory>
#include <optional>
#include <string>

namespace exitwave::tracer {

/// Thread: consume() by the collector, close() by any. Invariant: the file holds exactly the frames
/// that a socket client gets; after the first failed write nothing more is written, and the failure
/// is what close() tells.
class Recorder final : public FrameConsumer
{
public:
    /// Creates the file at `path`.
    [[nodiscard]] static base::Result<std::unique_ptr<Recorder>>
    create(const std::string& path, trace::TraceWriter::IfThere ifThere);

    void consume(const SharedFrame& frame) override;
    /// Writes out and closes the file; the first failure of the whole recording, if there was one.
    [[nodiscard]] base::Result<void> close();

private:
    explicit Recorder(std::unique_ptr<trace::TraceWriter> writer);

    base::Mutex m_mutex;
    std::unique_ptr<trace::TraceWriter> m_writer EXITWAVE_GUARDED_BY(m_mutex);
    std::optional<base::Error> m_failure EXITWAVE_GUARDED_BY(m_mutex);
};

} // namespace exitwave::tracer
