// Tests of the words for what a session's source does.
#include "gui/session/session_state_text.h"
#include "tests/gui/session/session_fixture.h"

#include <QTest>

using namespace exitwave;
using session::stateText;
using test::RandomTrace;
using test::SessionFixture;

class TestSessionStateText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutASourceNothingIsOpen()
    {
        SessionFixture f(false);
        QCOMPARE(stateText(f.session), QStringLiteral("nothing open"));
    }
    void aProgramIsConnectingThenLiveThenEnded()
    {
        SessionFixture f;
        f.feed->state = trace::SourceState::Connecting;
        QCOMPARE(stateText(f.session), QStringLiteral("connecting"));
        f.feed->state = trace::SourceState::Live;
        feedSome(f);
        QCOMPARE(stateText(f.session), QStringLiteral("live"));
        f.feed->end();
        QVERIFY(f.reach(trace::SourceState::Ended));
        QCOMPARE(stateText(f.session), QStringLiteral("ended"));
    }
    void whoLooksAtThePastIsToldHowFarBehind()
    {
        SessionFixture f;
        feedSome(f);
        f.session.seek(0);
        const QString said = stateText(f.session);
        QVERIFY2(said.startsWith(QStringLiteral("live · behind by ")), qPrintable(said));
        f.session.returnToLive();
        QTRY_COMPARE(stateText(f.session), QStringLiteral("live"));
    }
    void aPausedProgramIsPaused()
    {
        SessionFixture f;
        trace::Batch batch;
        trace::Event event;
        event.type = trace::EventType::ControlChanged;
        event.how = static_cast<std::uint8_t>(trace::ControlState::Paused);
        batch.events.push_back(event);
        QVERIFY(f.feedAll(batch));
        QCOMPARE(stateText(f.session), QStringLiteral("live · program paused"));
    }
    void aFileIsReadAndThenARecordedTraceAndNeverLive()
    {
        SessionFixture f(false);
        f.feed = std::make_shared<test::FakeFeed>();
        f.feed->info.acceptsCommands = false;
        f.feed->info.totalBytes = 1000;
        f.feed->info.readBytes = 400;
        f.session.open(std::make_unique<test::FakeSource>(f.feed));
        feedSome(f);
        QCOMPARE(stateText(f.session), QStringLiteral("reading 40 %"));
        f.session.seek(0);
        QCOMPARE(stateText(f.session), QStringLiteral("reading 40 %"));
        f.feed->info.readBytes = 1000;
        f.feed->end();
        QVERIFY(f.reach(trace::SourceState::Ended));
        QCOMPARE(stateText(f.session), QStringLiteral("recorded trace"));
    }
    void whatFailedIsNamedByWhatItWas_data()
    {
        QTest::addColumn<bool>("file");
        QTest::addColumn<bool>("begun");
        QTest::addColumn<QString>("said");
        QTest::newRow("a file") << true << true << QStringLiteral("reading failed");
        QTest::newRow("a node that was there")
            << false << true << QStringLiteral("connection lost");
        QTest::newRow("a node that was not") << false << false << QStringLiteral("no connection");
    }
    void whatFailedIsNamedByWhatItWas()
    {
        QFETCH(bool, file);
        QFETCH(bool, begun);
        QFETCH(QString, said);
        SessionFixture f(false);
        f.feed = std::make_shared<test::FakeFeed>();
        f.feed->info.totalBytes = file ? 1000 : 0;
        f.session.open(std::make_unique<test::FakeSource>(f.feed));
        if (begun)
            feedSome(f);
        f.feed->end(trace::SourceState::Failed);
        QVERIFY(f.reach(trace::SourceState::Failed));
        QCOMPARE(stateText(f.session), said);
    }

private:
    static void feedSome(SessionFixture& f)
    {
        RandomTrace program(3);
        program.run(50);
        QVERIFY(f.feedAll(program.take()));
        QTRY_COMPARE(f.session.state(), trace::SourceState::Live);
    }
};

QTEST_GUILESS_MAIN(TestSessionStateText)
#include "tst_session_state_text.moc"
