// One pass over a trace.
#include "tests/runtime/actor/trace_check.h"

#include "runtime/term/pid.h"

#include <unordered_map>
#include <unordered_set>

namespace exitwave::society {

using trace::EventType;
using trace::Record;

namespace {

class Checker
{
public:
    TraceSummary summary;

    void see(const Record& record)
    {
        m_position++;
        switch (record.type) {
        case EventType::ProcessSpawned:
            ++summary.spawned;
            expect(m_born.insert(record.process.value).second, record, "spawned twice");
            if (record.peer.value != 0)
                expectLiving(record.peer.value, record);
            break;
        case EventType::ProcessExited:
            ++summary.exited;
            expectLiving(record.process.value, record);
            m_dead.insert(record.process.value);
            if (record.cause.value != 0)
                expect(m_fatal[record.process.value] == record.cause.value,
                       record,
                       "the cause is not the signal that was delivered as fatal");
            break;
        case EventType::MessageSent:
            ++summary.messagesSent;
            ++summary.waiting[record.peer.value];
            seeNumber(record);
            expectLiving(record.process.value, record);
            expect(m_sent.insert(record.id).second, record, "a signal id was used twice");
            break;
        case EventType::ExitSignalSent:
            seeExitSent(record);
            break;
        case EventType::ExitSignalDelivered:
            expect(m_sent.count(record.id) != 0, record, "delivered before it was sent");
            expect(m_delivered.insert(record.id).second, record, "delivered twice");
            if (record.how == static_cast<std::uint8_t>(trace::SignalOutcome::Terminated))
                m_fatal[record.process.value] = record.id;
            if (record.how == static_cast<std::uint8_t>(trace::SignalOutcome::Noproc))
                expect(m_dead.count(record.process.value) != 0
                           || m_born.count(record.process.value) == 0,
                       record,
                       "noproc for a living process");
            else
                expectLiving(record.process.value, record);
            break;
        case EventType::MessageReceived:
            expectLiving(record.process.value, record);
            if (record.how == static_cast<std::uint8_t>(trace::MessageKind::Ordinary)) {
                ++summary.messagesReceived;
                --summary.waiting[record.process.value];
                expect(m_sent.count(record.id) != 0, record, "received before it was sent");
            }
            break;
        case EventType::NameUnregistered:
            break;
        case EventType::Linked:
        case EventType::Unlinked:
        case EventType::Monitored:
        case EventType::Demonitored:
        case EventType::MonitorFired:
        case EventType::TrapExitSet:
        case EventType::CrashLogged:
        case EventType::NameRegistered:
            expectLiving(record.process.value, record);
            break;
        default:
            break;
        }
    }

private:
    /// Members of the society send how many actions they still have.
    void seeNumber(const Record& record)
    {
        if (!record.term.isInteger())
            return;
        const std::int64_t number = record.term.asInteger();
        const auto [last, first] = m_numbers.emplace(record.process.value, number);
        expect(first || number < last->second, record, "before what it did earlier");
        last->second = number;
    }

    void seeExitSent(const Record& record)
    {
        expect(m_sent.insert(record.id).second, record, "a signal id was used twice");
        const auto origin = static_cast<trace::SignalOrigin>(record.how);
        if (origin == trace::SignalOrigin::Link)
            expect(m_dead.count(record.process.value) != 0, record, "an exit before the death");
        else if (origin != trace::SignalOrigin::Noproc && record.process.value != 0)
            expectLiving(record.process.value, record);
        if (record.cause.value != 0)
            expect(m_delivered.count(record.cause.value) != 0, record, "the cause comes later");
    }

    void expectLiving(std::uint64_t process, const Record& record)
    {
        expect(m_born.count(process) != 0, record, "done before it was spawned");
        expect(m_dead.count(process) == 0, record, "done after its death");
    }

    void expect(bool holds, const Record& record, const char* what)
    {
        if (holds || summary.faults.size() >= 10)
            return;
        const trace::EventInfo* info = trace::eventInfo(record.type);
        summary.faults.push_back(
            "record " + std::to_string(m_position) + ", " + std::string(info ? info->text : "?")
            + " of " + term::pidText(term::Pid::fromPacked(record.process.value)) + ": " + what);
    }

    std::size_t m_position = 0;
    std::unordered_set<std::uint64_t> m_born;
    std::unordered_set<std::uint64_t> m_dead;
    std::unordered_set<std::uint64_t> m_sent;
    std::unordered_set<std::uint64_t> m_delivered;
    std::unordered_map<std::uint64_t, std::uint64_t> m_fatal;
    std::unordered_map<std::uint64_t, std::int64_t> m_numbers;
};

} // namespace

TraceSummary checkTrace(const std::vector<Record>& records)
{
    Checker checker;
    for (const Record& record : records)
        checker.see(record);
    return checker.summary;
}

} // namespace exitwave::society
