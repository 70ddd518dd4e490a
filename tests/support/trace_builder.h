// TraceBuilder: events for tests, written as a person would tell them.
#pragma once

#include "runtime/term/exit_reason.h"
#include "runtime/term/term.h"
#include "runtime/trace/event_source.h"

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace exitwave::testing {

/// The process with the pid <0.N.0>.
inline trace::ProcessKey pid(std::uint32_t number)
{
    return trace::ProcessKey(number);
}

/// {%RuntimeError{message: message}, [a frame in demo.exs, line 31]}, as an uncaught raise leaves
/// it.
inline term::Term raised(std::string_view message)
{
    const term::StackFrame frame = term::scriptFrame("demo.exs", 31, 0, true);
    return term::errorReason(term::Term::exception("RuntimeError", message),
                             term::stackTerm({&frame, 1}));
}

/// Appends events to `batch`, one microsecond apart. Every function is one event, save those that
/// say otherwise.
class TraceBuilder
{
public:
    trace::Batch batch;

    trace::TermId term(const term::Term& value)
    {
        batch.terms.push_back({trace::TermId(++m_lastTerm), value});
        return trace::TermId(m_lastTerm);
    }
    trace::Event& add(trace::EventType type, trace::ProcessKey process, trace::ProcessKey peer = {})
    {
        trace::Event event;
        event.type = type;
        event.time = base::Timestamp{m_time += 1000};
        event.process = process;
        event.peer = peer;
        batch.events.push_back(event);
        return batch.events.back();
    }
    void spawn(std::uint32_t process, std::uint32_t parent = 0, std::string_view label = {})
    {
        trace::TermId info;
        if (!label.empty())
            info = term(term::Term::map({{term::Term::atom("label"), term::Term::binary(label)},
                                         {term::Term::atom("initial_call"),
                                          term::Term::tuple({term::Term::atom("Elixir.Worker"),
                                                             term::Term::atom("run"),
                                                             term::Term::integer(1)})}}));
        add(trace::EventType::ProcessSpawned, pid(process), pid(parent)).term = info;
    }
    void name(std::uint32_t process, std::string_view atom)
    {
        const trace::TermId id = term(term::Term::atom(atom));
        add(trace::EventType::NameRegistered, pid(process)).term = id;
    }
    void half(std::uint32_t of,
              std::uint32_t to,
              bool present = true,
              trace::LinkSide side = trace::LinkSide::Caller)
    {
        auto& event = add(
            present ? trace::EventType::Linked : trace::EventType::Unlinked, pid(of), pid(to));
        event.how = static_cast<std::uint8_t>(side);
    }
    /// Two events: both halves.
    void link(std::uint32_t a, std::uint32_t b)
    {
        half(a, b);
        half(b, a, true, trace::LinkSide::Receiver);
    }
    void monitor(std::uint32_t from, std::uint32_t to, std::uint64_t ref)
    {
        add(trace::EventType::Monitored, pid(from), pid(to)).id = ref;
    }
    void trap(std::uint32_t process, bool on = true)
    {
        add(trace::EventType::TrapExitSet, pid(process)).how = on ? 1 : 0;
    }
    void exit(std::uint32_t process,
              const term::Term& reason,
              trace::ExitKind kind,
              std::uint64_t cause = 0)
    {
        const trace::TermId id = term(reason);
        auto& event = add(trace::EventType::ProcessExited, pid(process));
        event.term = id;
        event.how = static_cast<std::uint8_t>(kind);
        event.cause = trace::SignalId(cause);
    }
    void signal(std::uint64_t id,
                std::uint32_t from,
                std::uint32_t to,
                const term::Term& reason,
                trace::SignalOrigin origin = trace::SignalOrigin::Link,
                std::uint64_t cause = 0)
    {
        const trace::TermId termId = term(reason);
        auto& event = add(trace::EventType::ExitSignalSent, pid(from), pid(to));
        event.id = id;
        event.term = termId;
        event.how = static_cast<std::uint8_t>(origin);
        event.cause = trace::SignalId(cause);
    }
    void deliver(std::uint64_t id,
                 std::uint32_t to,
                 std::uint32_t from,
                 const term::Term& reason,
                 trace::SignalOutcome outcome)
    {
        const trace::TermId termId = term(reason);
        auto& event = add(trace::EventType::ExitSignalDelivered, pid(to), pid(from));
        event.id = id;
        event.term = termId;
        event.how = static_cast<std::uint8_t>(outcome);
    }
    /// 1 is linked to 2, 2 to 3; 3 traps exits. 1 raises "oops": 2 dies with it, 3 is told. Sixteen
    /// events.
    void crashOfThree()
    {
        const term::Term oops = raised("oops");
        spawn(1, 0, "worker 1");
        spawn(2, 1, "worker 2");
        spawn(3, 1, "worker 3");
        link(1, 2);
        link(2, 3);
        trap(3);
        exit(1, oops, trace::ExitKind::Error);
        signal(11, 1, 2, oops);
        deliver(11, 2, 1, oops, trace::SignalOutcome::Terminated);
        exit(2, oops, trace::ExitKind::Signal, 11);
        signal(12, 2, 3, oops, trace::SignalOrigin::Link, 11);
        deliver(12, 3, 2, oops, trace::SignalOutcome::Message);
        add(trace::EventType::TraceEnded, {});
    }

    void setTime(std::int64_t ns) { m_time = ns; }

private:
    std::int64_t m_time = 0;
    std::uint32_t m_lastTerm = 0;
};

} // namespace exitwave::testing
