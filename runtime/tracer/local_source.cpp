// LocalSource: see the header.
#include "runtime/tracer/local_source.h"

#include "runtime/trace/batch_queue.h"
#include "runtime/tracer/frame_history.h"

#include <algorithm>
#include <utility>

namespace exitwave::tracer {

// What the collector's and the runtime's threads leave for the owner.
struct LocalSource::Inbox
{
    explicit Inbox(std::size_t historyBytes) : frames(historyBytes) {}

    base::Mutex mutex;
    FrameHistory frames EXITWAVE_GUARDED_BY(mutex); // not taken yet
    HistoryCursor cursor EXITWAVE_GUARDED_BY(mutex); // the owner's
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
            if (!frames.hasNext(cursor))
                call = wake;
            frames.append(frame);
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

LocalSource::LocalSource(trace::CommandHandler* handler, std::size_t historyBytes)
    : m_handler(handler)
    , m_inbox(std::make_shared<Inbox>(historyBytes))
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
        if (m_inbox->frames.hasNext(m_inbox->cursor))
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
    std::vector<SharedFrame> frames;
    {
        const base::MutexLock lock(m_inbox->mutex);
        out.answers = std::exchange(m_inbox->answers, {});
        // Decode no more than asked for: the rest waits encoded, which is ten times smaller.
        std::uint64_t expected = m_decoded.events.size() - m_decodedTaken;
        HistoryCursor& cursor = m_inbox->cursor;
        while (m_inbox->frames.hasNext(cursor) && expected < maxEvents) {
            FrameHistory::Step step = m_inbox->frames.next(cursor);
            if (step.lostEvents > 0)
                frames.push_back(lossFrame(step.lostEvents, cursor, step.frame.time));
            expected += step.frame.eventCount;
            frames.push_back(std::move(step.frame));
        }
        m_inbox->frames.forget(cursor);
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
    return !all || m_inbox->frames.hasNext(m_inbox->cursor);
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
