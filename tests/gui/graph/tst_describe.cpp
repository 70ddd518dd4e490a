// The words for processes, reasons and events.
#include "gui/graph/describe.h"
#include "tests/support/trace_builder.h"

#include <QTest>

using namespace exitwave;
using namespace exitwave::testing;
using term::Term;
using trace::EventType;

namespace {

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

Term atom(const char* name)
{
    return Term::atom(name);
}

/// {value, stack} as an uncaught error leaves it.
Term uncaught(const Term& value)
{
    return term::errorReason(value, raised("").elements()[1]);
}

} // namespace
Q_DECLARE_METATYPE(exitwave::term::Term)

class TestDescribe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aShortReasonIsTheHeartOfTheReason_data()
    {
        QTest::addColumn<Term>("reason");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* expected, const Term& reason) {
            QTest::newRow(expected) << reason << QString::fromUtf8(expected);
        };
        row("oops", raised("oops"));
        row("first second", raised("first\nsecond"));
        row(":boom", atom("boom"));
        row("normal", atom("normal"));
        row("killed", atom("killed"));
        row("noproc", atom("noproc"));
        row("{:shutdown, :bye}", Term::tuple({atom("shutdown"), atom("bye")}));
        row("throw :ball", uncaught(Term::tuple({atom("nocatch"), atom("ball")})));
        row("ArgumentError: argument error", uncaught(atom("badarg")));
        row(":boom ", uncaught(atom("boom")));
    }
    void aShortReasonIsTheHeartOfTheReason()
    {
        QFETCH(Term, reason);
        QFETCH(QString, expected);
        QCOMPARE(text(graph::shortReason(reason)), expected.trimmed());
    }

    void longAndBrokenTextStaysOnOneShortLine()
    {
        const std::string reason
            = graph::shortReason(raised(std::string(5000, 'x') + "\n\xff\xfe"));
        QVERIFY(text(reason).size() <= 61);
        QVERIFY(text(reason).endsWith(QChar(0x2026)));
        const std::string broken = graph::plainText(Term::binary("a\xff\nb"));
        QCOMPARE(text(broken), QString::fromUtf8("a\xef\xbf\xbd b"));
    }

    void aProcessIsCalledByWhatIsKnownOfIt()
    {
        trace::TermTable terms;
        TraceBuilder build;
        build.spawn(107, 0, "worker 1");
        const trace::TermId name = build.term(atom("Elixir.Pool.Supervisor"));
        const trace::TermId call = build.term(
            Term::map({{atom("initial_call"),
                        Term::tuple({atom("Elixir.Worker"), atom("run"), Term::integer(2)})},
                       {atom("file"), Term::binary("demo.exs")},
                       {atom("line"), Term::integer(14)}}));
        terms.add(build.batch.terms);

        graph::ProcessNode node;
        node.key = pid(107);
        QCOMPARE(text(graph::shortLabel(node, terms)), QStringLiteral("#PID<0.107.0>"));
        node.spawnInfo = call;
        QCOMPARE(text(graph::shortLabel(node, terms)), QStringLiteral("Worker.run/2"));
        QCOMPARE(text(graph::spawnPlaceText(node, terms)), QStringLiteral("demo.exs:14"));
        node.spawnInfo = build.batch.events[0].term;
        QCOMPARE(text(graph::shortLabel(node, terms)), QStringLiteral("worker 1"));
        QVERIFY(!graph::isSupervisor(node, terms));
        node.name = name;
        QCOMPARE(text(graph::shortLabel(node, terms)), QStringLiteral("Pool.Supervisor"));
        QVERIFY(graph::isSupervisor(node, terms));
        QCOMPARE(text(graph::shortLabel(graph::ProcessGraph{}, graph::noNode, terms)),
                 QStringLiteral("outside"));
    }

    void statesAreSaidInWords()
    {
        TraceBuilder build;
        build.crashOfThree();
        build.spawn(4);
        build.signal(30, 0, 4, atom("kill"), trace::SignalOrigin::Kill);
        build.exit(4, atom("killed"), trace::ExitKind::Kill, 30);
        build.spawn(5);
        build.exit(5, atom("normal"), trace::ExitKind::Returned);
        build.spawn(6);
        trace::TermTable terms;
        terms.add(build.batch.terms);
        graph::ProcessGraph graph;
        graph::GraphDelta delta;
        for (const auto& event : build.batch.events)
            graph.apply(event, terms, delta);
        const auto words = [&](std::uint32_t process) {
            return text(graph::stateWords(graph.node(graph.find(pid(process))), terms));
        };
        QCOMPARE(words(1), QStringLiteral("crashed: oops"));
        QCOMPARE(words(2), QStringLiteral("died of an exit signal: oops"));
        QCOMPARE(words(3), QStringLiteral("alive, traps exits"));
        QCOMPARE(words(4), QStringLiteral("killed"));
        QCOMPARE(words(5), QStringLiteral("ended: normal"));
        QCOMPARE(words(6), QStringLiteral("alive"));
    }

    void eventsAreSentences_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("sentence");
        const auto row = [](int index, const char* sentence) {
            QTest::newRow(sentence) << index << QString::fromUtf8(sentence);
        };
        row(0, "#PID<0.1.0> started: Worker.run/1");
        row(1, "#PID<0.1.0> started #PID<0.2.0>: Worker.run/1");
        row(3, "#PID<0.1.0> linked to #PID<0.2.0>");
        row(4, "#PID<0.2.0> was linked to by #PID<0.1.0>");
        row(7, "#PID<0.3.0> traps exits");
        row(8, "#PID<0.1.0> raised RuntimeError “oops”");
        row(9,
            "exit signal {%RuntimeError{message: \"oops\"}, [...]} sent to #PID<0.2.0> through a "
            "link, because "
            "#PID<0.1.0> died");
        row(13,
            "#PID<0.3.0> traps exits and gets the exit signal {%RuntimeError{message: \"oops\"}, "
            "[...]} of "
            "#PID<0.2.0> as a message");
        row(11, "#PID<0.2.0> died of an exit signal: oops");
        row(14, "the trace ended");
    }
    void eventsAreSentences()
    {
        QFETCH(int, index);
        QFETCH(QString, sentence);
        TraceBuilder build;
        build.crashOfThree();
        trace::TermTable terms;
        terms.add(build.batch.terms);
        QCOMPARE(
            text(graph::eventSentence(build.batch.events[static_cast<std::size_t>(index)], terms)),
            sentence);
    }

    void everyKnownEventHasASentenceAndUnknownOnesSaySo()
    {
        trace::TermTable terms;
        for (int type = 0; type < 256; ++type) {
            for (int how = 0; how < 8; ++how) {
                trace::Event event;
                event.type = static_cast<EventType>(type);
                event.how = static_cast<std::uint8_t>(how);
                const QString sentence = text(graph::eventSentence(event, terms));
                QVERIFY(!sentence.isEmpty() && !sentence.contains(QLatin1Char('\n')));
                QCOMPARE(trace::eventInfo(event.type) == nullptr,
                         sentence.contains(QStringLiteral("which this version does not know")));
            }
        }
        trace::Event odd;
        odd.type = EventType::ProcessExited;
        odd.how = 77;
        QVERIFY(text(graph::eventSentence(odd, terms)).contains(QStringLiteral("how 77, unknown")));
    }

    void timesAreSeconds()
    {
        QCOMPARE(text(graph::secondsText({12'480'000'000})), QStringLiteral("12.480 s"));
        QCOMPARE(text(graph::secondsText({12'345'000})), QStringLiteral("0.012345 s"));
    }
};

QTEST_GUILESS_MAIN(TestDescribe)
#include "tst_describe.moc"
