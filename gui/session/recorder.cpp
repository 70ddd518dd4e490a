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

base::Result<bool> Recorder::write(const graph::Timeline& timeline, std::size_t maxEvents)
{
    const std::size_t end = std::min(timeline.size(), m_events + maxEvents);
    if (!m_writer || end == m_events)
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
    return m_events < timeline.size();
}

base::Result<void> Recorder::finish(const graph::Timeline& timeline, const std::string& why)
{
    while (m_writer) {
        const base::Result<bool> more = write(timeline, eventsAtOnce);
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

base::Result<void> saveTimeline(const std::string& path,
                                const graph::Timeline& timeline,
                                const trace::SourceInfo& info)
{
    const std::string part = path + ".part-" + std::to_string(::getpid());
    Recorder recorder;
    base::Result<void> saved = recorder.start(part, info);
    if (saved)
        saved = recorder.finish(timeline, "saved");
    if (saved && std::rename(part.c_str(), path.c_str()) != 0) {
        const int failure = errno;
        saved = base::fail(base::ErrorCode::Io,
                           path + " could not be written: " + std::strerror(failure)
                               + ". Choose another place or name for the trace.");
    }
    if (!saved)
        std::remove(part.c_str());
    return saved;
}

} // namespace exitwave::session
