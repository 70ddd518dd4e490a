// Collector: one order over all lanes, nothing lost without being counted.
#include "runtime/trace/term_table.h"
#include "tests/runtime/tracer/tracer_samples.h"

#include <QTest>

#include <atomic>
#include <deque>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <vector>

using namespace exitwave;
using namespace exitwave::tracer;
using samples::FrameLog;
using trace::EventType;

namespace {

// Threads that hand numbers to each other as workers hand signals: a slice takes one stamp, what
// another worker did is seen only after a new stamp.
class Workers
{
public:
    Workers(Collector& collector, const base::Clock& clock, unsigned count, int hops)
        : m_collector(collector), m_clock(clock), m_inboxes(count), m_left(hops)
    {
        for (unsigned i = 0; i < count; ++i)
            (void)collector.lane(i);
        for (std::uint64_t token = 1; token <= 2 * count; ++token)
            m_inboxes[token % count].tokens.push_back(0);
    }

    void run()
    {
        std::vector<std::thread> threads;
        for (unsigned i = 0; i < m_inboxes.size(); ++i)
            threads.emplace_back([this, i] { work(i); });
        for (std::thread& thread : threads)
            thread.join();
    }

private:
    struct Inbox
    {
        std::mutex mutex;
        std::deque<std::uint64_t> tokens;
    };

    void work(unsigned self)
    {
        trace::Lane& lane = m_collector.lane(self);
        std::mt19937 random(self);
        std::int64_t stamp = m_clock.now();
        while (m_left.load(std::memory_order_relaxed) > 0) {
            std::deque<std::uint64_t> tokens;
            lane.publish(stamp); // before the next stamp is taken
            {
                const std::lock_guard lock(m_inboxes[self].mutex);
                tokens.swap(m_inboxes[self].tokens);
            }
            if (tokens.empty()) {
                lane.publishIdle();
                std::this_thread::yield();
                continue;
            }
            stamp = m_clock.now();
            lane.publish(stamp);
            for (const std::uint64_t received : tokens) {
                if (received != 0)
                    lane.emit(
                        samples::record(stamp, EventType::ExitSignalDelivered, self, received));
                const std::uint64_t sent = m_next.fetch_add(1, std::memory_order_relaxed);
                lane.emit(samples::record(stamp, EventType::ExitSignalSent, self, sent));
                Inbox& target = m_inboxes[random() % m_inboxes.size()];
                const std::lock_guard lock(target.mutex);
                target.tokens.push_back(sent);
                m_left.fetch_sub(1, std::memory_order_relaxed);
            }
        }
        lane.publishIdle();
    }

    Collector& m_collector;
    const base::Clock& m_clock;
    std::deque<Inbox> m_inboxes;
    std::atomic<int> m_left;
    std::atomic<std::uint64_t> m_next{1};
};

// Sum of the counts of all Loss events.
std::uint64_t lossOf(const trace::Batch& batch)
{
    std::uint64_t sum = 0;
    for (const trace::Event& event : batch.events)
        sum += event.type == EventType::Loss ? event.id : 0;
    return sum;
}

} // namespace

class CollectorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTraceBeginsAndEndsWithItsOwnEvents()
    {
        const base::VirtualClock clock;
        FrameLog log;
        Collector collector(clock, samples::options());
        collector.addConsumer(log);
        collector.start();
        collector.finish("enough");
        const trace::Batch batch = log.decoded();
        QVERIFY(batch.diagnostics.empty());
        QCOMPARE(batch.events.size(), 2U);
        QCOMPARE(batch.events[0].type, EventType::TraceStarted);
        QCOMPARE(batch.events[1].type, EventType::TraceEnded);
        trace::TermTable terms;
        terms.add(batch.terms);
        QVERIFY(terms.at(batch.events[1].term) == term::Term::binary("enough"));
        QVERIFY(terms.at(slowWatcherTerm) == term::Term::atom("slow_watcher"));
        QVERIFY(terms.at(batch.events[0].term).find(term::Term::atom("title")) != nullptr);
    }

    void aTraceThatNeverBeganTouchesNoConsumer()
    {
        const base::VirtualClock clock;
        auto gone = std::make_unique<FrameLog>();
        Collector finished(clock, samples::options());
        FrameLog log;
        finished.addConsumer(log);
        finished.finish("never began");
        QVERIFY(log.bytes().empty());
        Collector destroyed(clock, samples::options());
        destroyed.addConsumer(*gone);
        gone.reset(); // as when what else a program needs could not be opened
    }

    void theFirstFrameIsHelloAndTheLastIsEnd()
    {
        const base::VirtualClock clock;
        FrameLog log;
        Collector collector(clock, samples::options("title"));
        collector.addConsumer(log);
        collector.start();
        collector.finish("over");
        trace::StreamDecoder decoder(trace::StreamDecoder::Start::Frames);
        decoder.feed(log.bytes());
        trace::Batch batch;
        while (decoder.next(batch)) {}
        QVERIFY(decoder.hello() && decoder.hello()->title == "title"
                && decoder.hello()->startedAtUnixNs > 0);
        QVERIFY(decoder.end() && decoder.end()->events == 2 && decoder.end()->why == "over");
    }

    void noEffectStandsBeforeItsCauseWhateverTheThreadsDo()
    {
        const base::MonotonicClock clock;
        FrameLog log;
        CollectorOptions options = samples::options();
        options.laneCapacity = 1U << 18;
        options.wakeAtLeast = base::microseconds(200);
        Collector collector(clock, options);
        collector.addConsumer(log);
        collector.start();
        Workers(collector, clock, 4, 60000).run();
        collector.finish("done");

        const trace::Batch batch = log.decoded();
        QVERIFY(batch.diagnostics.empty());
        QCOMPARE(lossOf(batch), 0U);
        std::set<std::uint64_t> sent;
        base::Timestamp before;
        for (const trace::Event& event : batch.events) {
            QVERIFY(event.time >= before);
            before = event.time;
            if (event.type == EventType::ExitSignalSent)
                sent.insert(event.id);
            else if (event.type == EventType::ExitSignalDelivered)
                QVERIFY2(sent.count(event.id) == 1, std::to_string(event.id).c_str());
        }
        QVERIFY(sent.size() >= 60000);
        QCOMPARE(collector.statistics().events, batch.events.size());
    }

    void recordsOfABusyLaneWaitForASlowOne()
    {
        base::VirtualClock clock;
        FrameLog log;
        CollectorOptions options = samples::options();
        options.wakeAtLeast = base::seconds(1000); // only when woken
        Collector collector(clock, options);
        collector.addConsumer(log);
        trace::Lane& fast = collector.lane(0);
        trace::Lane& slow = collector.lane(1);
        slow.publish(10); // running since 10
        collector.start();
        clock.advanceTo(100);
        fast.publish(100);
        fast.emit(samples::record(5, EventType::TrapExitSet, 1));
        fast.emit(samples::record(50, EventType::TrapExitSet, 2));
        const auto processes = [&log] {
            std::vector<std::uint64_t> keys;
            for (const trace::Event& event : log.decoded().events) {
                if (event.type == EventType::TrapExitSet)
                    keys.push_back(event.process.value);
            }
            return keys;
        };
        QTRY_COMPARE((collector.wake(), processes()), (std::vector<std::uint64_t>{1}));
        slow.emit(samples::record(20, EventType::TrapExitSet, 3));
        slow.publishIdle();
        fast.publishIdle();
        QTRY_COMPARE((collector.wake(), processes()), (std::vector<std::uint64_t>{1, 3, 2}));
    }

    void whatStayedInAFullLaneIsNotPassedByOthers()
    {
        base::VirtualClock clock;
        FrameLog log;
        CollectorOptions options = samples::options();
        options.wakeAtLeast = base::seconds(1000); // only when woken
        options.pendingLimit = 4;
        Collector collector(clock, options);
        collector.addConsumer(log);
        trace::Lane& fast = collector.lane(0);
        trace::Lane& slow = collector.lane(1);
        slow.publish(10);
        collector.start();
        clock.advanceTo(100);
        fast.publish(20);
        const auto emit = [](trace::Lane& lane, std::int64_t stamp) {
            lane.emit(
                samples::record(stamp, EventType::TrapExitSet, static_cast<std::uint64_t>(stamp)));
        };
        for (const std::int64_t stamp : {5, 20, 21, 22, 23})
            emit(fast, stamp);
        const auto stamps = [&log] {
            std::vector<std::uint64_t> keys;
            for (const trace::Event& event : log.decoded().events) {
                if (event.type == EventType::TrapExitSet)
                    keys.push_back(event.process.value);
            }
            return keys;
        };
        QTRY_COMPARE((collector.wake(), stamps()), (std::vector<std::uint64_t>{5}));
        // Four records wait, so the ring is left as it is.
        for (const std::int64_t stamp : {30, 31, 32})
            emit(fast, stamp);
        fast.publish(60);
        for (const std::int64_t stamp : {40, 41})
            emit(slow, stamp);
        slow.publish(60);
        QTRY_COMPARE((collector.wake(), stamps()),
                     (std::vector<std::uint64_t>{5, 20, 21, 22, 23, 30, 31, 32, 40, 41}));
    }

    void theEndTakesWhatALimitHeldBack()
    {
        base::VirtualClock clock;
        FrameLog log;
        CollectorOptions options = samples::options();
        options.wakeAtLeast = base::seconds(1000);
        options.pendingLimit = 4;
        Collector collector(clock, options);
        collector.addConsumer(log);
        trace::Lane& fast = collector.lane(0);
        collector.lane(1).publish(5);
        collector.start();
        clock.advanceTo(100);
        for (const std::int64_t stamp : {1, 10, 11, 12, 13})
            fast.emit(samples::record(stamp, EventType::TrapExitSet, 1));
        QTRY_COMPARE((collector.wake(), log.decoded().events.size()), 2U); // four wait
        for (const std::int64_t stamp : {14, 15, 16})
            fast.emit(samples::record(stamp, EventType::TrapExitSet, 1));
        collector.finish("done");
        QCOMPARE(log.decoded().events.size(), 10U);
    }

    void drainTakesEverythingAtOnce()
    {
        base::VirtualClock clock;
        FrameLog log;
        CollectorOptions options = samples::options();
        options.wakeAtLeast = base::seconds(1000);
        Collector collector(clock, options);
        collector.addConsumer(log);
        trace::Lane& lane = collector.lane(0);
        collector.start();
        for (std::uint64_t i = 0; i < 1000; ++i)
            lane.emit(samples::record(static_cast<std::int64_t>(i), EventType::TrapExitSet, i));
        collector.drain();
        QCOMPARE(log.decoded().events.size(), 1001U);
    }

    void whatALaneDropsIsCountedExactly()
    {
        base::VirtualClock clock;
        FrameLog log;
        CollectorOptions options = samples::options();
        options.laneCapacity = 64;
        options.wakeAtLeast = base::seconds(1000);
        Collector collector(clock, options);
        collector.addConsumer(log);
        trace::Lane& lane = collector.lane(0);
        collector.start();
        QTRY_COMPARE(log.decoded().events.size(), 1U); // the first look is over
        int refusedMessages = 0;
        int refusedOthers = 0;
        for (int i = 0; i < 100; ++i)
            refusedMessages += lane.emit(samples::record(i, EventType::MessageSent, 1)) ? 0 : 1;
        QVERIFY(refusedMessages > 0);
        for (int i = 0; i < 100; ++i)
            refusedOthers += lane.emit(samples::record(100 + i, EventType::TrapExitSet, 1)) ? 0 : 1;
        QVERIFY(refusedOthers > 0 && refusedOthers < 100); // messages leave room for the rest
        collector.finish("done");
        const trace::Batch batch = log.decoded();
        QCOMPARE(lossOf(batch), static_cast<std::uint64_t>(refusedMessages + refusedOthers));
        QCOMPARE(batch.events.size(), 200U - lossOf(batch) + 4); // started, two losses, ended
        QCOMPARE(collector.statistics().lostMessages, static_cast<std::uint64_t>(refusedMessages));
    }

    void equalTermsAreDefinedOnce()
    {
        base::VirtualClock clock;
        FrameLog log;
        Collector collector(clock, samples::options());
        collector.addConsumer(log);
        trace::Lane& lane = collector.lane(0);
        collector.start();
        const std::size_t before = log.decoded().terms.size();
        for (int i = 0; i < 100; ++i)
            lane.emit(samples::record(
                i,
                EventType::ProcessExited,
                1,
                0,
                term::Term::tuple({term::Term::atom("boom"), term::Term::integer(i % 3)})));
        collector.drain();
        QCOMPARE(log.decoded().terms.size(), before + 3);
        collector.finish("done");
    }
};

QTEST_GUILESS_MAIN(CollectorTest)
#include "tst_collector.moc"
