// FrameConsumer: receives the frames of a trace as the collector makes them.
#pragma once

#include "runtime/base/clock.h"
#include "runtime/trace/frame.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace exitwave::tracer {

/// The term that every stream of a collector defines first: the atom `:slow_watcher`, for the Loss
/// events that a server makes for a watcher that read too slowly.
inline constexpr trace::TermId slowWatcherTerm{1};

/// One finished frame, shared by everyone who stores or sends it; its bytes never change.
struct SharedFrame
{
    std::shared_ptr<const std::vector<std::byte>> bytes; ///< header, payload and checksum
    trace::FrameType type{};
    std::uint64_t firstEvent = 0; ///< Events frames: index of the first event within the trace
    std::uint64_t eventCount = 0; ///< Events frames: how many
    base::Timestamp time; ///< of the first event in this frame, or of the last one before it

    [[nodiscard]] std::size_t size() const { return bytes ? bytes->size() : 0; }
};

/// Thread: `consume` is called by the collector's thread (or by the one inside Collector::drain or
/// finish), one call at a time; it must neither block on the traced program nor call the collector.
/// The first frame is Hello, the last is End.
class FrameConsumer
{
public:
    FrameConsumer() = default;
    FrameConsumer(const FrameConsumer&) = delete;
    FrameConsumer& operator=(const FrameConsumer&) = delete;
    virtual ~FrameConsumer() = default;

    virtual void consume(const SharedFrame& frame) = 0;
};

} // namespace exitwave::tracer
