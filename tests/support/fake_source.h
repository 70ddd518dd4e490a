// FakeSource: an EventSource whose every step a test decides.
#pragma once

#include "runtime/trace/event_source.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace exitwave::test {

/// What the test holds while the session holds the source. push() and answer() may be called on any
/// thread, like a real source's reader; everything else on the owner's.
class FakeFeed
{
public:
    void push(trace::Batch batch)
    {
        {
            const std::lock_guard<std::mutex> lock(m_mutex);
            m_waiting.terms.insert(m_waiting.terms.end(), batch.terms.begin(), batch.terms.end());
            m_waiting.events.insert(
                m_waiting.events.end(), batch.events.begin(), batch.events.end());
            m_waiting.answers.insert(
                m_waiting.answers.end(), batch.answers.begin(), batch.answers.end());
            m_waiting.diagnostics.insert(
                m_waiting.diagnostics.end(), batch.diagnostics.begin(), batch.diagnostics.end());
        }
        wake();
    }
    void answer(trace::Answer answer)
    {
        trace::Batch batch;
        batch.answers.push_back(std::move(answer));
        push(std::move(batch));
    }
    void end(trace::SourceState how = trace::SourceState::Ended)
    {
        state = how;
        wake();
    }
    /// Moves at most `maxEvents` of what waits to `out`; terms first.
    bool take(trace::Batch& out, std::size_t maxEvents)
    {
        const std::lock_guard<std::mutex> lock(m_mutex);
        out = {};
        out.terms = std::exchange(m_waiting.terms, {});
        out.answers = std::exchange(m_waiting.answers, {});
        out.diagnostics = std::exchange(m_waiting.diagnostics, {});
        const auto count
            = static_cast<std::ptrdiff_t>(std::min(maxEvents, m_waiting.events.size()));
        out.events.assign(m_waiting.events.begin(), m_waiting.events.begin() + count);
        m_waiting.events.erase(m_waiting.events.begin(), m_waiting.events.begin() + count);
        return !m_waiting.events.empty();
    }
    void wake()
    {
        if (onWake)
            onWake();
    }

    trace::SourceState state = trace::SourceState::Live;
    trace::SourceInfo info{"fake", "fake 1", "nowhere", 1'000, true, 0, 0};
    std::vector<trace::Command> commands; ///< asked so far
    base::Result<void> startResult = base::success();
    bool stopped = false;
    trace::EventSource::Wake onWake;

private:
    std::mutex m_mutex;
    trace::Batch m_waiting;
};

class FakeSource final : public trace::EventSource
{
public:
    explicit FakeSource(std::shared_ptr<FakeFeed> feed) : m_feed(std::move(feed)) {}
    ~FakeSource() override
    {
        m_feed->stopped = true;
        m_feed->onWake = {};
    }

    base::Result<void> start(Wake wake) override
    {
        m_feed->onWake = std::move(wake);
        return m_feed->startResult;
    }
    bool take(trace::Batch& out, std::size_t maxEvents) override
    {
        return m_feed->take(out, maxEvents);
    }
    void request(trace::Command command) override
    {
        m_feed->commands.push_back(std::move(command));
    }
    void stop() override { m_feed->stopped = true; }
    trace::SourceState state() const override { return m_feed->state; }
    trace::SourceInfo info() const override { return m_feed->info; }
    base::Error error() const override
    {
        return {base::ErrorCode::Io, "The node closed the connection."};
    }

private:
    std::shared_ptr<FakeFeed> m_feed;
};

} // namespace exitwave::test
