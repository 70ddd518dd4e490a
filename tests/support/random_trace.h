// RandomTrace: events of a random but consistent program, for tests that need many.
#pragma once

#include "runtime/term/term.h"
#include "runtime/trace/event.h"
#include "runtime/trace/event_source.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace exitwave::test {

/// Spawns, links, unlinks, registers, sends, traps and kills at random; deaths send exit signals
/// that are delivered as the receiver's flag says. The same seed gives the same events. One thread.
class RandomTrace
{
public:
    explicit RandomTrace(std::uint64_t seed) : m_random(seed)
    {
        for (const char* text :
             {"started", "normal", "kill", "killed", "boom", "worker", "app_sup", "hello"})
            define(term::Term::atom(text));
        define(term::Term::tuple(
            {term::Term::exception("RuntimeError", "oops"), term::Term::emptyList()}));
        emit(trace::EventType::TraceStarted, {}, {}, 1);
        spawn({});
    }

    /// At least `count` more events, ending between two deeds.
    void run(std::size_t count)
    {
        const std::size_t goal = m_batch.events.size() + count;
        while (m_batch.events.size() < goal)
            deed();
    }
    /// Everything since the last call.
    trace::Batch take()
    {
        trace::Batch batch = std::move(m_batch);
        m_batch = {};
        return batch;
    }
    std::int64_t now() const { return m_now; }

private:
    struct Process
    {
        trace::ProcessKey key;
        bool alive = true;
        bool traps = false;
        std::vector<std::size_t> links;
    };

    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(m_random() % bound); }
    void define(term::Term value)
    {
        m_batch.terms.push_back({trace::TermId{++m_terms}, std::move(value)});
    }
    trace::Event& emit(trace::EventType type,
                       trace::ProcessKey process,
                       trace::ProcessKey peer,
                       std::uint32_t term = 0,
                       std::uint8_t how = 0)
    {
        m_now += static_cast<std::int64_t>(
            below(1'000'000)); // some at the same time, up to 1 ms apart
        trace::Event event;
        event.time = {m_now};
        event.type = type;
        event.process = process;
        event.peer = peer;
        event.term = trace::TermId{term};
        event.how = how;
        m_batch.events.push_back(event);
        return m_batch.events.back();
    }
    std::size_t spawn(trace::ProcessKey parent)
    {
        Process process;
        process.key = trace::ProcessKey{100 + m_processes.size()};
        m_processes.push_back(process);
        emit(trace::EventType::ProcessSpawned, process.key, parent);
        return m_processes.size() - 1;
    }
    void link(std::size_t a, std::size_t b)
    {
        auto& links = m_processes[a].links;
        if (a == b || std::find(links.begin(), links.end(), b) != links.end())
            return;
        links.push_back(b);
        m_processes[b].links.push_back(a);
        emit(trace::EventType::Linked, m_processes[a].key, m_processes[b].key, 0, 0);
        emit(trace::EventType::Linked, m_processes[b].key, m_processes[a].key, 0, 1);
    }
    void forget(std::size_t of, std::size_t peer)
    {
        auto& links = m_processes[of].links;
        links.erase(std::remove(links.begin(), links.end(), peer), links.end());
    }
    void die(std::size_t index, std::uint32_t reason, trace::ExitKind how, std::uint64_t cause)
    {
        Process& process = m_processes[index];
        process.alive = false;
        trace::Event& exit = emit(trace::EventType::ProcessExited,
                                  process.key,
                                  {},
                                  reason,
                                  static_cast<std::uint8_t>(how));
        exit.cause = trace::SignalId{cause};
        const std::vector<std::size_t> links = std::exchange(process.links, {});
        std::vector<std::uint64_t> signals;
        for (const std::size_t peer : links) {
            trace::Event& sent = emit(
                trace::EventType::ExitSignalSent, process.key, m_processes[peer].key, reason, 0);
            sent.id = ++m_signals;
            sent.cause = trace::SignalId{cause};
            signals.push_back(m_signals);
            forget(peer, index);
        }
        for (std::size_t at = 0; at < links.size(); ++at)
            deliver(links[at], m_processes[index].key, reason, signals[at]);
    }
    void deliver(std::size_t to, trace::ProcessKey from, std::uint32_t reason, std::uint64_t signal)
    {
        Process& process = m_processes[to];
        const auto outcome = !process.alive ? trace::SignalOutcome::Noproc
            : process.traps                 ? trace::SignalOutcome::Message
            : reason == normal              ? trace::SignalOutcome::Ignored
                                            : trace::SignalOutcome::Terminated;
        trace::Event& delivered = emit(trace::EventType::ExitSignalDelivered,
                                       process.key,
                                       from,
                                       reason,
                                       static_cast<std::uint8_t>(outcome));
        delivered.id = signal;
        if (outcome == trace::SignalOutcome::Terminated)
            die(to, reason, trace::ExitKind::Signal, signal);
    }
    void deed()
    {
        std::vector<std::size_t> alive;
        for (std::size_t index = m_processes.size() > 64 ? m_processes.size() - 64 : 0;
             index < m_processes.size();
             ++index) {
            if (m_processes[index].alive)
                alive.push_back(index);
        }
        if (alive.size() < 2) {
            const std::size_t child = spawn(m_processes[below(m_processes.size())].key);
            link(child, spawn(m_processes[child].key));
            return;
        }
        const std::size_t one = alive[below(alive.size())];
        const std::size_t other = alive[below(alive.size())];
        switch (below(12)) {
        case 0:
        case 1: {
            const std::size_t child = spawn(m_processes[one].key);
            if (below(2) == 0)
                link(one, child);
            break;
        }
        case 2:
            link(one, other);
            break;
        case 3:
            m_processes[one].traps = below(2) == 0;
            emit(trace::EventType::TrapExitSet,
                 m_processes[one].key,
                 {},
                 0,
                 m_processes[one].traps ? 1 : 0);
            break;
        case 4:
            emit(trace::EventType::NameRegistered, m_processes[one].key, {}, below(2) == 0 ? 6 : 7);
            break;
        case 5:
            if (below(3) == 0)
                die(one, normal, trace::ExitKind::Returned, 0);
            else
                die(one, crash, trace::ExitKind::Error, 0);
            break;
        case 6:
            emit(trace::EventType::Loss, {}, {}).id = 1 + below(50);
            break;
        default: {
            const std::uint64_t signal = ++m_signals;
            emit(trace::EventType::MessageSent, m_processes[one].key, m_processes[other].key, 8).id
                = signal;
            emit(trace::EventType::MessageReceived, m_processes[other].key, m_processes[one].key, 8)
                .id
                = signal;
            break;
        }
        }
    }

    static constexpr std::uint32_t normal = 2;
    static constexpr std::uint32_t crash = 9;

    std::mt19937_64 m_random;
    trace::Batch m_batch;
    std::vector<Process> m_processes;
    std::uint32_t m_terms = 0;
    std::uint64_t m_signals = 0;
    std::int64_t m_now = 0;
};

} // namespace exitwave::test
