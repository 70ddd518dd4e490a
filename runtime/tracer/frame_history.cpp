// FrameHistory: see the header.
#include "runtime/tracer/frame_history.h"

#include "runtime/trace/codec.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace exitwave::tracer {

void FrameHistory::append(const SharedFrame& frame)
{
    m_recent.push_back(frame);
    m_bytes += frame.size();
    evict();
}

void FrameHistory::evict()
{
    // The newest frame always stays: those who read along must get it.
    while (m_bytes > m_limit && m_recent.size() > 1) {
        SharedFrame oldest = std::move(m_recent.front());
        m_recent.pop_front();
        const std::uint64_t number = m_firstRecent++;
        if (oldest.type == trace::FrameType::Events) {
            m_bytes -= oldest.size();
            continue;
        }
        m_keptBytes += oldest.size();
        m_kept.push_back({number, std::move(oldest)});
    }
    // Hello and the first terms stay: they say what this is, and what a watcher's own losses are.
    constexpr std::ptrdiff_t forGood = 2;
    while (m_keptBytes > m_limit / 2 && m_kept.size() > static_cast<std::size_t>(forGood)) {
        const auto victim = m_kept.begin() + forGood;
        m_keptBytes -= victim->frame.size();
        m_bytes -= victim->frame.size();
        m_kept.erase(victim);
    }
}

FrameHistory::Step FrameHistory::next(HistoryCursor& cursor) const
{
    Step step;
    if (cursor.frame < m_firstRecent) {
        const auto kept = std::lower_bound(
            m_kept.begin(), m_kept.end(), cursor.frame, [](const Kept& each, std::uint64_t number) {
                return each.number < number;
            });
        if (kept != m_kept.end()) {
            cursor.frame = kept->number + 1;
            step.frame = kept->frame;
            return step;
        }
        cursor.frame = m_firstRecent;
    }
    if (!hasNext(cursor))
        return step;
    step.frame = m_recent[static_cast<std::size_t>(cursor.frame - m_firstRecent)];
    ++cursor.frame;
    // Events and End name the index of the event that should come next: what lies between is gone.
    if (step.frame.firstEvent > cursor.event) {
        step.lostEvents = step.frame.firstEvent - cursor.event;
        cursor.event = step.frame.firstEvent;
    }
    if (step.frame.type == trace::FrameType::Events)
        cursor.event = step.frame.firstEvent + step.frame.eventCount;
    return step;
}

void FrameHistory::forget(const HistoryCursor& cursor)
{
    while (!m_kept.empty() && m_kept.front().number < cursor.frame) {
        m_keptBytes -= m_kept.front().frame.size();
        m_bytes -= m_kept.front().frame.size();
        m_kept.pop_front();
    }
    while (!m_recent.empty() && m_firstRecent < cursor.frame) {
        m_bytes -= m_recent.front().size();
        m_recent.pop_front();
        ++m_firstRecent;
    }
}

SharedFrame lossFrame(std::uint64_t events, const HistoryCursor& cursor, base::Timestamp time)
{
    trace::Event loss;
    loss.time = time;
    loss.id = events;
    loss.term = slowWatcherTerm;
    loss.type = trace::EventType::Loss;
    std::vector<std::byte> payload;
    trace::encodeEvents(std::span(&loss, 1), cursor.event, payload);
    auto bytes = std::make_shared<std::vector<std::byte>>();
    trace::appendFrame(*bytes, trace::FrameType::Events, payload, trace::frame_flags::inserted);
    return {std::move(bytes), trace::FrameType::Events, 0, 0, time};
}

} // namespace exitwave::tracer
