// Program: wiring, and the order in which things end.
#include "runtime/embedded/program.h"

#include "generated/version.h"
#include "runtime/actor/log_sink.h"
#include "runtime/actor/system.h"
#include "runtime/base/clock.h"
#include "runtime/base/mutex.h"
#include "runtime/lessons/lessons.h"
#include "runtime/tracer/collector.h"
#include "runtime/tracer/local_endpoint.h"
#include "runtime/tracer/local_source.h"
#include "runtime/tracer/recorder.h"
#include "runtime/tracer/stream_server.h"

#include <cstdio>
#include <string_view>
#include <thread>
#include <utility>

namespace exitwave::embedded {

namespace {

// Where log and lesson write, in one order. Thread: any.
class Console final : public actor::LogSink
{
public:
    explicit Console(bool enabled) : m_enabled(enabled) {}

    void write(std::string_view text) override
    {
        if (!m_enabled)
            return;
        const base::MutexLock lock(m_mutex);
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
    }

private:
    const bool m_enabled;
    base::Mutex m_mutex; // one text at a time
};

base::Result<const lessons::Lesson*> lessonNamed(const std::string& name)
{
    if (const lessons::Lesson* lesson = lessons::findLesson(name))
        return lesson;
    std::string known;
    for (const lessons::Lesson& lesson : lessons::lessons())
        known += (known.empty() ? "" : ", ") + std::string(lesson.name);
    return base::fail(base::ErrorCode::NotFound,
                      "there is no lesson \"" + name + "\". Lessons: " + known + ".");
}

tracer::CollectorOptions collectorOptions(const lessons::Lesson& lesson,
                                          const LessonOptions& options)
{
    tracer::CollectorOptions made;
    made.hello.acceptsCommands = true;
    made.hello.processId = tracer::currentProcessId();
    made.hello.seed = options.seed;
    made.hello.program = "exitwave " + std::string(versionText);
    made.hello.title = std::string(lesson.title);
    return made;
}

} // namespace

// Members stand in the order in which they need each other; they go in reverse. The server takes
// commands to the system, so it goes first; a collector that was started is finished before.
struct Program::Parts
{
    Parts(const lessons::Lesson& chosen, const LessonOptions& options)
        : lesson(chosen)
        , console(options.printOutput)
        , collector(options.seed ? static_cast<const base::Clock&>(virtualClock) : steadyClock,
                    collectorOptions(chosen, options))
        , system(systemOptions(options))
    {
    }
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    actor::SystemOptions systemOptions(const LessonOptions& options)
    {
        actor::SystemOptions made;
        made.workers = options.workers;
        made.sink = &collector;
        made.log = &console;
        made.clock = &steadyClock;
        made.hopDelay = base::Duration{options.delayNs};
        made.startPaused = options.startPaused;
        if (!options.seed)
            return made;
        made.mode = actor::SchedulerMode::Step;
        made.seed = *options.seed;
        made.virtualClock = &virtualClock;
        made.pace = options.delayNs > 0 ? 1.0 : 0.0; // slow motion is for eyes: it takes real time
        return made;
    }

    const lessons::Lesson& lesson;
    Console console;
    base::MonotonicClock steadyClock;
    base::VirtualClock virtualClock;
    std::unique_ptr<tracer::Recorder> recorder;
    tracer::Collector collector;
    actor::System system;
    std::unique_ptr<tracer::StreamServer> server;
    std::unique_ptr<tracer::LocalSource> local;
    std::thread watch; // waits for the end of the lesson
    bool finished = false;
};

Program::Program(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

Program::~Program()
{
    (void)finish("closed"); // its failure was logged by the recorder; nobody is left to be told
}

base::Result<std::unique_ptr<Program>>
Program::open(const std::string& lesson, const LessonOptions& options, LocalSource local)
{
    const base::Result<const lessons::Lesson*> found = lessonNamed(lesson);
    if (!found.ok())
        return found.error();
    auto parts = std::make_unique<Parts>(**found, options);
    if (!options.serveName.empty()) {
        tracer::StreamServerOptions serverOptions;
        serverOptions.name = options.serveName;
        auto server = tracer::StreamServer::listen(serverOptions, &parts->system.control());
        if (!server.ok())
            return server.error();
        parts->server = std::move(server).value();
        parts->collector.addConsumer(*parts->server);
    }
    if (!options.recordPath.empty()) { // last, because it may replace what the file held
        using IfThere = trace::TraceWriter::IfThere;
        auto recorder = tracer::Recorder::create(
            options.recordPath, options.replaceRecording ? IfThere::Replace : IfThere::Refuse);
        if (!recorder.ok() && recorder.error().code == base::ErrorCode::Refused)
            return base::fail(base::ErrorCode::Refused,
                              recorder.error().message
                                  + " Choose another name, or replace it with --force.");
        if (!recorder.ok())
            return recorder.error();
        parts->recorder = std::move(recorder).value();
        parts->collector.addConsumer(*parts->recorder);
    }
    if (local == LocalSource::Yes) {
        parts->local = std::make_unique<tracer::LocalSource>(&parts->system.control());
        parts->collector.addConsumer(*parts->local);
    }
    return std::unique_ptr<Program>(new Program(std::move(parts)));
}

void Program::start(std::function<void()> over)
{
    m_parts->collector.start();
    m_parts->lesson.start(m_parts->system, [console = &m_parts->console](std::string_view text) {
        console->write(text);
    });
    m_parts->system.start();
    m_parts->watch = std::thread([parts = m_parts.get(), over = std::move(over)] {
        parts->system.waitRoots();
        parts->system.waitSettled(); // what the last death caused belongs to the lesson, too
        if (over)
            over();
    });
}

trace::CommandHandler& Program::commands()
{
    return m_parts->system.control();
}

trace::EventSource* Program::source()
{
    return m_parts->local.get();
}

std::string Program::socketPath() const
{
    return m_parts->server ? m_parts->server->path() : std::string();
}

base::Result<void> Program::finish(const std::string& why)
{
    if (std::exchange(m_parts->finished, true))
        return base::success();
    m_parts->system.stop();
    if (m_parts->watch.joinable())
        m_parts->watch.join();
    m_parts->collector.finish(why);
    if (m_parts->server)
        m_parts->server->close();
    return m_parts->recorder ? m_parts->recorder->close() : base::success();
}

} // namespace exitwave::embedded
