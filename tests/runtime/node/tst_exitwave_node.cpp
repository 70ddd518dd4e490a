// exitwave-node as its user sees it: output, exit codes, recordings, Ctrl-C.
#include "runtime/trace/file_source.h"
#include "runtime/tracer/socket_source.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace exitwave;
using trace::EventType;
using trace::SourceState;

namespace {

constexpr int patience = 30000;

struct Outcome
{
    int code = -1;
    QString out;
    QString err;
};

Outcome node(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(EXITWAVE_BIN_DIR "/exitwave-node"), arguments);
    if (!process.waitForFinished(patience) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(),
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

// All that `source` delivers until it ends.
trace::Batch readToEnd(trace::EventSource& source)
{
    trace::Batch all;
    const bool ended = QTest::qWaitFor(
        [&] {
            const bool over = source.state() == SourceState::Ended;
            trace::Batch part;
            bool more = true;
            while (more) {
                more = source.take(part, 1000);
                all.events.insert(all.events.end(), part.events.begin(), part.events.end());
                all.diagnostics.insert(
                    all.diagnostics.end(), part.diagnostics.begin(), part.diagnostics.end());
            }
            return over;
        },
        patience);
    if (!ended)
        qFatal("the source did not end");
    return all;
}

trace::Batch readFile(const QString& path)
{
    trace::FileSource source(path.toStdString());
    const base::Result<void> started = source.start(nullptr);
    if (!started.ok())
        qFatal("%s", started.error().message.c_str());
    return readToEnd(source);
}

} // namespace

class ExitwaveNodeTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }

    // Runs with --keep, waits until a watcher sees the lesson's last death, sends `signal`; the
    // events of the recording.
    void keepAndSignal(int signal)
    {
        const QString file = path(signal == SIGINT ? "interrupted.ewt" : "terminated.ewt");
        QProcess process;
        process.start(QStringLiteral(EXITWAVE_BIN_DIR "/exitwave-node"),
                      {QStringLiteral("lesson"),
                       QStringLiteral("linked"),
                       QStringLiteral("--serve"),
                       QStringLiteral("kept"),
                       QStringLiteral("--keep"),
                       QStringLiteral("--record"),
                       file});
        QVERIFY(process.waitForStarted(patience));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path("exitwave/kept.sock")), patience);
        tracer::SocketSource watcher("kept");
        QVERIFY(watcher.start(nullptr).ok());
        trace::Batch batch;
        int deaths = 0;
        QTRY_VERIFY_WITH_TIMEOUT(
            (watcher.take(batch, 1000),
             deaths += static_cast<int>(std::count_if(
                 batch.events.begin(),
                 batch.events.end(),
                 [](const trace::Event& event) { return event.type == EventType::ProcessExited; })),
             deaths >= 2),
            patience);
        QCOMPARE(process.state(), QProcess::Running); // it is kept
        QVERIFY(node({QStringLiteral("list")}).out.contains(QStringLiteral("kept")));
        const Outcome taken = node({QStringLiteral("lesson"),
                                    QStringLiteral("linked"),
                                    QStringLiteral("--serve"),
                                    QStringLiteral("kept")});
        QCOMPARE(taken.code, 1);
        QVERIFY2(taken.err.contains(QStringLiteral("a running node already has this name")),
                 qPrintable(taken.err));

        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
        QVERIFY(process.waitForFinished(patience));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        QVERIFY(!QFile::exists(path("exitwave/kept.sock")));
        (void)readToEnd(watcher); // the watcher saw the end, too
        const trace::Batch recorded = readFile(file);
        QVERIFY2(recorded.diagnostics.empty(), "the recording has no end mark");
        QCOMPARE(recorded.events.back().type, EventType::TraceEnded);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("XDG_RUNTIME_DIR", m_folder.path().toLocal8Bit());
    }

    void aLessonPrintsWhatElixirPrintsAndLeavesACompleteRecording()
    {
        const Outcome outcome = node({QStringLiteral("lesson"),
                                      QStringLiteral("trapping"),
                                      QStringLiteral("--record"),
                                      path("t.ewt")});
        QCOMPARE(outcome.code, 0);
        QVERIFY2(
            outcome.out.contains(QStringLiteral("raised an exception\n** (RuntimeError) oops")),
            qPrintable(outcome.out));
        QVERIFY2(outcome.out.contains(QStringLiteral("received message: {:EXIT, #PID<")),
                 qPrintable(outcome.out));
        QCOMPARE(outcome.err, QString());
        const trace::Batch batch = readFile(path("t.ewt"));
        QVERIFY(batch.diagnostics.empty());
        QCOMPARE(batch.events.front().type, EventType::TraceStarted);
        QCOMPARE(batch.events.back().type, EventType::TraceEnded);
        const auto delivered
            = std::find_if(batch.events.begin(), batch.events.end(), [](const trace::Event& event) {
                  return event.type == EventType::ExitSignalDelivered;
              });
        QVERIFY(delivered != batch.events.end());
        QCOMPARE(delivered->howAs<trace::SignalOutcome>(), trace::SignalOutcome::Message);
    }

    void aRecordingIsReplacedOnlyWhenAsked()
    {
        QFile old(path("old.ewt"));
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("precious") == 8);
        old.close();
        QStringList arguments{QStringLiteral("lesson"),
                              QStringLiteral("isolated"),
                              QStringLiteral("--record"),
                              path("old.ewt")};
        const Outcome refused = node(arguments);
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains(QStringLiteral("there is already a file")),
                 qPrintable(refused.err));
        QVERIFY2(refused.err.contains(QStringLiteral("--force")), qPrintable(refused.err));
        QCOMPARE(refused.out, QString());
        QCOMPARE(old.size(), 8);
        arguments << QStringLiteral("--force");
        QCOMPARE(node(arguments).code, 0);
        QCOMPARE(readFile(path("old.ewt")).events.back().type, EventType::TraceEnded);
    }

    void theSameSeedGivesTheSameEvents()
    {
        for (const char* file : {"one.ewt", "two.ewt"})
            QCOMPARE(node({QStringLiteral("lesson"),
                           QStringLiteral("linked"),
                           QStringLiteral("--seed"),
                           QStringLiteral("11"),
                           QStringLiteral("--record"),
                           path(file)})
                         .code,
                     0);
        QVERIFY(readFile(path("one.ewt")).events == readFile(path("two.ewt")).events);
    }

    void ctrlCWhileKeptEndsItCleanly() { keepAndSignal(SIGINT); }
    void aTerminationSignalEndsItCleanly() { keepAndSignal(SIGTERM); }

    void theListNamesTheLessons()
    {
        const Outcome outcome = node({QStringLiteral("list")});
        QCOMPARE(outcome.code, 0);
        for (const char* lesson : {"isolated", "linked", "trapping"})
            QVERIFY(outcome.out.contains(QString::fromUtf8(lesson)));
    }

    void whatIsWrongIsSaidWithTheRightExitCode_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("text");
        const QString lesson = QStringLiteral("lesson");
        const QString linked = QStringLiteral("linked");
        QTest::newRow("unknown lesson")
            << QStringList{lesson, QStringLiteral("nix")} << 2
            << QStringLiteral("there is no lesson \"nix\". Lessons: isolated, linked, trapping.");
        QTest::newRow("unwritable file")
            << QStringList{lesson,
                           linked,
                           QStringLiteral("--record"),
                           QStringLiteral("/no/such/x.ewt")}
            << 1 << QStringLiteral("cannot write the trace file /no/such/x.ewt");
        QTest::newRow("unwritable file of a node that serves")
            << QStringList{lesson,
                           linked,
                           QStringLiteral("--serve"),
                           QStringLiteral("served"),
                           QStringLiteral("--record"),
                           QStringLiteral("/no/such/x.ewt")}
            << 1 << QStringLiteral("cannot write the trace file /no/such/x.ewt");
        QTest::newRow("unusable name")
            << QStringList{lesson, linked, QStringLiteral("--serve"), QStringLiteral("a/b")} << 2
            << QStringLiteral("cannot be the name of a node");
        QTest::newRow("nothing asked")
            << QStringList{} << 2 << QStringLiteral("subcommand is required");
        QTest::newRow("unknown option") << QStringList{lesson, linked, QStringLiteral("--fast")}
                                        << 2 << QStringLiteral("--fast");
        QTest::newRow("more workers than there can be")
            << QStringList{lesson, linked, QStringLiteral("--workers"), QStringLiteral("129")} << 2
            << QStringLiteral("--workers");
        QTest::newRow("an empty file name")
            << QStringList{lesson, linked, QStringLiteral("--record"), QString()} << 2
            << QStringLiteral("--record: must not be empty");
        QTest::newRow("a seed below zero")
            << QStringList{lesson, linked, QStringLiteral("--seed"), QStringLiteral("-1")} << 2
            << QStringLiteral("whole number");
        QTest::newRow("a word for a number")
            << QStringList{lesson, linked, QStringLiteral("--seed"), QStringLiteral("red")} << 2
            << QStringLiteral("--seed");
    }

    void whatIsWrongIsSaidWithTheRightExitCode()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, text);
        const Outcome outcome = node(arguments);
        QCOMPARE(outcome.code, code);
        QVERIFY2(outcome.err.contains(text), qPrintable(outcome.err));
        QCOMPARE(outcome.out, QString());
    }

    void theVersionIsPrinted()
    {
        const Outcome outcome = node({QStringLiteral("--version")});
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.out.startsWith(QStringLiteral("exitwave-node ")));
    }
};

QTEST_GUILESS_MAIN(ExitwaveNodeTest)
#include "tst_exitwave_node.moc"
