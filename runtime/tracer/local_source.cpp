// LocalSource: see the header.
#include "runtime/tracer/local_source.h"

#include "runtime/trace/batch_queue.h"

#include <algorithm>
#include <utility>

namespace exitwave::tracer {

// What the collector's and the runtime's threads leave for the owner.
struct LocalSource::Inbox
{
    base::Mutex mutex;
    std::deque<SharedFrame> frames EXITWAVE_GUARDED_BY(mutex);
    std::vector<trace::Answer> answers EXITWAVE_GUARDED_BY(mutex);
    trace::EventSource::Wake wake EXITWAVE_GUARDED_BY(mutex);
    bool closed EXITWAVE_GUARDED_BY(mutex) = false;

    void push(const SharedFrame& frame)
    {
        trace::EventSource::Wake call;
        {
            const base::MutexLock lock(mutex);
            if (closed)
                return;
            if (frames.empty())
                call = wake;
            frames.push_back(frame);
        }
        if (call)
            call();
    }

    void answer(trace::Answer&& answer)
    {
        trace::EventSource::Wake call;
        {
            const base::MutexLock lock(mutex);
            if (closed)
                return;
            answers.push_back(std::move(answer));
            call = wake;
        }
        if (call)
            call();
    }
};

LocalSource::LocalSource(trace::CommandHandler* handler)
    : m_handler(handler)
    , m_inbox(std::make_shared<Inbox>())
    , m_decoder(trace::StreamDecoder::Start::Frames)
{
}

LocalSource::~LocalSource()
{
    stop();
}

void LocalSource::consume(const SharedFrame& frame)
{
    m_inbox->push(frame);
}

base::Result<void> LocalSource::start(Wake wake)
{
    trace::EventSource::Wake call;
    {
        const base::MutexLock lock(m_inbox->mutex);
        m_inbox->wake = std::move(wake);
        if (!m_inbox->frames.empty())
            call = m_inbox->wake; // what the program did before anyone listened
    }
    m_state = trace::SourceState::Live;
    if (call)
        call();
    return base::success();
}

bool LocalSource::take(trace::Batch& out, std::size_t maxEvents)
{
    out = {};
    std::deque<SharedFrame> frames;
    {
        const base::MutexLock lock(m_inbox->mutex);
        out.answers = std::exchange(m_inbox->answers, {});
        // Decode no more than asked for: the rest waits encoded, which is ten times smaller.
        std::uint64_t expected = m_decoded.events.size() - m_decodedTaken;
        while (!m_inbox->frames.empty() && expected < maxEvents) {
            expected += m_inbox->frames.front().eventCount;
            frames.push_back(std::move(m_inbox->frames.front()));
            m_inbox->frames.pop_front();
        }
    }
    for (const SharedFrame& frame : frames) {
        m_readBytes += frame.size();
        m_decoder.feed(*frame.bytes);
        while (m_decoder.next(m_decoded)) {}
    }
    const bool all = trace::takeFromBatch(m_decoded, m_decodedTaken, out, maxEvents);
    if (m_decoder.end() && all)
        m_state = trace::SourceState::Ended;
    const base::MutexLock lock(m_inbox->mutex);
    return !all || !m_inbox->frames.empty();
}

void LocalSource::request(trace::Command command)
{
    const trace::CommandId id = command.id;
    if (m_handler == nullptr) {
        m_inbox->answer({id, false, "This program takes no commands."});
        return;
    }
    m_handler->handle(std::move(command), [inbox = m_inbox](trace::Answer answer) {
        inbox->answer(std::move(answer));
    });
}

void LocalSource::stop()
{
    const base::MutexLock lock(m_inbox->mutex);
    m_inbox->closed = true;
    m_inbox->wake = nullptr;
    m_state = trace::SourceState::Ended;
}

trace::SourceState LocalSource::state() const
{
    return m_state;
}

trace::SourceInfo LocalSource::info() const
{
    trace::SourceInfo info;
    if (m_decoder.hello()) {
        info.title = m_decoder.hello()->title;
        info.program = m_decoder.hello()->program;
        info.startedAtUnixNs = m_decoder.hello()->startedAtUnixNs;
        info.acceptsCommands = m_decoder.hello()->acceptsCommands;
    }
    info.origin = "this program";
    info.readBytes = m_readBytes;
    return info;
}

base::Error LocalSource::error() const
{
    return {};
}

} // namespace exitwave::tracer
