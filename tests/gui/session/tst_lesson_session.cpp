// Tests of the session on lessons that really run: what is asked happens, what was seen is
// replayed.
#include "gui/graph/graph_text.h"
#include "gui/session/process_commands.h"
#include "gui/session/session.h"
#include "runtime/embedded/program.h"
#include "runtime/trace/file_source.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace exitwave;
using graph::NodeIndex;
using graph::noNode;
using session::Session;

namespace {

constexpr int patience = 20'000; // ms

/// Opens a lesson in `session`; it stays open when it is over.
bool openLesson(Session& session,
                const char* name,
                std::optional<std::uint64_t> seed,
                bool paused = false)
{
    embedded::LessonOptions options;
    options.seed = seed;
    options.startPaused = paused;
    options.printOutput = false;
    auto source = embedded::openLesson(name, options);
    if (!source)
        return false;
    session.open(std::move(source).value());
    return QTest::qWaitFor([&] { return session.live(); }, patience);
}

bool crashed(const Session& session)
{
    return QTest::qWaitFor([&] { return session.graph().crashCount() > 0; }, patience);
}

QString graphNow(const Session& session)
{
    return QString::fromStdString(graph::graphText(session.graph(), session.timeline().terms()));
}

NodeIndex someoneAlive(const Session& session)
{
    for (NodeIndex node = 0; node < session.graph().size(); ++node) {
        if (session.graph().node(node).alive)
            return node;
    }
    return noNode;
}

} // namespace

class TestLessonSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replayAndFileShowWhatTheLiveLessonShowed_data()
    {
        QTest::addColumn<QByteArray>("lesson");
        QTest::addColumn<bool>("stepped");
        for (const char* lesson : {"isolated", "linked", "trapping"}) {
            QTest::addRow("%s, threaded", lesson) << QByteArray(lesson) << false;
            QTest::addRow("%s, seed 42", lesson) << QByteArray(lesson) << true;
        }
    }
    void replayAndFileShowWhatTheLiveLessonShowed()
    {
        QFETCH(QByteArray, lesson);
        QFETCH(bool, stepped);
        const QTemporaryDir folder;
        const QString recorded = folder.filePath(QStringLiteral("recorded.ewt"));
        const QString saved = folder.filePath(QStringLiteral("saved.ewt"));
        Session session;
        std::map<std::size_t, QString> seen;
        const auto watch = connect(&session, &Session::advanced, this, [&] {
            seen[session.position()] = graphNow(session);
        });
        QVERIFY(openLesson(session,
                           lesson.constData(),
                           stepped ? std::optional<std::uint64_t>(42) : std::nullopt));
        session.startRecording(recorded);
        QVERIFY(crashed(session));
        disconnect(watch);
        session.seek(0); // no more is followed, so what is compared below stands still
        QString error;
        for (const auto& [position, live] : seen) {
            session.seek(position);
            QCOMPARE(graphNow(session), live);
        }
        session.stopRecording();
        QVERIFY2(session.saveAs(saved, &error), qPrintable(error));
        for (const QString& path : {recorded, saved}) {
            Session reader;
            reader.open(std::make_unique<trace::FileSource>(path.toStdString()));
            QTRY_COMPARE_WITH_TIMEOUT(reader.state(), trace::SourceState::Ended, patience);
            for (const auto& [position, live] : seen) {
                reader.seek(position);
                QCOMPARE(graphNow(reader), live);
            }
        }
    }
    void aKillIsSeenAsEventsOnly()
    {
        Session session;
        QVERIFY(openLesson(session, "trapping", 7, true));
        NodeIndex victim = noNode;
        QTRY_VERIFY_WITH_TIMEOUT((victim = someoneAlive(session)) != noNode, patience);
        session::ProcessCommands commands(session);
        QVERIFY(commands.kill(victim));
        QVERIFY(session.graph().node(victim).alive); // not before the program says so
        QVERIFY(commands.resume());
        QTRY_VERIFY_WITH_TIMEOUT(!session.graph().node(victim).alive, patience);
        QCOMPARE(session.graph().node(victim).death, graph::Death::Killed);
        QStringList refused;
        connect(&session, &Session::commandRefused, this, [&](const QString& what) {
            refused << what;
        });
        QVERIFY(!commands.kill(victim));
        QVERIFY2(refused.value(0).contains(QStringLiteral("dead already")),
                 qPrintable(refused.join(QLatin1Char('\n'))));
    }
    void trapExitIsSetByTheProgramAndNotInThePast()
    {
        Session session;
        QVERIFY(openLesson(session, "linked", 7, true));
        NodeIndex first = noNode;
        QTRY_VERIFY_WITH_TIMEOUT((first = someoneAlive(session)) != noNode, patience);
        session::ProcessCommands commands(session);
        session.seek(0);
        QVERIFY(!commands.setTrapExit(first, true));
        session.returnToLive();
        QVERIFY(!session.graph().node(first).trapsExit);
        QVERIFY(commands.setTrapExit(first, true));
        QVERIFY(!session.graph().node(first).trapsExit); // not before the program says so
        QVERIFY(commands.resume());
        QTRY_VERIFY_WITH_TIMEOUT(session.graph().node(first).trapsExit, patience);
    }
    void pausingIsSeenAndAStepLetsOneThingHappen()
    {
        Session session;
        QVERIFY(openLesson(session, "trapping", 7, true));
        QTRY_VERIFY_WITH_TIMEOUT(session.graph().paused(), patience);
        session::ProcessCommands commands(session);
        const std::size_t before = session.timeline().size();
        QVERIFY(commands.step());
        QTRY_VERIFY_WITH_TIMEOUT(session.timeline().size() > before, patience);
        QVERIFY(session.graph().paused());
        QVERIFY(commands.resume());
        QTRY_VERIFY_WITH_TIMEOUT(!session.graph().paused(), patience);
        QVERIFY(crashed(session));
    }
};

QTEST_GUILESS_MAIN(TestLessonSession)
#include "tst_lesson_session.moc"
