// FrameHistory: everything within the bound, and exact counts of what is gone.
#include "runtime/tracer/frame_history.h"

#include <QTest>

using namespace exitwave;
using namespace exitwave::tracer;
using trace::FrameType;

namespace {

SharedFrame
frame(FrameType type, std::size_t size, std::uint64_t firstEvent, std::uint64_t count = 0)
{
    return {std::make_shared<std::vector<std::byte>>(size), type, firstEvent, count, {}};
}

} // namespace

class FrameHistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewReaderGetsEverythingInOrder()
    {
        FrameHistory history(1000);
        history.append(frame(FrameType::Hello, 10, 0));
        history.append(frame(FrameType::Terms, 10, 0));
        history.append(frame(FrameType::Events, 10, 0, 5));
        HistoryCursor cursor;
        for (const FrameType type : {FrameType::Hello, FrameType::Terms, FrameType::Events}) {
            QVERIFY(history.hasNext(cursor));
            const FrameHistory::Step step = history.next(cursor);
            QCOMPARE(step.frame.type, type);
            QCOMPARE(step.lostEvents, 0U);
        }
        QVERIFY(!history.hasNext(cursor));
        QVERIFY(!history.next(cursor).frame.bytes);
    }

    void beyondTheBoundOldEventsGoAndTermsStay()
    {
        FrameHistory history(1000);
        history.append(frame(FrameType::Hello, 10, 0));
        for (std::uint64_t i = 0; i < 50; ++i) {
            history.append(frame(FrameType::Terms, 5, i * 7));
            history.append(frame(FrameType::Events, 100, i * 7, 7));
            QVERIFY(history.bytes() <= 1000);
        }
        HistoryCursor cursor;
        std::uint64_t lost = 0;
        std::uint64_t events = 0;
        int terms = 0;
        while (history.hasNext(cursor)) {
            const FrameHistory::Step step = history.next(cursor);
            lost += step.lostEvents;
            events += step.frame.eventCount;
            terms += step.frame.type == FrameType::Terms ? 1 : 0;
        }
        QCOMPARE(terms, 50);
        QVERIFY(lost > 0);
        QCOMPARE(lost + events, 350U);
    }

    void aReaderThatKeepsUpLosesNothing()
    {
        FrameHistory history(300);
        HistoryCursor cursor;
        for (std::uint64_t i = 0; i < 50; ++i) {
            history.append(frame(FrameType::Events, 100, i, 1));
            const FrameHistory::Step step = history.next(cursor);
            QCOMPARE(step.lostEvents, 0U);
            QCOMPARE(step.frame.firstEvent, i);
        }
    }

    void aReaderThatFallsBehindIsToldOnce()
    {
        FrameHistory history(300);
        HistoryCursor cursor;
        history.append(frame(FrameType::Events, 100, 0, 10));
        (void)history.next(cursor);
        for (std::uint64_t i = 1; i < 20; ++i)
            history.append(frame(FrameType::Events, 100, i * 10, 10));
        const FrameHistory::Step first = history.next(cursor);
        QCOMPARE(first.lostEvents, 160U);
        QCOMPARE(first.frame.firstEvent, 170U);
        QCOMPARE(history.next(cursor).lostEvents, 0U);
    }

    void whatTheOnlyReaderHasReadCanGo()
    {
        FrameHistory history(1000);
        HistoryCursor cursor;
        std::uint64_t lost = 0;
        for (std::uint64_t i = 0; i < 50; ++i) {
            history.append(frame(FrameType::Terms, 100, i));
            history.append(frame(FrameType::Events, 100, i, 1));
            while (history.hasNext(cursor))
                lost += history.next(cursor).lostEvents;
            history.forget(cursor);
            QCOMPARE(history.bytes(), 0U);
        }
        QCOMPARE(lost, 0U);
        QCOMPARE(cursor.event, 50U);
    }

    void termsAreBoundedToo()
    {
        FrameHistory history(1000);
        history.append(frame(FrameType::Hello, 10, 0));
        for (std::uint64_t i = 0; i < 100; ++i)
            history.append(frame(FrameType::Terms, 100, 0));
        QVERIFY(history.bytes() <= 1100);
        HistoryCursor cursor;
        QCOMPARE(history.next(cursor).frame.type, FrameType::Hello);
    }

    void theFirstTermsStaySoThatALossCanBeRead()
    {
        constexpr std::size_t sizeOfTheFirst = 11;
        FrameHistory history(1000);
        history.append(frame(FrameType::Hello, 10, 0));
        history.append(frame(FrameType::Terms, sizeOfTheFirst, 0));
        for (std::uint64_t i = 0; i < 100; ++i)
            history.append(frame(FrameType::Terms, 100, 0));
        HistoryCursor cursor;
        QCOMPARE(history.next(cursor).frame.type, FrameType::Hello);
        QCOMPARE(history.next(cursor).frame.size(), sizeOfTheFirst);
    }
};

QTEST_GUILESS_MAIN(FrameHistoryTest)
#include "tst_frame_history.moc"
