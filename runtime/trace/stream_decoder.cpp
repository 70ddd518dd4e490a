// StreamDecoder: see the header.
#include "runtime/trace/stream_decoder.h"

#include "runtime/trace/codec.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace exitwave::trace {

std::string secondsText(base::Timestamp time)
{
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.2f s", static_cast<double>(time.ns) / 1e9);
    return text.data();
}

StreamDecoder::StreamDecoder(Start start)
    : m_inPreamble(start == Start::Preamble), m_frames(start == Start::Preamble ? preambleSize : 0)
{
}

void StreamDecoder::feed(std::span<const std::byte> bytes)
{
    if (m_failure)
        return;
    if (m_inPreamble) {
        const std::size_t wanted = std::min(preambleSize - m_preamble.size(), bytes.size());
        m_preamble.insert(
            m_preamble.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(wanted));
        bytes = bytes.subspan(wanted);
        if (!readPreambleBytes())
            return;
    }
    m_frames.feed(bytes);
}

// True when the preamble is complete and good. A foreign stream fails with its first wrong byte.
bool StreamDecoder::readPreambleBytes()
{
    const base::Result<FormatVersion> version = readPreamble(m_preamble);
    if (version.ok()) {
        m_inPreamble = false;
        return true;
    }
    if (m_preamble.size() == preambleSize || version.error().code != base::ErrorCode::Damaged)
        m_failure = version.error();
    return false;
}

void StreamDecoder::finish()
{
    m_finished = true;
    m_frames.finish();
    if (m_inPreamble && !m_failure)
        m_failure = readPreamble(m_preamble).error();
}

bool StreamDecoder::next(Batch& out)
{
    if (m_failure || m_inPreamble)
        return false;
    const std::optional<Frame> frame = m_frames.next();
    for (Diagnostic& diagnostic : m_frames.takeDiagnostics())
        report(std::move(diagnostic), out);
    if (frame) {
        decode(*frame, out);
        return true;
    }
    if (m_finished)
        reportEnd(out);
    return false;
}

void StreamDecoder::decode(const Frame& frame, Batch& out)
{
    switch (frame.type) {
    case FrameType::Hello:
        keep(frame, decodeHello(frame.payload), m_hello, out);
        break;
    case FrameType::End:
        keep(frame, decodeEnd(frame.payload), m_end, out);
        if (m_end)
            noteGap(frame.offset, m_end->events, out);
        break;
    case FrameType::Refusal:
        keep(frame, decodeRefusal(frame.payload), m_refusal, out);
        break;
    case FrameType::Answer: {
        std::optional<Answer> answer;
        keep(frame, decodeAnswer(frame.payload), answer, out);
        if (answer)
            out.answers.push_back(std::move(*answer));
        break;
    }
    case FrameType::Terms:
        decodeTerms(frame, out);
        break;
    case FrameType::Events:
        decodeEvents(frame, out);
        break;
    default:
        break; // what a watcher sends, or a later minor version added: nothing for us
    }
}

template<typename Value>
void StreamDecoder::keep(const Frame& frame,
                         base::Result<Value> value,
                         std::optional<Value>& place,
                         Batch& out)
{
    if (value.ok())
        place = std::move(value).value();
    else
        report({frame.offset, value.error().message}, out);
}

void StreamDecoder::decodeTerms(const Frame& frame, Batch& out)
{
    base::Result<TermBlock> block = trace::decodeTerms(frame.payload);
    if (!block.ok()) {
        report({frame.offset, block.error().message + "; its terms read as :lost"}, out);
        return;
    }
    if (!block->terms.empty()) {
        const TermId last = block->terms.back().id;
        if (!m_termGaps.allow(block->terms.front().id, m_lastTerm.value)) {
            report({frame.offset,
                    "terms " + std::to_string(block->terms.front().id.value) + " to "
                        + std::to_string(last.value)
                        + " leave too many out to be believed; they read as :lost"},
                   out);
            return;
        }
        m_lastTerm = std::max(m_lastTerm, last);
    }
    if (block->unreadable > 0)
        report({frame.offset,
                std::to_string(block->unreadable) + " terms cannot be read; they read as :lost"},
               out);
    std::move(block->terms.begin(), block->terms.end(), std::back_inserter(out.terms));
}

void StreamDecoder::decodeEvents(const Frame& frame, Batch& out)
{
    base::Result<EventBlock> block = trace::decodeEvents(frame.payload);
    if (!block.ok()) {
        report({frame.offset, block.error().message}, out);
        return;
    }
    const bool inserted = (frame.flags & frame_flags::inserted) != 0;
    if (inserted) {
        m_lossTold = true;
    } else {
        noteGap(frame.offset, block->firstIndex, out);
        m_nextIndex = block->firstIndex + block->count;
    }
    if (block->unknown > 0)
        report({frame.offset,
                std::to_string(block->unknown)
                    + " events of kinds that this version does not know were left out"},
               out);
    for (Event& event : block->events) {
        event.time = std::max(event.time, m_lastTime);
        m_lastTime = event.time;
        out.events.push_back(event);
    }
    m_eventCount += block->events.size();
}

// Events that are missing between the last ones and the one numbered `firstIndex`.
void StreamDecoder::noteGap(std::uint64_t offset, std::uint64_t firstIndex, Batch& out)
{
    const bool told = std::exchange(m_lossTold, false);
    if (firstIndex <= m_nextIndex || told)
        return;
    report({offset,
            std::to_string(firstIndex - m_nextIndex) + " events are missing after "
                + secondsText(m_lastTime)
                + ": what is shown from there on may lack processes, links and reasons"},
           out);
    m_nextIndex = firstIndex;
}

// Damage in very many places is counted: a list of them would be longer than the trace.
void StreamDecoder::report(Diagnostic diagnostic, Batch& out)
{
    if (++m_reports > maxReports)
        return;
    if (m_reports == maxReports)
        diagnostic.what += "; further damage is counted, not listed";
    out.diagnostics.push_back(std::move(diagnostic));
}

void StreamDecoder::reportEnd(Batch& out)
{
    if (std::exchange(m_endReported, true))
        return;
    if (m_reports > maxReports)
        out.diagnostics.push_back({m_frames.offset(),
                                   "and " + std::to_string(m_reports - maxReports)
                                       + " more places that are damaged or missing"});
    const std::string read
        = std::to_string(m_eventCount) + " events up to " + secondsText(m_lastTime) + " were read";
    if (m_frames.cutBytes() > 0) {
        const std::uint64_t from = m_frames.offset() - m_frames.cutBytes();
        out.diagnostics.push_back(
            {from,
             "the trace ends inside a frame at byte " + std::to_string(m_frames.offset())
                 + ": the last " + std::to_string(m_frames.cutBytes()) + " bytes cannot be read; "
                 + read + ". The program was probably stopped while recording."});
    } else if (!m_end && !m_refusal) {
        out.diagnostics.push_back({m_frames.offset(),
                                   "the trace has no end mark at byte "
                                       + std::to_string(m_frames.offset())
                                       + ": later events may be missing; " + read
                                       + ". The program was probably stopped while recording."});
    }
}

} // namespace exitwave::trace
