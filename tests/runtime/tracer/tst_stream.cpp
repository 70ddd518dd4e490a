// The socket: server, watchers good and bad, commands, and the list of nodes.
#include "runtime/trace/file_source.h"
#include "runtime/tracer/local_endpoint.h"
#include "runtime/tracer/node_list.h"
#include "runtime/tracer/recorder.h"
#include "runtime/tracer/socket_source.h"
#include "tests/runtime/tracer/node_samples.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>
#include <thread>

using namespace exitwave;
using namespace exitwave::tracer;
using samples::failureOf;
using samples::Node;
using samples::RawWatcher;
using samples::serve;
using trace::EventType;
using trace::SourceState;

namespace {

std::uint64_t countOf(const trace::Batch& batch, EventType type)
{
    return static_cast<std::uint64_t>(
        std::count_if(batch.events.begin(), batch.events.end(), [type](const trace::Event& event) {
            return event.type == type;
        }));
}

} // namespace

class StreamTest : public QObject
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

    void aWatcherSeesTheTraceFromItsBeginningToItsEnd()
    {
        Node node("whole");
        for (std::uint64_t i = 0; i < 100; ++i)
            node.emit(i);
        node.collector.drain();
        SocketSource source("whole");
        QVERIFY(source.start(nullptr).ok());
        trace::Batch batch;
        QVERIFY(samples::takeUntil(source, batch, [&] { return batch.events.size() == 101; }));
        QCOMPARE(source.state(), SourceState::Live);
        QCOMPARE(source.info().title, std::string("whole"));
        QCOMPARE(source.info().program, std::string("test 1.0"));
        for (std::uint64_t i = 0; i < 50; ++i)
            node.emit(i);
        node.finish();
        QVERIFY(samples::takeUntil(
            source, batch, [&] { return source.state() == SourceState::Ended; }));
        QCOMPARE(batch.events.size(), 152U);
        QVERIFY(batch.diagnostics.empty());
    }

    void severalWatchersSeeTheSameAndARecordingHoldsTheVeryBytes()
    {
        const std::string file = m_runtime.filePath(QStringLiteral("same.ewt")).toStdString();
        auto server = serve("same");
        auto recorder = Recorder::create(file, trace::TraceWriter::IfThere::Refuse);
        QVERIFY(recorder.ok());
        base::MonotonicClock clock;
        Collector collector(clock, samples::options());
        collector.addConsumer(*server);
        collector.addConsumer(**recorder);
        RawWatcher early(server->path());
        early.greet();
        std::vector<std::byte> earlyBytes;
        std::thread reading([&] { earlyBytes = early.readAll(); });
        collector.start();
        for (std::uint64_t i = 0; i < 1000; ++i)
            collector.lane(0).emit(
                samples::record(clock.now(),
                                EventType::MessageSent,
                                i,
                                i,
                                term::Term::integer(static_cast<std::int64_t>(i))));
        collector.drain();
        RawWatcher late(server->path());
        late.greet();
        std::vector<std::byte> lateBytes;
        std::thread readingLate([&] { lateBytes = late.readAll(); });
        QTRY_COMPARE(server->statistics().clients, 2U);
        collector.finish("over");
        server->close();
        reading.join();
        readingLate.join();
        QVERIFY((*recorder)->close().ok());
        QFile recorded(QString::fromStdString(file));
        QVERIFY(recorded.open(QIODevice::ReadOnly));
        const QByteArray recording = recorded.readAll();
        const QByteArray first(reinterpret_cast<const char*>(earlyBytes.data()),
                               static_cast<qsizetype>(earlyBytes.size()));
        const QByteArray second(reinterpret_cast<const char*>(lateBytes.data()),
                                static_cast<qsizetype>(lateBytes.size()));
        QVERIFY(recording.size() > 1000);
        QVERIFY(first == recording);
        QVERIFY(second == recording);
    }

    void aSlowWatcherLosesEventsThatAreCountedAndTheProgramNeverWaits()
    {
        Node node("slow", nullptr, 32U << 10);
        RawWatcher watcher(node.server->path());
        watcher.greet();
        QTRY_COMPARE(node.server->statistics().clients, 1U);
        std::mt19937_64 random(1);
        std::uint64_t emitted = 0;
        for (int block = 0; block < 400; ++block) { // several megabytes that do not compress
            for (int i = 0; i < 500; ++i, ++emitted)
                QVERIFY(node.collector.lane(0).emit(
                    samples::record(node.clock.now(), EventType::ExitSignalSent, 1, random())));
            node.collector.drain();
        }
        std::vector<std::byte> bytes;
        std::thread reading([&] { bytes = watcher.readAll(); });
        node.finish();
        reading.join();
        trace::StreamDecoder decoder(trace::StreamDecoder::Start::Preamble);
        decoder.feed(bytes);
        decoder.finish();
        trace::Batch batch;
        while (decoder.next(batch)) {}
        QVERIFY(batch.diagnostics.empty()); // every gap was explained by a Loss
        QVERIFY(decoder.end().has_value());
        std::uint64_t lost = 0;
        for (const trace::Event& event : batch.events) {
            if (event.type == EventType::Loss) {
                lost += event.id;
                QVERIFY(event.term == slowWatcherTerm);
            }
        }
        QVERIFY(lost > 0);
        QCOMPARE(node.server->statistics().lostEvents, lost);
        QCOMPARE(batch.events.size() - countOf(batch, EventType::Loss) + lost,
                 node.collector.statistics().events);
        QVERIFY(node.collector.statistics().events == emitted + 2);
    }

    void aWatcherThatVanishesLeavesNothingBehind()
    {
        Node node("vanish");
        {
            RawWatcher watcher(node.server->path());
            watcher.greet();
            QTRY_COMPARE(node.server->statistics().clients, 1U);
        }
        for (std::uint64_t i = 0; i < 1000; ++i)
            node.emit(i);
        node.collector.drain();
        QTRY_COMPARE(node.server->statistics().clients, 0U);
        node.finish();
        QVERIFY(!QFile::exists(QString::fromStdString(node.server->path())));
    }

    void commandsGoThereAndAnswersComeBack()
    {
        samples::EchoHandler handler;
        Node node("commands", &handler);
        SocketSource source("commands");
        QVERIFY(source.start(nullptr).ok());
        trace::Batch batch;
        QVERIFY(
            samples::takeUntil(source, batch, [&] { return source.state() == SourceState::Live; }));
        trace::Command pause;
        pause.id = trace::CommandId{1};
        pause.kind = trace::CommandKind::Pause;
        source.request(pause);
        trace::Command kill;
        kill.id = trace::CommandId{2};
        kill.kind = trace::CommandKind::Exit;
        kill.process = trace::ProcessKey{1ULL << 32 | 7};
        kill.term = term::Term::atom("kill");
        source.request(kill);
        QVERIFY(samples::takeUntil(source, batch, [&] { return batch.answers.size() == 2; }));
        QVERIFY(batch.answers[0].accepted);
        QVERIFY(!batch.answers[1].accepted);
        QCOMPARE(batch.answers[1].text, std::string("Not alive."));
        QCOMPARE(handler.commands().size(), 2U);
        QVERIFY(handler.commands()[1].term == term::Term::atom("kill"));
        QVERIFY(handler.commands()[1].process == kill.process);
        node.finish();
        QVERIFY(samples::takeUntil(
            source, batch, [&] { return source.state() == SourceState::Ended; }));
        source.request(pause);
        QVERIFY(samples::takeUntil(source, batch, [&] { return batch.answers.size() == 3; }));
        QVERIFY(!batch.answers[2].accepted);
    }

    void anotherVersionIsRefusedNamingBoth()
    {
        Node node("version");
        trace::ClientHello hello;
        hello.oldestMajor = 5;
        hello.newestMajor = 7;
        RawWatcher watcher(node.server->path());
        watcher.greet(hello);
        trace::StreamDecoder decoder(trace::StreamDecoder::Start::Preamble);
        decoder.feed(watcher.readAll());
        trace::Batch batch;
        while (decoder.next(batch)) {}
        QVERIFY(decoder.refusal().has_value());
        QVERIFY2(
            decoder.refusal()->text.find("speaks trace format 1, the watcher understands 5 to 7")
                != std::string::npos,
            decoder.refusal()->text.c_str());
        QCOMPARE(node.server->statistics().refused, 1U);
    }

    void whatIsNoWatcherIsRefused()
    {
        Node node("stranger");
        RawWatcher stranger(node.server->path());
        const std::string request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        stranger.send(std::as_bytes(std::span(request.data(), request.size())));
        trace::StreamDecoder decoder(trace::StreamDecoder::Start::Preamble);
        decoder.feed(stranger.readAll());
        trace::Batch batch;
        while (decoder.next(batch)) {}
        QVERIFY(decoder.refusal().has_value());
    }

    void aTakenNameIsRefusedAndAStaleSocketIsReplaced()
    {
        {
            const auto server = serve("name");
            QVERIFY2(failureOf("name").find("a running node already has this name")
                         != std::string::npos,
                     failureOf("name").c_str());
        }
        // A node that was killed leaves its socket file.
        asio::io_context context;
        asio::local::stream_protocol::acceptor dead(
            context, asio::local::stream_protocol::endpoint(socketPath("name")));
        dead.close();
        QVERIFY(QFileInfo::exists(QString::fromStdString(socketPath("name"))));
        QCOMPARE(failureOf("name"), std::string());

        QFile file(QString::fromStdString(socketPath("plain")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(failureOf("plain").find("is in the way and is no socket") != std::string::npos);
        QVERIFY(file.exists());
        for (const char* name : {"", "a/b", "..", ".hidden", "two words"})
            QVERIFY(failureOf(name).find("cannot be the name of a node") != std::string::npos);
    }

    void onlyTheUserMayComeIn()
    {
        const auto server = serve("private");
        const QFileInfo socket(QString::fromStdString(server->path()));
        QVERIFY(!socket.permission(QFile::ReadGroup) && !socket.permission(QFile::WriteOther));
        const QFileInfo folder(QString::fromStdString(socketDirectory()));
        QVERIFY(!folder.permission(QFile::ExeGroup) && !folder.permission(QFile::ExeOther));
        QVERIFY(QFile::setPermissions(folder.filePath(), QFile::Permissions(0x7777)));
        QVERIFY2(failureOf("other").find("can be entered by other users") != std::string::npos,
                 failureOf("other").c_str());
        QVERIFY(QFile::setPermissions(folder.filePath(),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    void aNodeThatIsNotThereIsToldWithThoseThatAre()
    {
        Node node("here");
        SocketSource source("nowhere");
        QVERIFY(source.start(nullptr).ok());
        QTRY_COMPARE(source.state(), SourceState::Failed);
        QVERIFY2(source.error().message.find("there is no node \"nowhere\"") == 0,
                 source.error().message.c_str());
        QVERIFY2(source.error().message.find("Running nodes: here") != std::string::npos,
                 source.error().message.c_str());
    }

    void whatIsNoNodeIsToldApart()
    {
        asio::io_context context;
        const std::string path = m_runtime.filePath(QStringLiteral("web")).toStdString();
        asio::local::stream_protocol::acceptor acceptor(
            context, asio::local::stream_protocol::endpoint(path));
        std::thread server([&] {
            asio::local::stream_protocol::socket socket(context);
            acceptor.accept(socket);
            const std::string hello = "HTTP/1.1 400 Bad Request\r\n\r\n";
            asio::write(socket, asio::buffer(hello));
        });
        SocketSource source(path);
        QVERIFY(source.start(nullptr).ok());
        QTRY_COMPARE(source.state(), SourceState::Failed);
        server.join();
        QVERIFY2(source.error().message.find("is not an Exitwave trace") != std::string::npos,
                 source.error().message.c_str());
    }

    void nodesAreListedWithWhatTheySayOfThemselves()
    {
        Node first("alpha");
        Node second("beta");
        const std::vector<NodeEntry> nodes = listNodes();
        QCOMPARE(nodes.size(), 2U);
        QCOMPARE(nodes[0].name, std::string("alpha"));
        QCOMPARE(nodes[1].title, std::string("beta"));
        QCOMPARE(nodes[1].program, std::string("test 1.0"));
        QCOMPARE(nodes[0].processId, 4711U);
        QVERIFY(nodes[0].startedAtUnixNs > 0);
        QCOMPARE(describeRunningNodes(), std::string("alpha, beta"));
    }
};

QTEST_GUILESS_MAIN(StreamTest)
#include "tst_stream.moc"
