// Recorder: see the header.
#include "runtime/tracer/recorder.h"

#include <spdlog/spdlog.h>

#include <utility>

namespace exitwave::tracer {

Recorder::Recorder(std::unique_ptr<trace::TraceWriter> writer) : m_writer(std::move(writer)) {}

base::Result<std::unique_ptr<Recorder>> Recorder::create(const std::string& path,
                                                         trace::TraceWriter::IfThere ifThere)
{
    base::Result<std::unique_ptr<trace::TraceWriter>> writer
        = trace::TraceWriter::create(path, ifThere);
    if (!writer.ok())
        return writer.error();
    return std::unique_ptr<Recorder>(new Recorder(std::move(writer).value()));
}

void Recorder::consume(const SharedFrame& frame)
{
    const base::MutexLock lock(m_mutex);
    if (m_failure)
        return;
    if (const base::Result<void> written = m_writer->appendFrames(*frame.bytes); !written.ok()) {
        m_failure = written.error();
        spdlog::error("{}", m_failure->message);
    }
}

base::Result<void> Recorder::close()
{
    const base::MutexLock lock(m_mutex);
    base::Result<void> closed = m_writer->close();
    if (m_failure)
        return *m_failure;
    return closed;
}

} // namespace exitwave::tracer
