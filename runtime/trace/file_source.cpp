// Reading trace files.
#include "runtime/trace/file_source.h"

#include "runtime/trace/frame.h"
#include "runtime/trace/stream_decoder.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace exitwave::trace {

namespace {

constexpr std::size_t readAhead = std::size_t{1} << 19; // items that may wait for the owner
constexpr std::size_t chunkSize = std::size_t{1} << 18;
constexpr std::size_t batchItems
    = 8192; // small files come as one batch, large ones in pieces that show progress

std::string fileName(const std::string& path)
{
    return std::filesystem::path(path).filename().string();
}

base::Error cannotOpen(const std::string& path, const std::string& why)
{
    return base::fail(base::ErrorCode::Io, "cannot open the trace file " + path + ": " + why);
}

} // namespace

FileSource::FileSource(std::string path) : m_path(std::move(path)), m_queue(readAhead) {}

FileSource::~FileSource()
{
    stop();
}

base::Result<void> FileSource::start(Wake wake)
{
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(m_path, error);
    if (!std::filesystem::exists(status))
        return base::fail(base::ErrorCode::NotFound,
                          "there is no file " + m_path + ": check the name and the folder");
    if (std::filesystem::is_directory(status))
        return cannotOpen(m_path, "it is a folder. Choose a .ewt file in it.");
    m_file.reset(std::fopen(m_path.c_str(), "rb"));
    if (!m_file)
        return cannotOpen(m_path, std::strerror(errno));
    const std::size_t size = std::fread(m_preamble.data(), 1, m_preamble.size(), m_file.get());
    if (size == 0 && std::feof(m_file.get()) != 0)
        return base::fail(base::ErrorCode::InvalidInput,
                          "the file " + m_path + " is empty: nothing was recorded in it");
    if (const auto version = readPreamble(std::span(m_preamble).first(size)); !version.ok())
        return base::fail(version.error().code,
                          "the file " + m_path + " " + version.error().message);

    SourceInfo info;
    info.title = fileName(m_path);
    info.origin = m_path;
    const std::uintmax_t bytes = std::filesystem::file_size(m_path, error);
    info.totalBytes = error ? 0 : bytes;
    info.readBytes = size;
    m_queue.open(std::move(wake), SourceState::Live, std::move(info));
    m_reader = std::thread([this] { read(); });
    return base::success();
}

// The reader's thread.
void FileSource::read()
{
    StreamDecoder decoder(StreamDecoder::Start::Preamble);
    decoder.feed(m_preamble);
    std::vector<std::byte> chunk(chunkSize);
    std::uint64_t offset = preambleSize;
    Batch batch;
    bool more = true;
    while (more && m_queue.waitForRoom()) {
        const std::size_t size = std::fread(chunk.data(), 1, chunk.size(), m_file.get());
        offset += size;
        decoder.feed(std::span(chunk).first(size));
        more = size > 0;
        if (!more && std::ferror(m_file.get()) != 0)
            batch.diagnostics.push_back({offset,
                                         "the file cannot be read beyond byte "
                                             + std::to_string(offset) + ": "
                                             + std::strerror(errno)});
        if (!more)
            decoder.finish();
        while (decoder.next(batch)) {
            if (batch.events.size() + batch.terms.size() + batch.diagnostics.size() < batchItems)
                continue;
            m_queue.push(std::exchange(batch, {}));
            if (!m_queue.waitForRoom())
                return;
        }
        m_queue.updateInfo([&](SourceInfo& info) {
            info.readBytes = offset;
            if (decoder.hello()) {
                info.program = decoder.hello()->program;
                info.startedAtUnixNs = decoder.hello()->startedAtUnixNs;
            }
        });
    }
    m_queue.push(std::move(batch));
    m_queue.setState(SourceState::Ended);
}

bool FileSource::take(Batch& out, std::size_t maxEvents)
{
    return m_queue.take(out, maxEvents);
}

void FileSource::request(Command command)
{
    Batch batch;
    batch.answers.push_back(
        {command.id, false, "This is a recording: what happened in it cannot be changed."});
    m_queue.push(std::move(batch));
}

void FileSource::stop()
{
    m_queue.close();
    if (m_reader.joinable())
        m_reader.join();
}

SourceState FileSource::state() const
{
    return m_queue.state();
}

SourceInfo FileSource::info() const
{
    return m_queue.info();
}

base::Error FileSource::error() const
{
    return m_queue.error();
}

} // namespace exitwave::trace
