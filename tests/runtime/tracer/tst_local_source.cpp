// LocalSource: the same events as over a socket, in the same process.
#include "runtime/trace/term_table.h"
#include "runtime/tracer/local_source.h"
#include "tests/runtime/tracer/tracer_samples.h"

#include <QTest>

#include <atomic>
#include <random>

using namespace exitwave;
using namespace exitwave::tracer;
using trace::EventType;
using trace::SourceState;

class LocalSourceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingArrivesInPortionsAsAsked()
    {
        base::VirtualClock clock;
        LocalSource source(nullptr);
        Collector collector(clock, samples::options());
        collector.addConsumer(source);
        std::atomic<int> wakes{0};
        QVERIFY(source.start([&wakes] { ++wakes; }).ok());
        QCOMPARE(source.state(), SourceState::Live);
        trace::Lane& lane = collector.lane(0);
        collector.start();
        for (std::uint64_t i = 0; i < 5000; ++i)
            lane.emit(samples::record(static_cast<std::int64_t>(i), EventType::TrapExitSet, i));
        collector.finish("over");
        QVERIFY(wakes > 0);
        trace::Batch part;
        std::vector<trace::Event> events;
        bool more = true;
        while (more) {
            more = source.take(part, 100);
            QVERIFY(part.events.size() <= 100);
            events.insert(events.end(), part.events.begin(), part.events.end());
        }
        QCOMPARE(events.size(), 5002U);
        for (std::uint64_t i = 0; i < 5000; ++i)
            QCOMPARE(events[i + 1].process.value, i);
        QCOMPARE(source.state(), SourceState::Ended);
        QCOMPARE(source.info().title, std::string("sample"));
        QVERIFY(source.info().readBytes > 0);
        QCOMPARE(source.info().totalBytes, 0U); // live: nobody knows
    }

    void commandsAreAnswered()
    {
        samples::EchoHandler handler;
        LocalSource source(&handler);
        QVERIFY(source.start(nullptr).ok());
        trace::Command command;
        command.id = trace::CommandId{9};
        command.kind = trace::CommandKind::Resume;
        source.request(command);
        trace::Batch batch;
        QVERIFY(samples::takeUntil(source, batch, [&] { return !batch.answers.empty(); }));
        QCOMPARE(batch.answers[0].id.value, 9U);
        QVERIFY(batch.answers[0].accepted);

        LocalSource without(nullptr);
        QVERIFY(without.start(nullptr).ok());
        without.request(command);
        trace::Batch refused;
        (void)without.take(refused, 1);
        QCOMPARE(refused.answers.size(), 1U);
        QVERIFY(!refused.answers[0].accepted);
    }

    void whatWaitsIsBoundedAndWhatIsGoneIsCounted()
    {
        base::VirtualClock clock;
        constexpr std::size_t limit = 64U << 10;
        LocalSource source(nullptr, limit);
        Collector collector(clock, samples::options());
        collector.addConsumer(source);
        QVERIFY(source.start(nullptr).ok());
        trace::Lane& lane = collector.lane(0);
        collector.start();
        std::mt19937_64 random(1); // so that the frames do not compress
        constexpr std::uint64_t blocks = 100;
        constexpr std::uint64_t perBlock = 500;
        for (std::uint64_t block = 0; block < blocks; ++block) {
            for (std::uint64_t i = 0; i < perBlock; ++i)
                lane.emit(samples::record(1, EventType::ExitSignalSent, 1, random()));
            collector.drain();
        }
        collector.finish("over");
        trace::Batch all;
        QVERIFY(
            samples::takeUntil(source, all, [&] { return source.state() == SourceState::Ended; }));
        QVERIFY(all.diagnostics.empty());
        std::uint64_t lost = 0;
        std::uint64_t arrived = 0;
        for (const trace::Event& event : all.events) {
            if (event.type == EventType::Loss)
                lost += event.id;
            else
                ++arrived;
        }
        QVERIFY(lost > 0);
        QCOMPARE(arrived + lost, blocks * perBlock + 2);
        trace::TermTable terms;
        terms.add(all.terms);
        QVERIFY(terms.at(slowWatcherTerm) == term::Term::atom("slow_watcher"));
    }

    void afterStopNothingArrives()
    {
        base::VirtualClock clock;
        LocalSource source(nullptr);
        Collector collector(clock, samples::options());
        collector.addConsumer(source);
        QVERIFY(source.start(nullptr).ok());
        source.stop();
        collector.start();
        collector.finish("over");
        trace::Batch batch;
        QVERIFY(!source.take(batch, 100));
        QVERIFY(batch.empty());
        QCOMPARE(source.state(), SourceState::Ended);
    }
};

QTEST_GUILESS_MAIN(LocalSourceTest)
#include "tst_local_source.moc"
