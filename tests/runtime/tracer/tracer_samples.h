// A traced program, a watcher by hand and a source that is read to its end, for the tests of the
// tracer.
#pragma once

#include "runtime/base/clock.h"
#include "runtime/trace/event_source.h"
#include "runtime/trace/frame.h"
#include "runtime/trace/lane.h"
#include "runtime/trace/messages.h"
#include "runtime/trace/stream_decoder.h"
#include "runtime/tracer/collector.h"

#include <QTest>

#include <array>
#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/write.hpp>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace exitwave::tracer::samples {

inline trace::Record record(std::int64_t stamp,
                            trace::EventType type,
                            std::uint64_t process,
                            std::uint64_t id = 0,
                            term::Term term = {})
{
    trace::Record made;
    made.stamp = stamp;
    made.type = type;
    made.process = trace::ProcessKey{process};
    made.id = id;
    made.term = std::move(term);
    return made;
}

inline CollectorOptions options(std::string title = "sample")
{
    CollectorOptions made;
    made.hello.program = "test 1.0";
    made.hello.title = std::move(title);
    made.hello.processId = 4711;
    made.hello.acceptsCommands = true;
    return made;
}

/// Keeps every byte of every frame.
class FrameLog final : public FrameConsumer
{
public:
    void consume(const SharedFrame& frame) override
    {
        const std::lock_guard lock(m_mutex);
        m_bytes.insert(m_bytes.end(), frame.bytes->begin(), frame.bytes->end());
    }
    std::vector<std::byte> bytes() const
    {
        const std::lock_guard lock(m_mutex);
        return m_bytes;
    }
    trace::Batch decoded() const
    {
        trace::StreamDecoder decoder(trace::StreamDecoder::Start::Frames);
        decoder.feed(bytes());
        decoder.finish();
        trace::Batch batch;
        while (decoder.next(batch)) {}
        return batch;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<std::byte> m_bytes;
};

/// Answers what it is told to and remembers what was asked.
class EchoHandler final : public trace::CommandHandler
{
public:
    void handle(trace::Command command, std::function<void(trace::Answer)> answer) override
    {
        const trace::CommandId id = command.id;
        const bool accepted = command.kind != trace::CommandKind::Exit;
        {
            const std::lock_guard lock(m_mutex);
            m_commands.push_back(std::move(command));
        }
        answer({id, accepted, accepted ? "" : "Not alive."});
    }
    std::vector<trace::Command> commands() const
    {
        const std::lock_guard lock(m_mutex);
        return m_commands;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<trace::Command> m_commands;
};

/// A watcher that blocks and reads only when told.
class RawWatcher
{
public:
    explicit RawWatcher(const std::string& path) : m_socket(m_context)
    {
        m_socket.connect(asio::local::stream_protocol::endpoint(path));
    }

    void send(std::span<const std::byte> bytes)
    {
        asio::write(m_socket, asio::buffer(bytes.data(), bytes.size()));
    }

    void greet(const trace::ClientHello& hello = {})
    {
        std::vector<std::byte> frame;
        trace::appendFrame(frame, trace::FrameType::ClientHello, trace::encodeClientHello(hello));
        send(frame);
    }

    /// Reads once, at most `size` bytes; nothing when the other side closed.
    void readSome(std::size_t size)
    {
        std::vector<std::byte> chunk(size);
        asio::error_code error;
        m_socket.read_some(asio::buffer(chunk), error);
    }

    /// Reads until the other side closes.
    std::vector<std::byte> readAll()
    {
        std::vector<std::byte> bytes;
        asio::error_code error;
        std::array<std::byte, 65536> chunk{};
        while (!error) {
            const std::size_t size
                = m_socket.read_some(asio::buffer(chunk.data(), chunk.size()), error);
            bytes.insert(
                bytes.end(), chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(size));
        }
        return bytes;
    }

private:
    asio::io_context m_context;
    asio::local::stream_protocol::socket m_socket;
};

/// Takes from `source` until `done` says so or the time is up; everything is taken that was there
/// when `done` said so.
template<typename Done>
bool takeUntil(trace::EventSource& source, trace::Batch& all, Done done)
{
    return QTest::qWaitFor(
        [&] {
            const bool over = done(); // before taking: what Ended promises is then all there
            trace::Batch part;
            bool more = true;
            while (more) {
                more = source.take(part, 10000);
                std::move(part.terms.begin(), part.terms.end(), std::back_inserter(all.terms));
                std::move(part.events.begin(), part.events.end(), std::back_inserter(all.events));
                std::move(
                    part.answers.begin(), part.answers.end(), std::back_inserter(all.answers));
                std::move(part.diagnostics.begin(),
                          part.diagnostics.end(),
                          std::back_inserter(all.diagnostics));
            }
            return over;
        },
        20000);
}

} // namespace exitwave::tracer::samples
