// What every layout keeps: finite, calm, the same each time, and nothing on top of another.
#include "gui/layout/force_layout.h"
#include "gui/layout/tree_layout.h"
#include "tests/gui/layout/forest.h"

#include <QTest>

#include <functional>

using namespace exitwave::layout;
using exitwave::graph::noNode;

using Maker = std::function<std::unique_ptr<Layout>()>;
Q_DECLARE_METATYPE(Maker)

namespace {

void bothLayouts()
{
    QTest::addColumn<Maker>("make");
    QTest::newRow("tree") << Maker([] { return std::make_unique<TreeLayout>(); });
    QTest::newRow("force") << Maker([] { return std::make_unique<ForceLayout>(); });
}

std::vector<Point> placed(Layout& layout, const Topology& topology)
{
    layout.reset(topology, {});
    settle(layout);
    return {layout.positions().begin(), layout.positions().end()};
}

} // namespace

class TstLayouts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyTopologyHasNoPlacesAndIsStill_data() { bothLayouts(); }
    void anEmptyTopologyHasNoPlacesAndIsStill()
    {
        QFETCH(Maker, make);
        const auto layout = make();
        layout->reset({}, {});
        QVERIFY(!layout->step(std::chrono::microseconds(1000)));
        QVERIFY(layout->positions().empty());
    }

    void threeProcessesOfALessonStandWellApart_data() { bothLayouts(); }
    void threeProcessesOfALessonStandWellApart()
    {
        QFETCH(Maker, make);
        const auto layout = make();
        const auto at = placed(*layout, withParents({noNode, 0, 1}));
        QVERIFY(distance(at[0], at[1]) > 1.4F && distance(at[0], at[1]) < 4.0F);
        QVERIFY(distance(at[1], at[2]) > 1.4F && distance(at[1], at[2]) < 4.0F);
        QVERIFY(distance(at[0], at[2]) > 2.0F);
        QVERIFY2(at[1].y > at[0].y && at[2].y > at[1].y, "children stand below their parents");
    }

    void oddShapesAreFiniteAndComeToRest_data()
    {
        QTest::addColumn<Maker>("make");
        QTest::addColumn<int>("shape");
        for (int shape = 0; shape < 7; ++shape) {
            QTest::addRow("tree %d", shape)
                << Maker([] { return std::make_unique<TreeLayout>(); }) << shape;
            QTest::addRow("force %d", shape)
                << Maker([] { return std::make_unique<ForceLayout>(); }) << shape;
        }
    }
    void oddShapesAreFiniteAndComeToRest()
    {
        QFETCH(Maker, make);
        QFETCH(int, shape);
        std::vector<NodeIndex> parents;
        const NodeIndex many = shape == 0 ? 1'000'000 : 100'000;
        switch (shape) {
        case 0: // a chain, a million deep
        case 1: // a star
        case 2: // roots only
            for (NodeIndex i = 0; i < many; ++i)
                parents.push_back(shape == 0       ? (i == 0 ? noNode : i - 1)
                                      : shape == 1 ? (i == 0 ? noNode : 0)
                                                   : noNode);
            break;
        case 3: // its own parent, a ring of parents, a parent that does not exist
            parents = {0, 2, 3, 1, 77, 4};
            break;
        case 4: // a long chain with a leaf at every link
            for (NodeIndex i = 0; i < 40'000; ++i)
                parents.push_back(i == 0 ? noNode : (i % 2 == 1 ? i - 1 : i - 2));
            break;
        case 5: // a full binary tree
            for (NodeIndex i = 0; i < 32'767; ++i)
                parents.push_back(i == 0 ? noNode : (i - 1) / 2);
            break;
        case 6: // many small trees
            for (NodeIndex i = 0; i < 9'000; ++i)
                parents.push_back(i % 3 == 0 ? noNode : i - 1);
            break;
        default:
            break;
        }
        const auto layout = make();
        Topology topology = withParents(parents);
        topology.links = {{0, 0}, {0, 3}};
        layout->reset(topology, {});
        bool moving = true;
        for (int i = 0; i < 200 && moving; ++i)
            moving = layout->step(std::chrono::microseconds(4000));
        QVERIFY(!moving);
        QCOMPARE(layout->positions().size(), parents.size());
        QVERIFY(allFinite(layout->positions()));
    }

    void theSameCallsGiveTheSamePlacesBitForBit_data() { bothLayouts(); }
    void theSameCallsGiveTheSamePlacesBitForBit()
    {
        QFETCH(Maker, make);
        const auto run = [&] {
            const auto layout = make();
            layout->reset(forest(800, 3), {});
            TopologyChange change;
            for (NodeIndex i = 0; i < 40; ++i)
                change.births.push_back({800 + i, i * 7});
            change.links.push_back({5, 790, true});
            for (int i = 0; i < 25; ++i) {
                if (i == 2)
                    layout->apply(change);
                layout->step(std::chrono::microseconds(2000));
            }
            return std::vector<Point>(layout->positions().begin(), layout->positions().end());
        };
        QVERIFY(run() == run());
    }

    void almostNothingOverlaps_data() { bothLayouts(); }
    void almostNothingOverlaps()
    {
        QFETCH(Maker, make);
        for (const std::uint32_t count : {40U, 1000U, 10'000U}) {
            const auto layout = make();
            const auto at = placed(*layout, forest(count, 11));
            const std::size_t pairs = overlappingPairs(at);
            QVERIFY2(pairs * 200 <= count,
                     qPrintable(QStringLiteral("%1 of %2").arg(pairs).arg(count)));
        }
    }

    void aThousandChildrenHaveTheShapeOfAPage_data() { bothLayouts(); }
    void aThousandChildrenHaveTheShapeOfAPage()
    {
        QFETCH(Maker, make);
        for (const bool eachWithAChild : {false, true}) {
            std::vector<NodeIndex> parents{noNode};
            for (NodeIndex i = 0; i < 1000; ++i)
                parents.push_back(0);
            for (NodeIndex i = 0; i < 1000 && eachWithAChild; ++i)
                parents.push_back(1 + i);
            const auto layout = make();
            Point low;
            Point high;
            for (const Point at : placed(*layout, withParents(parents))) {
                low = {std::min(low.x, at.x), std::min(low.y, at.y)};
                high = {std::max(high.x, at.x), std::max(high.y, at.y)};
            }
            const float aspect = (high.x - low.x) / (high.y - low.y);
            QVERIFY2(aspect > 0.4F && aspect < 4.0F, qPrintable(QString::number(aspect)));
        }
    }

    void aBirthStartsBesideItsParentAndGlidesToItsPlace_data() { bothLayouts(); }
    void aBirthStartsBesideItsParentAndGlidesToItsPlace()
    {
        QFETCH(Maker, make);
        const auto layout = make();
        placed(*layout, withParents({noNode, 0, 0}));
        TopologyChange change;
        change.births.push_back({3, 1});
        layout->apply(change);
        const Point start = layout->positions()[3];
        QVERIFY(distance(start, layout->positions()[1]) < 0.7F);
        settle(*layout);
        QVERIFY(distance(layout->positions()[3], layout->positions()[1]) > 1.0F);
        QVERIFY2(!layout->step(std::chrono::microseconds(1000)), "and then nothing moves");
    }

    void deathsAndUnlinkingMoveNobody_data() { bothLayouts(); }
    void deathsAndUnlinkingMoveNobody()
    {
        QFETCH(Maker, make);
        const auto layout = make();
        const auto before = placed(*layout, forest(300, 5));
        TopologyChange change;
        change.deaths = {3, 40, 77};
        change.links = {{3, 40, false}};
        layout->apply(change);
        settle(*layout);
        QVERIFY(std::equal(before.begin(), before.end(), layout->positions().begin()));
    }

    void churnMovesFewAndNotFar()
    {
        // One percent births per step; displacement of those who were there, in units of the usual
        // distance between neighbours.
        ForceLayout layout;
        placed(layout, forest(10'000, 17));
        std::mt19937 random(17);
        std::vector<float> moved;
        std::size_t far = 0;
        for (int round = 0; round < 5; ++round) {
            const std::vector<Point> before(layout.positions().begin(), layout.positions().end());
            TopologyChange change;
            for (NodeIndex i = 0; i < 100; ++i)
                change.births.push_back({static_cast<NodeIndex>(before.size()) + i,
                                         static_cast<NodeIndex>(random() % before.size())});
            layout.apply(change);
            settle(layout);
            for (std::size_t i = 0; i < before.size(); ++i) {
                moved.push_back(distance(before[i], layout.positions()[i]));
                far += moved.back() > 1.0F ? 1 : 0;
            }
        }
        std::sort(moved.begin(), moved.end());
        const float median = moved[moved.size() / 2];
        const float p95 = moved[moved.size() * 95 / 100];
        const double farPart = static_cast<double>(far) / static_cast<double>(moved.size());
        qInfo("seed 17: median %.3f, p95 %.3f, moved more than 1: %.1f %%",
              static_cast<double>(median),
              static_cast<double>(p95),
              100 * farPart);
        QVERIFY(median <= 0.3F);
        QVERIFY(p95 <= 1.5F);
        QVERIFY(farPart <= 0.10);
    }

    void whatIsRememberedStandsWhereItStood_data() { bothLayouts(); }
    void whatIsRememberedStandsWhereItStood()
    {
        QFETCH(Maker, make);
        const Topology whole = forest(500, 23);
        const auto layout = make();
        const auto full = placed(*layout, whole);
        const std::vector<std::optional<Point>> memory(full.begin(), full.end());
        Topology earlier = whole;
        earlier.parent.resize(200);
        earlier.alive.resize(200);
        std::erase_if(earlier.links, [](const auto& link) { return link.second >= 200; });
        const auto other = make();
        other->reset(earlier, memory);
        settle(*other);
        for (std::size_t i = 0; i < 200; ++i)
            QVERIFY(distance(other->positions()[i], full[i]) < 0.001F);
        TopologyChange change;
        for (NodeIndex i = 200; i < 210; ++i)
            change.births.push_back({i, whole.parent[i]});
        other->apply(change);
        settle(*other);
        for (std::size_t i = 0; i < 210; ++i)
            QVERIFY(distance(other->positions()[i], full[i]) < 1.6F);
    }

    void aPinnedNodeStaysAndGoesBackWhenLetGo_data() { bothLayouts(); }
    void aPinnedNodeStaysAndGoesBackWhenLetGo()
    {
        QFETCH(Maker, make);
        const auto layout = make();
        const auto before = placed(*layout, forest(60, 29));
        const Point pin{before[5].x + 9.0F, before[5].y - 4.0F};
        layout->pin(5, pin);
        QCOMPARE(layout->positions()[5], pin);
        settle(*layout);
        QCOMPARE(layout->positions()[5], pin);
        TopologyChange change;
        change.births.push_back({60, 5});
        layout->apply(change);
        settle(*layout);
        QCOMPARE(layout->positions()[5], pin);
        layout->pin(5, std::nullopt);
        settle(*layout);
        QVERIFY(distance(layout->positions()[5], pin) > 1.0F);
        QVERIFY(allFinite(layout->positions()));
    }
};

QTEST_GUILESS_MAIN(TstLayouts)
#include "tst_layouts.moc"
