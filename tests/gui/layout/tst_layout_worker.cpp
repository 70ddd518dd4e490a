// The layout thread: changes in, positions out, asleep when all is still.
#include "gui/layout/force_layout.h"
#include "gui/layout/layout_worker.h"
#include "gui/layout/tree_layout.h"
#include "tests/gui/layout/forest.h"

#include <QTest>

#include <atomic>
#include <chrono>
#include <mutex>

using namespace exitwave::layout;
using exitwave::graph::noNode;

namespace {

/// What a layout was asked, told to the test; guarded by `mutex`.
struct Protocol
{
    std::mutex mutex;
    std::vector<Topology> resets;
    std::atomic<int> steps{0};
};

/// Never comes to rest when `restless`: each step takes all of its budget.
class ScriptedLayout final : public Layout
{
public:
    explicit ScriptedLayout(Protocol& protocol, bool restless = false)
        : m_protocol(protocol), m_restless(restless)
    {
    }
    void reset(const Topology& topology, std::span<const std::optional<Point>>) override
    {
        const std::lock_guard lock(m_protocol.mutex);
        m_protocol.resets.push_back(topology);
        m_points.assign(topology.parent.size(), Point{});
    }
    void apply(const TopologyChange& change) override
    {
        m_points.resize(m_points.size() + change.births.size());
    }
    bool step(std::chrono::microseconds budget) override
    {
        ++m_protocol.steps;
        const auto end = std::chrono::steady_clock::now() + budget;
        while (m_restless && std::chrono::steady_clock::now() < end) {}
        return m_restless;
    }
    std::span<const Point> positions() const override { return m_points; }
    void pin(NodeIndex, std::optional<Point>) override {}

private:
    Protocol& m_protocol;
    bool m_restless;
    std::vector<Point> m_points;
};

} // namespace

class TstLayoutWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void positionsComeOutOnceAndTheWakeSaysWhen()
    {
        std::atomic<int> woken{0};
        LayoutWorker worker(std::make_unique<TreeLayout>(), [&] { ++woken; });
        std::vector<Point> positions;
        QVERIFY(!worker.takePositions(positions));
        worker.reset(forest(50, 1));
        QTRY_VERIFY(worker.settled());
        QVERIFY(woken > 0);
        QVERIFY(worker.takePositions(positions));
        QCOMPARE(positions.size(), 50UL);
        QVERIFY(!worker.takePositions(positions));
    }

    void itComesToRestAndIsThenNotWoken()
    {
        std::atomic<int> woken{0};
        LayoutWorker worker(std::make_unique<ForceLayout>(), [&] { ++woken; });
        worker.reset(forest(300, 2));
        TopologyChange change;
        change.births.push_back({300, 4});
        worker.apply(change);
        QTRY_VERIFY(worker.settled());
        const int before = woken;
        QTest::qWait(120); // several ticks in which nothing may happen
        QCOMPARE(woken.load(), before);
        change.births = {{301, 5}};
        worker.apply(change);
        QVERIFY(!worker.settled());
        QTRY_VERIFY(worker.settled());
        std::vector<Point> positions;
        QVERIFY(worker.takePositions(positions));
        QCOMPARE(positions.size(), 302UL);
    }

    void rewindingAndReturningShowsEveryProcessAtItsPlace()
    {
        LayoutWorker worker(std::make_unique<TreeLayout>());
        Topology whole = forest(200, 3);
        worker.reset(whole);
        QTRY_VERIFY(worker.settled());
        std::vector<Point> full;
        QVERIFY(worker.takePositions(full));
        Topology earlier = withParents({whole.parent.begin(), whole.parent.begin() + 40});
        worker.reset(earlier);
        QTRY_VERIFY(worker.settled());
        std::vector<Point> then;
        QVERIFY(worker.takePositions(then));
        QCOMPARE(then.size(), 40UL);
        QVERIFY(std::equal(then.begin(), then.end(), full.begin()));
        worker.reset(whole);
        QTRY_VERIFY(worker.settled());
        QVERIFY(worker.takePositions(then));
        QVERIFY(then == full);
    }

    void anotherLayoutTakesOverTheSameProcessesAndPins()
    {
        LayoutWorker worker(std::make_unique<TreeLayout>());
        worker.reset(forest(80, 4));
        worker.pin(7, Point{50.0F, 60.0F});
        worker.setLayout(std::make_unique<ForceLayout>());
        QTRY_VERIFY(worker.settled());
        std::vector<Point> positions;
        QVERIFY(worker.takePositions(positions));
        QCOMPARE(positions.size(), 80UL);
        QCOMPARE(positions[7], (Point{50.0F, 60.0F}));
        worker.forget();
        QTRY_VERIFY(worker.settled());
        QVERIFY(worker.takePositions(positions));
        QVERIFY(positions.empty());
    }

    void anotherLayoutIsGivenTheLinksThatAreThereNow()
    {
        Protocol protocol;
        LayoutWorker worker(std::make_unique<ScriptedLayout>(protocol));
        Topology four = withParents({noNode, 0, 0, 0});
        four.links = {{0, 1}, {0, 2}};
        worker.reset(four);
        TopologyChange change;
        change.links = {{1, 0, false}, {3, 2, true}, {3, 2, true}};
        worker.apply(change);
        worker.setLayout(std::make_unique<ScriptedLayout>(protocol));
        QTRY_VERIFY(worker.settled());
        const std::lock_guard lock(protocol.mutex);
        const std::vector<std::pair<NodeIndex, NodeIndex>> expected{{0, 2}, {2, 3}};
        QVERIFY(protocol.resets.back().links == expected);
    }

    void itDoesNotLetARestlessLayoutComeToRestFirst()
    {
        Protocol protocol;
        int before = 0;
        {
            LayoutWorker worker(std::make_unique<ScriptedLayout>(protocol, true));
            worker.reset(forest(10, 6)); // remembers first: sixty steps, if it is not told to end
            QTRY_VERIFY(protocol.steps > 2);
            before = protocol.steps;
        }
        QVERIFY2(protocol.steps - before < 30,
                 qPrintable(QString::number(protocol.steps - before)));
    }

    void itEndsAtOnceInTheMiddleOfItsWork()
    {
        for (int i = 0; i < 20; ++i) {
            LayoutWorker worker(std::make_unique<ForceLayout>());
            worker.reset(forest(2000, 5));
            worker.pin(3, Point{1.0F, 1.0F});
        }
    }
};

QTEST_GUILESS_MAIN(TstLayoutWorker)
#include "tst_layout_worker.moc"
