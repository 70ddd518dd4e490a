// Asking the nodes of this user who they are.
#include "runtime/tracer/node_list.h"

#include "runtime/trace/frame.h"
#include "runtime/trace/stream_decoder.h"
#include "runtime/tracer/local_endpoint.h"

#include <algorithm>
#include <array>
#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/write.hpp>
#include <chrono>
#include <memory>
#include <span>
#include <utility>

namespace exitwave::tracer {

namespace {

using Protocol = asio::local::stream_protocol;

constexpr std::chrono::milliseconds patience{300}; // for all nodes together

// One question to one node. Lives in its operations.
class Question : public std::enable_shared_from_this<Question>
{
public:
    Question(asio::io_context& context, std::string name, std::vector<NodeEntry>& answers)
        : m_socket(context), m_answers(answers)
    {
        m_entry.name = std::move(name);
        m_entry.path = socketPath(m_entry.name);
    }

    void ask()
    {
        if (!checkSocketPath(m_entry.path).ok())
            return;
        trace::ClientHello hello;
        hello.wants = trace::ClientHello::Wants::Introduction;
        hello.program = "list of nodes";
        trace::appendFrame(
            m_output, trace::FrameType::ClientHello, trace::encodeClientHello(hello));
        m_socket.async_connect(Protocol::endpoint(m_entry.path),
                               [self = shared_from_this()](const asio::error_code& error) {
                                   if (!error)
                                       self->write();
                               });
    }

private:
    void write()
    {
        asio::async_write(m_socket,
                          asio::buffer(m_output),
                          [self = shared_from_this()](const asio::error_code& error, std::size_t) {
                              if (!error)
                                  self->read();
                          });
    }

    void read()
    {
        m_socket.async_read_some(
            asio::buffer(m_input.data(), m_input.size()),
            [self = shared_from_this()](const asio::error_code& error, std::size_t size) {
                if (!error)
                    self->received(size);
            });
    }

    void received(std::size_t size)
    {
        m_decoder.feed(std::span(m_input).first(size));
        trace::Batch batch;
        while (m_decoder.next(batch)) {}
        if (const std::optional<trace::Hello>& hello = m_decoder.hello()) {
            m_entry.title = hello->title;
            m_entry.program = hello->program;
            m_entry.processId = hello->processId;
            m_entry.startedAtUnixNs = hello->startedAtUnixNs;
            m_answers.push_back(m_entry);
        } else if (!m_decoder.failure()) {
            read();
        }
    }

    Protocol::socket m_socket;
    std::vector<NodeEntry>& m_answers;
    NodeEntry m_entry;
    trace::StreamDecoder m_decoder{trace::StreamDecoder::Start::Preamble};
    std::vector<std::byte> m_output;
    std::array<std::byte, 4096> m_input{};
};

} // namespace

std::vector<NodeEntry> listNodes()
{
    std::vector<NodeEntry> answers;
    asio::io_context context(1);
    for (const std::string& name : socketNames())
        std::make_shared<Question>(context, name, answers)->ask();
    context.run_for(patience);
    std::sort(answers.begin(), answers.end(), [](const NodeEntry& a, const NodeEntry& b) {
        return a.name < b.name;
    });
    return answers;
}

std::string describeRunningNodes()
{
    std::string text;
    for (const NodeEntry& node : listNodes())
        text += (text.empty() ? "" : ", ") + node.name;
    return text.empty() ? "none" : text;
}

} // namespace exitwave::tracer
