// Moments as people name them: how they are written, and which position shows them - the same for
// who has the whole trace and for who reads it event by event.
#include "gui/graph/moment.h"
#include "tests/support/random_program.h"

#include <QRandomGenerator>
#include <QTest>

using namespace exitwave;
using namespace exitwave::testing;
using graph::Moment;

namespace {

graph::Timeline timelineOf(const trace::Batch& batch)
{
    graph::Timeline timeline;
    timeline.append(batch);
    return timeline;
}

/// As a reader of a stream finds the moment: how many events it applies.
base::Result<std::size_t> streamed(const Moment& moment, const graph::Timeline& timeline)
{
    graph::MomentFinder finder(moment);
    graph::ProcessGraph graph;
    graph::GraphDelta delta;
    for (const trace::Event& event : timeline.events()) {
        if (!finder.includes(graph, event))
            return static_cast<std::size_t>(graph.eventCount());
        graph.apply(event, timeline.terms(), delta);
    }
    if (const auto there = finder.endAt(graph); !there)
        return there.error();
    return static_cast<std::size_t>(graph.eventCount());
}

} // namespace

class TestMoment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFormsOfMoments_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind"); // -1: refused
        QTest::addColumn<qlonglong>("value");
        const auto row = [](const char* text, int kind, qlonglong value) {
            QTest::newRow(text) << QString::fromLatin1(text) << kind << value;
        };
        const int position = static_cast<int>(Moment::Kind::Position);
        const int time = static_cast<int>(Moment::Kind::Time);
        row("0", position, 0);
        row("120", position, 120);
        row("7ns", time, 7);
        row("20us", time, 20'000);
        row("300ms", time, 300'000'000);
        row("1.5s", time, 1'500'000'000);
        row("2min", time, 120'000'000'000);
        row("crash", static_cast<int>(Moment::Kind::Crash), 0);
        row("end", static_cast<int>(Moment::Kind::End), 0);
        for (const char* wrong :
             {"", "yesterday", "-1", "-1s", "1.5", "3h", "nans", "1e300s", "5 s"})
            row(wrong, -1, 0);
    }
    void theFormsOfMoments()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QFETCH(qlonglong, value);
        const auto moment = graph::parseMoment(text.toStdString());
        QCOMPARE(moment.ok(), kind >= 0);
        if (!moment.ok()) {
            QCOMPARE(moment.error().code, base::ErrorCode::InvalidInput);
            QVERIFY(moment.error().message.find("2min") != std::string::npos);
            return;
        }
        QCOMPARE(static_cast<int>(moment.value().kind), kind);
        QCOMPARE(moment.value().kind == Moment::Kind::Time
                     ? moment.value().time.ns
                     : static_cast<qlonglong>(moment.value().position),
                 value);
    }

    void theCrashIsShownWithItsExitSignalsSent()
    {
        TraceBuilder build;
        build.crashOfThree();
        const graph::Timeline timeline = timelineOf(build.batch);
        const auto crash = graph::positionOf(Moment{Moment::Kind::Crash, 0, {}}, timeline);
        QVERIFY(crash.ok());
        const graph::ProcessGraph at = timeline.graphAt(crash.value());
        QCOMPARE(at.crashCount(), 1U);
        QVERIFY(!at.signalsInFlight().empty());
        QVERIFY(timeline.event(crash.value()).type != trace::EventType::ExitSignalSent);
    }

    void aReaderOfAStreamFindsTheSamePosition()
    {
        const quint64 seed = qEnvironmentVariableIsSet("EXITWAVE_SEED")
            ? qEnvironmentVariable("EXITWAVE_SEED").toULongLong()
            : QRandomGenerator::global()->generate64();
        qInfo("EXITWAVE_SEED=%llu", static_cast<unsigned long long>(seed));
        RandomProgram program(seed);
        program.run(600);
        const graph::Timeline timeline = timelineOf(program.build.batch);
        std::vector<Moment> moments{{}, {Moment::Kind::Crash, 0, {}}};
        for (std::size_t i = 0; i <= timeline.size() + 3; i += 7)
            moments.push_back({Moment::Kind::Position, i, {}});
        for (std::int64_t ns = 0; ns <= timeline.endTime().ns + 100; ns += 1 + ns / 3)
            moments.push_back({Moment::Kind::Time, 0, base::Timestamp{ns}});
        for (const Moment& moment : moments) {
            const auto here = graph::positionOf(moment, timeline);
            const auto there = streamed(moment, timeline);
            QCOMPARE(there.ok(), here.ok());
            if (here.ok())
                QCOMPARE(there.value(), here.value());
            else
                QCOMPARE(there.error().message, here.error().message);
        }
    }

    void whatIsBehindTheEndIsRefusedWithTheRange()
    {
        TraceBuilder build;
        build.crashOfThree();
        const graph::Timeline timeline = timelineOf(build.batch);
        const std::size_t size = timeline.size();
        QCOMPARE(graph::positionOf({Moment::Kind::Position, size, {}}, timeline).value(), size);
        const auto far = graph::positionOf({Moment::Kind::Position, size + 1, {}}, timeline);
        QVERIFY(!far.ok());
        QCOMPARE(far.error().code, base::ErrorCode::InvalidInput);
        QVERIFY(far.error().message.find("from 0 to " + std::to_string(size)) != std::string::npos);
        const base::Timestamp end = timeline.endTime();
        QCOMPARE(graph::positionOf({Moment::Kind::Time, 0, end}, timeline).value(), size);
        QVERIFY(!graph::positionOf({Moment::Kind::Time, 0, base::Timestamp{end.ns + 1}}, timeline)
                     .ok());
    }

    void aCalmTraceHasNoCrash()
    {
        const auto crash
            = graph::positionOf(Moment{Moment::Kind::Crash, 0, {}}, timelineOf(trace::Batch{}));
        QVERIFY(!crash.ok());
        QCOMPARE(crash.error().code, base::ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestMoment)
#include "tst_moment.moc"
