// Watcher: see the header.
#include "runtime/tracer/watcher.h"

#include "runtime/trace/codec.h"
#include "runtime/trace/frame.h"

#include <spdlog/spdlog.h>

#include <asio/buffer.hpp>
#include <asio/post.hpp>
#include <asio/write.hpp>
#include <chrono>
#include <optional>
#include <span>
#include <utility>

namespace exitwave::tracer {

namespace {

constexpr std::size_t bytesPerWrite = std::size_t{256}
    << 10; // sockets are fastest with large writes
constexpr std::size_t answersUnread = std::size_t{1}
    << 20; // a client that reads no answers may ask no more
// A client that asks faster than is answered has to wait. What is in its last read still goes on.
constexpr std::size_t commandsInFlight = 256;
constexpr std::chrono::seconds greetingTime{5};

} // namespace

Watcher::Watcher(Socket socket, std::shared_ptr<asio::io_context> context, WatcherHost& host)
    : m_socket(std::move(socket))
    , m_context(std::move(context))
    , m_host(host)
    , m_greetingTimer(*m_context)
{
}

void Watcher::start()
{
    m_greetingTimer.expires_after(greetingTime);
    m_greetingTimer.async_wait([self = shared_from_this()](const asio::error_code& error) {
        if (!error && self->m_state == State::Greeting)
            self->refuse("The node waited for a ClientHello frame and got none.");
    });
    read();
}

void Watcher::read()
{
    if (m_reading || m_state == State::Gone || m_own.size() > answersUnread
        || m_inFlight >= commandsInFlight)
        return;
    m_reading = true;
    m_socket.async_read_some(
        asio::buffer(m_input.data(), m_input.size()),
        [self = shared_from_this()](const asio::error_code& error, std::size_t size) {
            self->m_reading = false;
            if (error)
                self->leave();
            else
                self->received(size);
        });
}

void Watcher::received(std::size_t size)
{
    m_frames.feed(std::span(m_input).first(size));
    while (const std::optional<trace::Frame> frame = m_frames.next()) {
        if (m_state == State::Greeting)
            greet(*frame);
        else if (m_state == State::Watching && frame->type == trace::FrameType::Command)
            command(*frame);
    }
    const bool damaged = m_frames.searching() || m_frames.damagedBytes() > 0;
    if (damaged && m_state == State::Greeting)
        refuse(
            "What was sent is no Exitwave frame: this socket is for programs that watch traces.");
    // Damage after the handshake would lose a command, and its answer with it: better an end that
    // is seen.
    else if (damaged && m_state == State::Watching)
        refuse("A damaged frame arrived: the connection cannot be trusted any more.");
    read();
}

void Watcher::greet(const trace::Frame& frame)
{
    const base::Result<trace::ClientHello> hello = trace::decodeClientHello(frame.payload);
    if (frame.type != trace::FrameType::ClientHello || !hello.ok()) {
        refuse("The first frame must be a ClientHello.");
        return;
    }
    if (hello->oldestMajor > trace::currentFormat.major
        || hello->newestMajor < trace::currentFormat.major) {
        refuse("This node speaks trace format " + std::to_string(trace::currentFormat.major)
               + ", the watcher understands " + std::to_string(hello->oldestMajor) + " to "
               + std::to_string(hello->newestMajor)
               + ": use the same version of Exitwave for both.");
        return;
    }
    m_greetingTimer.cancel();
    trace::appendPreamble(m_own);
    if (hello->wants == trace::ClientHello::Wants::Introduction) {
        m_state = State::Leaving;
        if (const FrameHistory::Step step = m_host.nextFrame(m_cursor); step.frame.bytes)
            m_own.insert(m_own.end(), step.frame.bytes->begin(), step.frame.bytes->end());
        write();
        return;
    }
    spdlog::info("watcher connected: {}", hello->program);
    m_state = State::Watching;
    pump();
}

void Watcher::command(const trace::Frame& frame)
{
    base::Result<trace::Command> command = trace::decodeCommand(frame.payload);
    if (!command.ok() && command.error().code == base::ErrorCode::Overflow) {
        sendAnswer({trace::commandIdOf(frame.payload),
                    false,
                    "The node cannot take this command: " + command.error().message + "."});
        return;
    }
    if (!command.ok()) {
        refuse("A command could not be read: " + command.error().message + ".");
        return;
    }
    if (trace::commandText(command->kind).empty()) {
        sendAnswer({command->id,
                    false,
                    "This node does not know such a command: it is older than the watcher."});
        return;
    }
    ++m_inFlight;
    m_host.execute(std::move(command).value(),
                   [context = m_context, weak = weak_from_this()](trace::Answer answer) {
                       asio::post(*context, [weak, answer = std::move(answer)] {
                           if (const std::shared_ptr<Watcher> self = weak.lock())
                               self->answered(answer);
                       });
                   });
}

void Watcher::answered(const trace::Answer& answer)
{
    --m_inFlight;
    sendAnswer(answer);
    read(); // it may have waited for this
}

void Watcher::sendAnswer(const trace::Answer& answer)
{
    trace::appendFrame(m_own, trace::FrameType::Answer, trace::encodeAnswer(answer));
    pump();
}

void Watcher::refuse(const std::string& text)
{
    if (m_state == State::Leaving || m_state == State::Gone)
        return;
    spdlog::warn("watcher refused: {}", text);
    m_host.refused();
    m_greetingTimer.cancel();
    if (m_state == State::Greeting)
        trace::appendPreamble(m_own);
    m_state = State::Leaving;
    trace::Refusal refusal;
    refusal.text = text;
    trace::appendFrame(m_own, trace::FrameType::Refusal, trace::encodeRefusal(refusal));
    write();
}

void Watcher::pump()
{
    if (m_state == State::Watching)
        write();
}

// Takes the next frames from the history. A loss belongs between two of them, so it ends the
// gathering.
void Watcher::gather()
{
    std::size_t bytes = m_own.size();
    while (m_state == State::Watching && bytes < bytesPerWrite && m_host.hasFrame(m_cursor)) {
        FrameHistory::Step step = m_host.nextFrame(m_cursor);
        if (!step.frame.bytes)
            return;
        if (step.lostEvents > 0) {
            m_sending.push_back(lossFrame(step.lostEvents, m_cursor, step.frame.time));
            m_host.lost(step.lostEvents);
        }
        bytes += step.frame.size();
        m_sending.push_back(std::move(step.frame));
    }
}

void Watcher::write()
{
    if (m_writing || m_state == State::Gone)
        return;
    auto own = std::make_shared<std::vector<std::byte>>(std::exchange(m_own, {}));
    gather();
    std::vector<asio::const_buffer> buffers;
    if (!own->empty())
        buffers.emplace_back(own->data(), own->size());
    for (const SharedFrame& frame : m_sending)
        buffers.emplace_back(frame.bytes->data(), frame.bytes->size());
    if (buffers.empty()) {
        if (m_finishing || m_state == State::Leaving)
            leave();
        return;
    }
    m_writing = true;
    asio::async_write(m_socket,
                      buffers,
                      [self = shared_from_this(), own](const asio::error_code& error, std::size_t) {
                          self->m_writing = false;
                          self->m_sending.clear();
                          if (error) {
                              self->leave();
                              return;
                          }
                          self->m_host.progressed();
                          self->read(); // it may have waited for room
                          self->write();
                      });
}

void Watcher::finish()
{
    m_finishing = true;
    if (m_state == State::Greeting)
        leave();
    else
        write();
}

void Watcher::abort()
{
    leave();
}

void Watcher::leave()
{
    if (std::exchange(m_state, State::Gone) == State::Gone)
        return;
    m_greetingTimer.cancel();
    asio::error_code ignored; // it may be closed already
    m_socket.shutdown(Socket::shutdown_both, ignored);
    m_socket.close(ignored);
    m_host.gone(*this);
}

} // namespace exitwave::tracer
