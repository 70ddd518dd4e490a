// Workers driven by hand, one turn at a time, on one thread: what they write must stand in the
// order in which it was done.
#include "runtime/actor/body.h"
#include "runtime/actor/core.h"
#include "tests/support/record_sink.h"

#include <QTest>

using namespace exitwave;
using actor::Self;
using actor::Task;
using trace::EventType;

namespace {

/// Two workers whose clock stands still until told. The scheduler is never started.
struct Workshop
{
    Workshop() : core(options()) {}

    actor::SystemOptions options()
    {
        actor::SystemOptions made;
        made.workers = 2;
        made.clock = &clock;
        made.sink = &sink;
        return made;
    }

    /// A process in nobody's queue.
    template<class Function>
    term::Pid make(actor::Worker& worker, Function function)
    {
        const std::uint32_t index = worker.prepare(actor::makeBody(function).release());
        const term::Pid pid = core.table.pidOf(index);
        core.table.at(index).inbox.open(pid.generation);
        return pid;
    }

    base::VirtualClock clock;
    support::RecordSink sink;
    actor::SystemCore core;
};

Task<void> trapAndWait(Self& self)
{
    co_await self.setTrapExit(true);
    co_await self.receive([](const term::Term&) { return false; });
}

actor::Signal* killSignal(actor::Worker& worker)
{
    auto* signal = actor::poolNew<actor::Signal>();
    signal->kind = actor::SignalKind::Exit;
    signal->id = worker.nextId();
    signal->term = term::atoms::kill;
    return signal;
}

} // namespace

class TestWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aProcessWokenByAnotherWorkerGoesOnLaterThanItStopped()
    {
        Workshop shop;
        actor::Worker& ahead = *shop.core.workers[0];
        actor::Worker& behind = *shop.core.workers[1];
        const term::Pid other = shop.make(behind, trapAndWait);
        behind.runSlice(other.index); // its stamp is 0, and it takes none for some slices
        shop.clock.advance(base::Duration{100});
        const term::Pid pid = shop.make(ahead, trapAndWait);
        ahead.runSlice(pid.index); // sets the flag at 100, waits

        behind.sendNow(pid, killSignal(behind));
        QCOMPARE(behind.queue.size(), std::size_t(1));
        behind.runSlice(behind.queue.pop());

        std::vector<EventType> done;
        for (const trace::Record& record : shop.sink.take())
            if (record.process.value == pid.packed())
                done.push_back(record.type);
        const std::vector<EventType> expected{
            EventType::TrapExitSet, EventType::ExitSignalDelivered, EventType::ProcessExited};
        QVERIFY(done == expected);
    }

    void aProcessWokenByTheWorkerItRanOnNeedsNoNewStamp()
    {
        Workshop shop;
        actor::Worker& worker = *shop.core.workers[0];
        const term::Pid pid = shop.make(worker, trapAndWait);
        worker.runSlice(pid.index);
        shop.clock.advance(base::Duration{100});
        worker.sendNow(pid, killSignal(worker));
        worker.runSlice(worker.queue.pop());
        for (const trace::Record& record : shop.sink.take())
            QCOMPARE(record.stamp, std::int64_t(0)); // looking at the clock costs more than sending
    }
};

QTEST_GUILESS_MAIN(TestWorker)
#include "tst_worker.moc"
