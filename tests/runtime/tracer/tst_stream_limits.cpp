// The socket under pressure: names that many want, watchers that read or ask too much, and a
// process without file descriptors.
#include "runtime/tracer/local_endpoint.h"
#include "runtime/tracer/socket_source.h"
#include "tests/runtime/tracer/node_samples.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>
#include <utility>
#include <vector>

using namespace exitwave;
using namespace exitwave::tracer;
using samples::Node;
using samples::RawWatcher;
using samples::serve;
using trace::EventType;
using trace::SourceState;

namespace {

// Counts the warnings of the log.
struct WarningCount final : spdlog::sinks::base_sink<std::mutex>
{
    void sink_it_(const spdlog::details::log_msg& message) override
    {
        warnings += message.level == spdlog::level::warn ? 1 : 0;
    }
    void flush_() override {}

    std::atomic<int> warnings{0};
};

/// What is logged while it lives goes to `counting` only.
struct CountingLog
{
    CountingLog()
    {
        spdlog::set_default_logger(std::make_shared<spdlog::logger>("count", counting));
    }
    CountingLog(const CountingLog&) = delete;
    CountingLog& operator=(const CountingLog&) = delete;
    ~CountingLog() { spdlog::set_default_logger(before); }

    const std::shared_ptr<WarningCount> counting = std::make_shared<WarningCount>();
    const std::shared_ptr<spdlog::logger> before = spdlog::default_logger();
};

// Answers nothing until it is told to.
class PatientHandler final : public trace::CommandHandler
{
public:
    void handle(trace::Command command, std::function<void(trace::Answer)> answer) override
    {
        {
            const std::lock_guard lock(m_mutex);
            ++m_asked;
            if (!m_answering) {
                m_waiting.emplace_back(command.id, std::move(answer));
                return;
            }
        }
        answer({command.id, true, ""});
    }
    void answerAll()
    {
        std::vector<std::pair<trace::CommandId, std::function<void(trace::Answer)>>> waiting;
        {
            const std::lock_guard lock(m_mutex);
            m_answering = true;
            waiting.swap(m_waiting);
        }
        for (auto& [id, answer] : waiting)
            answer({id, true, ""});
    }
    std::size_t asked() const
    {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<std::pair<trace::CommandId, std::function<void(trace::Answer)>>> m_waiting;
    std::size_t m_asked = 0;
    bool m_answering = false;
};

} // namespace

class StreamLimitsTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_runtime;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_runtime.isValid());
        qputenv("XDG_RUNTIME_DIR", m_runtime.path().toLocal8Bit());
    }

    void ofManyNodesOneGetsAName()
    {
        for (int round = 0; round < 20; ++round) {
            std::atomic<int> ready{0};
            std::atomic<int> refused{0};
            std::atomic<int> done{0};
            std::atomic<bool> leave{false};
            std::vector<std::thread> nodes;
            constexpr int count = 4;
            for (int i = 0; i < count; ++i) {
                nodes.emplace_back([&] {
                    ++ready;
                    while (ready < count)
                        std::this_thread::yield();
                    StreamServerOptions options;
                    options.name = "raced";
                    const auto server = StreamServer::listen(options, nullptr);
                    refused += server.ok() ? 0 : 1;
                    ++done;
                    while (!leave)
                        std::this_thread::yield();
                });
            }
            const bool decided = QTest::qWaitFor([&] { return done == count; }, 20000);
            const bool served = QFile::exists(QString::fromStdString(socketPath("raced")));
            leave = true;
            for (std::thread& node : nodes)
                node.join();
            QVERIFY(decided && served);
            QCOMPARE(refused.load(), count - 1);
        }
    }

    void aNodeRemovesNoSocketButItsOwn()
    {
        const std::string path = socketPath("mine");
        auto server = serve("mine");
        QVERIFY(QFile::remove(QString::fromStdString(path)));
        asio::io_context context;
        asio::local::stream_protocol::acceptor other(context,
                                                     asio::local::stream_protocol::endpoint(path));
        server->close();
        QVERIFY(QFile::exists(QString::fromStdString(path)));
        QVERIFY(QFile::remove(QString::fromStdString(path)));
    }

    void withoutFileDescriptorsTheServerWaitsAndDoesNotSpin()
    {
        const CountingLog log; // first: no thread may use the default logger while it changes
        const std::atomic<int>& warnings = log.counting->warnings;
        Node node("full");
        asio::io_context context;
        asio::local::stream_protocol::socket client(context);
        client.open();
        const int next = ::dup(0); // all numbers below are in use
        ::close(next);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        rlimit none = before;
        none.rlim_cur = static_cast<rlim_t>(next);
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
        client.connect(asio::local::stream_protocol::endpoint(node.server->path()));
        const bool tried = QTest::qWaitFor([&] { return warnings >= 3; }, 20000);
        const int seen = warnings;
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        QVERIFY(tried);
        QVERIFY2(seen < 20, std::to_string(seen).c_str());
        std::vector<std::byte> hello;
        trace::appendFrame(
            hello, trace::FrameType::ClientHello, trace::encodeClientHello(trace::ClientHello{}));
        asio::write(client, asio::buffer(hello.data(), hello.size()));
        QTRY_COMPARE(node.server->statistics().clients, 1U); // it comes in when there is room again
        client.close();
    }

    void aWatcherThatReadsDropByDropDoesNotHoldTheEnd()
    {
        Node node("drops");
        RawWatcher watcher(node.server->path());
        watcher.greet();
        QTRY_COMPARE(node.server->statistics().clients, 1U);
        std::mt19937_64 random(1);
        for (int block = 0; block < 1200; ++block) {
            for (int i = 0; i < 500; ++i)
                node.emit(1, random(), EventType::ExitSignalSent);
            node.collector.drain();
        }
        std::atomic<bool> over{false};
        std::thread reading([&] {
            while (!over) {
                watcher.readSome(64U << 10);
                std::mutex mutex;
                std::unique_lock lock(mutex);
                std::condition_variable never;
                never.wait_for(lock, std::chrono::milliseconds(300));
            }
        });
        QElapsedTimer time;
        time.start();
        node.finish();
        const qint64 took = time.elapsed();
        over = true;
        reading.join();
        // Unbounded, this watcher would hold the end for minutes; a loaded machine needs some
        // seconds.
        QVERIFY2(took < 60'000, std::to_string(took).c_str());
    }

    void aWatcherThatReadsNothingDoesNotHoldTheEnd()
    {
        Node node("stuck");
        RawWatcher watcher(node.server->path());
        watcher.greet();
        QTRY_COMPARE(node.server->statistics().clients, 1U);
        std::mt19937_64 random(1);
        for (int block = 0; block < 400; ++block) {
            for (int i = 0; i < 500; ++i)
                node.emit(1, random(), EventType::ExitSignalSent);
            node.collector.drain();
        }
        node.finish(); // returns though nobody reads
        QCOMPARE(node.server->statistics().clients, 0U);
    }

    void whoAsksFasterThanIsAnsweredWaits()
    {
        PatientHandler handler;
        Node node("asked", &handler);
        RawWatcher watcher(node.server->path());
        watcher.greet();
        constexpr std::uint64_t count = 50000;
        std::vector<std::byte> frames;
        for (std::uint64_t id = 1; id <= count; ++id) {
            trace::Command command;
            command.id = trace::CommandId{id};
            command.kind = trace::CommandKind::Resume;
            trace::appendFrame(frames, trace::FrameType::Command, trace::encodeCommand(command));
        }
        std::thread asking([&] { watcher.send(frames); });
        std::thread reading([&] { (void)watcher.readAll(); });
        const bool flooded = QTest::qWaitFor([&] { return handler.asked() > 5000; }, 1000);
        handler.answerAll();
        const bool all = QTest::qWaitFor([&] { return handler.asked() == count; }, 20000);
        asking.join();
        node.finish();
        reading.join();
        QVERIFY(!flooded);
        QVERIFY(all); // it waited, and lost nothing
    }

    // Last: it fills the table of atoms of this process.
    void aCommandWithMoreAtomsThanThereIsRoomForIsRefused()
    {
        samples::EchoHandler handler;
        Node node("atoms", &handler);
        SocketSource source("atoms");
        QVERIFY(source.start(nullptr).ok());
        trace::Batch batch;
        QVERIFY(
            samples::takeUntil(source, batch, [&] { return source.state() == SourceState::Live; }));
        for (std::uint32_t i = 0; term::Atom::tryIntern("foreign" + std::to_string(i)).ok(); ++i) {}
        trace::Command command;
        command.id = trace::CommandId{7};
        command.kind = trace::CommandKind::Send;
        command.term = term::Term::atom("never seen by who decodes");
        // This process is both sides, so the name must be made unknown: other bytes, same length.
        std::vector<std::byte> payload = trace::encodeCommand(command);
        payload.back() = static_cast<std::byte>('S');
        std::vector<std::byte> frame;
        trace::appendFrame(frame, trace::FrameType::Command, payload);
        RawWatcher watcher(node.server->path());
        watcher.greet();
        watcher.send(frame);
        std::vector<std::byte> bytes;
        std::thread reading([&] { bytes = watcher.readAll(); });
        command.term = term::Term::atom("ok");
        source.request(command); // later, over the other connection: nothing else broke
        const bool answered
            = samples::takeUntil(source, batch, [&] { return !batch.answers.empty(); });
        QTRY_COMPARE(node.server->statistics().clients, 2U);
        node.finish();
        reading.join();
        QVERIFY(answered && batch.answers[0].accepted);
        trace::StreamDecoder decoder(trace::StreamDecoder::Start::Preamble);
        decoder.feed(bytes);
        trace::Batch told;
        while (decoder.next(told)) {}
        QCOMPARE(told.answers.size(), 1U);
        QCOMPARE(told.answers[0].id.value, 7U);
        QVERIFY(!told.answers[0].accepted);
        QVERIFY2(told.answers[0].text.find("table of atoms is full") != std::string::npos,
                 told.answers[0].text.c_str());
        QVERIFY(!decoder.refusal().has_value());
        QCOMPARE(handler.commands().size(), 1U);
    }
};

QTEST_GUILESS_MAIN(StreamLimitsTest)
#include "tst_stream_limits.moc"
