// Tests of ProcessTableModel and Selection; ProcessFilterModel has its own.
#include "gui/scene/node_style.h"
#include "gui/session/process_filter_model.h"
#include "gui/session/process_table_model.h"
#include "gui/session/selection.h"
#include "tests/gui/session/session_fixture.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <map>
#include <random>

using namespace exitwave;
using graph::NodeIndex;
using graph::noNode;
using session::ProcessFilterModel;
using session::ProcessTableModel;
using test::RandomTrace;
using test::SessionFixture;

namespace {

trace::Event spawnEvent(std::uint64_t key, std::uint64_t parent)
{
    trace::Event event;
    event.type = trace::EventType::ProcessSpawned;
    event.process = trace::ProcessKey{key};
    event.peer = trace::ProcessKey{parent};
    return event;
}

/// The tree below `parent`, as nodes in parentheses.
QString shapeOf(const ProcessTableModel& model, const QModelIndex& parent = {})
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        text += QStringLiteral("(%1%2)").arg(model.nodeAt(index)).arg(shapeOf(model, index));
    }
    return text;
}

/// What the rows say, top down.
QStringList cellsOf(const QAbstractItemModel& model, const QModelIndex& parent = {})
{
    QStringList cells;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (const int column : {0, 1, 2, 3, 4, 5, 6})
            cells << model.index(row, column, parent).data().toString();
        cells += cellsOf(model, model.index(row, 0, parent));
    }
    return cells;
}

int countAll(const QAbstractItemModel& model, const QModelIndex& parent = {})
{
    int count = model.rowCount(parent);
    for (int row = 0; row < model.rowCount(parent); ++row)
        count += countAll(model, model.index(row, 0, parent));
    return count;
}

} // namespace

class TestProcessModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theModelKeepsUpWithARandomProgram_data()
    {
        QTest::addColumn<quint64>("seed");
        QTest::addColumn<bool>("flat");
        for (quint64 seed = 1; seed <= 4; ++seed) {
            QTest::addRow("tree, seed %llu", seed) << seed << false;
            QTest::addRow("flat, seed %llu", seed) << seed << true;
        }
    }
    void theModelKeepsUpWithARandomProgram()
    {
        QFETCH(quint64, seed);
        QFETCH(bool, flat);
        SessionFixture f;
        const ProcessTableModel::Shape shape
            = flat ? ProcessTableModel::Shape::Flat : ProcessTableModel::Shape::Tree;
        ProcessTableModel model(f.session, shape);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ProcessFilterModel filter;
        filter.setSourceModel(&model);
        const QAbstractItemModelTester filterTester(
            &filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        RandomTrace program(seed);
        std::mt19937_64 random(seed);
        for (int round = 0; round < 6; ++round) {
            program.run(120);
            QVERIFY(f.feedAll(program.take()));
            const ProcessTableModel fresh(f.session, shape);
            QCOMPARE(shapeOf(model), shapeOf(fresh)); // brought up to date = built anew
            for (NodeIndex node = 0; node < f.session.graph().size(); ++node) {
                QCOMPARE(model.nodeAt(model.indexOf(node)), node);
                QCOMPARE(model.aliveChildren(node), fresh.aliveChildren(node));
            }
            filter.setOnlyAlive(round % 2 == 1);
            filter.setText(round % 3 == 2 ? QStringLiteral("worker") : QString());
            for (int jump = 0; jump < 4; ++jump) {
                f.session.seek(random() % f.session.timeline().size());
                const ProcessTableModel there(f.session, shape);
                QCOMPARE(shapeOf(model), shapeOf(there));
                QCOMPARE(cellsOf(model), cellsOf(there));
            }
            QCOMPARE(countAll(model), static_cast<int>(f.session.graph().size()));
            f.session.returnToLive();
        }
        f.session.close();
        QCOMPARE(model.rowCount(), 0);
    }
    void cellsSayWhatTheGraphKnows()
    {
        SessionFixture f;
        trace::Batch batch;
        batch.terms.push_back({trace::TermId{1},
                               term::Term::tuple({term::Term::exception("RuntimeError", "oops"),
                                                  term::Term::emptyList()})});
        batch.terms.push_back({trace::TermId{2}, term::Term::atom("app_sup")});
        batch.events.push_back(spawnEvent(100, 0));
        batch.events.push_back(spawnEvent(101, 100));
        batch.events.push_back(spawnEvent(102, 100));
        trace::Event event;
        event.type = trace::EventType::NameRegistered;
        event.process = trace::ProcessKey{100};
        event.term = trace::TermId{2};
        batch.events.push_back(event);
        event.type = trace::EventType::ProcessExited;
        event.process = trace::ProcessKey{101};
        event.term = trace::TermId{1};
        event.how = static_cast<std::uint8_t>(trace::ExitKind::Error);
        event.time = {2'500'000'000};
        batch.events.push_back(event);
        QVERIFY(f.feedAll(batch));
        const ProcessTableModel model(f.session, ProcessTableModel::Shape::Tree);
        const QModelIndex top = model.index(0, ProcessTableModel::NameColumn);
        QCOMPARE(top.data().toString(), QStringLiteral("app_sup"));
        QCOMPARE(top.data(ProcessTableModel::LookRole).toInt(),
                 static_cast<int>(scene::Look::Supervisor));
        QCOMPARE(top.data(ProcessTableModel::NoteRole).toString(), QStringLiteral("1/2"));
        const QModelIndex dead = model.index(0, 0, top);
        QCOMPARE(dead.data(ProcessTableModel::LookRole).toInt(),
                 static_cast<int>(scene::Look::Crashed));
        QCOMPARE(dead.data(ProcessTableModel::AliveRole).toBool(), false);
        QCOMPARE(dead.data(ProcessTableModel::ReasonRole).toString(), QStringLiteral("oops"));
        QCOMPARE(dead.data(ProcessTableModel::NoteRole).toString(), QStringLiteral("oops"));
        QCOMPARE(dead.siblingAtColumn(ProcessTableModel::PidColumn).data().toString(),
                 QStringLiteral("#PID<0.101.0>"));
        QCOMPARE(dead.siblingAtColumn(ProcessTableModel::ParentColumn).data().toString(),
                 QStringLiteral("app_sup"));
        QCOMPARE(dead.siblingAtColumn(ProcessTableModel::AgeColumn).data().toString(),
                 QStringLiteral("2.5 s"));
        QVERIFY(dead.siblingAtColumn(ProcessTableModel::StateColumn)
                    .data()
                    .toString()
                    .contains(QStringLiteral("oops")));
    }
    void goingBackInTimeKeepsTheRowsThatStay()
    {
        SessionFixture f;
        RandomTrace program(11);
        program.run(600);
        QVERIFY(f.feedAll(program.take()));
        ProcessTableModel model(f.session, ProcessTableModel::Shape::Tree);
        const QPersistentModelIndex first = model.index(0, 0);
        const QPersistentModelIndex child = model.index(0, 0, first);
        QVERIFY(child.isValid());
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        for (int step = 0; step < 300; ++step)
            f.session.stepBackward();
        QCOMPARE(resets.count(), 0);
        QVERIFY(first.isValid() && child.isValid());
        QVERIFY(changes.count() < 1500); // what changed, not everything every time
        f.session.seek(1); // before all of them
        QVERIFY(!first.isValid());
        QCOMPARE(model.rowCount(), 0);
        f.session.returnToLive();
        QCOMPARE(countAll(model), static_cast<int>(f.session.graph().size()));
    }
    void everyChangedRowIsToldWhenThePlayheadJumps()
    {
        SessionFixture f;
        RandomTrace program(12);
        program.run(500);
        QVERIFY(f.feedAll(program.take()));
        ProcessTableModel model(f.session, ProcessTableModel::Shape::Flat);
        std::map<int, QStringList>
            shown; // what a view that repaints only what it is told of would show
        const auto read = [&](int row) {
            QStringList cells;
            for (int column = 0; column < ProcessTableModel::ParentColumn; ++column)
                cells << model.index(row, column).data().toString();
            return cells;
        };
        connect(&model,
                &QAbstractItemModel::dataChanged,
                this,
                [&](const QModelIndex& from, const QModelIndex& to) {
                    for (int row = from.row(); row <= to.row(); ++row)
                        shown[row] = read(row);
                });
        connect(&model,
                &QAbstractItemModel::rowsInserted,
                this,
                [&](const QModelIndex&, int from, int to) {
                    for (int row = from; row <= to; ++row)
                        shown[row] = read(row);
                });
        for (int row = 0; row < model.rowCount(); ++row)
            shown[row] = read(row);
        std::mt19937_64 random(12);
        for (int jump = 0; jump < 60; ++jump) {
            if (random() % 3 == 0)
                f.session.stepForward();
            else
                f.session.seek(random() % f.session.timeline().size());
            for (int row = 0; row < model.rowCount(); ++row)
                QCOMPARE(shown[row], read(row));
        }
    }
    void circularParentsDoNotHangTheTree()
    {
        SessionFixture f;
        ProcessTableModel model(f.session, ProcessTableModel::Shape::Tree);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        trace::Batch batch; // damaged: each is the other's parent, and one its own
        batch.events = {spawnEvent(1, 2), spawnEvent(2, 1), spawnEvent(3, 3)};
        QVERIFY(f.feedAll(batch));
        QCOMPARE(countAll(model), static_cast<int>(f.session.graph().size()));
        const ProcessTableModel fresh(f.session, ProcessTableModel::Shape::Tree);
        QCOMPARE(countAll(fresh), static_cast<int>(f.session.graph().size()));
    }
    void aHundredThousandBirthsAreOneAnnouncement()
    {
        SessionFixture f;
        trace::Batch batch;
        batch.events.push_back(spawnEvent(1, 0));
        QVERIFY(f.feedAll(batch));
        ProcessTableModel model(f.session, ProcessTableModel::Shape::Tree);
        QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        batch.events.clear();
        constexpr int count = 100'000;
        for (std::uint64_t key = 2; key < count + 2; ++key)
            batch.events.push_back(
                spawnEvent(key, key % 10 == 0 ? key - 1 : 1)); // some are children of new ones
        QElapsedTimer timer;
        timer.start();
        QVERIFY(f.feedAll(batch));
        qInfo("100k births through session and model: %lld ms, %d announcements",
              static_cast<long long>(timer.elapsed()),
              static_cast<int>(inserts.count()));
        QTRY_COMPARE(countAll(model), count + 1);
        QVERIFY(inserts.count() < 1000); // one per tick and parent, not one per row
    }
    void amongManyRowsBirthsAreGathered()
    {
        SessionFixture f;
        trace::Batch batch;
        constexpr std::uint64_t crowd = 3000;
        for (std::uint64_t key = 1; key <= crowd; ++key)
            batch.events.push_back(spawnEvent(key, 0));
        QVERIFY(f.feedAll(batch));
        ProcessTableModel model(f.session, ProcessTableModel::Shape::Tree);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        QElapsedTimer timer;
        timer.start();
        constexpr std::uint64_t births = 60;
        for (std::uint64_t key = crowd + 1; key <= crowd + births; ++key) {
            batch.events = {spawnEvent(key, 1), spawnEvent(crowd + key, key)};
            trace::Event exit; // and dies before its row is there
            exit.type = trace::EventType::ProcessExited;
            exit.process = trace::ProcessKey{key};
            exit.term = trace::TermId{1};
            batch.events.push_back(exit);
            QVERIFY(f.feedAll(batch));
        }
        QTRY_COMPARE(countAll(model), static_cast<int>(crowd + 2 * births));
        const qint64 tenths = timer.elapsed() / 100 + 1;
        QVERIFY2(inserts.count() <= tenths, qPrintable(QString::number(inserts.count())));
        const ProcessTableModel fresh(f.session, ProcessTableModel::Shape::Tree);
        QCOMPARE(shapeOf(model), shapeOf(fresh));
        QCOMPARE(cellsOf(model), cellsOf(fresh));
        for (NodeIndex node = 0; node < model.nodeCount(); ++node)
            QCOMPARE(model.aliveChildren(node), fresh.aliveChildren(node));
    }
    void aParentThatIsBornLaterFindsItsChild()
    {
        SessionFixture f;
        trace::Batch batch;
        for (std::uint64_t key = 1; key <= 2000; ++key)
            batch.events.push_back(spawnEvent(key, 0));
        trace::Event name; // of a process that the trace has not seen begin
        name.type = trace::EventType::TrapExitSet;
        name.process = trace::ProcessKey{5000};
        batch.events.push_back(name);
        QVERIFY(f.feedAll(batch));
        ProcessTableModel model(f.session, ProcessTableModel::Shape::Tree);
        batch.events = {spawnEvent(6000, 0), spawnEvent(5000, 6000)};
        QVERIFY(f.feedAll(batch));
        const NodeIndex child = f.session.graph().find(trace::ProcessKey{5000});
        const NodeIndex parent = f.session.graph().find(trace::ProcessKey{6000});
        QVERIFY(parent > child);
        QTRY_COMPARE(model.nodeAt(model.indexOf(child).parent()), parent);
    }
    void manyChangesAreGathered()
    {
        SessionFixture f;
        trace::Batch batch;
        for (std::uint64_t key = 1; key <= 5000; ++key)
            batch.events.push_back(spawnEvent(key, 0));
        QVERIFY(f.feedAll(batch));
        const ProcessTableModel model(f.session, ProcessTableModel::Shape::Flat);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        batch.events.clear();
        for (std::uint64_t key = 1; key <= 5000; ++key) {
            trace::Event event;
            event.type = trace::EventType::TrapExitSet;
            event.process = trace::ProcessKey{key};
            event.how = 1;
            batch.events.push_back(event);
        }
        QVERIFY(f.feedAll(batch));
        QTRY_VERIFY(changes.count() > 0);
        QTRY_VERIFY(model.index(4999, 0).data(ProcessTableModel::TrapsExitRole).toBool());
        QVERIFY2(changes.count() < 100, qPrintable(QString::number(changes.count())));
    }
    void selectionIsOneForAllViewsAndEndsWithTheTrace()
    {
        SessionFixture f;
        session::Selection selection(f.session);
        QSignalSpy changed(&selection, &session::Selection::changed);
        selection.select(3);
        selection.selectSecondary(5);
        QCOMPARE(selection.current(), NodeIndex{3});
        QCOMPARE(selection.secondary(), NodeIndex{5});
        selection.selectSecondary(3);
        QCOMPARE(selection.secondary(), noNode);
        selection.select(3);
        QCOMPARE(changed.count(), 3);
        f.open();
        QCOMPARE(selection.current(), noNode);
    }
};

QTEST_GUILESS_MAIN(TestProcessModels)
#include "tst_process_models.moc"
