// The ring between two threads: order, bounds, and nothing leaked.
#include "runtime/base/spsc_ring.h"

#include <QTest>

#include <memory>
#include <thread>
#include <vector>

using namespace exitwave::base;

namespace {

/// Counts how many of it are alive.
struct Counted
{
    explicit Counted(int number, int& alive) : value(number), count(&alive) { ++*count; }
    Counted(Counted&& other) noexcept : value(other.value), count(other.count) { ++*count; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() { --*count; }

    int value;
    int* count;
};

} // namespace

class SpscRingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void capacityIsAPowerOfTwo()
    {
        QCOMPARE(SpscRing<int>(5).capacity(), std::size_t{8});
        QCOMPARE(SpscRing<int>(8).capacity(), std::size_t{8});
        QCOMPARE(SpscRing<int>(0).capacity(), std::size_t{2});
    }

    void recordsComeOutInOrderAcrossTheEdge()
    {
        SpscRing<int> ring(4);
        int next = 0;
        int expected = 0;
        for (int round = 0; round < 10; ++round) {
            while (ring.tryPush(int{next}))
                ++next;
            QCOMPARE(ring.size(), std::size_t{4});
            const std::size_t taken = ring.peek().size();
            QVERIFY(taken > 0);
            for (const int value : ring.peek())
                QCOMPARE(value, expected++);
            ring.pop(taken);
            if (round % 2 == 0 && !ring.peek().empty()) { // leave the ring turned
                QCOMPARE(ring.peek().front(), expected++);
                ring.pop(1);
            }
        }
        while (const std::size_t left = ring.peek().size()) {
            for (const int value : ring.peek())
                QCOMPARE(value, expected++);
            ring.pop(left);
        }
        QCOMPARE(expected, next);
    }

    void aFullRingLeavesTheRecordWithTheProducer()
    {
        SpscRing<std::unique_ptr<int>> ring(2);
        QVERIFY(ring.tryPush(std::make_unique<int>(1)));
        QVERIFY(ring.tryPush(std::make_unique<int>(2)));
        auto third = std::make_unique<int>(3);
        QVERIFY(!ring.tryPush(std::move(third)));
        QVERIFY(third != nullptr);
        QCOMPARE(*third, 3);
        QCOMPARE(*ring.peek().front(), 1);
        ring.pop(1);
        QVERIFY(ring.tryPush(std::move(third)));
        QVERIFY(third == nullptr);
    }

    void recordsAreDestroyedOnceEach()
    {
        int alive = 0;
        {
            SpscRing<Counted> ring(8);
            for (int i = 0; i < 6; ++i)
                QVERIFY(ring.tryPush(Counted(i, alive)));
            QCOMPARE(alive, 6);
            QCOMPARE(ring.peek().size(), std::size_t{6});
            ring.pop(2);
            QCOMPARE(alive, 4);
        }
        QCOMPARE(alive, 0);
    }

    void twoThreadsLoseAndRepeatNothing()
    {
        constexpr int count = 200'000;
        SpscRing<std::unique_ptr<int>> ring(64);
        std::thread producer([&ring] {
            for (int i = 0; i < count; ++i) {
                auto record = std::make_unique<int>(i);
                while (!ring.tryPush(std::move(record)))
                    std::this_thread::yield();
            }
        });
        int expected = 0;
        int wrong = 0;
        while (expected < count) {
            const auto records = ring.peek();
            for (const auto& record : records)
                wrong += *record == expected++ ? 0 : 1;
            if (records.empty())
                std::this_thread::yield();
            ring.pop(records.size());
        }
        producer.join();
        QCOMPARE(wrong, 0);
        QVERIFY(ring.peek().empty());
    }
};

QTEST_GUILESS_MAIN(SpscRingTest)
#include "tst_spsc_ring.moc"
