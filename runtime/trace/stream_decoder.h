// StreamDecoder: the bytes of a trace stream or file, turned into batches of events.
#pragma once

#include "runtime/base/result.h"
#include "runtime/trace/event_source.h"
#include "runtime/trace/frame_reader.h"
#include "runtime/trace/messages.h"
#include "runtime/trace/term_table.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace exitwave::trace {

/// The one reader of traces: sockets, files and the collector of the same process all feed it. Feed
/// it bytes in any pieces, call next() until it says false. Damage becomes Diagnostics beside the
/// good data; what makes the whole stream unreadable is failure(). Thread: one at a time.
class StreamDecoder
{
public:
    enum class Start : std::uint8_t {
        Preamble, ///< the bytes begin with a preamble
        Frames, ///< the first byte is that of a frame
    };
    explicit StreamDecoder(Start start);

    void feed(std::span<const std::byte> bytes);
    /// No more bytes will come.
    void finish();
    /// Appends what the next frame holds to `out`. False when there is no further frame among the
    /// bytes at hand.
    bool next(Batch& out);

    /// Known once its frame was read.
    [[nodiscard]] const std::optional<Hello>& hello() const { return m_hello; }
    [[nodiscard]] const std::optional<End>& end() const { return m_end; }
    [[nodiscard]] const std::optional<Refusal>& refusal() const { return m_refusal; }
    /// Why nothing can be read: the message is a clause without a subject, "is not an Exitwave
    /// trace: ...".
    [[nodiscard]] const std::optional<base::Error>& failure() const { return m_failure; }

    [[nodiscard]] std::uint64_t eventCount() const { return m_eventCount; }
    [[nodiscard]] base::Timestamp lastTime() const { return m_lastTime; }
    [[nodiscard]] std::uint64_t offset() const { return m_frames.offset(); }

private:
    bool readPreambleBytes();
    void decode(const Frame& frame, Batch& out);
    void decodeEvents(const Frame& frame, Batch& out);
    void decodeTerms(const Frame& frame, Batch& out);
    void noteGap(std::uint64_t offset, std::uint64_t firstIndex, Batch& out);
    void report(Diagnostic diagnostic, Batch& out);
    void reportEnd(Batch& out);
    template<typename Value>
    void
    keep(const Frame& frame, base::Result<Value> value, std::optional<Value>& place, Batch& out);

    std::vector<std::byte> m_preamble; // until it is complete
    bool m_inPreamble;
    bool m_finished = false;
    bool m_endReported = false;
    FrameReader m_frames;
    std::optional<Hello> m_hello;
    std::optional<End> m_end;
    std::optional<Refusal> m_refusal;
    std::optional<base::Error> m_failure;
    std::uint64_t m_nextIndex = 0; // of the event expected next
    bool m_lossTold = false; // an inserted Loss just explained a gap
    std::uint64_t m_eventCount = 0;
    base::Timestamp m_lastTime;
    TermId m_lastTerm; // the highest that was defined
    TermGaps m_termGaps;
    static constexpr std::uint64_t maxReports = 1000; // diagnostics that are given one by one
    std::uint64_t m_reports = 0;
};

/// "2.31 s": a moment of a trace for messages.
[[nodiscard]] std::string secondsText(base::Timestamp time);

} // namespace exitwave::trace
