#include "gui/session/recorder.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

namespace exitwave::session {

namespace {

constexpr std::size_t termsAtOnce = 4096;
constexpr std::size_t eventsAtOnce = 65'536;

} // namespace

base::Result<void> Recorder::start(const std::string& path, const trace::SourceInfo& info)
{
    m_writer.reset();
    m_events = 0;
    m_terms = 0;
    auto writer = trace::TraceWriter::create(path);
    if (!writer)
        return writer.error();
    trace::Hello hello;
    hello.startedAtUnixNs = info.startedAtUnixNs;
    hello.program = info.program;
    hello.title = info.title;
    const base::Result<void> begun = writer.value()->appendHello(hello);
    if (begun)
        m_writer = std::move(writer).value();
    return begun;
}

base::Result<void> Recorder::writeTerms(const graph::Timeline& timeline, std::size_t count)
{
    while (m_terms < count) {
        const std::size_t end = std::min(count, m_terms + termsAtOnce);
        std::vector<trace::TermDefinition> terms;
        terms.reserve(end - m_terms);
        for (std::size_t term = m_terms; term < end; ++term) {
            const trace::TermId id{static_cast<std::uint32_t>(term + 1)};
            terms.push_back({id, timeline.terms().at(id)});
        }
        const base::Result<void> written = m_writer->append(terms, {});
        if (!written)
            return written;
        m_terms = end;
    }
    return base::success();
}

base::Result<bool>
Recorder::write(const graph::Timeline& timeline, std::size_t maxEvents, std::size_t until)
{
    const std::size_t end = std::min(until, m_events + maxEvents);
    if (!m_writer || end <= m_events)
        return false;
    const std::span<const trace::Event> events
        = timeline.events().subspan(m_events, end - m_events);
    std::size_t terms = m_terms;
    for (const trace::Event& event : events)
        terms = std::max<std::size_t>(terms, event.term.value);
    base::Result<void> written = writeTerms(timeline, std::min(terms, timeline.terms().size()));
    if (written)
        written = m_writer->append({}, events);
    if (!written) {
        m_writer.reset();
        return written.error();
    }
    m_events = end;
    return m_events < until;
}

base::Result<void>
Recorder::finish(const graph::Timeline& timeline, const std::string& why, std::size_t until)
{
    while (m_writer) {
        const base::Result<bool> more = write(timeline, eventsAtOnce, until);
        if (!more)
            return more.error();
        if (!more.value())
            break;
    }
    if (!m_writer)
        return base::success();
    const std::unique_ptr<trace::TraceWriter> writer = std::exchange(m_writer, nullptr);
    const base::Result<void> ended = writer->appendEnd(why);
    return ended ? writer->close() : ended;
}

SaveJob::SaveJob(std::string path, std::size_t events)
    : m_path(std::move(path))
    , m_part(m_path + ".part-" + std::to_string(::getpid()))
    , m_events(events)
{
}

SaveJob::SaveJob(SaveJob&& other) noexcept
    : m_path(std::move(other.m_path))
    , m_part(std::exchange(other.m_part, {}))
    , m_events(other.m_events)
    , m_recorder(std::move(other.m_recorder))
{
}

SaveJob::~SaveJob()
{
    if (m_part.empty())
        return;
    m_recorder.abandon();
    std::remove(m_part.c_str());
}

base::Result<SaveJob> SaveJob::begin(const std::string& path,
                                     const graph::Timeline& timeline,
                                     const trace::SourceInfo& info)
{
    SaveJob job(path, timeline.size());
    const base::Result<void> begun = job.m_recorder.start(job.m_part, info);
    if (!begun)
        return begun.error();
    return job;
}

base::Result<bool> SaveJob::write(const graph::Timeline& timeline, std::size_t maxEvents)
{
    const base::Result<bool> more = m_recorder.write(timeline, maxEvents, m_events);
    if (!more || more.value())
        return more;
    const base::Result<void> finished = m_recorder.finish(timeline, "saved", m_events);
    if (!finished)
        return finished.error();
    if (std::rename(m_part.c_str(), m_path.c_str()) != 0) {
        const int failure = errno;
        return base::fail(base::ErrorCode::Io,
                          m_path + " could not be written: " + std::strerror(failure)
                              + ". Choose another place or name for the trace.");
    }
    m_part.clear();
    return false;
}

int SaveJob::percent() const
{
    return m_events == 0 ? 100 : static_cast<int>(m_recorder.written() * 100 / m_events);
}

base::Result<void> saveTimeline(const std::string& path,
                                const graph::Timeline& timeline,
                                const trace::SourceInfo& info)
{
    base::Result<SaveJob> job = SaveJob::begin(path, timeline, info);
    if (!job)
        return job.error();
    for (;;) {
        const base::Result<bool> more = job.value().write(timeline, eventsAtOnce);
        if (!more)
            return more.error();
        if (!more.value())
            return base::success();
    }
}

} // namespace exitwave::session
