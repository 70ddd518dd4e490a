// FileSource: the events of a recorded trace file.
#pragma once

#include "runtime/trace/batch_queue.h"
#include "runtime/trace/event_source.h"
#include "runtime/trace/frame.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

namespace exitwave::trace {

/// Reads a `.ewt` file. Thread: the EventSource functions by its owner; a thread of its own reads
/// and decodes ahead, at most about half a million events, terms and
/// diagnostics. A file that is cut or damaged yields
/// everything readable and a Diagnostic for what is missing. start() fails at once for a file that
/// is not there, empty, foreign or of a version that this build does not read.
class FileSource final : public EventSource
{
public:
    explicit FileSource(std::string path);
    ~FileSource() override;

    [[nodiscard]] base::Result<void> start(Wake wake) override;
    bool take(Batch& out, std::size_t maxEvents) override;
    /// Refused: a recording cannot be changed.
    void request(Command command) override;
    void stop() override;
    [[nodiscard]] SourceState state() const override;
    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] base::Error error() const override;

private:
    struct CloseFile
    {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    void read();

    const std::string m_path;
    std::unique_ptr<std::FILE, CloseFile> m_file;
    std::array<std::byte, preambleSize> m_preamble{}; // read by start(), then the reader's
    BatchQueue m_queue;
    std::thread m_reader;
};

} // namespace exitwave::trace
