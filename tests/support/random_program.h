// RandomProgram: event sequences for properties, from a seed.
#pragma once

#include "tests/support/trace_builder.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace exitwave::testing {

/// A program that a runtime could have run: processes spawn, link, monitor, trap, send and die;
/// exit signals follow the links and are handled later, in the order of their sending.
class RandomProgram
{
public:
    explicit RandomProgram(std::uint64_t seed) : m_random(seed) { spawn(0); }

    /// Appends at least `count` further events.
    void run(std::size_t count)
    {
        const std::size_t until = build.batch.events.size() + count;
        while (build.batch.events.size() < until)
            step();
    }
    TraceBuilder build;

private:
    struct Process
    {
        bool alive = true;
        bool traps = false;
        std::vector<std::uint32_t> links;
    };
    struct Signal
    {
        std::uint64_t id;
        std::uint32_t from;
        std::uint32_t to;
        bool kill;
        bool overLink;
    };

    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(m_random() % limit); }
    std::uint32_t any() { return static_cast<std::uint32_t>(below(m_processes.size())) + 1; }
    Process& at(std::uint32_t process) { return m_processes[process - 1]; }
    void spawn(std::uint32_t parent)
    {
        m_processes.emplace_back();
        build.spawn(static_cast<std::uint32_t>(m_processes.size()), parent);
    }
    static void forget(Process& process, std::uint32_t peer)
    {
        process.links.erase(std::remove(process.links.begin(), process.links.end(), peer),
                            process.links.end());
    }
    void step()
    {
        const std::uint32_t self = any();
        if (!at(self).alive) {
            if (below(4) == 0)
                spawn(0);
            return handleOne();
        }
        const std::uint32_t other = any();
        switch (below(12)) {
        case 0:
        case 1:
            return spawn(self);
        case 2:
        case 3:
            return linkTo(self, other);
        case 4:
            return build.trap(self, at(self).traps = below(2) == 0);
        case 5:
            return build.monitor(self, other, ++m_lastRef);
        case 6: {
            if (m_lastRef == 0)
                return;
            auto& event = build.add(trace::EventType::Demonitored, pid(self), pid(other));
            event.id = 1 + below(m_lastRef);
            return;
        }
        case 7: {
            build.add(trace::EventType::MessageSent, pid(self), pid(other)).id = ++m_lastSignal;
            return;
        }
        case 8: {
            if (below(3) == 0)
                die(self, trace::ExitKind::Error, 0);
            return;
        }
        case 9: {
            if (below(3) == 0)
                send(self, other, below(2) == 0, false, 0);
            return;
        }
        default:
            return handleOne();
        }
    }
    void linkTo(std::uint32_t self, std::uint32_t other)
    {
        if (self == other || !at(other).alive)
            return;
        const auto& links = at(self).links;
        if (std::find(links.begin(), links.end(), other) != links.end()) {
            build.half(self, other, false);
            build.half(other, self, false, trace::LinkSide::Receiver);
            forget(at(self), other);
            forget(at(other), self);
            return;
        }
        at(self).links.push_back(other);
        at(other).links.push_back(self);
        build.link(self, other);
    }
    term::Term reasonOf(bool kill)
    {
        return kill ? term::Term(term::atoms::kill) : term::Term::atom("boom");
    }
    void send(std::uint32_t from, std::uint32_t to, bool kill, bool overLink, std::uint64_t cause)
    {
        const auto origin = overLink ? trace::SignalOrigin::Link
            : kill                   ? trace::SignalOrigin::Kill
                                     : trace::SignalOrigin::ExitCall;
        m_signals.push_back({++m_lastSignal, from, to, kill, overLink});
        build.signal(m_lastSignal, from, to, reasonOf(kill), origin, cause);
    }
    void die(std::uint32_t self, trace::ExitKind kind, std::uint64_t cause)
    {
        at(self).alive = false;
        build.exit(
            self, term::Term::atom(kind == trace::ExitKind::Kill ? "killed" : "boom"), kind, cause);
        for (const std::uint32_t peer : std::exchange(at(self).links, {}))
            send(self, peer, false, true, cause);
    }
    void handleOne()
    {
        if (m_signals.empty())
            return;
        const Signal signal = m_signals.front();
        m_signals.erase(m_signals.begin());
        const auto outcome = [&](trace::SignalOutcome what) {
            build.deliver(signal.id, signal.to, signal.from, reasonOf(signal.kill), what);
        };
        Process& process = at(signal.to);
        if (!process.alive)
            return outcome(trace::SignalOutcome::Noproc);
        if (signal.overLink)
            forget(process, signal.from);
        if (process.traps && !signal.kill)
            return outcome(trace::SignalOutcome::Message);
        outcome(trace::SignalOutcome::Terminated);
        die(signal.to, signal.kill ? trace::ExitKind::Kill : trace::ExitKind::Signal, signal.id);
    }

    std::mt19937_64 m_random;
    std::vector<Process> m_processes;
    std::vector<Signal> m_signals;
    std::uint64_t m_lastSignal = 0;
    std::uint64_t m_lastRef = 0;
};

/// Events that no runtime would write: every field is random, most from few values, so that they
/// hit one another.
inline trace::Batch randomNonsense(std::uint64_t seed, std::size_t count)
{
    std::mt19937_64 random(seed);
    const auto small
        = [&](std::uint64_t limit) { return random() % 50 == 0 ? random() : random() % limit; };
    trace::Batch batch;
    for (std::uint32_t id = 1; id <= 8; ++id)
        batch.terms.push_back(
            {trace::TermId(id), id % 2 == 0 ? raised("oops") : term::Term::integer(id)});
    for (std::size_t i = 0; i < count; ++i) {
        trace::Event event;
        event.time.ns = static_cast<std::int64_t>(small(1'000'000));
        event.type = static_cast<trace::EventType>(small(23));
        event.how = static_cast<std::uint8_t>(small(7));
        event.process = trace::ProcessKey(small(12));
        event.peer = trace::ProcessKey(small(12));
        event.id = small(30);
        event.cause = trace::SignalId(small(30));
        event.term = trace::TermId(static_cast<std::uint32_t>(small(12)));
        batch.events.push_back(event);
    }
    return batch;
}

} // namespace exitwave::testing
