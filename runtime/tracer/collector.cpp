// Collector: see the header for the rule of order.
#include "runtime/tracer/collector.h"

#include "runtime/trace/codec.h"
#include "runtime/trace/frame.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <limits>
#include <utility>

namespace exitwave::tracer {

namespace {

constexpr std::size_t blockEvents = 1U << 14; // a block this large is sent at once
static_assert(blockEvents <= trace::maxEventsPerFrame);

constexpr std::int64_t everything = std::numeric_limits<std::int64_t>::max();

term::Term startInfo(const trace::Hello& hello)
{
    std::vector<term::MapEntry> entries;
    entries.push_back({term::Term::atom("program"), term::Term::binary(hello.program)});
    entries.push_back({term::Term::atom("title"), term::Term::binary(hello.title)});
    if (hello.seed)
        entries.push_back(
            {term::Term::atom("seed"), term::Term::binary(std::to_string(*hello.seed))});
    return term::Term::map(std::move(entries));
}

} // namespace

Collector::Collector(const base::Clock& clock, CollectorOptions options)
    : m_clock(clock)
    , m_options([](CollectorOptions given) {
        given.hello.startedAtUnixNs = base::wallClockNanoseconds();
        return given;
    }(std::move(options)))
    , m_origin(clock.now())
{
}

Collector::~Collector()
{
    finish("the program ended");
}

void Collector::addConsumer(FrameConsumer& consumer)
{
    m_consumers.push_back(&consumer);
}

void Collector::start()
{
    {
        const base::MutexLock lock(m_mutex);
        m_started = true;
        send(trace::FrameType::Hello, trace::encodeHello(m_options.hello), 0);
        m_terms.intern(term::Term::atom("slow_watcher")); // the first one: slowWatcherTerm
        appendOwn(trace::EventType::TraceStarted, 0, startInfo(m_options.hello), base::Timestamp{});
        sendBlock();
    }
    m_thread = std::thread([this] { run(); });
}

void Collector::wake()
{
    const base::MutexLock lock(m_wakeMutex);
    m_wakeAsked = true;
    m_wakeUp.notifyOne();
}

// The collector's thread.
void Collector::run()
{
    for (;;) {
        bool busy = false;
        {
            const base::MutexLock lock(m_mutex);
            busy = collect(Pass::UpToWatermark);
        }
        const auto deadline
            = std::chrono::steady_clock::now() + std::chrono::nanoseconds(m_options.wakeAtLeast.ns);
        const base::MutexLock lock(m_wakeMutex);
        bool inTime = !busy; // a busy program is looked at again at once
        while (inTime && !m_wakeAsked && !m_stopAsked)
            inTime = m_wakeUp.waitUntil(m_wakeMutex, deadline);
        m_wakeAsked = false;
        if (m_stopAsked)
            return;
    }
}

trace::Lane& Collector::lane(unsigned worker)
{
    const base::MutexLock lock(m_mutex);
    while (m_inputs.size() <= worker)
        m_inputs.emplace_back(m_options.laneCapacity);
    return m_inputs[worker].lane;
}

void Collector::drain()
{
    const base::MutexLock lock(m_mutex);
    if (!m_finished)
        collect(Pass::Everything);
}

bool Collector::collect(Pass pass)
{
    // The sequence clock, bounds, rings is what makes the order right.
    std::int64_t below = pass == Pass::Everything ? everything : watermark();
    const std::size_t found = takeRings(pass);
    // What a limit left in a ring must not be passed by what others did later.
    if (m_inputs.size() > 1)
        below = std::min(below, firstLeft());
    merge(below);
    reportLosses();
    sendBlock();
    return found > m_options.laneCapacity / 4;
}

std::int64_t Collector::watermark() const
{
    if (m_inputs.size() <= 1)
        return everything; // one lane: the ring's order is the whole order
    std::int64_t below = m_clock.now();
    for (const Input& input : m_inputs)
        below = std::min(below, input.lane.bound());
    return below;
}

// Moves what the rings hold to the waiting rooms; the largest number taken from one lane.
std::size_t Collector::takeRings(Pass pass)
{
    const bool everyRecord = pass == Pass::Everything; // nobody writes meanwhile
    std::size_t most = 0;
    for (Input& input : m_inputs) {
        std::size_t taken = 0;
        // Each ring at most once around: a worker that writes as fast as this reads must not hold
        // it here.
        while (everyRecord
               || (taken < input.lane.ring().capacity()
                   && input.pending.size() < m_options.pendingLimit)) {
            const std::span<trace::Record> records = input.lane.ring().peek();
            if (records.empty())
                break;
            input.pending.insert(input.pending.end(),
                                 std::move_iterator(records.begin()),
                                 std::move_iterator(records.end()));
            input.lane.ring().pop(records.size());
            taken += records.size();
        }
        most = std::max(most, taken);
    }
    return most;
}

// The least stamp of what is still in the rings.
std::int64_t Collector::firstLeft()
{
    std::int64_t first = everything;
    for (Input& input : m_inputs) {
        const std::span<trace::Record> records = input.lane.ring().peek();
        if (!records.empty())
            first = std::min(first, records.front().stamp);
    }
    return first;
}

void Collector::merge(std::int64_t below)
{
    for (;;) {
        Input* next = nullptr;
        for (Input& input : m_inputs) {
            if (!input.pending.empty()
                && (next == nullptr || input.pending.front().stamp < next->pending.front().stamp))
                next = &input;
        }
        if (next == nullptr || (next->pending.front().stamp >= below && below != everything))
            return;
        append(std::move(next->pending.front()));
        next->pending.pop_front();
    }
}

void Collector::reportLosses()
{
    trace::Lane::Lost sum;
    for (Input& input : m_inputs) {
        const trace::Lane::Lost lost = input.lane.takeLoss();
        sum.messages += lost.messages;
        sum.others += lost.others;
    }
    m_statistics.lostMessages += sum.messages;
    m_statistics.lostOthers += sum.others;
    if (sum.messages > 0)
        appendOwn(trace::EventType::Loss, sum.messages, term::Term::atom("messages"), m_lastTime);
    if (sum.others > 0)
        appendOwn(trace::EventType::Loss, sum.others, term::Term::atom("events"), m_lastTime);
}

void Collector::append(trace::Record&& record)
{
    const trace::EventInfo* info = trace::eventInfo(record.type);
    if (info == nullptr)
        return;
    m_lastTime = std::max(m_lastTime, base::Timestamp{record.stamp - m_origin});
    trace::Event event;
    event.time = m_lastTime;
    event.process = record.process;
    event.peer = record.peer;
    event.id = record.id;
    event.cause = record.cause;
    if (!info->term.empty())
        event.term = m_terms.intern(record.term);
    event.type = record.type;
    event.how = record.how;
    m_block.push_back(event);
    if (m_block.size() == blockEvents || m_terms.freshCount() == trace::maxTermsPerFrame)
        sendBlock();
}

// An event that the collector itself has to tell.
void Collector::appendOwn(trace::EventType type,
                          std::uint64_t id,
                          term::Term term,
                          base::Timestamp time)
{
    trace::Record record;
    record.stamp = m_origin + time.ns;
    record.id = id;
    record.term = std::move(term);
    record.type = type;
    append(std::move(record));
}

void Collector::sendBlock()
{
    std::vector<std::byte> payload;
    if (m_terms.hasFresh()) {
        const trace::TermInterner::Fresh fresh = m_terms.takeFresh();
        trace::encodeTerms(fresh.first, fresh.encodings, payload);
        send(trace::FrameType::Terms, payload, 0);
        payload.clear();
    }
    if (m_block.empty())
        return;
    trace::encodeEvents(m_block, m_statistics.events, payload);
    send(trace::FrameType::Events, payload, m_block.size());
    m_statistics.events += m_block.size();
    m_block.clear();
}

void Collector::send(trace::FrameType type,
                     const std::vector<std::byte>& payload,
                     std::uint64_t eventCount)
{
    auto bytes = std::make_shared<std::vector<std::byte>>();
    trace::appendFrame(*bytes, type, payload);
    m_statistics.frameBytes += bytes->size();
    const SharedFrame frame{std::move(bytes), type, m_statistics.events, eventCount, m_lastTime};
    for (FrameConsumer* consumer : m_consumers)
        consumer->consume(frame);
}

void Collector::finish(const std::string& why)
{
    {
        const base::MutexLock lock(m_wakeMutex);
        m_stopAsked = true;
        m_wakeUp.notifyOne();
    }
    if (m_thread.joinable())
        m_thread.join();
    const base::MutexLock lock(m_mutex);
    // What never began has no end to tell, and its consumers may be gone already.
    if (std::exchange(m_finished, true) || !m_started)
        return;
    collect(Pass::Everything);
    appendOwn(trace::EventType::TraceEnded,
              0,
              term::Term::binary(why),
              base::Timestamp{m_clock.now() - m_origin});
    sendBlock();
    const trace::End end{m_statistics.events,
                         m_terms.size(),
                         m_statistics.lostMessages + m_statistics.lostOthers,
                         why};
    send(trace::FrameType::End, trace::encodeEnd(end), 0);
    spdlog::info("trace complete: {} events, {} lost, {} terms, {} bytes",
                 end.events,
                 end.lost,
                 end.terms,
                 m_statistics.frameBytes);
}

CollectorStatistics Collector::statistics() const
{
    const base::MutexLock lock(m_mutex);
    CollectorStatistics statistics = m_statistics;
    statistics.terms = m_terms.size();
    return statistics;
}

} // namespace exitwave::tracer
