// A node by hand: a server, and a collector that feeds it, for the tests of the socket.
#pragma once

#include "runtime/tracer/stream_server.h"
#include "tests/runtime/tracer/tracer_samples.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace exitwave::tracer::samples {

inline std::unique_ptr<StreamServer>
serve(const char* name, trace::CommandHandler* handler = nullptr, std::size_t history = 64U << 20)
{
    StreamServerOptions serverOptions;
    serverOptions.name = name;
    serverOptions.historyBytes = history;
    auto server = StreamServer::listen(serverOptions, handler);
    if (!server.ok())
        qFatal("%s", server.error().message.c_str());
    return std::move(server).value();
}

/// Why a server of this name cannot be; "" when it can.
inline std::string failureOf(const char* name)
{
    StreamServerOptions serverOptions;
    serverOptions.name = name;
    const auto server = StreamServer::listen(serverOptions, nullptr);
    return server.ok() ? "" : server.error().message;
}

/// A collector with one lane and a server.
struct Node
{
    explicit Node(const char* name,
                  trace::CommandHandler* handler = nullptr,
                  std::size_t history = 64U << 20)
        : server(serve(name, handler, history)), collector(clock, options(name))
    {
        collector.addConsumer(*server);
        (void)collector.lane(0);
        collector.start();
    }
    void emit(std::uint64_t process,
              std::uint64_t id = 0,
              trace::EventType type = trace::EventType::TrapExitSet)
    {
        collector.lane(0).emit(record(clock.now(), type, process, id));
    }
    void finish()
    {
        collector.finish("over");
        server->close();
    }

    base::MonotonicClock clock;
    std::unique_ptr<StreamServer> server;
    Collector collector;
};

} // namespace exitwave::tracer::samples
