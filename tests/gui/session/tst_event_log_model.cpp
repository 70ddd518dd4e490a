// Tests of the EventLogModel.
#include "gui/session/event_log_model.h"
#include "tests/gui/session/session_fixture.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace exitwave;
using session::EventLogModel;
using test::RandomTrace;
using test::SessionFixture;

class TestEventLogModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAreTheEventsAndGrowWithThem()
    {
        SessionFixture f;
        EventLogModel model(f.session);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        RandomTrace program(1);
        for (int round = 0; round < 5; ++round) {
            program.run(300);
            QVERIFY(f.feedAll(program.take()));
            QTRY_COMPARE(model.rowCount(), static_cast<int>(f.session.timeline().size()));
        }
        QVERIFY(inserts.count() >= 5);
        for (int row = 0; row < model.rowCount(); ++row) {
            QVERIFY(!model.index(row, EventLogModel::TextColumn).data().toString().isEmpty());
            QVERIFY(!model.index(row, EventLogModel::TimeColumn).data().toString().isEmpty());
        }
        QCOMPARE(model.index(1, EventLogModel::EventColumn).data().toString(),
                 QStringLiteral("process spawned"));
        f.session.close();
        QCOMPARE(model.rowCount(), 0);
    }
    void aFilterShowsItsGroupsAndGoesOnDoingSo_data()
    {
        QTest::addColumn<unsigned>("groups");
        QTest::newRow("lives") << unsigned{EventLogModel::Lives};
        QTest::newRow("links and signals")
            << unsigned{EventLogModel::Links | EventLogModel::ExitSignals};
        QTest::newRow("messages") << unsigned{EventLogModel::Messages};
        QTest::newRow("notes") << unsigned{EventLogModel::Notes};
        QTest::newRow("nothing") << 0U;
    }
    void aFilterShowsItsGroupsAndGoesOnDoingSo()
    {
        QFETCH(unsigned, groups);
        SessionFixture f;
        EventLogModel model(f.session);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        RandomTrace program(2);
        program.run(400);
        QVERIFY(f.feedAll(program.take()));
        model.setGroups(EventLogModel::Groups::fromInt(groups));
        program.run(400);
        QVERIFY(f.feedAll(program.take()));
        int expected = 0;
        for (const trace::Event& event : f.session.timeline().events())
            expected += (groups & EventLogModel::groupOf(event.type)) != 0 ? 1 : 0;
        QTRY_COMPARE(model.rowCount(), expected);
        for (int row = 0; row < expected; ++row) {
            const auto type = static_cast<trace::EventType>(
                model.index(row, 0).data(EventLogModel::TypeRole).toInt());
            QVERIFY(groups & EventLogModel::groupOf(type));
        }
    }
    void growthIsToldSeldomAndOnlyToWhoLooks()
    {
        SessionFixture f;
        EventLogModel model(f.session);
        QSignalSpy grew(&f.session, &session::Session::timelineGrew);
        QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        RandomTrace program(5);
        model.setWatched(false);
        for (int round = 0; round < 5; ++round) {
            program.run(100);
            QVERIFY(f.feedAll(program.take()));
        }
        QCOMPARE(inserts.count(), 0);
        QCOMPARE(changes.count(), 0);
        QCOMPARE(model.rowCount(), 0);
        model.setWatched(true);
        QCOMPARE(inserts.count(), 1);
        QCOMPARE(model.rowCount(), static_cast<int>(f.session.timeline().size()));
        grew.clear();
        inserts.clear();
        QElapsedTimer clock;
        clock.start();
        for (int round = 0; round < 30; ++round) {
            program.run(20);
            QVERIFY(f.feedAll(program.take()));
        }
        QVERIFY(grew.count() >= 30);
        QVERIFY(inserts.count() <= clock.elapsed() / 100 + 1);
        QTRY_COMPARE(model.rowCount(), static_cast<int>(f.session.timeline().size()));
    }
    void oneProcessCanBeSingledOut()
    {
        SessionFixture f;
        EventLogModel model(f.session);
        RandomTrace program(3);
        program.run(500);
        QVERIFY(f.feedAll(program.take()));
        const trace::ProcessKey key = f.session.graph().node(1).key;
        model.setProcess(key);
        QVERIFY(model.rowCount() > 0);
        QVERIFY(model.rowCount() < static_cast<int>(f.session.timeline().size()));
        for (int row = 0; row < model.rowCount(); ++row) {
            const auto at = model.index(row, 0).data(EventLogModel::PositionRole).toULongLong() - 1;
            const trace::Event& event = f.session.timeline().event(at);
            QVERIFY(event.process == key || event.peer == key);
        }
        model.setProcess({});
        QCOMPARE(model.rowCount(), static_cast<int>(f.session.timeline().size()));
    }
    void rowsUpToThePlayheadArePastAndARowCanBeJumpedTo_data()
    {
        QTest::addColumn<bool>("filtered");
        QTest::newRow("all events") << false;
        QTest::newRow("filtered") << true;
    }
    void rowsUpToThePlayheadArePastAndARowCanBeJumpedTo()
    {
        QFETCH(bool, filtered);
        SessionFixture f;
        EventLogModel model(f.session);
        if (filtered)
            model.setGroups(EventLogModel::Lives);
        RandomTrace program(4);
        program.run(400);
        QVERIFY(f.feedAll(program.take()));
        model.setWatched(false); // and true: all of it is there, whatever the timer says
        model.setWatched(true);
        QCOMPARE(model.playheadRow(), model.rowCount() - 1);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        const int goal = model.rowCount() / 3;
        model.seekTo(model.index(goal, 0));
        QCOMPARE(f.session.position(),
                 static_cast<std::size_t>(
                     model.index(goal, 0).data(EventLogModel::PositionRole).toULongLong()));
        QCOMPARE(model.playheadRow(), goal);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(changes[0][0].toModelIndex().row(), goal + 1);
        QCOMPARE(changes[0][1].toModelIndex().row(), model.rowCount() - 1);
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(model.index(row, 0).data(EventLogModel::PastRole).toBool(), row <= goal);
    }
};

QTEST_GUILESS_MAIN(TestEventLogModel)
#include "tst_event_log_model.moc"
