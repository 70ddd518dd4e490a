// TraceWriter: writes `.ewt` trace files.
#pragma once

#include "runtime/base/result.h"
#include "runtime/trace/event_source.h"
#include "runtime/trace/messages.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace exitwave::trace {

/// Writes a preamble and frames. Every append reaches the operating system before it returns, so a
/// killed program loses at most the frame it was about to write; close() also waits for the disk.
/// Thread: one at a time. Errors name the file and what the operating system said; after one, later
/// calls fail the same way.
class TraceWriter
{
public:
    enum class IfThere : std::uint8_t {
        Replace, ///< what a file held is gone
        Refuse, ///< a file that is there stays as it is: fails with Refused
    };
    /// Creates the file at `path`.
    [[nodiscard]] static base::Result<std::unique_ptr<TraceWriter>>
    create(const std::string& path, IfThere ifThere = IfThere::Replace);
    TraceWriter(const TraceWriter&) = delete;
    TraceWriter& operator=(const TraceWriter&) = delete;
    /// Closes without waiting for the disk if close() was not called.
    ~TraceWriter();

    /// Whole frames as appendFrame makes them.
    [[nodiscard]] base::Result<void> appendFrames(std::span<const std::byte> frames);
    // For those who have events and not frames (saving a timeline): hello first, then batches, end
    // last.
    [[nodiscard]] base::Result<void> appendHello(const Hello& hello);
    /// Terms and events of `batch`, in blocks; the rest of it is not part of a trace. Definitions
    /// must be in sequence.
    [[nodiscard]] base::Result<void> append(const std::vector<TermDefinition>& terms,
                                            std::span<const Event> events);
    [[nodiscard]] base::Result<void> appendEnd(const std::string& why);

    /// Bytes written so far.
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] const std::string& path() const { return m_path; }
    /// Writes to the disk and closes. Once.
    [[nodiscard]] base::Result<void> close();

private:
    struct CloseFile
    {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    TraceWriter(std::string path, std::FILE* file);
    base::Result<void> failed(const std::string& what);

    std::string m_path;
    std::unique_ptr<std::FILE, CloseFile> m_file;
    std::optional<base::Error> m_failure;
    std::uint64_t m_size = 0;
    std::uint64_t m_events = 0;
    std::uint64_t m_lost = 0;
    std::uint32_t m_terms = 0;
};

} // namespace exitwave::trace
