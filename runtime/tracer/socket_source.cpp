// SocketSource: the connection to a node, on a thread of its own.
#include "runtime/tracer/socket_source.h"

#include "runtime/base/mutex.h"
#include "runtime/trace/batch_queue.h"
#include "runtime/trace/frame.h"
#include "runtime/trace/stream_decoder.h"
#include "runtime/tracer/local_endpoint.h"
#include "runtime/tracer/node_list.h"

#include <algorithm>
#include <asio/buffer.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <thread>
#include <utility>
#include <vector>

namespace exitwave::tracer {

namespace {

using Protocol = asio::local::stream_protocol;

constexpr std::size_t waitingEvents = std::size_t{1} << 20;
constexpr std::size_t inputSize = std::size_t{64} << 10;
constexpr std::chrono::seconds greetingTime{5};

bool isPath(const std::string& nodeOrPath)
{
    return nodeOrPath.find('/') != std::string::npos || nodeOrPath.find('\\') != std::string::npos;
}

} // namespace

// Thread: functions marked so by the source's owner, all others by m_thread.
class SocketSource::Connection
{
public:
    explicit Connection(std::string nodeOrPath)
        : m_name(std::move(nodeOrPath))
        , m_path(isPath(m_name) ? m_name : socketPath(m_name))
        , m_queue(waitingEvents)
        , m_socket(m_context)
        , m_greetingTimer(m_context)
        , m_input(inputSize)
    {
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { stop(); }

    // Owner.
    void start(Wake wake)
    {
        trace::SourceInfo info;
        info.title = m_name;
        info.origin = m_path;
        m_queue.open(std::move(wake), trace::SourceState::Connecting, std::move(info));
        asio::post(m_context, [this] { connect(); });
        m_thread = std::thread([this] { m_context.run(); });
    }
    // Owner.
    void stop()
    {
        m_queue.close();
        m_context.stop();
        if (m_thread.joinable())
            m_thread.join();
    }
    // Owner.
    bool take(trace::Batch& out, std::size_t maxEvents)
    {
        const bool more = m_queue.take(out, maxEvents);
        if (m_readingPaused.load(std::memory_order_acquire) && m_queue.hasRoom()) // partner: read
            asio::post(m_context, [this] { resumeReading(); });
        return more;
    }
    // Owner.
    void request(trace::Command command)
    {
        asio::post(m_context, [this, command = std::move(command)] { send(command); });
    }
    const trace::BatchQueue& queue() const { return m_queue; }

private:
    void connect()
    {
        if (base::Result<void> fits = checkSocketPath(m_path); !fits.ok()) {
            fail(fits.error());
            return;
        }
        m_socket.async_connect(Protocol::endpoint(m_path), [this](const asio::error_code& error) {
            if (error)
                fail(cannotConnect(error));
            else
                greet();
        });
    }

    base::Error cannotConnect(const asio::error_code& error) const
    {
        using base::ErrorCode;
        if (error == asio::error::access_denied)
            return base::fail(ErrorCode::Refused,
                              "cannot connect to the node at " + m_path
                                  + ": it belongs to another user.");
        const std::string advice = " Running nodes: " + describeRunningNodes()
            + ". Start one with: exitwave-node lesson NAME --serve NODE";
        if (error.value() == ENOENT)
            return base::fail(ErrorCode::NotFound,
                              "there is no node \"" + m_name + "\" (no socket at " + m_path + ")."
                                  + advice);
        if (error == asio::error::connection_refused)
            return base::fail(ErrorCode::NotFound,
                              "the node \"" + m_name + "\" is gone (nobody listens at " + m_path
                                  + ")." + advice);
        return base::fail(ErrorCode::Io,
                          "cannot connect to the node \"" + m_name + "\" at " + m_path + ": "
                              + error.message() + "." + advice);
    }

    void greet()
    {
        trace::ClientHello hello;
        hello.program = "exitwave";
        trace::appendFrame(
            m_output, trace::FrameType::ClientHello, trace::encodeClientHello(hello));
        write();
        m_greetingTimer.expires_after(greetingTime);
        m_greetingTimer.async_wait([this](const asio::error_code& error) {
            if (!error && !m_decoder.hello())
                fail(base::fail(
                    base::ErrorCode::InvalidInput,
                    "what listens at " + m_path
                        + " does not introduce itself: it is no Exitwave node, or it hangs."));
        });
        read();
    }

    void read()
    {
        if (m_failed)
            return;
        if (!m_queue.hasRoom()) {
            m_readingPaused.store(true, std::memory_order_release); // partner: take
            if (!m_queue.hasRoom())
                return; // take() posts resumeReading
            m_readingPaused.store(false, std::memory_order_relaxed);
        }
        m_reading = true;
        m_socket.async_read_some(asio::buffer(m_input),
                                 [this](const asio::error_code& error, std::size_t size) {
                                     m_reading = false;
                                     received(size);
                                     if (error)
                                         disconnected();
                                     else
                                         read();
                                 });
    }

    void resumeReading()
    {
        if (m_readingPaused.exchange(false, std::memory_order_acq_rel)
            && !m_reading) // partner: read
            read();
    }

    void received(std::size_t size)
    {
        if (m_failed)
            return;
        const bool introduced = m_decoder.hello().has_value();
        m_readBytes += size;
        m_decoder.feed(std::span(m_input).first(size));
        trace::Batch batch;
        while (m_decoder.next(batch)) {}
        for (const trace::Answer& answer : batch.answers)
            m_unanswered.erase(answer.id);
        if (m_decoder.hello() && !introduced)
            becomeLive();
        m_queue.updateInfo([this](trace::SourceInfo& info) { info.readBytes = m_readBytes; });
        m_queue.push(std::move(batch));
        if (m_decoder.failure())
            fail(
                base::fail(m_decoder.failure()->code,
                           "what listens at " + m_path + " " + m_decoder.failure()->message + "."));
        else if (m_decoder.refusal())
            fail(base::fail(base::ErrorCode::Refused,
                            "the node \"" + m_name + "\" refused: " + m_decoder.refusal()->text));
    }

    void becomeLive()
    {
        m_greetingTimer.cancel();
        m_queue.updateInfo([this](trace::SourceInfo& info) {
            const trace::Hello& hello = *m_decoder.hello();
            info.title = hello.title;
            info.program = hello.program;
            info.startedAtUnixNs = hello.startedAtUnixNs;
            info.acceptsCommands = hello.acceptsCommands;
        });
        m_queue.setState(trace::SourceState::Live);
    }

    // The node closed the connection, or died.
    void disconnected()
    {
        if (m_failed)
            return;
        m_greetingTimer.cancel();
        if (m_decoder.end()) {
            close("The program has ended.");
            m_queue.setState(trace::SourceState::Ended);
        } else if (!m_decoder.hello()) {
            fail(base::fail(base::ErrorCode::InvalidInput,
                            "what listens at " + m_path
                                + " closed the connection without introducing itself: it is no "
                                  "Exitwave node, or it is just ending."));
        } else {
            fail(base::fail(
                base::ErrorCode::Io,
                "the connection to the node \"" + m_name
                    + "\" broke before its trace was complete: the node was probably killed. "
                    + std::to_string(m_decoder.eventCount()) + " events up to "
                    + trace::secondsText(m_decoder.lastTime()) + " arrived."));
        }
    }

    void fail(base::Error error)
    {
        if (std::exchange(m_failed, true))
            return;
        close(error.message);
        m_queue.fail(std::move(error));
    }

    // No command stays without an answer.
    void close(const std::string& why)
    {
        m_closed = true;
        m_greetingTimer.cancel();
        asio::error_code ignored;
        m_socket.close(ignored);
        trace::Batch batch;
        for (const trace::CommandId id : m_unanswered)
            batch.answers.push_back({id, false, "The node did not answer. " + why});
        m_unanswered.clear();
        m_queue.push(std::move(batch));
    }

    void send(const trace::Command& command)
    {
        const std::vector<std::byte> payload = trace::encodeCommand(command);
        std::string refusal;
        if (m_closed || !m_decoder.hello())
            refusal = "There is no connection to the node.";
        else if (!m_decoder.hello()->acceptsCommands)
            refusal = "This node takes no commands.";
        else if (payload.size() > trace::maxFramePayload)
            refusal = "The term is too large to be sent.";
        if (!refusal.empty()) {
            trace::Batch batch;
            batch.answers.push_back({command.id, false, refusal});
            m_queue.push(std::move(batch));
            return;
        }
        m_unanswered.insert(command.id);
        trace::appendFrame(m_output, trace::FrameType::Command, payload);
        write();
    }

    void write()
    {
        if (m_writing || m_closed || m_output.empty())
            return;
        m_writing = true;
        m_beingWritten = std::exchange(m_output, {});
        asio::async_write(m_socket,
                          asio::buffer(m_beingWritten),
                          [this](const asio::error_code& error, std::size_t) {
                              m_writing = false;
                              if (!error) // otherwise the reading side will see the same
                                  write();
                          });
    }

    const std::string m_name;
    const std::string m_path;
    trace::BatchQueue m_queue;
    std::atomic<bool> m_readingPaused{false};

    asio::io_context m_context{1};
    asio::executor_work_guard<asio::io_context::executor_type> m_work{m_context.get_executor()};
    Protocol::socket m_socket;
    asio::steady_timer m_greetingTimer;
    trace::StreamDecoder m_decoder{trace::StreamDecoder::Start::Preamble};
    std::vector<std::byte> m_input;
    std::vector<std::byte> m_output;
    std::vector<std::byte> m_beingWritten;
    std::set<trace::CommandId> m_unanswered;
    std::uint64_t m_readBytes = 0;
    bool m_reading = false;
    bool m_writing = false;
    bool m_failed = false;
    bool m_closed = false;
    std::thread m_thread;
};

SocketSource::SocketSource(std::string nodeOrPath)
    : m_connection(std::make_unique<Connection>(std::move(nodeOrPath)))
{
}

SocketSource::~SocketSource() = default;

base::Result<void> SocketSource::start(Wake wake)
{
    m_connection->start(std::move(wake));
    return base::success();
}

bool SocketSource::take(trace::Batch& out, std::size_t maxEvents)
{
    return m_connection->take(out, maxEvents);
}

void SocketSource::request(trace::Command command)
{
    m_connection->request(std::move(command));
}

void SocketSource::stop()
{
    m_connection->stop();
}

trace::SourceState SocketSource::state() const
{
    return m_connection->queue().state();
}

trace::SourceInfo SocketSource::info() const
{
    return m_connection->queue().info();
}

base::Error SocketSource::error() const
{
    return m_connection->queue().error();
}

} // namespace exitwave::tracer
