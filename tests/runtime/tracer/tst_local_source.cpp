// LocalSource: the same events as over a socket, in the same process.
#include "runtime/tracer/local_source.h"
#include "tests/runtime/tracer/tracer_samples.h"

#include <QTest>

#include <atomic>

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
