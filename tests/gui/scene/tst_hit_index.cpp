// Picking: what is seen under the pointer is what is got.
#include "gui/scene/hit_index.h"

#include <QTest>

#include <random>

using namespace exitwave::scene;
using exitwave::graph::noNode;

class TstHitIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsUnderThePointerOfAnEmptyPicture()
    {
        HitIndex index;
        QCOMPARE(index.at({10, 10}), noNode);
        index.rebuild({});
        QCOMPARE(index.at({10, 10}), noNode);
        QVERIFY(index.within({0, 0}, {100, 100}).empty());
    }

    void aMarkIsHitInsideAndALittleAround()
    {
        HitIndex index;
        index.rebuild({{{100, 100}, 10, 7}});
        QCOMPARE(index.at({100, 100}), 7U);
        QCOMPARE(index.at({113, 100}), 7U);
        QCOMPARE(index.at({115, 100}), noNode);
        QCOMPARE(index.at({113, 100}, 1.0F), noNode);
    }

    void insideASmallMarkBeatsNearALargeOne()
    {
        HitIndex index;
        index.rebuild({{{100, 100}, 20, 1}, {{126, 100}, 4, 2}});
        QCOMPARE(index.at({125, 100}), 2U);
        QCOMPARE(index.at({105, 100}), 1U);
    }

    void itAgreesWithLookingAtEveryMark()
    {
        constexpr std::uint32_t seed = 31;
        std::mt19937 random(seed);
        std::uniform_real_distribution<float> place(-40, 900);
        std::uniform_real_distribution<float> size(1, 24);
        std::vector<DrawList::Hit> hits;
        for (std::uint32_t i = 0; i < 3000; ++i)
            hits.push_back({{place(random), place(random)}, size(random), i});
        HitIndex index;
        index.rebuild(hits);
        for (int query = 0; query < 500; ++query) {
            const Vec2 point{place(random), place(random)};
            NodeIndex expected = noNode;
            float best = 4.0F;
            for (const DrawList::Hit& hit : hits) {
                const float distance
                    = std::hypot(hit.center.x - point.x, hit.center.y - point.y) - hit.radius;
                if (distance <= best) {
                    best = distance;
                    expected = hit.node;
                }
            }
            QVERIFY2(index.at(point) == expected, "seed 31");
        }
    }

    void aRectangleFindsTheCentresInIt()
    {
        HitIndex index;
        index.rebuild({{{10, 10}, 5, 3}, {{50, 50}, 5, 1}, {{200, 10}, 5, 2}});
        QCOMPARE(index.within({60, 60}, {0, 0}), (std::vector<NodeIndex>{1, 3}));
    }
};

QTEST_GUILESS_MAIN(TstHitIndex)
#include "tst_hit_index.moc"
