// Why a process died, and who would die with it.
#include "gui/explain/explain.h"
#include "tests/support/random_program.h"

#include <QTest>

#include <algorithm>

using namespace exitwave;
using namespace exitwave::testing;
using explain::Fate;
using explain::Step;
using trace::ExitKind;
using trace::SignalOrigin;
using trace::SignalOutcome;

namespace {

struct Story
{
    TraceBuilder build;
    trace::TermTable terms;
    graph::ProcessGraph graph;

    void apply()
    {
        graph::GraphDelta delta;
        terms.add(build.batch.terms);
        for (const trace::Event& event : build.batch.events)
            graph.apply(event, terms, delta);
        build.batch = {};
    }
    std::vector<Step> why(std::uint32_t process, std::size_t maxSteps = 40) const
    {
        return explain::whyDied(graph, terms, graph.find(pid(process)), maxSteps);
    }
    std::vector<Fate> who(std::uint32_t process, const term::Term& reason) const
    {
        return explain::whoDies(graph, graph.find(pid(process)), reason);
    }
    std::vector<Fate> whatIf(std::uint32_t process, const term::Term& reason) const
    {
        return explain::whatIfSignal(graph, graph.find(pid(process)), reason);
    }
    QString words(const Fate& fate) const
    {
        return QString::fromStdString(explain::fateWords(graph, terms, fate));
    }
};

QStringList told(const std::vector<Step>& steps)
{
    QStringList lines;
    for (const Step& step : steps)
        lines << QString::fromStdString(step.text + " / " + step.detail);
    return lines;
}

/// "+2 !3": 2 dies, 3 is told.
QString fates(const Story& story, const std::vector<Fate>& list)
{
    QStringList words;
    for (const Fate& fate : list)
        words << QStringLiteral("%1%2")
                     .arg(QLatin1Char(fate.dies ? '+' : '!'))
                     .arg(story.graph.node(fate.node).key.value);
    return words.join(QLatin1Char(' '));
}

const term::Term boom = term::Term::atom("boom");

} // namespace

class TestExplain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theChainRunsFromTheCrashToTheVictimAndOn()
    {
        Story story;
        story.build.crashOfThree();
        story.apply();
        QCOMPARE(
            told(story.why(2)),
            (QStringList{
                QStringLiteral(
                    "worker 1 raised RuntimeError “oops” / demo.exs:31, an abnormal exit"),
                QStringLiteral(
                    "worker 1 was linked to worker 2 / so an exit signal with its reason was sent"),
                QStringLiteral("worker 2 does not trap exits / it exited with the same reason"),
                QStringLiteral(
                    "worker 3 traps exits / it got {:EXIT, #PID<0.2.0>, …} as a message and lived"),
            }));
        const auto steps = story.why(2);
        QCOMPARE(steps[0].kind, Step::Kind::Crash);
        QCOMPARE(steps[1].kind, Step::Kind::Signal);
        QCOMPARE(steps[1].signal.value, std::uint64_t(11));
        QCOMPARE(steps[2].kind, Step::Kind::Victim);
        QCOMPARE(steps[3].kind, Step::Kind::Lives);
    }

    void betweenTheSignalAndTheDeathItIsStillToldRight()
    {
        Story story;
        story.build.crashOfThree();
        auto& events = story.build.batch.events;
        const auto landed
            = std::find_if(events.begin(), events.end(), [](const trace::Event& event) {
                  return event.type == trace::EventType::ExitSignalDelivered;
              });
        QVERIFY(landed != events.end());
        events.erase(landed + 1, events.end());
        story.apply();
        QVERIFY(story.graph.node(story.graph.find(pid(2))).alive);
        const QStringList lines = told(story.why(1));
        QCOMPARE(lines.last(),
                 QStringLiteral("worker 2 does not trap exits / it exits with the same reason"));
    }

    void theLivingHaveNoStory()
    {
        Story story;
        story.build.crashOfThree();
        story.apply();
        QVERIFY(story.why(3).empty());
        QVERIFY(explain::whyDied(story.graph, story.terms, graph::noNode).empty());
    }

    void aKillNamesWhoSentIt()
    {
        Story story;
        story.build.spawn(1, 0, "boss");
        story.build.spawn(2, 1, "worker");
        story.build.trap(2);
        story.build.signal(5, 1, 2, term::atoms::kill, SignalOrigin::Kill);
        story.build.deliver(5, 2, 1, term::atoms::kill, SignalOutcome::Terminated);
        story.build.exit(2, term::atoms::killed, ExitKind::Kill, 5);
        story.build.spawn(3, 1, "other");
        story.build.signal(6, 0, 3, boom, SignalOrigin::ExitCall);
        story.build.deliver(6, 3, 0, boom, SignalOutcome::Terminated);
        story.build.exit(3, boom, ExitKind::Signal, 6);
        story.apply();
        QCOMPARE(
            told(story.why(2)),
            (QStringList{
                QStringLiteral(
                    "boss killed worker / with the exit reason :kill, which cannot be trapped"),
                QStringLiteral(
                    "worker was killed / it traps exits, but :kill cannot be trapped")}));
        QCOMPARE(
            told(story.why(3)),
            (QStringList{
                QStringLiteral("someone outside told other to exit / with an exit signal: :boom"),
                QStringLiteral("other does not trap exits / it exited with the same reason")}));
    }

    void aNormalEndHarmsNobody()
    {
        Story story;
        story.build.spawn(1, 0, "one");
        story.build.spawn(2, 0, "two");
        story.build.link(1, 2);
        story.build.exit(1, term::atoms::normal, ExitKind::Returned);
        story.build.signal(5, 1, 2, term::atoms::normal);
        story.build.deliver(5, 2, 1, term::atoms::normal, SignalOutcome::Ignored);
        story.apply();
        QCOMPARE(
            told(story.why(1)),
            (QStringList{
                QStringLiteral(
                    "one ended: its function returned / a normal exit: no process dies of it"),
                QStringLiteral("two lived / the exit was normal, and it does not trap exits")}));
    }

    void whatTheTraceDoesNotTellIsAGap()
    {
        Story story;
        story.build.spawn(2, 0, "two");
        story.build.exit(2, boom, ExitKind::Signal, 77);
        story.apply();
        const auto steps = story.why(2);
        QCOMPARE(steps.size(), std::size_t(2));
        QCOMPARE(steps[0].kind, Step::Kind::Gap);
        QCOMPARE(steps[1].kind, Step::Kind::Victim);
    }

    void aLongChainLeavesOutItsMiddle()
    {
        Story story;
        const std::uint32_t count = 1000;
        for (std::uint32_t i = 1; i <= count; ++i)
            story.build.spawn(i, i - 1);
        for (std::uint32_t i = 1; i < count; ++i)
            story.build.link(i, i + 1);
        story.build.exit(1, boom, ExitKind::Error);
        for (std::uint32_t i = 1; i < count; ++i) {
            story.build.signal(i, i, i + 1, boom, SignalOrigin::Link, i - 1);
            story.build.deliver(i, i + 1, i, boom, SignalOutcome::Terminated);
            story.build.exit(i + 1, boom, ExitKind::Signal, i);
        }
        story.apply();
        QCOMPARE(story.why(count, 5000).size(), std::size_t(2 * count - 1));
        const auto steps = story.why(count, 11);
        QCOMPARE(steps.size(), std::size_t(11));
        QCOMPARE(steps[0].kind, Step::Kind::Crash);
        QCOMPARE(steps[5].kind, Step::Kind::Gap);
        QCOMPARE(QString::fromStdString(steps[5].text),
                 QStringLiteral("1989 steps of the same kind"));
        QCOMPARE(steps.back().node, story.graph.find(pid(count)));
    }

    void nonsenseIsExplainedWithoutEnd()
    {
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            Story story;
            story.build.batch = randomNonsense(seed, 2000);
            story.apply();
            for (graph::NodeIndex i = 0; i < story.graph.size(); ++i) {
                const bool dead = !story.graph.node(i).alive;
                QCOMPARE(explain::whyDied(story.graph, story.terms, i).empty(), !dead);
                QCOMPARE(explain::whoDies(story.graph, i, boom).empty(), dead);
            }
        }
    }

    void whoWouldDieIsTheClosureOverLinksUpToTrappers()
    {
        Story story;
        for (std::uint32_t i = 1; i <= 7; ++i)
            story.build.spawn(i);
        story.build.link(1, 2);
        story.build.link(2, 3);
        story.build.link(3, 1); // a ring
        story.build.link(3, 4);
        story.build.link(4, 5); // 4 traps: 5 is behind the firewall
        story.build.trap(4);
        story.build.link(2, 6);
        story.apply();
        QCOMPARE(fates(story, story.who(1, boom)), QStringLiteral("+1 +2 +3 +6 !4"));
        QCOMPARE(fates(story, story.who(7, boom)), QStringLiteral("+7"));
        QCOMPARE(fates(story, story.who(4, boom)), QStringLiteral("+4 +3 +5 +1 +2 +6"));
        QCOMPARE(fates(story, story.who(3, term::atoms::normal)), QStringLiteral("+3 !4"));
        const auto list = story.who(1, boom);
        QCOMPARE(list[1].because, story.graph.find(pid(1)));
        QVERIFY(list[1].reason == boom);
        QVERIFY(story.words(list[0]).endsWith(QStringLiteral(" exits: :boom")));
        QVERIFY(story.words(list[1]).contains(QStringLiteral("does not trap exits")));
        QVERIFY(story.words(list[4]).contains(
            QStringLiteral("traps exits: it gets {:EXIT, #PID<0.3.0>")));
    }

    void anExitSignalIsDecidedByItsReceiverFirst_data()
    {
        QTest::addColumn<bool>("traps");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<QString>("expected"); // 1 gets the signal; 2 is linked, 3 too and traps
        QTest::addColumn<QByteArray>("seenByLinks");
        const auto row = [](const char* name,
                            bool traps,
                            const char* reason,
                            const char* expected,
                            const char* seen) {
            QTest::newRow(name) << traps << QByteArray(reason) << QString::fromLatin1(expected)
                                << QByteArray(seen);
        };
        row("kill", false, "kill", "+1 +2 !3", "killed");
        row("kill cannot be trapped", true, "kill", "+1 +2 !3", "killed");
        row("killed is a reason like others", false, "killed", "+1 +2 !3", "killed");
        row("killed can be trapped", true, "killed", "!1", "killed");
        row("normal has no effect", false, "normal", "", "");
        row("normal, trapped", true, "normal", "!1", "normal");
        row("shutdown", false, "shutdown", "+1 +2 !3", "shutdown");
        row("shutdown, trapped", true, "shutdown", "!1", "shutdown");
        row("any other", false, "boom", "+1 +2 !3", "boom");
        row("any other, trapped", true, "boom", "!1", "boom");
    }
    void anExitSignalIsDecidedByItsReceiverFirst()
    {
        QFETCH(bool, traps);
        QFETCH(QByteArray, reason);
        QFETCH(QString, expected);
        QFETCH(QByteArray, seenByLinks);
        Story story;
        for (std::uint32_t i = 1; i <= 4; ++i)
            story.build.spawn(i);
        story.build.link(1, 2);
        story.build.link(1, 3);
        story.build.trap(3);
        if (traps)
            story.build.trap(1);
        story.build.exit(4, boom, ExitKind::Error);
        story.apply();
        const term::Term signal = term::Term::atom(reason.constData());
        const auto list = story.whatIf(1, signal);
        QCOMPARE(fates(story, list), expected);
        for (const Fate& fate : list)
            QVERIFY(fate.reason == term::Term::atom(seenByLinks.constData()));
        QVERIFY(story.whatIf(4, signal).empty()); // nothing reaches the dead
        QVERIFY(explain::whatIfSignal(story.graph, graph::noNode, signal).empty());
    }

    void theLinksOfTheDeadAreKnownByTheirSignals()
    {
        Story story;
        story.build.crashOfThree();
        story.apply();
        const auto linked = [&](std::uint32_t process) {
            QStringList keys;
            for (const graph::NodeIndex node :
                 explain::linksAtDeath(story.graph, story.graph.find(pid(process))))
                keys << QString::number(story.graph.node(node).key.value);
            return keys.join(QLatin1Char(' '));
        };
        QCOMPARE(linked(1), QStringLiteral("2"));
        QCOMPARE(linked(2), QStringLiteral("1 3"));
        QCOMPARE(linked(3), QString()); // alive
    }
};

QTEST_GUILESS_MAIN(TestExplain)
#include "tst_explain.moc"
