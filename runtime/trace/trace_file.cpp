// Writing trace files.
#include "runtime/trace/trace_file.h"

#include "runtime/trace/codec.h"
#include "runtime/trace/frame.h"

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace exitwave::trace {

namespace {

bool writeToDisk(std::FILE* file)
{
#ifdef _WIN32
    return _commit(_fileno(file)) == 0;
#else
    // EINVAL and EROFS: a pipe or a special file, which has no disk behind it.
    return fsync(fileno(file)) == 0 || errno == EINVAL || errno == EROFS;
#endif
}

} // namespace

TraceWriter::TraceWriter(std::string path, std::FILE* file) : m_path(std::move(path)), m_file(file)
{
}

TraceWriter::~TraceWriter() = default;

base::Result<std::unique_ptr<TraceWriter>> TraceWriter::create(const std::string& path,
                                                               IfThere ifThere)
{
    // "x": the system itself looks whether there is a file, so nobody can put one there in between.
    std::FILE* file = std::fopen(path.c_str(), ifThere == IfThere::Refuse ? "wbx" : "wb");
    if (file == nullptr && ifThere == IfThere::Refuse && errno == EEXIST)
        return base::fail(base::ErrorCode::Refused,
                          "cannot record to " + path + ": there is already a file.");
    if (file == nullptr)
        return base::fail(base::ErrorCode::Io,
                          "cannot write the trace file " + path + ": " + std::strerror(errno)
                              + ". Choose another file or make its folder writable.");
    std::setvbuf(file, nullptr, _IONBF, 0); // frames are large and must not wait in this process
    std::unique_ptr<TraceWriter> writer(new TraceWriter(path, file));
    std::vector<std::byte> preamble;
    appendPreamble(preamble);
    if (base::Result<void> written = writer->appendFrames(preamble); !written.ok())
        return written.error();
    return writer;
}

base::Result<void> TraceWriter::failed(const std::string& what)
{
    m_failure
        = base::fail(base::ErrorCode::Io,
                     "cannot write the trace file " + m_path + " after " + std::to_string(m_size)
                         + " bytes: " + what + ". What was written before can be opened.");
    return *m_failure;
}

base::Result<void> TraceWriter::appendFrames(std::span<const std::byte> frames)
{
    if (m_failure)
        return *m_failure;
    if (!m_file)
        return failed("it is closed");
    const std::size_t written = std::fwrite(frames.data(), 1, frames.size(), m_file.get());
    m_size += written;
    if (written != frames.size())
        return failed(std::strerror(errno));
    return base::success();
}

base::Result<void> TraceWriter::appendHello(const Hello& hello)
{
    std::vector<std::byte> frame;
    appendFrame(frame, FrameType::Hello, encodeHello(hello));
    return appendFrames(frame);
}

base::Result<void> TraceWriter::append(const std::vector<TermDefinition>& terms,
                                       std::span<const Event> events)
{
    std::vector<std::byte> payload;
    std::vector<std::byte> frames;
    for (std::size_t begin = 0; begin < terms.size(); begin += maxTermsPerFrame) {
        const std::size_t end = std::min(terms.size(), begin + maxTermsPerFrame);
        std::vector<std::string> encodings;
        for (std::size_t i = begin; i < end; ++i)
            encodings.push_back(encodeForTable(terms[i].value));
        payload.clear();
        encodeTerms(terms[begin].id, encodings, payload);
        appendFrame(frames, FrameType::Terms, payload);
        m_terms = std::max(m_terms, terms[end - 1].id.value);
    }
    while (!events.empty()) {
        const std::span<const Event> block
            = events.first(std::min(events.size(), maxEventsPerFrame));
        payload.clear();
        encodeEvents(block, m_events, payload);
        appendFrame(frames, FrameType::Events, payload);
        m_events += block.size();
        for (const Event& event : block)
            m_lost += event.type == EventType::Loss ? event.id : 0;
        events = events.subspan(block.size());
    }
    return appendFrames(frames);
}

base::Result<void> TraceWriter::appendEnd(const std::string& why)
{
    std::vector<std::byte> frame;
    appendFrame(frame, FrameType::End, encodeEnd({m_events, m_terms, m_lost, why}));
    return appendFrames(frame);
}

base::Result<void> TraceWriter::close()
{
    if (m_failure)
        return *m_failure;
    if (!m_file)
        return base::success();
    if (!writeToDisk(m_file.get()))
        return failed(std::strerror(errno));
    if (std::fclose(m_file.release()) != 0)
        return failed(std::strerror(errno));
    return base::success();
}

} // namespace exitwave::trace
