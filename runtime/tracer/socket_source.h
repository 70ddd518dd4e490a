// SocketSource: the events of a node on this machine, over its local socket.
#pragma once

#include "runtime/trace/event_source.h"

#include <cstddef>
#include <memory>
#include <string>

namespace exitwave::tracer {

/// Thread: the EventSource functions by its owner; it runs one thread of its own that reads,
/// decodes and writes. When events are not taken it stops reading at about a million waiting ones:
/// then the node keeps them as long as it can and counts what it must drop; the program that is
/// watched is never slowed.
class SocketSource final : public trace::EventSource
{
public:
    /// `nodeOrPath`: a node's name as listNodes() tells it, or the path of a socket (anything with
    /// a '/').
    explicit SocketSource(std::string nodeOrPath);
    ~SocketSource() override;

    /// Never fails at once: connecting is already asynchronous.
    [[nodiscard]] base::Result<void> start(Wake wake) override;
    bool take(trace::Batch& out, std::size_t maxEvents) override;
    void request(trace::Command command) override;
    void stop() override;
    [[nodiscard]] trace::SourceState state() const override;
    [[nodiscard]] trace::SourceInfo info() const override;
    [[nodiscard]] base::Error error() const override;

private:
    class Connection;
    std::unique_ptr<Connection> m_connection;
};

} // namespace exitwave::tracer
