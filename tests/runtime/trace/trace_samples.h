// Sample events and streams for the tests of traces.
#pragma once

#include "runtime/trace/codec.h"
#include "runtime/trace/event.h"
#include "runtime/trace/frame.h"
#include "runtime/trace/stream_decoder.h"

#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace exitwave::trace::samples {

/// Any event that a runtime could write, `step` nanoseconds after `before`.
inline Event arbitraryEvent(base::Timestamp before)
{
    const EventInfo& info = eventInfoAt(*rc::gen::inRange<std::size_t>(0, eventInfoCount()));
    const auto key = [] {
        const auto slot = *rc::gen::oneOf(rc::gen::inRange<std::uint64_t>(0, 20),
                                          rc::gen::inRange<std::uint64_t>(0, 1ULL << 32));
        const auto upper = *rc::gen::oneOf(rc::gen::just<std::uint64_t>(1),
                                           rc::gen::inRange<std::uint64_t>(0, 1ULL << 32));
        return upper << 32 | slot;
    };
    Event event;
    event.type = info.type;
    event.time = before + base::Duration{*rc::gen::inRange<std::int64_t>(0, 5000)};
    if (info.how != "None")
        event.how = *rc::gen::inRange<std::uint8_t>(0, 3);
    if (!info.process.empty())
        event.process = ProcessKey{key()};
    if (!info.peer.empty())
        event.peer = ProcessKey{key()};
    if (!info.id.empty())
        event.id = *rc::gen::oneOf(rc::gen::inRange<std::uint64_t>(0, 100),
                                   rc::gen::arbitrary<std::uint64_t>());
    if (!info.cause.empty())
        event.cause = SignalId{*rc::gen::arbitrary<std::uint64_t>()};
    if (!info.term.empty())
        event.term = TermId{*rc::gen::inRange<std::uint32_t>(0, 1000)};
    return event;
}

inline std::vector<Event> arbitraryEvents()
{
    std::vector<Event> events(static_cast<std::size_t>(*rc::gen::inRange(0, 200)));
    base::Timestamp time{*rc::gen::inRange<std::int64_t>(0, 1'000'000)};
    for (Event& event : events) {
        event = arbitraryEvent(time);
        time = event.time;
    }
    return events;
}

/// A cascade as a runtime writes it: `count` processes spawned, linked to the first, all dying of
/// its crash.
inline std::vector<Event> cascade(std::uint32_t count)
{
    const auto key = [](std::uint32_t slot) { return ProcessKey{1ULL << 32 | slot}; };
    std::vector<Event> events;
    std::int64_t time = 0;
    const auto add = [&](EventType type,
                         std::uint8_t how,
                         ProcessKey process,
                         ProcessKey peer,
                         std::uint64_t id,
                         std::uint64_t cause,
                         std::uint32_t term) {
        Event event;
        event.time = base::Timestamp{time += 1000};
        event.type = type;
        event.how = how;
        event.process = process;
        event.peer = peer;
        event.id = id;
        event.cause = SignalId{cause};
        event.term = TermId{term};
        events.push_back(event);
    };
    add(EventType::TraceStarted, 0, {}, {}, 0, 0, 1);
    for (std::uint32_t i = 2; i <= count; ++i) {
        add(EventType::ProcessSpawned, 1, key(i), key(1), 0, 0, 2);
        add(EventType::Linked, 0, key(1), key(i), 0, 0, 0);
        add(EventType::Linked, 1, key(i), key(1), 0, 0, 0);
    }
    add(EventType::ProcessExited, 2, key(1), {}, 0, 0, 3);
    for (std::uint32_t i = 2; i <= count; ++i)
        add(EventType::ExitSignalSent, 0, key(1), key(i), 100 + i, 0, 3);
    for (std::uint32_t i = 2; i <= count; ++i) {
        add(EventType::ExitSignalDelivered, 0, key(i), key(1), 100 + i, 0, 3);
        add(EventType::ProcessExited, 4, key(i), {}, 0, 100 + i, 3);
    }
    return events;
}

/// The frames of a complete trace with `events` in blocks of `blockSize`, without preamble.
inline std::vector<std::byte> frames(std::span<const Event> events, std::size_t blockSize)
{
    std::vector<std::byte> bytes;
    Hello hello;
    hello.program = "test 1.0";
    hello.title = "sample";
    appendFrame(bytes, FrameType::Hello, encodeHello(hello));
    std::vector<std::string> terms;
    for (const char* text : {"info", "child", "boom"})
        terms.push_back(encodeForTable(term::Term::atom(text)));
    std::vector<std::byte> payload;
    encodeTerms(TermId{1}, terms, payload);
    appendFrame(bytes, FrameType::Terms, payload);
    for (std::size_t begin = 0; begin < events.size(); begin += blockSize) {
        payload.clear();
        encodeEvents(
            events.subspan(begin, std::min(blockSize, events.size() - begin)), begin, payload);
        appendFrame(bytes, FrameType::Events, payload);
    }
    appendFrame(bytes, FrameType::End, encodeEnd({events.size(), terms.size(), 0, "done"}));
    return bytes;
}

/// Everything that a decoder makes of `bytes`, fed in pieces of `chunk`.
inline Batch decodeAll(std::span<const std::byte> bytes, std::size_t chunk, StreamDecoder& decoder)
{
    Batch batch;
    while (!bytes.empty()) {
        const std::size_t size = std::min(chunk, bytes.size());
        decoder.feed(bytes.first(size));
        while (decoder.next(batch)) {}
        bytes = bytes.subspan(size);
    }
    decoder.finish();
    while (decoder.next(batch)) {}
    return batch;
}

/// True when `some` is a beginning of `all`.
inline bool isPrefix(const std::vector<Event>& some, const std::vector<Event>& all)
{
    return some.size() <= all.size() && std::equal(some.begin(), some.end(), all.begin());
}

} // namespace exitwave::trace::samples
