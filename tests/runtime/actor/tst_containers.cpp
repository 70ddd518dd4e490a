// The containers that processes and workers are made of.
#include "runtime/actor/bond_table.h"
#include "runtime/actor/delay_line.h"
#include "runtime/actor/inbox.h"
#include "runtime/actor/mailbox.h"
#include "runtime/actor/memory_pool.h"
#include "runtime/actor/run_queue.h"
#include "runtime/actor/slot_table.h"
#include "runtime/actor/timer_queue.h"

#include <QTest>

#include <algorithm>
#include <deque>
#include <map>
#include <random>
#include <thread>

using namespace exitwave;
using actor::Pid;
using actor::Signal;

class TestContainers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBondTableIsAMultimap()
    {
        // Random additions and removals beside a model, across the sizes where its form changes.
        std::minstd_rand random(42);
        qInfo("seed 42");
        actor::BondTable table;
        std::deque<Signal> halves;
        std::multimap<std::uint64_t, Signal*> model;
        for (int i = 0; i < 4000; ++i) {
            const std::uint64_t key = random() % 90;
            Signal* found = table.find(key);
            QCOMPARE(found != nullptr, model.count(key) != 0);
            if (found) {
                QCOMPARE(found->id, key);
                QVERIFY(table.at(found->position).half == found);
            }
            if (random() % 100 < (i < 2000 ? 60 : 35)) {
                Signal& half = halves.emplace_back();
                half.position = actor::noPosition;
                table.add(key, &half);
                model.emplace(key, &half);
            } else if (found) {
                table.remove(found);
                QCOMPARE(found->position, actor::noPosition);
                const auto [begin, end] = model.equal_range(key);
                model.erase(std::find_if(
                    begin, end, [&](const auto& entry) { return entry.second == found; }));
            }
            QCOMPARE(std::size_t(table.size()), model.size());
        }
    }

    void anInboxKeepsOrderAndSaysWhoSchedules()
    {
        actor::Inbox inbox;
        unsigned ranOn = 0;
        Signal signals[3];
        QVERIFY(inbox.push(&signals[0], 5, ranOn) == actor::Pushed::Dead);
        inbox.open(5);
        QVERIFY(inbox.push(&signals[0], 5, ranOn) == actor::Pushed::Queued);
        QVERIFY(!inbox.tryIdle(5, 3));
        QVERIFY(inbox.push(&signals[1], 5, ranOn) == actor::Pushed::Queued);
        QVERIFY(inbox.push(&signals[2], 4, ranOn) == actor::Pushed::Dead); // an older process
        Signal* first = inbox.take(5);
        QVERIFY(first == &signals[0] && first->next == &signals[1] && !first->next->next);
        QVERIFY(inbox.tryIdle(5, 127));
        QVERIFY(inbox.push(&signals[2], 5, ranOn) == actor::Pushed::MustSchedule);
        QCOMPARE(ranOn, 127U);
        QVERIFY(inbox.close(5) == &signals[2]);
        QVERIFY(inbox.push(&signals[0], 5, ranOn) == actor::Pushed::Dead);
        QVERIFY(!inbox.isOpen(5));
    }

    void aMailboxScansFromWhereItStopped()
    {
        actor::Mailbox mailbox;
        for (std::uint64_t i = 0; i < 5; ++i) {
            Signal* message = actor::poolNew<Signal>();
            message->id = i;
            mailbox.append(message);
        }
        int looked = 0;
        std::uint64_t wanted = 9;
        const auto isWanted = [&](const Signal& message) {
            ++looked;
            return message.id == wanted;
        };
        Signal* scanned = nullptr;
        QVERIFY(mailbox.takeFirst(isWanted, scanned) == nullptr);
        QCOMPARE(looked, 5);
        Signal* late = actor::poolNew<Signal>();
        late->id = 9;
        mailbox.append(late);
        QVERIFY(mailbox.takeFirst(isWanted, scanned) == late);
        QCOMPARE(looked, 6);
        actor::freeSignal(late);
        // Taking the last and the first keeps the ends right.
        scanned = nullptr;
        wanted = 4;
        Signal* last = mailbox.takeFirst(isWanted, scanned);
        QCOMPARE(last->id, std::uint64_t(4));
        actor::freeSignal(last);
        scanned = nullptr;
        wanted = 0;
        Signal* first = mailbox.takeFirst(isWanted, scanned);
        QCOMPARE(first->id, std::uint64_t(0));
        actor::freeSignal(first);
        QCOMPARE(mailbox.first()->id, std::uint64_t(1));
        mailbox.clear();
        QVERIFY(mailbox.first() == nullptr);
    }

    void timersFireInOrderAndCancelledOnesDoNot()
    {
        std::minstd_rand random(7);
        qInfo("seed 7");
        actor::TimerQueue queue;
        std::deque<actor::Timer> timers(300);
        std::vector<std::pair<std::int64_t, std::uint32_t>> expected;
        for (std::uint32_t i = 0; i < timers.size(); ++i) {
            const std::int64_t due = random() % 50;
            queue.set(timers[i], due, Pid{1, 0}, i);
            expected.emplace_back(due, i);
        }
        for (std::uint32_t i = 0; i < timers.size(); i += 3) {
            queue.cancel(timers[i]);
            queue.cancel(timers[i]); // does nothing
            expected.erase(std::find_if(
                expected.begin(), expected.end(), [&](const auto& e) { return e.second == i; }));
        }
        std::stable_sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) {
            return a.first < b.first;
        });
        actor::TimerQueue::Fired fired;
        QVERIFY(!queue.takeDue(-1, fired));
        for (const auto& [due, token] : expected) {
            QCOMPARE(queue.nextDue(), due);
            QVERIFY(queue.takeDue(due, fired));
            QCOMPARE(fired.token, token);
        }
        QCOMPARE(queue.nextDue(), actor::TimerQueue::never);
    }

    void aDelayLineNeverLetsSignalsOvertake()
    {
        actor::DelayLine line;
        Signal signals[3];
        QVERIFY(!line.active());
        QVERIFY(line.hold(0, Pid{1, 0}, &signals[0]) == actor::DelayLine::Hold::Not);
        line.setDelay(100);
        QVERIFY(line.hold(0, Pid{1, 0}, &signals[0]) == actor::DelayLine::Hold::First);
        line.setDelay(10); // shorter, but not before the first
        QVERIFY(line.hold(5, Pid{1, 0}, &signals[1]) == actor::DelayLine::Hold::Behind);
        std::vector<Signal*> out;
        const auto deliver
            = [&](const actor::DelayLine::Held& held) { out.push_back(held.signal); };
        QVERIFY(!line.release(99, deliver));
        QVERIFY(line.release(100, deliver));
        QVERIFY((out == std::vector<Signal*>{&signals[0], &signals[1]}));
        QVERIFY(line.hold(200, Pid{1, 0}, &signals[2]) == actor::DelayLine::Hold::First);
        line.setDelay(0);
        QVERIFY(line.active()); // until it is empty
        QVERIFY(line.release(200, deliver));
        QVERIFY(!line.active());
    }

    void aRunQueueGrowsAndGivesItsNewest()
    {
        actor::RunQueue queue;
        for (std::uint32_t i = 0; i < 300; ++i)
            queue.push(i);
        for (std::uint32_t i = 0; i < 200; ++i)
            QCOMPARE(queue.pop(), i);
        for (std::uint32_t i = 300; i < 1000; ++i)
            queue.push(i);
        std::vector<std::uint32_t> given;
        queue.popNewest(400, given);
        QCOMPARE(given.front(), 600U);
        QCOMPARE(given.back(), 999U);
        QCOMPARE(queue.popAt(3), 203U);
        std::vector<std::uint32_t> rest;
        while (!queue.empty())
            rest.push_back(queue.pop());
        QCOMPARE(rest.size(), std::size_t(399));
        std::sort(rest.begin(), rest.end());
        QVERIFY(std::adjacent_find(rest.begin(), rest.end()) == rest.end());
    }

    void slotsAreFreshFirstAndThenReusedWithTheNextGeneration()
    {
        actor::SlotTable table;
        actor::SlotTable::FreeList free;
        for (std::uint32_t i = 0; i < actor::SlotTable::freshIndices; ++i) {
            const std::uint32_t index = table.take(free);
            QCOMPARE(index, actor::SlotTable::firstIndex + i);
            table.give(free, index);
        }
        const std::uint32_t again = table.take(free);
        QVERIFY(again < table.end());
        QCOMPARE(table.pidOf(again).generation, 1U);
        QVERIFY(table.find(Pid{0, 0}) == nullptr);
        QVERIFY(table.find(Pid{table.end(), 0}) == nullptr);
        QVERIFY(!table.isAlive(Pid{again, 0}));
    }

    void thePoolServesManyThreads()
    {
        // Blocks wander: each thread releases what the one before has taken.
        std::vector<std::vector<std::pair<unsigned char*, std::size_t>>> blocks(4);
        for (std::size_t round = 0; round < 4; ++round) {
            std::vector<std::thread> threads;
            for (std::size_t t = 0; t < 4; ++t) {
                threads.emplace_back([&blocks, t] {
                    auto& mine = blocks[t];
                    for (const auto& [memory, size] : mine) {
                        // gcc alone could capture `size` itself: it is a structured binding.
                        QVERIFY(std::all_of(memory, memory + size, [fill = size % 251](auto c) {
                            return c == fill;
                        }));
                        actor::MemoryPool::release(memory, size);
                    }
                    mine.clear();
                    for (std::size_t i = 0; i < 3000; ++i) {
                        const std::size_t size = 1 + (i * 37 + t) % 1500;
                        auto* memory
                            = static_cast<unsigned char*>(actor::MemoryPool::allocate(size));
                        QCOMPARE(reinterpret_cast<std::uintptr_t>(memory) % 16, std::uintptr_t(0));
                        std::fill(memory, memory + size, static_cast<unsigned char>(size % 251));
                        mine.emplace_back(memory, size);
                    }
                });
            }
            for (std::thread& thread : threads)
                thread.join();
            std::rotate(blocks.begin(), blocks.begin() + 1, blocks.end());
        }
        for (const auto& mine : blocks) {
            for (const auto& [memory, size] : mine)
                actor::MemoryPool::release(memory, size);
        }
    }
};

QTEST_GUILESS_MAIN(TestContainers)
#include "tst_containers.moc"
