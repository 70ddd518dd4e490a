// Tests of ProcessCommands: what goes out, and what is refused with which words.
#include "gui/session/process_commands.h"
#include "tests/gui/session/session_fixture.h"

#include <QTest>

using namespace exitwave;
using graph::noNode;
using session::ProcessCommands;
using term::Term;
using trace::CommandKind;

namespace {

/// Nodes 0 to 3: 0 and 1 are linked, 2 traps exits, 3 is dead.
trace::Batch fourProcesses()
{
    trace::Batch batch;
    batch.terms.push_back({trace::TermId{1}, Term::atom("normal")});
    trace::Event event;
    for (std::uint64_t key = 100; key < 104; ++key) {
        event = {};
        event.type = trace::EventType::ProcessSpawned;
        event.process = trace::ProcessKey{key};
        batch.events.push_back(event);
    }
    event = {};
    event.type = trace::EventType::Linked;
    event.process = trace::ProcessKey{100};
    event.peer = trace::ProcessKey{101};
    batch.events.push_back(event);
    event.process = trace::ProcessKey{101};
    event.peer = trace::ProcessKey{100};
    event.how = 1;
    batch.events.push_back(event);
    event = {};
    event.type = trace::EventType::TrapExitSet;
    event.process = trace::ProcessKey{102};
    event.how = 1;
    batch.events.push_back(event);
    event = {};
    event.type = trace::EventType::ProcessExited;
    event.process = trace::ProcessKey{103};
    event.term = trace::TermId{1};
    batch.events.push_back(event);
    return batch;
}

} // namespace

class TestProcessCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCommandGoesOutAsMeant()
    {
        test::SessionFixture f;
        QVERIFY(f.feedAll(fourProcesses()));
        ProcessCommands commands(f.session);
        QVERIFY(commands.kill(0));
        QVERIFY(commands.sendExit(1, QStringLiteral("{:shutdown, :bye}")));
        QVERIFY(commands.send(1, QStringLiteral("[1, \"two\"]")));
        QVERIFY(commands.toggleTrapExit(0));
        QVERIFY(commands.toggleTrapExit(2));
        QVERIFY(commands.link(0, 2));
        QVERIFY(commands.unlink(0, 1));
        QVERIFY(commands.togglePause());
        QVERIFY(commands.setHopDelay(base::milliseconds(200)));
        const std::vector<trace::Command>& sent = f.feed->commands;
        QCOMPARE(sent.size(), std::size_t{9});
        QCOMPARE(sent[0].kind, CommandKind::Exit);
        QCOMPARE(sent[0].process, trace::ProcessKey{100});
        QVERIFY(sent[0].term == Term::atom("kill"));
        QVERIFY(sent[1].term == Term::tuple({Term::atom("shutdown"), Term::atom("bye")}));
        QCOMPARE(sent[2].kind, CommandKind::Send);
        QVERIFY(sent[2].term == Term::list({Term::integer(1), Term::binary("two")}));
        QCOMPARE(sent[3].kind, CommandKind::SetTrapExit);
        QCOMPARE(sent[3].value, std::int64_t{1});
        QCOMPARE(sent[4].value, std::int64_t{0});
        QCOMPARE(sent[5].kind, CommandKind::Link);
        QCOMPARE(sent[5].peer, trace::ProcessKey{102});
        QCOMPARE(sent[6].kind, CommandKind::Unlink);
        QCOMPARE(sent[7].kind, CommandKind::Pause);
        QCOMPARE(sent[8].kind, CommandKind::SetDelay);
        QCOMPARE(sent[8].value, std::int64_t{200'000'000});
        QVERIFY(f.refused.isEmpty());
    }
    void pausedMeansResumeAndStep()
    {
        test::SessionFixture f;
        QVERIFY(f.feedAll(fourProcesses()));
        ProcessCommands commands(f.session);
        QVERIFY(!commands.step());
        QVERIFY(f.refused.last().contains(QStringLiteral("Pause")));
        trace::Batch paused;
        trace::Event event;
        event.type = trace::EventType::ControlChanged;
        event.how = static_cast<std::uint8_t>(trace::ControlState::Paused);
        paused.events.push_back(event);
        QVERIFY(f.feedAll(paused));
        QVERIFY(commands.step());
        QVERIFY(commands.togglePause());
        QCOMPARE(f.feed->commands[0].kind, CommandKind::Step);
        QCOMPARE(f.feed->commands[1].kind, CommandKind::Resume);
    }
    void whatCannotBeDoneSaysWhy_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("why");
        QTest::newRow("kill the dead")
            << QStringLiteral("kill 3") << QStringLiteral("dead already");
        QTest::newRow("kill nobody")
            << QStringLiteral("kill none") << QStringLiteral("Select a process");
        QTest::newRow("link to itself") << QStringLiteral("link 0 0") << QStringLiteral("itself");
        QTest::newRow("link to nobody")
            << QStringLiteral("link 0 none") << QStringLiteral("second process");
        QTest::newRow("link the linked")
            << QStringLiteral("link 0 1") << QStringLiteral("linked already");
        QTest::newRow("link to the dead")
            << QStringLiteral("link 0 3") << QStringLiteral("dead already");
        QTest::newRow("unlink strangers")
            << QStringLiteral("unlink 0 2") << QStringLiteral("not linked");
        QTest::newRow("a reason that is no term")
            << QStringLiteral("exit 0 kill") << QStringLiteral(":kill");
        QTest::newRow("no reason at all")
            << QStringLiteral("exit 0") << QStringLiteral("The exit reason cannot be read.");
    }
    void whatCannotBeDoneSaysWhy()
    {
        QFETCH(QString, what);
        QFETCH(QString, why);
        test::SessionFixture f;
        QVERIFY(f.feedAll(fourProcesses()));
        ProcessCommands commands(f.session);
        const QStringList words = what.split(QLatin1Char(' '));
        const auto node = [&](int at) {
            return words[at] == QStringLiteral("none") ? noNode : words[at].toUInt();
        };
        bool asked = true;
        if (words[0] == QStringLiteral("kill"))
            asked = commands.kill(node(1));
        else if (words[0] == QStringLiteral("link"))
            asked = commands.link(node(1), node(2));
        else if (words[0] == QStringLiteral("unlink"))
            asked = commands.unlink(node(1), node(2));
        else
            asked = commands.sendExit(node(1), words.value(2));
        QVERIFY(!asked);
        QVERIFY(f.feed->commands.empty());
        QCOMPARE(f.refused.size(), 1);
        QVERIFY2(f.refused[0].contains(why), qPrintable(f.refused[0]));
        QVERIFY(f.refused[0].endsWith(QLatin1Char('.')));
    }
};

QTEST_GUILESS_MAIN(TestProcessCommands)
#include "tst_process_commands.moc"
