// StreamServer: the listening socket, the history and the watchers.
#include "runtime/tracer/stream_server.h"

#include "runtime/base/mutex.h"
#include "runtime/tracer/frame_history.h"
#include "runtime/tracer/local_endpoint.h"
#include "runtime/tracer/watcher.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>
#include <utility>
#include <vector>

namespace exitwave::tracer {

namespace {

using Protocol = asio::local::stream_protocol;

constexpr std::chrono::milliseconds patience{1000}; // with watchers that read nothing, when closing
constexpr std::chrono::milliseconds longestClosing{3000}; // with watchers that read slowly
constexpr std::chrono::milliseconds acceptPause{100}; // after a watcher that could not come in

// False when nobody listens at `path`: the file was left by a node that died. Whatever else keeps
// one from connecting says nothing of the kind.
bool mayBeAlive(const std::string& path)
{
    asio::io_context context;
    Protocol::socket probe(context);
    asio::error_code error;
    probe.connect(Protocol::endpoint(path), error);
    return error != asio::error::connection_refused;
}

// The caller holds the name's lock, so no other node is about to listen at `path`.
base::Result<void> removeStale(const std::string& name, const std::string& path)
{
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::symlink_status(path, error);
    if (!std::filesystem::exists(status))
        return base::success();
    if (!std::filesystem::is_socket(status))
        return base::fail(
            base::ErrorCode::Refused,
            "cannot serve as \"" + name + "\": " + path
                + " is in the way and is no socket. Remove it or choose another name.");
    if (mayBeAlive(path))
        return base::fail(base::ErrorCode::Refused,
                          "cannot serve as \"" + name
                              + "\": a running node already has this name (socket " + path
                              + "). Choose another name or end that node.");
    spdlog::info("replacing the socket of a node that is gone: {}", path);
    std::filesystem::remove(path, error);
    if (error)
        return base::fail(base::ErrorCode::Io,
                          "cannot remove the socket " + path
                              + " of a node that is gone: " + error.message());
    return base::success();
}

} // namespace

// Everything below runs on the service's thread unless it says otherwise.
class StreamServer::Service final : public WatcherHost
{
public:
    Service(std::string path,
            std::unique_ptr<NameLock> name,
            std::size_t historyBytes,
            trace::CommandHandler* handler)
        : m_path(std::move(path))
        , m_name(std::move(name))
        , m_handler(handler)
        , m_acceptor(*m_context)
        , m_acceptTimer(*m_context)
        , m_closingTimer(*m_context)
        , m_history(historyBytes)
    {
    }

    // Owner, before the thread.
    base::Result<void> open()
    {
        asio::error_code error;
        m_acceptor.open(Protocol(), error);
        if (!error)
            m_acceptor.bind(Protocol::endpoint(m_path), error);
        if (error)
            return cannotListen(error);
        m_socketFile = fileIdentity(m_path);
        if (base::Result<void> restricted = restrictToOwner(m_path); !restricted.ok())
            return restricted;
        m_acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error)
            return cannotListen(error);
        accept();
        m_thread = std::thread([this] { m_context->run(); });
        return base::success();
    }

    // Collector.
    void consume(const SharedFrame& frame)
    {
        {
            const base::MutexLock lock(m_historyMutex);
            m_history.append(frame);
        }
        wakeWatchers();
    }

    // Owner.
    void close()
    {
        if (!m_thread.joinable())
            return;
        asio::post(*m_context, [this] { beginClosing(); });
        m_thread.join();
        if (const std::uint64_t lost = m_lostEvents.load(std::memory_order_relaxed); lost > 0)
            spdlog::warn("watchers that read too slowly missed {} events", lost);
        std::error_code ignored;
        if (fileIdentity(m_path) == m_socketFile) // somebody may have put another one there
            std::filesystem::remove(m_path, ignored);
        m_name.reset();
    }

    const std::string& path() const { return m_path; }

    // Any thread.
    StreamServerStatistics statistics() const
    {
        StreamServerStatistics statistics;
        statistics.clients
            = m_watching.load(std::memory_order_relaxed); // partners: pumpAll, gone, lost, refused
        statistics.lostEvents = m_lostEvents.load(std::memory_order_relaxed);
        statistics.refused = m_refused.load(std::memory_order_relaxed);
        return statistics;
    }

    FrameHistory::Step nextFrame(HistoryCursor& cursor) override
    {
        const base::MutexLock lock(m_historyMutex);
        return m_history.next(cursor);
    }
    bool hasFrame(const HistoryCursor& cursor) override
    {
        const base::MutexLock lock(m_historyMutex);
        return m_history.hasNext(cursor);
    }
    void execute(trace::Command command, std::function<void(trace::Answer)> answer) override
    {
        const trace::CommandId id = command.id;
        if (m_handler == nullptr || m_closing)
            answer({id,
                    false,
                    m_closing ? "The program has ended." : "This program takes no commands."});
        else
            m_handler->handle(std::move(command), std::move(answer));
        countWatchers();
    }
    void lost(std::uint64_t events) override
    {
        m_lostEvents.fetch_add(events, std::memory_order_relaxed);
    }
    void refused() override { m_refused.fetch_add(1, std::memory_order_relaxed); }
    void progressed() override
    {
        m_progress = true;
        countWatchers();
    }
    void gone(Watcher& watcher) override
    {
        // Later: the watcher is still in one of its own functions.
        asio::post(*m_context, [this, leaving = watcher.shared_from_this()] {
            m_watchers.erase(std::remove(m_watchers.begin(), m_watchers.end(), leaving),
                             m_watchers.end());
            countWatchers();
            endWhenAlone();
        });
    }

private:
    base::Error cannotListen(const asio::error_code& error) const
    {
        return base::fail(base::ErrorCode::Io,
                          "cannot listen at " + m_path + ": " + error.message());
    }

    void accept()
    {
        m_acceptor.async_accept([this](const asio::error_code& error, Protocol::socket socket) {
            if (m_closing || error == asio::error::operation_aborted)
                return;
            if (error) {
                spdlog::warn("a watcher could not be accepted: {}", error.message());
                acceptLater();
                return;
            }
            m_watchers.push_back(std::make_shared<Watcher>(std::move(socket), m_context, *this));
            m_watchers.back()->start();
            accept();
        });
    }

    // The same failure may come again at once, as when the process has no file descriptor left.
    void acceptLater()
    {
        m_acceptTimer.expires_after(acceptPause);
        m_acceptTimer.async_wait([this](const asio::error_code& error) {
            if (!error && !m_closing)
                accept();
        });
    }

    // Any thread. One wake-up under way is enough for all frames until it comes.
    void wakeWatchers()
    {
        if (m_wakePending.exchange(true, std::memory_order_acq_rel)) // partner: pumpAll
            return;
        asio::post(*m_context, [this] { pumpAll(); });
    }

    void pumpAll()
    {
        m_wakePending.store(false,
                            std::memory_order_release); // before looking: partner wakeWatchers
        const std::vector<std::shared_ptr<Watcher>> watchers
            = m_watchers; // one may leave meanwhile
        for (const std::shared_ptr<Watcher>& watcher : watchers)
            watcher->pump();
        countWatchers();
    }

    void countWatchers()
    {
        const auto count = std::count_if(m_watchers.begin(),
                                         m_watchers.end(),
                                         [](const auto& each) { return each->isWatching(); });
        m_watching.store(static_cast<std::size_t>(count),
                         std::memory_order_relaxed); // partner: statistics
    }

    void beginClosing()
    {
        m_closing = true;
        asio::error_code ignored;
        m_acceptor.close(ignored);
        m_acceptTimer.cancel();
        m_closingDeadline = std::chrono::steady_clock::now() + longestClosing;
        const std::vector<std::shared_ptr<Watcher>> watchers = m_watchers;
        for (const std::shared_ptr<Watcher>& watcher : watchers)
            watcher->finish();
        waitForWatchers();
        endWhenAlone();
    }

    void waitForWatchers()
    {
        m_progress = false;
        m_closingTimer.expires_after(patience);
        m_closingTimer.async_wait([this](const asio::error_code& error) {
            if (error)
                return;
            if (m_progress && std::chrono::steady_clock::now() < m_closingDeadline) {
                waitForWatchers();
                return;
            }
            const std::vector<std::shared_ptr<Watcher>> watchers = m_watchers;
            for (const std::shared_ptr<Watcher>& watcher : watchers)
                watcher->abort();
        });
    }

    void endWhenAlone()
    {
        if (!m_closing || !m_watchers.empty())
            return;
        m_closingTimer.cancel();
        m_work.reset(); // run() returns
    }

    const std::string m_path;
    std::unique_ptr<NameLock> m_name; // until the socket is gone
    std::uint64_t m_socketFile = 0; // identity of the socket at m_path
    trace::CommandHandler* const m_handler;
    const std::shared_ptr<asio::io_context> m_context = std::make_shared<asio::io_context>(1);
    asio::executor_work_guard<asio::io_context::executor_type> m_work{m_context->get_executor()};
    Protocol::acceptor m_acceptor;
    asio::steady_timer m_acceptTimer;
    asio::steady_timer m_closingTimer;
    std::chrono::steady_clock::time_point m_closingDeadline;
    std::vector<std::shared_ptr<Watcher>> m_watchers;
    bool m_closing = false;
    bool m_progress = false;

    base::Mutex m_historyMutex;
    FrameHistory m_history EXITWAVE_GUARDED_BY(m_historyMutex);
    std::atomic<bool> m_wakePending{false};
    std::atomic<std::size_t> m_watching{0};
    std::atomic<std::uint64_t> m_lostEvents{0};
    std::atomic<std::uint64_t> m_refused{0};
    std::thread m_thread;
};

StreamServer::StreamServer(std::unique_ptr<Service> service) : m_service(std::move(service)) {}

StreamServer::~StreamServer()
{
    close();
}

base::Result<std::unique_ptr<StreamServer>> StreamServer::listen(StreamServerOptions options,
                                                                 trace::CommandHandler* handler)
{
    if (base::Result<void> name = checkNodeName(options.name); !name.ok())
        return name.error();
    const base::Result<std::string> folder = makeSocketDirectory();
    if (!folder.ok())
        return folder.error();
    const std::string path = socketPath(options.name);
    if (base::Result<void> fits = checkSocketPath(path); !fits.ok())
        return fits.error();
    auto lock = NameLock::acquire(options.name);
    if (!lock.ok())
        return lock.error();
    if (base::Result<void> free = removeStale(options.name, path); !free.ok())
        return free.error();
    auto service
        = std::make_unique<Service>(path, std::move(lock).value(), options.historyBytes, handler);
    if (base::Result<void> opened = service->open(); !opened.ok())
        return opened.error();
    return std::unique_ptr<StreamServer>(new StreamServer(std::move(service)));
}

void StreamServer::consume(const SharedFrame& frame)
{
    m_service->consume(frame);
}

void StreamServer::close()
{
    m_service->close();
}

const std::string& StreamServer::path() const
{
    return m_service->path();
}

StreamServerStatistics StreamServer::statistics() const
{
    return m_service->statistics();
}

} // namespace exitwave::tracer
