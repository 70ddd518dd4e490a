// RecordSink: a Sink for tests that keeps the records themselves.
#pragma once

#include "runtime/base/mutex.h"
#include "runtime/trace/lane.h"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <vector>

namespace exitwave::support {

/// Keeps what the lanes get, in the order of the collector: by stamp, and within a lane as emitted.
/// Thread: lane() and drain() as Sink says; take() by the test while the system is at rest.
class RecordSink final : public trace::Sink
{
public:
    explicit RecordSink(std::size_t laneCapacity = std::size_t{1} << 16) : m_capacity(laneCapacity)
    {
    }

    trace::Lane& lane(unsigned worker) override
    {
        const base::MutexLock lock(m_mutex);
        while (m_lanes.size() <= worker)
            m_lanes.emplace_back(m_capacity);
        return m_lanes[worker];
    }

    void drain() override
    {
        const base::MutexLock lock(m_mutex);
        readLanes();
    }

    /// All records since the last call.
    [[nodiscard]] std::vector<trace::Record> take()
    {
        const base::MutexLock lock(m_mutex);
        readLanes();
        std::stable_sort(m_records.begin(), m_records.end(), [](const auto& a, const auto& b) {
            return a.stamp < b.stamp;
        });
        return std::exchange(m_records, {});
    }

    /// Throws away what the lanes hold; for measuring what writing them costs.
    void discard()
    {
        const base::MutexLock lock(m_mutex);
        for (trace::Lane& lane : m_lanes)
            lane.ring().pop(lane.ring().peek().size());
    }

    /// How many records found no room.
    [[nodiscard]] std::uint64_t lost()
    {
        const base::MutexLock lock(m_mutex);
        for (trace::Lane& lane : m_lanes) {
            const trace::Lane::Lost lost = lane.takeLoss();
            m_lost += lost.messages + lost.others;
        }
        return m_lost;
    }

private:
    void readLanes() EXITWAVE_REQUIRES(m_mutex)
    {
        for (trace::Lane& lane : m_lanes) {
            for (;;) {
                const auto records = lane.ring().peek();
                if (records.empty())
                    break;
                for (trace::Record& record : records)
                    m_records.push_back(std::move(record));
                lane.ring().pop(records.size());
            }
        }
    }

    const std::size_t m_capacity;
    base::Mutex m_mutex;
    std::deque<trace::Lane> m_lanes EXITWAVE_GUARDED_BY(m_mutex);
    std::vector<trace::Record> m_records EXITWAVE_GUARDED_BY(m_mutex);
    std::uint64_t m_lost EXITWAVE_GUARDED_BY(m_mutex) = 0;
};

} // namespace exitwave::support
