// BatchQueue: see the header.
#include "runtime/trace/batch_queue.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace exitwave::trace {

namespace {

template<typename Item>
void moveAll(std::vector<Item>& from, std::vector<Item>& to)
{
    if (to.empty())
        to = std::move(from);
    else
        std::move(from.begin(), from.end(), std::back_inserter(to));
    from.clear();
}

// What a batch weighs in the queue.
std::size_t itemsOf(const Batch& batch)
{
    return batch.events.size() + batch.terms.size() + batch.answers.size()
        + batch.diagnostics.size();
}

} // namespace

bool takeFromBatch(Batch& from, std::size_t& taken, Batch& out, std::size_t maxEvents)
{
    moveAll(from.terms, out.terms);
    moveAll(from.answers, out.answers);
    moveAll(from.diagnostics, out.diagnostics);
    const std::size_t room = maxEvents > out.events.size() ? maxEvents - out.events.size() : 0;
    const std::size_t count = std::min(room, from.events.size() - taken);
    const auto begin = from.events.begin() + static_cast<std::ptrdiff_t>(taken);
    out.events.insert(out.events.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
    taken += count;
    if (taken < from.events.size())
        return false;
    from.events.clear();
    taken = 0;
    return true;
}

void BatchQueue::open(EventSource::Wake wake, SourceState state, SourceInfo info)
{
    const base::MutexLock lock(m_mutex);
    m_wake = std::move(wake);
    m_state = state;
    m_info = std::move(info);
}

void BatchQueue::push(Batch&& batch)
{
    if (batch.empty())
        return;
    EventSource::Wake wake;
    {
        const base::MutexLock lock(m_mutex);
        if (m_closed)
            return;
        if (m_batches.empty())
            wake = m_wake;
        m_waiting += itemsOf(batch);
        m_batches.push_back(std::move(batch));
    }
    if (wake)
        wake();
}

bool BatchQueue::waitForRoom()
{
    const base::MutexLock lock(m_mutex);
    while (!m_closed && m_waiting >= m_limit)
        m_room.wait(m_mutex);
    return !m_closed;
}

bool BatchQueue::hasRoom() const
{
    const base::MutexLock lock(m_mutex);
    return m_waiting < m_limit;
}

void BatchQueue::setState(SourceState state)
{
    EventSource::Wake wake;
    {
        const base::MutexLock lock(m_mutex);
        if (m_closed || m_state == state || m_state == SourceState::Failed)
            return;
        m_state = state;
        wake = m_wake;
    }
    if (wake)
        wake();
}

void BatchQueue::fail(base::Error error)
{
    {
        const base::MutexLock lock(m_mutex);
        m_error = std::move(error);
    }
    setState(SourceState::Failed);
}

void BatchQueue::updateInfo(const std::function<void(SourceInfo&)>& change)
{
    const base::MutexLock lock(m_mutex);
    change(m_info);
}

bool BatchQueue::take(Batch& out, std::size_t maxEvents)
{
    out = {};
    const base::MutexLock lock(m_mutex);
    while (!m_batches.empty() && out.events.size() < std::max<std::size_t>(maxEvents, 1)) {
        if (!takeFromBatch(m_batches.front(), m_taken, out, maxEvents))
            break;
        m_batches.pop_front();
    }
    const bool wasFull = m_waiting >= m_limit;
    m_waiting -= itemsOf(out);
    if (wasFull && m_waiting < m_limit)
        m_room.notifyAll();
    return !m_batches.empty();
}

SourceState BatchQueue::state() const
{
    const base::MutexLock lock(m_mutex);
    return m_state;
}

SourceInfo BatchQueue::info() const
{
    const base::MutexLock lock(m_mutex);
    return m_info;
}

base::Error BatchQueue::error() const
{
    const base::MutexLock lock(m_mutex);
    return m_error;
}

void BatchQueue::close()
{
    const base::MutexLock lock(m_mutex);
    m_closed = true;
    m_wake = nullptr;
    m_room.notifyAll();
}

bool BatchQueue::closed() const
{
    const base::MutexLock lock(m_mutex);
    return m_closed;
}

} // namespace exitwave::trace
