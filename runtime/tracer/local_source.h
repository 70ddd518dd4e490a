// LocalSource: the events of a program that runs in this very process.
#pragma once

#include "runtime/base/mutex.h"
#include "runtime/trace/event_source.h"
#include "runtime/trace/stream_decoder.h"
#include "runtime/tracer/frame_consumer.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace exitwave::tracer {

/// An EventSource fed by a collector of the same process through the same frames that a socket
/// carries.
///
/// Frames wait encoded (about 5 bytes an event, so ten million events that nobody took are 50 MB)
/// and are decoded by take(). An owner that takes nothing for so long that more than the limit
/// waits loses the oldest events, told by a Loss event, as a watcher at a socket does.
///
/// Thread: consume() by the collector; the EventSource functions by its owner. Ownership: the
/// collector and the handler must be gone or quiet before it is destroyed.
class LocalSource final : public trace::EventSource, public FrameConsumer
{
public:
    /// `handler` may be null: then every command is refused.
    /// `historyBytes`: encoded frames that may wait.
    explicit LocalSource(trace::CommandHandler* handler,
                         std::size_t historyBytes = std::size_t{256} << 20);
    ~LocalSource() override;

    void consume(const SharedFrame& frame) override;

    [[nodiscard]] base::Result<void> start(Wake wake) override;
    bool take(trace::Batch& out, std::size_t maxEvents) override;
    void request(trace::Command command) override;
    /// Delivers nothing more; the program itself goes on.
    void stop() override;
    [[nodiscard]] trace::SourceState state() const override;
    [[nodiscard]] trace::SourceInfo info() const override;
    [[nodiscard]] base::Error error() const override;

private:
    struct Inbox; // shared with answers still under way

    trace::CommandHandler* m_handler;
    std::shared_ptr<Inbox> m_inbox;
    trace::StreamDecoder m_decoder;
    trace::Batch m_decoded; // decoded, but more than the last take() asked for
    std::size_t m_decodedTaken = 0;
    trace::SourceState m_state = trace::SourceState::Idle;
    std::uint64_t m_readBytes = 0;
};

} // namespace exitwave::tracer
