// StreamServer: serves a trace to any number of watchers on a local socket.
#pragma once

#include "runtime/base/result.h"
#include "runtime/trace/command.h"
#include "runtime/trace/messages.h"
#include "runtime/tracer/frame_consumer.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace exitwave::tracer {

struct StreamServerOptions
{
    std::string name; ///< of the node: letters, digits, '.', '_' and '-', at most 64
    std::size_t historyBytes = 256U
        << 20; ///< encoded frames kept for late and slow watchers; beyond it the oldest events go
};

struct StreamServerStatistics
{
    std::size_t clients = 0; ///< connected now, handshake done
    std::uint64_t lostEvents = 0; ///< told to some client by a Loss event of its own
    std::uint64_t refused = 0; ///< connections refused: wrong version or not a watcher
};

/// Listens at <runtime directory>/exitwave/<name>.sock, reachable by this user only.
///
/// Watchers are cursors into one bounded history of frames: a new one begins at the trace's
/// beginning, a slow one lags behind, and neither costs memory of its own. A watcher whose next
/// events have left the history gets a Loss event that counts them. Terms stay longer than events,
/// so that what is still told can be read. The program never waits for a watcher.
///
/// Thread: consume() by the collector, everything else by the owner; it runs one thread of its own
/// for all sockets. Ownership: `handler` outlives the server.
class StreamServer final : public FrameConsumer
{
public:
    /// Fails when the name is not usable, a live node has it, or the socket cannot be made. A
    /// socket file left by a dead node is replaced.
    [[nodiscard]] static base::Result<std::unique_ptr<StreamServer>>
    listen(StreamServerOptions options, trace::CommandHandler* handler);
    /// Lets clients that keep reading have the rest for a short while (see close), then closes and
    /// removes the socket file.
    ~StreamServer() override;

    void consume(const SharedFrame& frame) override;
    /// Takes no new clients, waits until all present ones have everything, but no longer than about
    /// a second without progress and about four seconds in all, and ends. Logs how many events were
    /// kept from watchers that read too slowly.
    void close();

    [[nodiscard]] const std::string& path() const;
    [[nodiscard]] StreamServerStatistics statistics() const;

private:
    class Service;
    explicit StreamServer(std::unique_ptr<Service> service);
    std::unique_ptr<Service> m_service;
};

} // namespace exitwave::tracer
