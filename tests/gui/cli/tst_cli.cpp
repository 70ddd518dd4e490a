// exitwave-cli as scripts use it: what it prints, where, and with which exit code.
#include "runtime/trace/event_text.h"
#include "tests/support/random_program.h"
#include "tests/support/trace_files.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace exitwave;
using namespace exitwave::testing;

namespace {

struct Outcome
{
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
    QList<QByteArray> lines() const
    {
        QList<QByteArray> list = out.split('\n');
        if (!list.isEmpty() && list.last().isEmpty())
            list.removeLast();
        return list;
    }
};

Outcome runProgram(const QString& program, const QStringList& arguments, const QByteArray& input)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    Outcome outcome;
    if (!process.waitForFinished(60000) || process.exitStatus() != QProcess::NormalExit)
        return outcome;
    outcome.exitCode = process.exitCode();
    outcome.out = process.readAllStandardOutput();
    outcome.err = process.readAllStandardError();
    return outcome;
}

const QString program = QStringLiteral(EXITWAVE_BIN_DIR "/exitwave-cli");

Outcome cli(const QStringList& arguments, const QByteArray& input = {})
{
    return runProgram(program, arguments, input);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

QString operator""_q(const char* text, std::size_t size)
{
    return QString::fromUtf8(text, static_cast<qsizetype>(size));
}

} // namespace

class TestCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        TraceBuilder build;
        build.crashOfThree();
        m_events = build.batch.events.size();
        m_trace = path("three.ewt"_q);
        QCOMPARE(writeTrace(m_trace, build.batch), QString());
    }

    void infoSumsUpATrace()
    {
        const Outcome info = cli({"info"_q, m_trace});
        QCOMPARE(info.exitCode, 0);
        QCOMPARE(info.err, QByteArray());
        for (const char* part : {"program     test 1.0\n",
                                 "started     2023-11-14 22:13:20.123 UTC\n",
                                 "events      15\n",
                                 "  process_spawned           3\n",
                                 "processes   3 (1 alive, 2 dead at the end)\n",
                                 "crashes     1\n",
                                 "  #PID<0.1.0> worker 1 raised RuntimeError “oops” at ",
                                 "lost        0 events\n",
                                 "state       complete\n"})
            QVERIFY2(info.out.contains(part), qPrintable(QString::fromUtf8(info.out)));
    }

    void eventsAreOneLineEach()
    {
        const Outcome events = cli({"events"_q, m_trace});
        QCOMPARE(events.exitCode, 0);
        QCOMPARE(std::size_t(events.lines().size()), m_events);
        QVERIFY(events.lines()[8].endsWith(
            "process_exited         #PID<0.1.0> raised RuntimeError “oops”"));
    }

    void eventsAreOneJsonObjectALine()
    {
        const Outcome events = cli({"events"_q, "--json"_q, m_trace});
        QCOMPARE(std::size_t(events.lines().size()), m_events);
        int index = 0;
        for (const QByteArray& line : events.lines()) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            QCOMPARE(object.value("index"_q).toInt(-1), index++);
            QVERIFY(object.contains("time_ns"_q) && object.contains("event"_q));
        }
        const QJsonObject death = QJsonDocument::fromJson(events.lines()[11]).object();
        QCOMPARE(death.value("event"_q).toString(), "process_exited"_q);
        QCOMPARE(death.value("cause"_q).toInt(), 11);
    }

    void eventsAreFilteredByTypeAndRange()
    {
        QCOMPARE(cli({"events"_q, "--type"_q, "process_exited"_q, m_trace}).lines().size(), 2);
        QCOMPARE(cli({"events"_q, "--type"_q, "process_exited,process_spawned"_q, m_trace})
                     .lines()
                     .size(),
                 5);
        QCOMPARE(cli({"events"_q, m_trace, "--from"_q, "3"_q, "--to"_q, "7"_q}).lines().size(), 4);
        QCOMPARE(
            cli({"events"_q, m_trace, "--from"_q, "2us"_q, "--to"_q, "0.000004s"_q}).lines().size(),
            3);
        QCOMPARE(cli({"events"_q, m_trace, "--from"_q, "1000"_q}).exitCode, 0);
    }

    void theGraphIsShownAtAMoment_data()
    {
        QTest::addColumn<QString>("at");
        QTest::addColumn<QString>("line");
        QTest::newRow("end") << "end"_q
                             << ", 1 alive, 2 dead, 1 crash, ended"_q;
        QTest::newRow("crash") << "crash"_q
                               << ", 2 alive, 1 dead, 1 crash"_q;
        QTest::newRow("count") << "3"_q
                               << "time 0.000003 s, 3 alive, 0 dead, 0 crashes"_q;
        QTest::newRow("none") << "0"_q
                              << "time 0.000000 s, 0 alive, 0 dead, 0 crashes"_q;
        QTest::newRow("time") << "2us"_q
                              << "time 0.000002 s, 2 alive, 0 dead, 0 crashes"_q;
    }
    void theGraphIsShownAtAMoment()
    {
        QFETCH(QString, at);
        QFETCH(QString, line);
        const Outcome graph = cli({"graph"_q, m_trace, "--at"_q, at});
        QCOMPARE(graph.exitCode, 0);
        QVERIFY2(graph.lines().first().endsWith(line.toUtf8()), graph.out.constData());
    }

    void theGraphHasThreeFormats()
    {
        const Outcome text = cli({"graph"_q, m_trace});
        QVERIFY(text.out.contains(
            "\n  #PID<0.3.0> worker 3, alive, traps exits, 1 EXIT message, 1 in queue\n"));
        const Outcome dot = cli({"graph"_q, m_trace, "--format"_q, "dot"_q});
        QVERIFY(dot.out.startsWith("digraph processes {"));
        const Outcome json = cli({"graph"_q, m_trace, "--format"_q, "json"_q, "--at"_q, "crash"_q});
        const QJsonObject object = QJsonDocument::fromJson(json.out).object();
        QCOMPARE(object.value("processes"_q).toArray().size(), 3);
        const QJsonObject first = object.value("processes"_q).toArray()[0].toObject();
        QCOMPARE(first.value("death"_q).toString(), "crash"_q);
        QCOMPARE(first.value("summary"_q).toString(), "crashed: oops"_q);
        QCOMPARE(object.value("links"_q).toArray().size(), 2);
    }

    void convertingToATraceKeepsEveryEvent()
    {
        const QString copy = path("copy.ewt"_q);
        QCOMPARE(cli({"convert"_q, m_trace, copy}).exitCode, 0);
        QCOMPARE(cli({"events"_q, "--json"_q, copy}).out,
                 cli({"events"_q, "--json"_q, m_trace}).out);
        QVERIFY(cli({"info"_q, copy}).out.contains("state       complete"));
    }

    void convertingWritesWhatTheSuffixNames()
    {
        for (const QString& name : {"a.jsonl"_q, "a.json"_q}) {
            QCOMPARE(cli({"convert"_q, m_trace, path(name)}).exitCode, 0);
            QCOMPARE(contentOf(path(name)), cli({"events"_q, "--json"_q, m_trace}).out);
        }
        QCOMPARE(cli({"convert"_q, m_trace, path("a.dot"_q), "--at"_q, "crash"_q}).exitCode, 0);
        QCOMPARE(contentOf(path("a.dot"_q)),
                 cli({"graph"_q, m_trace, "--format"_q, "dot"_q, "--at"_q, "crash"_q}).out);
        QCOMPARE(cli({"convert"_q, m_trace, path("a.trace.txt"_q)}).exitCode, 0);
        trace::Batch batch;
        trace::TermId lastTerm;
        for (const QByteArray& line : contentOf(path("a.trace.txt"_q)).split('\n')) {
            const auto parsed = trace::parseEventText(line.toStdString(), lastTerm, batch);
            QVERIFY2(parsed.ok(), line.constData());
        }
        QCOMPARE(batch.events.size(), m_events);
    }

    void standardInputIsAFileLikeAnyOther()
    {
        const Outcome graph = cli({"graph"_q, "-"_q}, contentOf(m_trace));
        QCOMPARE(graph.exitCode, 0);
        QCOMPARE(graph.out, cli({"graph"_q, m_trace}).out);
        const Outcome nothing = cli({"info"_q, "-"_q});
        QCOMPARE(nothing.exitCode, 1);
        QVERIFY2(nothing.err.contains("standard input is empty"), nothing.err.constData());
    }

    void ofACutTraceTheGoodPartIsShownAndTheRestIsSaid()
    {
        RandomProgram random(5);
        random.run(20000);
        const QString whole = path("long.ewt"_q);
        QCOMPARE(writeTrace(whole, random.build.batch), QString());
        const QByteArray bytes = contentOf(whole);
        const QString cut = path("cut.ewt"_q);
        QVERIFY(writeFile(cut, bytes.left(bytes.size() * 2 / 3)));
        const Outcome events = cli({"events"_q, cut});
        QCOMPARE(events.exitCode, 1);
        QVERIFY(events.lines().size() > 1000
                && std::size_t(events.lines().size()) < random.build.batch.events.size());
        QVERIFY2(events.err.startsWith("exitwave-cli: ") && events.err.contains("cut.ewt"),
                 events.err.constData());
        const Outcome info = cli({"info"_q, cut});
        QCOMPARE(info.exitCode, 1);
        QVERIFY(info.out.contains("damaged or incomplete"));
        // Its copy holds the good part and says as well that it is not all.
        const QString copy = path("cut_copy.ewt"_q);
        QCOMPARE(cli({"convert"_q, cut, copy}).exitCode, 1);
        QCOMPARE(cli({"events"_q, copy}).out, events.out);
        QVERIFY(!cli({"info"_q, copy}).err.isEmpty());
    }

    void aReaderThatGoesAwayIsNoError()
    {
        const QString whole = path("long.ewt"_q);
        QVERIFY(QFile::exists(whole));
        const QString script
            = "set -o pipefail; '%1' events '%2' | head -n 1"_q.arg(program, whole);
        const Outcome outcome = runProgram("bash"_q, {"-c"_q, script}, {});
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.lines().size(), 1);
        QCOMPARE(outcome.err, QByteArray());
    }

    void whatCannotBeDoneIsSaidWithItsExitCode_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("message");
        QVERIFY(writeFile(path("empty.ewt"_q), {}));
        QVERIFY(writeFile(path("letter.ewt"_q), "Dear friend, this is no trace."));
        QVERIFY(writeFile(path("letter.txt"_q), "Dear friend, this is no trace."));
        TraceBuilder calm;
        calm.spawn(1);
        QCOMPARE(writeTrace(path("calm.ewt"_q), calm.batch), QString());
        const auto row = [](const char* name,
                            const QStringList& arguments,
                            int exitCode,
                            const QString& message) {
            QTest::newRow(name) << arguments << exitCode << message;
        };
        row("no command", {}, 2, "subcommand"_q);
        row("unknown command", {"draw"_q}, 2, "There are: info, events, graph, convert."_q);
        row("no file", {"info"_q}, 2, "FILE"_q);
        row("a file that is not there",
            {"info"_q, path("nowhere.ewt"_q)},
            1,
            "nowhere.ewt cannot be read"_q);
        row("an empty file", {"info"_q, path("empty.ewt"_q)}, 1, "empty.ewt is empty"_q);
        row("a foreign file", {"events"_q, path("letter.ewt"_q)}, 1, "letter.ewt"_q);
        row("a foreign suffix", {"events"_q, path("letter.txt"_q)}, 1, "(*.ewt)"_q);
        row("a folder", {"events"_q, m_folder.path()}, 1, "is a folder"_q);
        row("an unknown type",
            {"events"_q, m_trace, "--type"_q, "birth"_q},
            2,
            "process_spawned"_q);
        row("a bad moment", {"graph"_q, m_trace, "--at"_q, "yesterday"_q}, 2, "yesterday"_q);
        row("a bad range", {"events"_q, m_trace, "--from"_q, "crash"_q}, 2, "--from"_q);
        row("too late a moment",
            {"graph"_q, m_trace, "--at"_q, "99"_q},
            2,
            "this trace has only 15 events"_q);
        row("too late a time", {"graph"_q, m_trace, "--at"_q, "1min"_q}, 2, "this trace ends at"_q);
        row("no crash",
            {"graph"_q, path("calm.ewt"_q), "--at"_q, "crash"_q},
            1,
            "no process crashed"_q);
        row("an unknown format",
            {"graph"_q, m_trace, "--format"_q, "oil"_q},
            2,
            "text, json, dot"_q);
        row("an unknown suffix", {"convert"_q, m_trace, path("x.oil"_q)}, 2, ".trace.txt, .dot"_q);
        row("onto itself", {"convert"_q, m_trace, m_trace}, 1, "would lose it"_q);
        row("no place to write",
            {"convert"_q, m_trace, path("nowhere/x.ewt"_q)},
            1,
            "nowhere/x.ewt"_q);
    }
    void whatCannotBeDoneIsSaidWithItsExitCode()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QString, message);
        const Outcome outcome = cli(arguments);
        QVERIFY2(QString::fromUtf8(outcome.err).contains(message), outcome.err.constData());
        QCOMPARE(outcome.exitCode, exitCode);
        QCOMPARE(outcome.out, QByteArray());
    }

    void helpAndVersionAreOnStandardOutput()
    {
        QVERIFY(cli({"--help"_q}).out.contains("Exit codes: 0"));
        QCOMPARE(cli({"--help"_q}).exitCode, 0);
        QVERIFY(cli({"--version"_q}).out.startsWith("exitwave-cli "));
    }

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    QString m_trace;
    std::size_t m_events = 0;
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
