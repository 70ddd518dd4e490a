// FrameHistory: the frames of a trace so far, within bounds, readable from any point.
#pragma once

#include "runtime/tracer/frame_consumer.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace exitwave::tracer {

/// Where a reader of the history stands. A new one stands at the beginning of the trace.
struct HistoryCursor
{
    std::uint64_t frame = 0; ///< number of the next frame to read
    std::uint64_t event = 0; ///< index of the next event it lacks
};

/// Keeps every frame while they fit into `limit` bytes. Beyond it the oldest Events frames go
/// first; Hello and Terms frames stay, so that what is still told can be read, until they alone
/// exceed half of the limit; then the oldest of them go, except Hello and the first Terms frame.
///
///     m_kept: Hello and Terms of the past      m_recent: everything from m_firstRecent on, without
///     a gap [0] [3] [7]                              [9] [10] [11] ...
///
/// Thread: one at a time (the server's lock).
class FrameHistory
{
public:
    explicit FrameHistory(std::size_t limit) : m_limit(limit) {}

    void append(const SharedFrame& frame);

    struct Step
    {
        SharedFrame frame; ///< empty bytes: nothing new
        std::uint64_t lostEvents
            = 0; ///< events between the cursor and this frame that are gone: tell of them before it
    };
    /// The next frame for `cursor`, which moves behind it.
    [[nodiscard]] Step next(HistoryCursor& cursor) const;
    [[nodiscard]] bool hasNext(const HistoryCursor& cursor) const { return cursor.frame < end(); }
    /// Lets go of what `cursor` has read; for a history with this one reader.
    void forget(const HistoryCursor& cursor);
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }

private:
    struct Kept
    {
        std::uint64_t number = 0;
        SharedFrame frame;
    };
    [[nodiscard]] std::uint64_t end() const { return m_firstRecent + m_recent.size(); }
    void evict();

    const std::size_t m_limit;
    std::deque<Kept> m_kept;
    std::deque<SharedFrame> m_recent;
    std::uint64_t m_firstRecent = 0;
    std::size_t m_bytes = 0;
    std::size_t m_keptBytes = 0;
};

/// The frame that tells a reader of `events` events that it cannot get any more, to go before the
/// frame that next() gave together with that number.
[[nodiscard]] SharedFrame
lossFrame(std::uint64_t events, const HistoryCursor& cursor, base::Timestamp time);

} // namespace exitwave::tracer
