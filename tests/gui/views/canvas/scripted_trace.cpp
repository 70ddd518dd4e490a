#include "tests/gui/views/canvas/scripted_trace.h"

#include "runtime/term/term.h"

#include <algorithm>
#include <utility>

namespace exitwave::tests {

using trace::EventType;

ScriptedTrace::ScriptedTrace()
{
    event(EventType::TraceStarted, {}).term = term(term::Term::map({}));
}

trace::TermId ScriptedTrace::term(const term::Term& value)
{
    const trace::TermId id{m_nextTerm++};
    m_batch.terms.push_back({id, value});
    return id;
}

trace::Event& ScriptedTrace::event(EventType type, Key process, Key peer)
{
    constexpr std::int64_t microsecond = 1000;
    m_time += microsecond;
    trace::Event made;
    made.type = type;
    made.process = process;
    made.peer = peer;
    made.time = base::Timestamp{m_time};
    m_batch.events.push_back(made);
    return m_batch.events.back();
}

ScriptedTrace::Key ScriptedTrace::spawn(Key parent, std::string_view name, bool linked)
{
    const Key key{m_nextKey++};
    trace::Event& born = event(EventType::ProcessSpawned, key, parent);
    born.how
        = static_cast<std::uint8_t>(linked ? trace::SpawnKind::SpawnLink : trace::SpawnKind::Spawn);
    if (linked) {
        link(parent, key);
    }
    if (!name.empty()) {
        const trace::TermId id = term(term::Term::atom(name));
        event(EventType::NameRegistered, key).term = id;
    }
    return key;
}

void ScriptedTrace::link(Key a, Key b)
{
    event(EventType::Linked, a, b).how = static_cast<std::uint8_t>(trace::LinkSide::Caller);
    event(EventType::Linked, b, a).how = static_cast<std::uint8_t>(trace::LinkSide::Receiver);
}

void ScriptedTrace::monitor(Key watcher, Key watched)
{
    event(EventType::Monitored, watcher, watched).id = m_nextSignal++;
}

void ScriptedTrace::trapExit(Key process)
{
    event(EventType::TrapExitSet, process).how = static_cast<std::uint8_t>(trace::TrapExit::On);
}

void ScriptedTrace::message(Key from, Key to, std::string_view text)
{
    const std::uint64_t id = m_nextSignal++;
    const trace::TermId what = term(term::Term::binary(text));
    trace::Event& sent = event(EventType::MessageSent, from, to);
    sent.id = id;
    sent.term = what;
    trace::Event& received = event(EventType::MessageReceived, to, from);
    received.id = id;
    received.term = what;
}

void ScriptedTrace::send(Key from, Key to, trace::SignalId cause)
{
    const trace::SignalId id{m_nextSignal++};
    trace::Event& sent = event(EventType::ExitSignalSent, from, to);
    sent.id = id.value;
    sent.cause = cause;
    sent.term = m_reason;
    sent.how = static_cast<std::uint8_t>(trace::SignalOrigin::Link);
    m_flights.push_back({from, to, id});
}

void ScriptedTrace::crash(Key process, std::string_view message, std::initializer_list<Key> linked)
{
    m_reason = term(term::Term::tuple(
        {term::Term::exception("RuntimeError", message), term::Term::emptyList()}));
    trace::Event& died = event(EventType::ProcessExited, process);
    died.term = m_reason;
    died.how = static_cast<std::uint8_t>(trace::ExitKind::Error);
    for (const Key to : linked) {
        send(process, to, {});
    }
}

trace::SignalId ScriptedTrace::arrived(Key from, Key to)
{
    const auto found = std::find_if(m_flights.rbegin(), m_flights.rend(), [&](const Flight& f) {
        return f.from == from && f.to == to;
    });
    const trace::SignalId id = found->id;
    m_flights.erase(std::next(found).base());
    return id;
}

void ScriptedTrace::land(Key from, Key to, std::initializer_list<Key> linked)
{
    const trace::SignalId id = arrived(from, to);
    trace::Event& delivered = event(EventType::ExitSignalDelivered, to, from);
    delivered.id = id.value;
    delivered.term = m_reason;
    delivered.how = static_cast<std::uint8_t>(trace::SignalOutcome::Terminated);
    trace::Event& died = event(EventType::ProcessExited, to);
    died.cause = id;
    died.term = m_reason;
    died.how = static_cast<std::uint8_t>(trace::ExitKind::Signal);
    for (const Key next : linked) {
        send(to, next, id);
    }
}

void ScriptedTrace::absorb(Key from, Key to)
{
    trace::Event& delivered = event(EventType::ExitSignalDelivered, to, from);
    delivered.id = arrived(from, to).value;
    delivered.term = m_reason;
    delivered.how = static_cast<std::uint8_t>(trace::SignalOutcome::Message);
}

void ScriptedTrace::kill(Key process)
{
    const trace::TermId killed = term(term::Term::atom("killed"));
    trace::Event& died = event(EventType::ProcessExited, process);
    died.term = killed;
    died.how = static_cast<std::uint8_t>(trace::ExitKind::Kill);
}

void ScriptedTrace::finish(Key process)
{
    const trace::TermId normal = term(term::Term::atom("normal"));
    trace::Event& died = event(EventType::ProcessExited, process);
    died.term = normal;
    died.how = static_cast<std::uint8_t>(trace::ExitKind::Returned);
}

void ScriptedTrace::wait(std::int64_t milliseconds)
{
    constexpr std::int64_t perMillisecond = 1'000'000;
    m_time += milliseconds * perMillisecond;
}

trace::Batch ScriptedTrace::take()
{
    return std::exchange(m_batch, {});
}

void ScriptedSource::push(trace::Batch batch)
{
    std::move(batch.terms.begin(), batch.terms.end(), std::back_inserter(m_waiting.terms));
    std::move(batch.events.begin(), batch.events.end(), std::back_inserter(m_waiting.events));
    if (m_wake) {
        m_wake();
    }
}

void ScriptedSource::end()
{
    m_state = trace::SourceState::Ended;
    if (m_wake) {
        m_wake();
    }
}

base::Result<void> ScriptedSource::start(Wake wake)
{
    m_wake = std::move(wake);
    m_state = trace::SourceState::Live;
    m_wake();
    return {};
}

bool ScriptedSource::take(trace::Batch& out, std::size_t /*maxEvents*/)
{
    out = std::exchange(m_waiting, {});
    return false;
}

void ScriptedSource::request(trace::Command command)
{
    trace::Answer answer;
    answer.id = command.id;
    answer.text = "This trace was written beforehand; nothing can be asked of it.";
    m_waiting.answers.push_back(std::move(answer));
    m_wake();
}

void ScriptedSource::stop()
{
    m_state = trace::SourceState::Ended;
}

trace::SourceInfo ScriptedSource::info() const
{
    trace::SourceInfo info;
    info.title = "scripted";
    info.program = "test";
    return info;
}

ServiceTree serviceTree(ScriptedTrace& trace)
{
    ServiceTree tree;
    tree.app = trace.spawn({}, "app_sup");
    tree.pool = trace.spawn(tree.app, "pool_sup");
    tree.cache = trace.spawn(tree.app, "cache_sup");
    tree.web = trace.spawn(tree.app, "web_sup");
    tree.metrics = trace.spawn(tree.app, "metrics");
    constexpr std::array names{"worker 1", "worker 2", "worker 3", "worker 4", "worker 5"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        tree.workers[i] = trace.spawn(tree.pool, names[i]);
    }
    for (int i = 0; i < 12; ++i) {
        trace.spawn(tree.cache);
    }
    for (int i = 0; i < 16; ++i) {
        trace.spawn(tree.web);
    }
    trace.link(tree.workers[0], tree.workers[1]);
    trace.link(tree.workers[1], tree.workers[2]);
    trace.trapExit(tree.workers[2]);
    trace.monitor(tree.workers[3], tree.metrics);
    return tree;
}

} // namespace exitwave::tests
