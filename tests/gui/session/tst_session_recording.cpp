// Tests of recording and saving: what is written is what was seen.
#include "runtime/trace/file_source.h"
#include "tests/gui/session/session_fixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace exitwave;
using test::RandomTrace;
using test::SessionFixture;

namespace {

/// Opens `path` in `session` and waits until all of it is there.
bool reopen(session::Session& session, const QString& path)
{
    session.open(std::make_unique<trace::FileSource>(path.toStdString()));
    const auto done = [&] {
        return session.state() == trace::SourceState::Ended
            || session.state() == trace::SourceState::Failed;
    };
    if (QTest::qWaitFor(done, 20'000) && session.state() == trace::SourceState::Ended)
        return true;
    qWarning("%s: %s", qPrintable(path), qPrintable(session.errorText()));
    return false;
}

/// The same events with the same terms.
void compareTimelines(const graph::Timeline& one, const graph::Timeline& other)
{
    QCOMPARE(one.size(), other.size());
    for (std::size_t index = 0; index < one.size(); ++index)
        QVERIFY2(one.event(index) == other.event(index),
                 qPrintable(QStringLiteral("event %1").arg(index)));
    QCOMPARE(one.terms().size(), other.terms().size());
    for (std::uint32_t id = 1; id <= one.terms().size(); ++id)
        QVERIFY(one.terms().at(trace::TermId{id}) == other.terms().at(trace::TermId{id}));
}

} // namespace

class TestSessionRecording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

    void whatIsSavedIsReadBackEqual_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 5; ++seed)
            QTest::addRow("seed %llu", seed) << seed;
    }
    void whatIsSavedIsReadBackEqual()
    {
        QFETCH(quint64, seed);
        SessionFixture f;
        RandomTrace program(seed);
        program.run(1 + seed * seed * 3000);
        QVERIFY(f.feedAll(program.take()));
        const QString path = m_folder.filePath(QStringLiteral("saved-%1.ewt").arg(seed));
        QString error;
        QVERIFY2(f.session.saveAs(path, &error), qPrintable(error));

        SessionFixture reader(false);
        QVERIFY(reopen(reader.session, path));
        compareTimelines(f.session.timeline(), reader.session.timeline());
        QCOMPARE(reader.graphNow(), f.graphNow());
        QVERIFY(!reader.session.live());
        QVERIFY(!reader.session.acceptsCommands());
        QVERIFY2(reader.diagnostics.isEmpty(),
                 qPrintable(reader.diagnostics.join(QLatin1Char('\n'))));
    }
    void aRecordingBegunLateHoldsTheTraceFromItsFirstEvent()
    {
        SessionFixture f;
        RandomTrace program(31);
        program.run(20'000);
        QVERIFY(f.feedAll(program.take()));
        const QString path = m_folder.filePath(QStringLiteral("late.ewt"));
        f.session.startRecording(path);
        QVERIFY(f.session.recording());
        QCOMPARE(f.session.recordingPath(), path);
        for (int round = 0; round < 10; ++round) {
            program.run(700);
            QVERIFY(f.feedAll(program.take()));
            if (round == 4)
                f.session.seek(50); // rewinding does not disturb it
        }
        const QString saved = m_folder.filePath(QStringLiteral("late-saved.ewt"));
        QString error;
        QVERIFY2(f.session.saveAs(saved, &error), qPrintable(error));
        f.session.stopRecording();
        QVERIFY(!f.session.recording());

        SessionFixture recorded(false);
        SessionFixture copy(false);
        QVERIFY(reopen(recorded.session, path));
        QVERIFY(reopen(copy.session, saved));
        compareTimelines(recorded.session.timeline(), f.session.timeline());
        compareTimelines(recorded.session.timeline(), copy.session.timeline());
        QVERIFY(recorded.diagnostics.isEmpty());
    }
    void whatIsRecordedSoFarCanBeReadBeforeItIsComplete()
    {
        SessionFixture f;
        RandomTrace program(32);
        program.run(500);
        QVERIFY(f.feedAll(program.take()));
        const QString path = m_folder.filePath(QStringLiteral("running.ewt"));
        f.session.startRecording(path);
        program.run(500);
        QVERIFY(f.feedAll(program.take()));
        QTRY_VERIFY(QFileInfo(path).size() > 1000);
        SessionFixture reader(false);
        QVERIFY(reopen(reader.session, path));
        QVERIFY(reader.session.timeline().size() >= 500);
        QVERIFY(!reader.diagnostics.isEmpty()); // says that the end is missing
    }
    void theEndOfTheProgramAndClosingCompleteTheFile()
    {
        for (const bool ends : {true, false}) {
            SessionFixture f;
            RandomTrace program(33);
            program.run(300);
            QVERIFY(f.feedAll(program.take()));
            const QString path = m_folder.filePath(QStringLiteral("complete-%1.ewt").arg(ends));
            f.session.startRecording(path);
            const std::size_t size = f.session.timeline().size();
            if (ends) {
                f.feed->end();
                QTRY_VERIFY(!f.session.recording());
            } else {
                f.session.close();
            }
            SessionFixture reader(false);
            QVERIFY(reopen(reader.session, path));
            QCOMPARE(reader.session.timeline().size(), size);
            QVERIFY2(reader.diagnostics.isEmpty(),
                     qPrintable(reader.diagnostics.join(QLatin1Char('\n'))));
        }
    }
    void aFullDiskStopsTheRecordingAndSaysSo()
    {
        if (!QFile::exists(QStringLiteral("/dev/full")))
            QSKIP("There is no /dev/full here.");
        SessionFixture f;
        RandomTrace program(34);
        program.run(5000);
        QVERIFY(f.feedAll(program.take()));
        f.session.startRecording(QStringLiteral("/dev/full"));
        program.run(5000);
        f.feed->push(program.take());
        QTRY_VERIFY(!f.session.recording());
        QTRY_VERIFY(!f.diagnostics.isEmpty());
        QVERIFY2(f.diagnostics.join(QString()).contains(QStringLiteral("/dev/full")),
                 qPrintable(f.diagnostics.join(QString())));
        QVERIFY(f.session.live()); // the trace itself is unharmed
        QCOMPARE(f.session.savedEvents(), std::size_t(0));
    }
    void whatIsInAFileIsKnownAndWhatCameAfterIsNot()
    {
        SessionFixture f;
        RandomTrace program(37);
        program.run(200);
        QVERIFY(f.feedAll(program.take()));
        QCOMPARE(f.session.savedEvents(), std::size_t(0));
        QString error;
        QVERIFY(f.session.saveAs(m_folder.filePath(QStringLiteral("some.ewt")), &error));
        const std::size_t first = f.session.timeline().size();
        QCOMPARE(f.session.savedEvents(), first);
        program.run(200);
        QVERIFY(f.feedAll(program.take()));
        QVERIFY(f.session.timeline().size() > first);
        QCOMPARE(f.session.savedEvents(), first);
        f.session.startRecording(m_folder.filePath(QStringLiteral("all.ewt")));
        f.session.stopRecording();
        QCOMPARE(f.session.savedEvents(), f.session.timeline().size());
        f.session.close();
        QCOMPARE(f.session.savedEvents(), std::size_t(0));
    }
    void savingWhereItCannotBeLeavesWhatWasThere()
    {
        SessionFixture f;
        RandomTrace program(35);
        program.run(10);
        QVERIFY(f.feedAll(program.take()));
        QString error;
        QVERIFY(
            !f.session.saveAs(m_folder.filePath(QStringLiteral("no/such/folder/x.ewt")), &error));
        QVERIFY(error.contains(QStringLiteral("no/such/folder")));

        // The name of a folder cannot be taken by a file.
        const QString folder = m_folder.filePath(QStringLiteral("folder.ewt"));
        QVERIFY(QDir().mkpath(folder + QStringLiteral("/inside")));
        error.clear();
        QVERIFY(!f.session.saveAs(folder, &error));
        QVERIFY(!error.isEmpty());
        QVERIFY(QFileInfo(folder + QStringLiteral("/inside")).isDir());
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("folder.ewt.part*")}).size(), 0);
    }
    void whatIsOpenOrRecordedIsNotOverwritten()
    {
        SessionFixture f;
        RandomTrace program(36);
        program.run(100);
        QVERIFY(f.feedAll(program.take()));
        const QString path = m_folder.filePath(QStringLiteral("mine.ewt"));
        f.session.startRecording(path);
        QString error;
        QVERIFY(!f.session.saveAs(path, &error));
        QVERIFY(error.contains(QStringLiteral("recorded")));
        f.session.stopRecording();

        SessionFixture reader(false);
        QVERIFY(reopen(reader.session, path));
        const qint64 size = QFileInfo(path).size();
        reader.session.startRecording(path);
        QVERIFY(!reader.session.recording());
        QCOMPARE(reader.diagnostics.size(), 1);
        QCOMPARE(QFileInfo(path).size(), size);
        QVERIFY2(reader.session.saveAs(path, &error),
                 qPrintable(error)); // over itself: whole and equal
        SessionFixture again(false);
        QVERIFY(reopen(again.session, path));
        compareTimelines(again.session.timeline(), f.session.timeline());
    }
    void aLongTraceIsSavedInPartsWithProgress()
    {
        SessionFixture f;
        RandomTrace program(37);
        program.run(60'000);
        QVERIFY(f.feedAll(program.take()));
        const std::size_t size = f.session.timeline().size();
        QSignalSpy progress(&f.session, &session::Session::saveProgress);
        QSignalSpy finished(&f.session, &session::Session::saveFinished);
        const QString path = m_folder.filePath(QStringLiteral("parts.ewt"));
        f.session.save(path);
        QVERIFY(f.session.saving());
        QVERIFY(!QFileInfo::exists(path));
        f.session.save(m_folder.filePath(QStringLiteral("second.ewt")));
        QCOMPARE(f.refused.size(), 1); // one at a time
        program.run(100); // what comes meanwhile does not belong to it
        f.feed->push(program.take());
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(!f.session.saving());
        QCOMPARE(finished[0][0].toString(), path);
        QCOMPARE(finished[0][1].toString(), QString());
        QVERIFY(progress.size() >= 3);
        for (qsizetype i = 1; i < progress.size(); ++i)
            QVERIFY(progress[i][0].toInt() > progress[i - 1][0].toInt());
        SessionFixture reader(false);
        QVERIFY(reopen(reader.session, path));
        QCOMPARE(reader.session.timeline().size(), size);
        QVERIFY(reader.diagnostics.isEmpty());
    }
    void aCancelledSaveLeavesWhatWasThere()
    {
        SessionFixture f;
        RandomTrace program(38);
        program.run(60'000);
        QVERIFY(f.feedAll(program.take()));
        const QString path = m_folder.filePath(QStringLiteral("cancelled.ewt"));
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
        old.close();
        QSignalSpy progress(&f.session, &session::Session::saveProgress);
        QSignalSpy finished(&f.session, &session::Session::saveFinished);
        f.session.save(path);
        QTRY_VERIFY(progress.size() >= 2);
        f.session.cancelSave();
        QVERIFY(!f.session.saving());
        QCOMPARE(finished.size(), 1);
        QVERIFY(finished[0][1].toString().contains(QStringLiteral("cancelled")));
        QCOMPARE(QFileInfo(path).size(), 3);
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("cancelled.ewt.part*")}).size(),
                 0);
    }
    void closingWritesTheRestOfASaveAndOfARecording()
    {
        SessionFixture f;
        RandomTrace program(39);
        program.run(60'000);
        QVERIFY(f.feedAll(program.take()));
        const std::size_t size = f.session.timeline().size();
        QSignalSpy finished(&f.session, &session::Session::saveFinished);
        const QString saved = m_folder.filePath(QStringLiteral("closing-saved.ewt"));
        const QString recorded = m_folder.filePath(QStringLiteral("closing-recorded.ewt"));
        f.session.startRecording(recorded);
        f.session.stopRecording(); // a long way to write: over the next ticks
        QVERIFY(f.session.recording());
        f.session.save(saved);
        f.session.close();
        QVERIFY(!f.session.recording());
        QCOMPARE(finished.size(), 1);
        QCOMPARE(finished[0][1].toString(), QString());
        for (const QString& path : {saved, recorded}) {
            SessionFixture reader(false);
            QVERIFY(reopen(reader.session, path));
            QCOMPARE(reader.session.timeline().size(), size);
            QVERIFY(reader.diagnostics.isEmpty());
        }
    }
    void whatComesAfterStoppingIsNotInALongRecording()
    {
        SessionFixture f;
        RandomTrace program(40);
        program.run(60'000);
        QVERIFY(f.feedAll(program.take()));
        const std::size_t size = f.session.timeline().size();
        const QString path = m_folder.filePath(QStringLiteral("stopped.ewt"));
        f.session.startRecording(path);
        f.session.stopRecording();
        program.run(100);
        QVERIFY(f.feedAll(program.take()));
        QTRY_VERIFY(!f.session.recording());
        SessionFixture reader(false);
        QVERIFY(reopen(reader.session, path));
        QCOMPARE(reader.session.timeline().size(), size);
        QVERIFY(reader.diagnostics.isEmpty());
    }
    void savingToNowhereIsToldOnce()
    {
        SessionFixture f;
        QSignalSpy finished(&f.session, &session::Session::saveFinished);
        f.session.save(m_folder.filePath(QStringLiteral("no/such/folder/y.ewt")));
        QVERIFY(!f.session.saving());
        QCOMPARE(finished.size(), 1);
        QVERIFY(finished[0][1].toString().contains(QStringLiteral("no/such/folder")));
    }
    void nothingOpenIsNothingToRecord()
    {
        SessionFixture f(false);
        f.session.startRecording(m_folder.filePath(QStringLiteral("nothing.ewt")));
        QVERIFY(!f.session.recording());
        QCOMPARE(f.diagnostics.size(), 1);
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestSessionRecording)
#include "tst_session_recording.moc"
