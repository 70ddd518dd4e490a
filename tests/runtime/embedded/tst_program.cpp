// A lesson inside this process: its events, its end, and the same events for the same seed.
#include "runtime/embedded/program.h"
#include "runtime/trace/event_text.h"
#include "runtime/trace/file_source.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>

using namespace exitwave;
using namespace exitwave::embedded;
using trace::EventType;
using trace::SourceState;

namespace {

struct Seen
{
    trace::TermTable terms;
    std::vector<trace::Event> events;
    std::vector<trace::Answer> answers;
    std::vector<trace::Diagnostic> diagnostics;

    std::string text() const
    {
        std::string lines;
        for (const trace::Event& event : events)
            lines += trace::eventText(event, terms) + "\n";
        return lines;
    }
    bool has(EventType type) const
    {
        return std::any_of(events.begin(), events.end(), [type](const trace::Event& event) {
            return event.type == type;
        });
    }
};

template<typename Done>
bool watch(trace::EventSource& source, Seen& seen, Done done)
{
    return QTest::qWaitFor(
        [&] {
            trace::Batch batch;
            bool more = true;
            while (more) {
                more = source.take(batch, 1000);
                seen.terms.add(batch.terms);
                seen.events.insert(seen.events.end(), batch.events.begin(), batch.events.end());
                seen.answers.insert(seen.answers.end(), batch.answers.begin(), batch.answers.end());
                seen.diagnostics.insert(
                    seen.diagnostics.end(), batch.diagnostics.begin(), batch.diagnostics.end());
            }
            return done();
        },
        20000);
}

LessonOptions quiet(std::optional<std::uint64_t> seed, bool keep)
{
    LessonOptions options;
    options.seed = seed;
    options.keep = keep;
    options.printOutput = false;
    return options;
}

Seen watchedToItsEnd(const std::string& lesson, const LessonOptions& options)
{
    auto source = openLesson(lesson, options);
    if (!source.ok())
        qFatal("%s", source.error().message.c_str());
    Seen seen;
    const bool started = (*source)->start([] {}).ok();
    if (!started
        || !watch(**source, seen, [&] { return (*source)->state() == SourceState::Ended; }))
        qFatal("the lesson did not end");
    return seen;
}

} // namespace

class ProgramTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_RUNTIME_DIR", m_folder.path().toLocal8Bit()); }

    void everyLessonShowsItsCrashAndEnds()
    {
        for (const char* lesson : {"isolated", "linked", "trapping"}) {
            const Seen seen = watchedToItsEnd(lesson, quiet({}, false));
            QVERIFY(seen.diagnostics.empty());
            QVERIFY(seen.has(EventType::ProcessSpawned));
            QVERIFY(seen.has(EventType::CrashLogged));
            QCOMPARE(seen.events.front().type, EventType::TraceStarted);
            QCOMPARE(seen.events.back().type, EventType::TraceEnded);
            QCOMPARE(seen.has(EventType::ExitSignalSent), std::string(lesson) != "isolated");
        }
    }

    void theSameSeedGivesTheSameEvents()
    {
        const std::string first = watchedToItsEnd("trapping", quiet(7, false)).text();
        const std::string second = watchedToItsEnd("trapping", quiet(7, false)).text();
        QVERIFY(first.size() > 500);
        QCOMPARE(QString::fromStdString(second), QString::fromStdString(first));
    }

    void aRecordingHoldsTheSameEvents()
    {
        LessonOptions options = quiet(3, false);
        options.recordPath = m_folder.filePath(QStringLiteral("lesson.ewt")).toStdString();
        const Seen live = watchedToItsEnd("linked", options);
        trace::FileSource file(options.recordPath);
        QVERIFY(file.start(nullptr).ok());
        Seen recorded;
        QVERIFY(watch(file, recorded, [&] { return file.state() == SourceState::Ended; }));
        QVERIFY(watch(file, recorded, [] { return true; }));
        QVERIFY(recorded.diagnostics.empty());
        QCOMPARE(QString::fromStdString(recorded.text()), QString::fromStdString(live.text()));
    }

    void aKeptLessonStaysLiveUntilItIsStopped()
    {
        auto source = openLesson("linked", quiet({}, true));
        QVERIFY(source.ok());
        QVERIFY((*source)->start([] {}).ok());
        Seen seen;
        QVERIFY(watch(**source, seen, [&] { return seen.has(EventType::ProcessExited); }));
        QCOMPARE((*source)->state(), SourceState::Live);
        QVERIFY((*source)->info().acceptsCommands);
        (*source)->stop();
        QCOMPARE((*source)->state(), SourceState::Ended);
    }

    void aSlowAndPausedStartIsToldOnce()
    {
        LessonOptions options = quiet({}, true);
        options.startPaused = true;
        options.delayNs = 1'000'000;
        auto source = openLesson("linked", options);
        QVERIFY(source.ok());
        QVERIFY((*source)->start([] {}).ok());
        trace::Command command; // answered after everything that the start itself announced
        command.id = trace::CommandId{1};
        command.kind = trace::CommandKind::Send;
        command.process = trace::ProcessKey{0xffffffffULL};
        (*source)->request(command);
        Seen seen;
        QVERIFY(watch(**source, seen, [&] {
            return !seen.answers.empty() && seen.has(EventType::ControlChanged);
        }));
        (*source)->stop(); // the rest arrives
        QVERIFY(watch(**source, seen, [] { return true; }));
        std::vector<trace::Event> told;
        for (const trace::Event& event : seen.events) {
            if (event.type == EventType::ControlChanged)
                told.push_back(event);
        }
        QCOMPARE(told.size(), 1U);
        QCOMPARE(told[0].howAs<trace::ControlState>(), trace::ControlState::Paused);
        QCOMPARE(told[0].id, 1'000'000U);
    }

    void commandsReachTheRuntime()
    {
        LessonOptions options = quiet({}, true);
        options.startPaused = true;
        auto source = openLesson("linked", options);
        QVERIFY(source.ok());
        QVERIFY((*source)->start([] {}).ok());
        trace::Command command;
        command.id = trace::CommandId{1};
        command.kind = trace::CommandKind::Resume;
        (*source)->request(command);
        command.id = trace::CommandId{2};
        command.kind = trace::CommandKind::Exit;
        command.process = trace::ProcessKey{0xffffffffULL};
        command.term = term::Term::atom("kill");
        (*source)->request(command);
        Seen seen;
        QVERIFY(watch(**source, seen, [&] {
            return seen.answers.size() == 2 && seen.has(EventType::ProcessExited);
        }));
        QVERIFY(seen.answers[0].accepted);
        QVERIFY(!seen.answers[1].accepted);
        QVERIFY(!seen.answers[1].text.empty());
    }

    void anUnknownLessonIsToldWithThoseThatAre()
    {
        const auto source = openLesson("nothing", quiet({}, true));
        QVERIFY(!source.ok());
        QCOMPARE(
            source.error().message,
            std::string("there is no lesson \"nothing\". Lessons: isolated, linked, trapping."));
    }

    void aTakenNameDoesNotCostAnOldRecording()
    {
        LessonOptions options = quiet({}, true);
        options.serveName = "one";
        const auto first = openLesson("linked", options);
        QVERIFY(first.ok());
        options.recordPath = m_folder.filePath(QStringLiteral("old.ewt")).toStdString();
        options.replaceRecording = true;
        QFile old(QString::fromStdString(options.recordPath));
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("precious") == 8);
        old.close();
        const auto second = openLesson("linked", options);
        QVERIFY(!second.ok());
        QVERIFY(second.error().message.find("already has this name") != std::string::npos);
        QCOMPARE(old.size(), 8);
    }
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "tst_program.moc"
