// Watcher: one client of a StreamServer, from its handshake to its end.
#pragma once

#include "runtime/trace/command.h"
#include "runtime/trace/frame_reader.h"
#include "runtime/trace/messages.h"
#include "runtime/tracer/frame_history.h"

#include <array>
#include <asio/io_context.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/steady_timer.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace exitwave::tracer {

/// What a watcher needs of its server. Thread: the server's.
class WatcherHost
{
public:
    WatcherHost() = default;
    WatcherHost(const WatcherHost&) = delete;
    WatcherHost& operator=(const WatcherHost&) = delete;
    virtual ~WatcherHost() = default;

    /// The next frame for the cursor; see FrameHistory::next.
    virtual FrameHistory::Step nextFrame(HistoryCursor& cursor) = 0;
    virtual bool hasFrame(const HistoryCursor& cursor) = 0;
    virtual void execute(trace::Command command, std::function<void(trace::Answer)> answer) = 0;
    virtual void lost(std::uint64_t events) = 0;
    virtual void refused() = 0;
    /// Something was written: the client is alive.
    virtual void progressed() = 0;
    /// The watcher is done; the host lets go of it.
    virtual void gone(class Watcher& watcher) = 0;
};

///     Greeting --ClientHello, version fits--> Watching --closing and everything sent--> gone
///        |  \--asks for an introduction-----> Leaving  --Hello sent-------------------> gone
///        \----wrong version, not a watcher--> Leaving  --Refusal sent-----------------> gone
///     A connection that breaks, or says nothing for five seconds while greeting, is gone from any
///     state.
///
/// Thread: the server's only. Ownership: the host's list and the operations under way.
class Watcher : public std::enable_shared_from_this<Watcher>
{
public:
    using Socket = asio::local::stream_protocol::socket;

    Watcher(Socket socket, std::shared_ptr<asio::io_context> context, WatcherHost& host);

    void start();
    /// Sends what is new, if nothing is being sent.
    void pump();
    /// Sends what is left, then leaves.
    void finish();
    /// Leaves now.
    void abort();
    [[nodiscard]] bool isWatching() const { return m_state == State::Watching; }

private:
    enum class State : std::uint8_t { Greeting, Watching, Leaving, Gone };

    void read();
    void received(std::size_t size);
    void greet(const trace::Frame& frame);
    void command(const trace::Frame& frame);
    void refuse(const std::string& text);
    void answered(const trace::Answer& answer);
    void sendAnswer(const trace::Answer& answer);
    void gather();
    void write();
    void leave();

    Socket m_socket;
    std::shared_ptr<asio::io_context> m_context; // answers may come after the server is gone
    WatcherHost& m_host;
    asio::steady_timer m_greetingTimer;
    State m_state = State::Greeting;
    trace::FrameReader m_frames;
    std::array<std::byte, 16384> m_input{};
    bool m_reading = false;
    std::size_t m_inFlight = 0; // commands that the program has not answered yet
    HistoryCursor m_cursor;
    std::vector<std::byte>
        m_own; // preamble, answers, losses: what is for this watcher alone, to be sent next
    std::vector<SharedFrame> m_sending; // keeps the shared bytes alive while they are written
    bool m_writing = false;
    bool m_finishing = false;
};

} // namespace exitwave::tracer
