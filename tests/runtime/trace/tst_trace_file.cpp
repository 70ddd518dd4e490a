// Trace files: written, read back, and opened in every bad state.
#include "runtime/base/byte_cursor.h"
#include "runtime/trace/file_source.h"
#include "runtime/trace/trace_file.h"
#include "tests/runtime/trace/trace_samples.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace exitwave;
using namespace exitwave::trace;

namespace {

std::string errorOf(FileSource& source)
{
    const base::Result<void> started = source.start(nullptr);
    return started.ok() ? "" : started.error().message;
}

} // namespace

class TraceFileTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::string path(const char* name) const
    {
        return m_folder.filePath(QString::fromUtf8(name)).toStdString();
    }

    std::string fileWith(const char* name, const QByteArray& bytes) const
    {
        QFile file(QString::fromStdString(path(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the test file");
        return path(name);
    }

    static QByteArray contents(const std::string& name)
    {
        QFile file(QString::fromStdString(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::string recording(const char* name, const std::vector<Event>& events) const
    {
        auto writer = TraceWriter::create(path(name));
        if (!writer.ok())
            qFatal("%s", writer.error().message.c_str());
        Hello hello;
        hello.program = "test 1.0";
        hello.startedAtUnixNs = 12345;
        bool ok = (*writer)->appendHello(hello).ok();
        const std::vector<TermDefinition> terms{{TermId{1}, term::Term::atom("info")},
                                                {TermId{2}, term::Term::atom("child")},
                                                {TermId{3}, term::Term::atom("boom")}};
        ok = ok && (*writer)->append(terms, events).ok() && (*writer)->appendEnd("saved").ok()
            && (*writer)->close().ok();
        if (!ok)
            qFatal("the recording could not be written");
        return path(name);
    }

    // Everything the source delivers, in portions, until it ends.
    static Batch readAll(FileSource& source, std::size_t portion)
    {
        Batch all;
        Batch part;
        const auto takePart = [&] {
            while (source.take(part, portion)) {
                all.events.insert(all.events.end(), part.events.begin(), part.events.end());
                all.terms.insert(all.terms.end(), part.terms.begin(), part.terms.end());
                all.diagnostics.insert(
                    all.diagnostics.end(), part.diagnostics.begin(), part.diagnostics.end());
            }
            all.events.insert(all.events.end(), part.events.begin(), part.events.end());
            all.terms.insert(all.terms.end(), part.terms.begin(), part.terms.end());
            all.diagnostics.insert(
                all.diagnostics.end(), part.diagnostics.begin(), part.diagnostics.end());
        };
        const bool ended = QTest::qWaitFor(
            [&] {
                const bool over = source.state() == SourceState::Ended;
                takePart();
                return over;
            },
            20000);
        if (!ended)
            qFatal("the source did not end");
        return all;
    }

private Q_SLOTS:
    void whatIsWrittenIsReadBack()
    {
        const std::vector<Event> events = samples::cascade(40000); // more than one block
        const std::string file = recording("good.ewt", events);
        FileSource source(file);
        std::atomic<int> wakes{0};
        QVERIFY(source.start([&wakes] { ++wakes; }).ok());
        const Batch batch = readAll(source, 5000);
        QVERIFY(batch.events == events);
        QCOMPARE(batch.terms.size(), 3U);
        QVERIFY(batch.terms[2].value == term::Term::atom("boom"));
        QVERIFY(batch.diagnostics.empty());
        QVERIFY(wakes > 0);
        QCOMPARE(source.info().program, std::string("test 1.0"));
        QCOMPARE(source.info().title, std::string("good.ewt"));
        QCOMPARE(source.info().startedAtUnixNs, 12345);
        QCOMPARE(source.info().readBytes, source.info().totalBytes);
    }

    void aCutFileYieldsItsBeginningAndSaysWhatIsMissing()
    {
        const std::vector<Event> events = samples::cascade(40000);
        const QByteArray bytes = contents(recording("whole.ewt", events));
        FileSource source(fileWith("cut.ewt", bytes.left(bytes.size() - 100)));
        QVERIFY(source.start(nullptr).ok());
        const Batch batch = readAll(source, 100000);
        QVERIFY(!batch.events.empty());
        QVERIFY(samples::isPrefix(batch.events, events));
        QCOMPARE(batch.diagnostics.size(), 1U);
        const std::string text = batch.diagnostics[0].what;
        QVERIFY2(text.find("ends inside a frame at byte " + std::to_string(bytes.size() - 100))
                     != std::string::npos,
                 text.c_str());
        QVERIFY2(text.find(std::to_string(batch.events.size()) + " events up to ")
                     != std::string::npos,
                 text.c_str());
    }

    void whatCannotBeOpenedIsToldAtOnce()
    {
        FileSource missing(path("nothing.ewt"));
        QCOMPARE(errorOf(missing),
                 "there is no file " + path("nothing.ewt") + ": check the name and the folder");

        FileSource folder(m_folder.path().toStdString());
        QVERIFY(errorOf(folder).find("it is a folder. Choose a .ewt file in it.")
                != std::string::npos);

        FileSource empty(fileWith("empty.ewt", {}));
        QCOMPARE(errorOf(empty),
                 "the file " + path("empty.ewt") + " is empty: nothing was recorded in it");

        FileSource foreign(fileWith("foreign.ewt", "%PDF-1.7 and so on, some more bytes"));
        QCOMPARE(errorOf(foreign),
                 "the file " + path("foreign.ewt")
                     + " is not an Exitwave trace: it begins with other bytes");

        std::vector<std::byte> preamble;
        appendPreamble(preamble, {7, 3});
        const QByteArray future(reinterpret_cast<const char*>(preamble.data()),
                                static_cast<qsizetype>(preamble.size()));
        FileSource later(fileWith("later.ewt", future));
        QCOMPARE(errorOf(later),
                 "the file " + path("later.ewt")
                     + " is in trace format 7.3, but this program reads format 1 only: use a newer "
                       "Exitwave");

        FileSource stump(fileWith("stump.ewt", future.left(9)));
        QVERIFY(errorOf(stump).find("is cut after 9 bytes") != std::string::npos);
    }

    void whatWaitsIsBoundedWhateverItIs()
    {
        constexpr std::size_t limit = 100;
        for (const bool terms : {true, false}) {
            BatchQueue queue(limit);
            queue.open(nullptr, SourceState::Live, {});
            Batch batch;
            if (terms)
                batch.terms.resize(limit);
            else
                batch.diagnostics.resize(limit);
            queue.push(std::move(batch));
            QVERIFY(!queue.hasRoom());
            Batch taken;
            QVERIFY(!queue.take(taken, 1));
            QVERIFY(queue.hasRoom());
        }
    }

    void anUnwritableFileIsToldWithItsName()
    {
        const auto writer = TraceWriter::create(path("no/such/folder.ewt"));
        QVERIFY(!writer.ok());
        QVERIFY(writer.error().message.find(path("no/such/folder.ewt")) != std::string::npos);
    }

    void aFullDiskIsAnError()
    {
        if (!QFile::exists(QStringLiteral("/dev/full")))
            QSKIP("there is no /dev/full here");
        QVERIFY(!TraceWriter::create("/dev/full").ok());
    }

    void commandsAreRefused()
    {
        FileSource source(recording("still.ewt", samples::cascade(2)));
        QVERIFY(source.start(nullptr).ok());
        Command command;
        command.id = CommandId{5};
        source.request(command);
        Batch batch;
        std::vector<Answer> answers;
        QTRY_VERIFY((source.take(batch, 10),
                     answers.insert(answers.end(), batch.answers.begin(), batch.answers.end()),
                     !answers.empty()));
        QCOMPARE(answers[0].id.value, 5U);
        QVERIFY(!answers[0].accepted);
    }

    void aSourceThatIsNotReadToItsEndStops()
    {
        FileSource source(recording("left.ewt", samples::cascade(100000)));
        QVERIFY(source.start(nullptr).ok());
        Batch batch;
        QTRY_VERIFY(source.take(batch, 10) || !batch.events.empty());
    }
};

QTEST_GUILESS_MAIN(TraceFileTest)
#include "tst_trace_file.moc"
