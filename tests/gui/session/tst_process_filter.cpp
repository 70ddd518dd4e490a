// Tests of ProcessFilterModel.
#include "gui/session/process_filter_model.h"
#include "gui/session/process_table_model.h"
#include "tests/gui/session/session_fixture.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <functional>

using namespace exitwave;
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

int countAll(const QAbstractItemModel& model, const QModelIndex& parent = {})
{
    int count = model.rowCount(parent);
    for (int row = 0; row < model.rowCount(parent); ++row)
        count += countAll(model, model.index(row, 0, parent));
    return count;
}

} // namespace

class TestProcessFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFilterKeepsTheWayToWhatMatches()
    {
        SessionFixture f;
        trace::Batch batch;
        batch.events
            = {spawnEvent(100, 0), spawnEvent(101, 100), spawnEvent(102, 101), spawnEvent(103, 0)};
        QVERIFY(f.feedAll(batch));
        ProcessTableModel model(f.session, ProcessTableModel::Shape::Tree);
        ProcessFilterModel filter;
        filter.setSourceModel(&model);
        filter.setText(QStringLiteral("0.102."));
        QCOMPARE(countAll(filter), 3); // 100 > 101 > 102
        filter.setText(QStringLiteral("nothing like it"));
        QCOMPARE(countAll(filter), 0);
        filter.setText({});
        QCOMPARE(countAll(filter), 4);
    }
    void theFilterIsTheSameAsAskingEachRowAndAllAboveIt()
    {
        SessionFixture f;
        RandomTrace program(21);
        program.run(900);
        QVERIFY(f.feedAll(program.take()));
        for (const auto shape : {ProcessTableModel::Shape::Tree, ProcessTableModel::Shape::Flat}) {
            ProcessTableModel model(f.session, shape);
            ProcessFilterModel filter;
            const QAbstractItemModelTester tester(
                &filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
            filter.setSourceModel(&model);
            std::function<int(const QModelIndex&)> expected = [&](const QModelIndex& parent) {
                int kept = 0;
                for (int row = 0; row < model.rowCount(parent); ++row) {
                    const QModelIndex index = model.index(row, 0, parent);
                    const int below = expected(index);
                    bool match
                        = !filter.onlyAlive() || index.data(ProcessTableModel::AliveRole).toBool();
                    bool text = false;
                    for (const int column : {0, 1, 2})
                        text = text
                            || index.siblingAtColumn(column).data().toString().contains(
                                filter.text(), Qt::CaseInsensitive);
                    match = match && text;
                    kept += below + (match || below > 0 ? 1 : 0);
                }
                return kept;
            };
            for (const char* text : {"", "1", "7.", "ALIVE", "killed", "no such"}) {
                for (const bool onlyAlive : {false, true}) {
                    filter.setText(QString::fromLatin1(text));
                    filter.setOnlyAlive(onlyAlive);
                    QCOMPARE(countAll(filter), expected({}));
                }
            }
        }
    }
    void theFilterFollowsTheProgram()
    {
        SessionFixture f;
        trace::Batch batch;
        batch.events = {spawnEvent(100, 0), spawnEvent(101, 0)};
        QVERIFY(f.feedAll(batch));
        ProcessTableModel model(f.session, ProcessTableModel::Shape::Tree);
        ProcessFilterModel filter;
        filter.setSourceModel(&model);
        filter.setText(QStringLiteral("0.777."));
        QCOMPARE(countAll(filter), 0);
        QSignalSpy appeared(&filter, &ProcessFilterModel::appeared);
        batch.events = {spawnEvent(777, 101)};
        QVERIFY(f.feedAll(batch));
        QTRY_COMPARE(countAll(filter), 2); // and the way to it
        QCOMPARE(appeared.count(), 1);
        filter.setText({});
        QCOMPARE(countAll(filter), 3);
        filter.setOnlyAlive(true);
        trace::Event exit;
        exit.type = trace::EventType::ProcessExited;
        exit.process = trace::ProcessKey{100};
        exit.term = trace::TermId{1};
        batch.events = {exit};
        QVERIFY(f.feedAll(batch));
        QTRY_COMPARE(countAll(filter), 2);
    }
    void filteringThirtyThousandIsQuick()
    {
        SessionFixture f;
        trace::Batch batch;
        constexpr std::uint64_t count = 30'000;
        batch.events.push_back(spawnEvent(1, 0));
        for (std::uint64_t key = 2; key <= count; ++key)
            batch.events.push_back(spawnEvent(key, key / 10 + 1));
        QVERIFY(f.feedAll(batch));
        ProcessTableModel model(f.session, ProcessTableModel::Shape::Tree);
        ProcessFilterModel filter;
        filter.setSourceModel(&model);
        QCOMPARE(countAll(filter), static_cast<int>(count));
        for (const char* text : {"7", "77", "777", "77", ""}) {
            QElapsedTimer timer;
            timer.start();
            filter.setText(QString::fromLatin1(text));
            const qint64 filtered = timer.elapsed();
            const int rows = countAll(filter);
            qInfo("filter \"%s\" of %d: %lld ms, %d rows read in %lld ms",
                  text,
                  static_cast<int>(count),
                  static_cast<long long>(filtered),
                  rows,
                  static_cast<long long>(timer.elapsed() - filtered));
            QVERIFY(timer.elapsed() < 3000); // on any machine, in any build
        }
    }
};

QTEST_GUILESS_MAIN(TestProcessFilter)
#include "tst_process_filter.moc"
