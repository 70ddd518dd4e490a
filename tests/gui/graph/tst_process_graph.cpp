// What each event does to the graph.
#include "gui/graph/process_graph.h"
#include "tests/support/random_program.h"

#include <QTest>

using namespace exitwave;
using namespace exitwave::testing;
using graph::Death;
using graph::GraphDelta;
using graph::NodeIndex;
using graph::noNode;
using trace::EventType;
using trace::ExitKind;
using trace::SignalOrigin;
using trace::SignalOutcome;

namespace {

/// A graph that follows a builder.
struct Fold
{
    TraceBuilder build;
    trace::TermTable terms;
    graph::ProcessGraph graph;
    GraphDelta delta; // of the last apply()

    void apply()
    {
        delta.clear();
        terms.add(build.batch.terms);
        for (const trace::Event& event : build.batch.events)
            graph.apply(event, terms, delta);
        build.batch.terms.clear();
        build.batch.events.clear();
    }
    NodeIndex index(std::uint32_t process) const { return graph.find(pid(process)); }
    const graph::ProcessNode& node(std::uint32_t process) const
    {
        return graph.node(index(process));
    }
    bool linked(std::uint32_t a, std::uint32_t b) const { return graph.linked(index(a), index(b)); }
};

const term::Term boom = term::Term::atom("boom");

} // namespace

class TestProcessGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSpawnedProcessIsAChildOfItsParent()
    {
        Fold fold;
        fold.build.spawn(1);
        fold.build.spawn(2, 1, "worker");
        fold.apply();
        QCOMPARE(fold.graph.size(), std::size_t(2));
        QCOMPARE(fold.node(1).parent, noNode);
        QCOMPARE(fold.node(2).parent, fold.index(1));
        QCOMPARE(fold.node(1).childCount, 1u);
        QVERIFY(fold.node(2).alive && !fold.node(2).inferred);
        QVERIFY(fold.node(2).spawnInfo.value != 0);
        QCOMPARE(fold.delta.born, (std::vector<NodeIndex>{0, 1}));
        QCOMPARE(fold.graph.aliveCount(), 2u);
    }

    void anUnknownProcessIsInferred()
    {
        Fold fold;
        fold.build.trap(7);
        fold.apply();
        QVERIFY(fold.node(7).inferred && fold.node(7).trapsExit);
        QCOMPARE(fold.graph.contradictions(), std::uint64_t(0));
        fold.build.spawn(7, 1); // its spawn comes late
        fold.apply();
        QVERIFY(!fold.node(7).inferred);
        QCOMPARE(fold.node(7).parent, fold.index(1));
        QVERIFY(fold.node(1).inferred);
    }

    void parentsNeverFormARing()
    {
        Fold fold;
        fold.build.trap(1);
        fold.build.trap(2);
        fold.build.spawn(1, 2);
        fold.build.spawn(2, 1);
        fold.build.spawn(3, 3);
        fold.apply();
        QCOMPARE(fold.node(1).parent, fold.index(2));
        QCOMPARE(fold.node(2).parent, noNode);
        QCOMPARE(fold.graph.contradictions(), std::uint64_t(2));
    }

    void aLinkIsThereWhileOneEndHoldsItsHalf()
    {
        Fold fold;
        fold.build.spawn(1);
        fold.build.spawn(2);
        fold.build.half(1, 2);
        fold.apply();
        QVERIFY(fold.linked(1, 2) && fold.linked(2, 1));
        QCOMPARE(fold.delta.links.size(), std::size_t(1));
        fold.build.half(2, 1);
        fold.build.half(1, 2); // linking again is no second link
        fold.apply();
        QVERIFY(fold.delta.links.empty());
        QCOMPARE(fold.graph.linkEdges().size(), std::size_t(1));
        fold.build.half(1, 2, false);
        fold.apply();
        QVERIFY(fold.linked(1, 2));
        fold.build.half(2, 1, false);
        fold.build.half(2, 1, false);
        fold.apply();
        QVERIFY(!fold.linked(1, 2));
        QCOMPARE(fold.delta.links.size(), std::size_t(1));
        QVERIFY(!fold.delta.links[0].present);
        QCOMPARE(fold.graph.contradictions(), std::uint64_t(0));
    }

    void theEdgeStaysWhileTheExitSignalTravels()
    {
        Fold fold;
        fold.build.spawn(1);
        fold.build.spawn(2);
        fold.build.link(1, 2);
        fold.build.trap(2);
        fold.build.exit(1, boom, ExitKind::ExitCall);
        fold.build.signal(5, 1, 2, boom);
        fold.apply();
        QVERIFY(fold.node(1).links.empty());
        QVERIFY(fold.linked(1, 2));
        QCOMPARE(fold.graph.signalsInFlight().size(), std::size_t(1));
        QCOMPARE(fold.graph.signalsInFlight()[0].to, fold.index(2));
        fold.build.deliver(5, 2, 1, boom, SignalOutcome::Message);
        fold.apply();
        QVERIFY(!fold.linked(1, 2));
        QVERIFY(fold.graph.signalsInFlight().empty());
        QCOMPARE(fold.node(2).exitMessages, 1u);
        QCOMPARE(fold.delta.moments.size(), std::size_t(1));
        QCOMPARE(fold.delta.moments[0].what, GraphDelta::Moment::What::ExitMessage);
        QCOMPARE(fold.delta.moments[0].node, fold.index(2));
        QCOMPARE(fold.delta.moments[0].peer, fold.index(1));
    }

    void anExitCallLeavesTheLink()
    {
        Fold fold;
        fold.build.spawn(1);
        fold.build.spawn(2);
        fold.build.link(1, 2);
        fold.build.trap(2);
        fold.build.signal(5, 1, 2, boom, SignalOrigin::ExitCall);
        fold.build.deliver(5, 2, 1, boom, SignalOutcome::Message);
        fold.apply();
        QVERIFY(fold.linked(1, 2));
        QCOMPARE(fold.node(2).links.size(), std::size_t(1));
    }

    void aDeathIsClassifiedByItsCause_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<int>("origin"); // -1: no signal
        QTest::addColumn<int>("sender");
        QTest::addColumn<int>("death");
        const auto row = [](const char* name,
                            ExitKind kind,
                            const char* reason,
                            int origin,
                            int sender,
                            Death death) {
            QTest::newRow(name) << int(kind) << QString::fromLatin1(reason) << origin << sender
                                << int(death);
        };
        row("the function returned", ExitKind::Returned, "normal", -1, 0, Death::Normal);
        row("exit(:normal)", ExitKind::ExitCall, "normal", -1, 0, Death::Normal);
        row("exit(:shutdown)", ExitKind::ExitCall, "shutdown", -1, 0, Death::Normal);
        row("exit(:boom)", ExitKind::ExitCall, "boom", -1, 0, Death::Crash);
        row("an uncaught error", ExitKind::Error, "boom", -1, 0, Death::Crash);
        row("error(normal) is a crash", ExitKind::Error, "normal", -1, 0, Death::Crash);
        row("an uncaught throw", ExitKind::Throw, "boom", -1, 0, Death::Crash);
        row("a link's signal", ExitKind::Signal, "boom", int(SignalOrigin::Link), 1, Death::Victim);
        row("a link's kill is not converted",
            ExitKind::Signal,
            "kill",
            int(SignalOrigin::Link),
            1,
            Death::Victim);
        row("a link's shutdown",
            ExitKind::Signal,
            "shutdown",
            int(SignalOrigin::Link),
            1,
            Death::Normal);
        row("exit/2 of another",
            ExitKind::Signal,
            "boom",
            int(SignalOrigin::ExitCall),
            1,
            Death::Killed);
        row("exit/2 from outside",
            ExitKind::Signal,
            "boom",
            int(SignalOrigin::ExitCall),
            0,
            Death::Killed);
        row("exit/2 to itself",
            ExitKind::Signal,
            "boom",
            int(SignalOrigin::ExitCall),
            2,
            Death::Crash);
        row("kill", ExitKind::Kill, "killed", int(SignalOrigin::Kill), 1, Death::Killed);
        row("a link to no process",
            ExitKind::Signal,
            "noproc",
            int(SignalOrigin::Noproc),
            1,
            Death::Victim);
        row("a signal that nobody recorded", ExitKind::Signal, "boom", -1, 0, Death::Victim);
    }
    void aDeathIsClassifiedByItsCause()
    {
        QFETCH(int, kind);
        QFETCH(QString, reason);
        QFETCH(int, origin);
        QFETCH(int, sender);
        QFETCH(int, death);
        const term::Term term = term::Term::atom(reason.toStdString());
        Fold fold;
        fold.build.spawn(1);
        fold.build.spawn(2);
        if (origin >= 0) {
            fold.build.signal(
                9, static_cast<std::uint32_t>(sender), 2, term, static_cast<SignalOrigin>(origin));
            fold.build.deliver(
                9, 2, static_cast<std::uint32_t>(sender), term, SignalOutcome::Terminated);
        }
        const auto exitKind = static_cast<ExitKind>(kind);
        const bool bySignal = exitKind == ExitKind::Signal || exitKind == ExitKind::Kill;
        fold.build.exit(2, term, exitKind, bySignal ? 9 : 0);
        fold.apply();
        QCOMPARE(int(fold.node(2).death), death);
        QVERIFY(!fold.node(2).alive);
        QCOMPARE(fold.graph.crashCount(), static_cast<Death>(death) == Death::Crash ? 1u : 0u);
        QCOMPARE(fold.graph.deadCount(), 1u);
        QCOMPARE(fold.graph.contradictions(), std::uint64_t(0));
    }

    void monitorsFireOnceAndVanish()
    {
        Fold fold;
        fold.build.spawn(1);
        fold.build.spawn(2);
        fold.build.monitor(1, 2, 100);
        fold.build.monitor(1, 2, 101);
        fold.build.monitor(1, 2, 102);
        fold.apply();
        QCOMPARE(fold.node(1).monitors.size(), std::size_t(3));
        QCOMPARE(fold.delta.monitors.size(), std::size_t(1)); // one edge
        fold.build.add(EventType::Demonitored, pid(1), pid(2)).id = 100;
        fold.build.exit(2, boom, ExitKind::ExitCall);
        fold.build.add(EventType::MonitorFired, pid(1), pid(2)).id = 101;
        fold.apply();
        QCOMPARE(fold.node(1).monitors, (std::vector<graph::Monitor>{{102, fold.index(2)}}));
        QVERIFY(fold.delta.monitors.empty());
        fold.build.exit(1, boom, ExitKind::ExitCall);
        fold.apply();
        QVERIFY(fold.node(1).monitors.empty());
        QCOMPARE(fold.delta.monitors.size(), std::size_t(1));
        QVERIFY(!fold.delta.monitors[0].present);
    }

    void theTombstoneKeepsItsName()
    {
        Fold fold;
        fold.build.spawn(1);
        fold.build.name(1, "pool");
        fold.build.exit(1, boom, ExitKind::ExitCall);
        fold.build.add(EventType::NameUnregistered, pid(1));
        fold.apply();
        QVERIFY(fold.node(1).name.value != 0);
        QCOMPARE(fold.graph.contradictions(), std::uint64_t(0));
        fold.build.spawn(2);
        fold.build.name(2, "pool");
        fold.build.add(EventType::NameUnregistered, pid(2));
        fold.apply();
        QCOMPARE(fold.node(2).name.value, 0u);
    }

    void queueLengthCountsWhatCameAndWhatWasRead()
    {
        Fold fold;
        fold.build.spawn(1);
        fold.build.spawn(2);
        for (int i = 0; i < 3; ++i)
            fold.build.add(EventType::MessageSent, pid(1), pid(2));
        fold.build.add(EventType::MessageSent, {}, pid(2)); // a person's
        fold.build.add(EventType::MessageReceived, pid(2), pid(1));
        fold.apply();
        QCOMPARE(fold.node(1).messagesSent, std::uint64_t(3));
        QCOMPARE(fold.node(2).messagesArrived - fold.node(2).messagesReceived, std::uint64_t(3));
        fold.build.add(EventType::MessageReceived, pid(1), {}).how = 3; // a timer's: never sent
        fold.apply();
        QCOMPARE(fold.node(1).messagesArrived, fold.node(1).messagesReceived);
    }

    void controlAndLossAreState()
    {
        Fold fold;
        auto& paused = fold.build.add(EventType::ControlChanged, {});
        paused.how = 1;
        paused.id = 250;
        fold.build.add(EventType::Loss, {}).id = 40;
        fold.build.add(EventType::Loss, {}).id = UINT64_MAX;
        fold.apply();
        QVERIFY(fold.graph.paused());
        QCOMPARE(fold.graph.hopDelay(), std::int64_t(250));
        QCOMPARE(fold.graph.lostEvents(), UINT64_MAX); // never wraps to a small number
        QVERIFY(!fold.graph.ended());
        fold.build.add(EventType::TraceEnded, {});
        fold.apply();
        QVERIFY(fold.graph.ended());
    }

    void whatTheDeadDoIsAContradiction()
    {
        Fold fold;
        fold.build.spawn(1);
        fold.build.spawn(2);
        fold.build.exit(1, boom, ExitKind::ExitCall);
        fold.apply();
        fold.build.exit(1, term::atoms::normal, ExitKind::Returned);
        fold.build.half(1, 2);
        fold.build.trap(1);
        fold.build.spawn(1);
        fold.build.deliver(3, 1, 2, boom, SignalOutcome::Message);
        fold.build.add(static_cast<EventType>(200), pid(1));
        fold.apply();
        QCOMPARE(fold.graph.contradictions(), std::uint64_t(6));
        QCOMPARE(fold.node(1).death, Death::Crash);
        QVERIFY(!fold.linked(1, 2) && !fold.node(1).trapsExit);
        QVERIFY(fold.delta.died.empty());
    }

    void theCauseOfADeathIsKeptForEver()
    {
        Fold fold;
        fold.build.spawn(1);
        fold.build.spawn(2);
        fold.build.trap(2);
        fold.build.signal(1, 1, 2, boom, SignalOrigin::Kill);
        fold.build.deliver(1, 2, 1, boom, SignalOutcome::Terminated);
        fold.build.exit(2, term::atoms::killed, ExitKind::Kill, 1);
        fold.build.spawn(3);
        fold.build.trap(3);
        const std::uint64_t many = graph::ProcessGraph::handledSignalsKept + 10;
        for (std::uint64_t id = 2; id < many; ++id) {
            fold.build.signal(id, 1, 3, boom, SignalOrigin::ExitCall);
            fold.build.deliver(id, 3, 1, boom, SignalOutcome::Message);
        }
        fold.apply();
        QVERIFY(fold.graph.signal(trace::SignalId(1)) != nullptr);
        QVERIFY(fold.graph.signal(trace::SignalId(2))
                == nullptr); // forgotten, so that memory is bounded
        QVERIFY(fold.graph.signal(trace::SignalId(many - 1)) != nullptr);
        QVERIFY(fold.graph.signal(trace::SignalId(many - 1))->handled);
        QCOMPARE(fold.graph.signalsSentBy(fold.index(1)).size(),
                 graph::ProcessGraph::handledSignalsKept + 1);
    }

    void signalsWhoseDeliveryWasLostAreForgottenAtLast()
    {
        Fold fold;
        fold.build.spawn(1);
        fold.build.spawn(2);
        const std::uint64_t many = graph::ProcessGraph::signalsInFlightKept + 1;
        for (std::uint64_t id = 1; id <= many; ++id)
            fold.build.signal(id, 1, 2, boom, SignalOrigin::ExitCall);
        fold.apply();
        QCOMPARE(fold.graph.signalsInFlight().size(),
                 graph::ProcessGraph::signalsInFlightKept / 2 + 1);
        QCOMPARE(fold.graph.contradictions(),
                 std::uint64_t(graph::ProcessGraph::signalsInFlightKept / 2));
        QVERIFY(fold.graph.signal(trace::SignalId(1)) == nullptr);
        fold.build.deliver(many, 2, 1, boom, SignalOutcome::Message);
        fold.apply();
        QCOMPARE(fold.graph.signalsInFlight().size(), graph::ProcessGraph::signalsInFlightKept / 2);
    }

    void nonsenseKeepsTheInvariants()
    {
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            const trace::Batch batch = randomNonsense(seed, 1500);
            trace::TermTable terms;
            terms.add(batch.terms);
            graph::ProcessGraph graph;
            GraphDelta delta;
            for (const trace::Event& event : batch.events)
                graph.apply(event, terms, delta);
            std::uint32_t alive = 0;
            for (NodeIndex i = 0; i < graph.size(); ++i) {
                const graph::ProcessNode& node = graph.node(i);
                alive += node.alive ? 1 : 0;
                QVERIFY2(node.alive || (node.links.empty() && node.monitors.empty()),
                         qPrintable(QStringLiteral("seed %1").arg(seed)));
                std::size_t depth = 0;
                for (NodeIndex up = node.parent; up != noNode; up = graph.node(up).parent)
                    QVERIFY2(++depth <= graph.size(),
                             qPrintable(QStringLiteral("seed %1").arg(seed)));
            }
            QCOMPARE(alive, graph.aliveCount());
            QVERIFY(graph.contradictions() > 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestProcessGraph)
#include "tst_process_graph.moc"
