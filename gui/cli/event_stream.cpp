#include "gui/cli/event_stream.h"

#include <array>
#include <cstdio>

namespace exitwave::cli {

namespace {

constexpr std::size_t eventsPerTake = 8192;

/// Standard input as a file, because importers look at files.
base::Result<std::unique_ptr<QTemporaryFile>> copyOfStandardInput()
{
    auto copy = std::make_unique<QTemporaryFile>();
    if (!copy->open())
        return base::fail(base::ErrorCode::Io,
                          "standard input cannot be kept in a temporary file: "
                              + copy->errorString().toStdString() + ".");
    std::array<char, 65536> buffer;
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), stdin)) {
        if (copy->write(buffer.data(), static_cast<qint64>(count)) != static_cast<qint64>(count))
            return base::fail(base::ErrorCode::Io,
                              "standard input cannot be kept in a temporary file: "
                                  + copy->errorString().toStdString() + ".");
    }
    copy->flush();
    return copy;
}

} // namespace

base::Result<std::unique_ptr<EventStream>> EventStream::open(plugins::PluginHost& host,
                                                             const std::string& path)
{
    std::unique_ptr<EventStream> stream(new EventStream);
    stream->m_name = path;
    stream->m_path = path;
    if (path == "-") {
        auto copy = copyOfStandardInput();
        if (!copy.ok())
            return copy.error();
        stream->m_copy = std::move(copy).value();
        stream->m_name = "standard input";
        stream->m_path = stream->m_copy->fileName().toStdString();
    }
    auto source = host.openFile(stream->m_path);
    if (!source.ok())
        return base::fail(source.error().code, stream->readable(source.error().message));
    stream->m_source = std::move(source).value();
    EventStream* const self = stream.get();
    const auto started = stream->m_source->start([self] {
        {
            const std::lock_guard lock(self->m_mutex);
            self->m_woken = true;
        }
        self->m_wake.notify_one();
    });
    if (!started.ok())
        return base::fail(started.error().code, stream->readable(started.error().message));
    return stream;
}

EventStream::~EventStream()
{
    if (m_source)
        m_source->stop();
}

bool EventStream::next()
{
    for (;;) {
        // The state first: what arrived before it became Ended is then still taken.
        const trace::SourceState state = m_source->state();
        m_source->take(m_batch, eventsPerTake);
        m_terms.add(m_batch.terms);
        for (const trace::Diagnostic& diagnostic : m_batch.diagnostics)
            complain(readable(diagnostic.what));
        if (!m_batch.empty())
            return true;
        if (state == trace::SourceState::Ended)
            return false;
        if (state == trace::SourceState::Failed) {
            if (!m_failureTold)
                complain(readable(m_source->error().message));
            m_failureTold = true;
            return false;
        }
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_woken; });
        m_woken = false;
    }
}

trace::SourceInfo EventStream::info() const
{
    return m_source->info();
}

void EventStream::complain(const std::string& what)
{
    ++m_problems;
    std::fprintf(stderr, "exitwave-cli: %s\n", what.c_str());
}

/// Speaks of standard input instead of its copy, and always names the file.
std::string EventStream::readable(std::string text) const
{
    for (std::size_t at = text.find(m_path); m_copy && at != std::string::npos;
         at = text.find(m_path, at + m_name.size()))
        text.replace(at, m_path.size(), m_name);
    return text.find(m_name) == std::string::npos ? m_name + ": " + text : text;
}

} // namespace exitwave::cli
