// openLesson: a lesson that runs inside the program that watches it.
#include "runtime/embedded/program.h"

#include <spdlog/spdlog.h>

#include <atomic>
#include <utility>

namespace exitwave::embedded {

namespace {

class LessonSource final : public trace::EventSource
{
public:
    LessonSource(std::unique_ptr<Program> program, bool keep)
        : m_keep(keep), m_program(std::move(program))
    {
    }
    ~LessonSource() override { stop(); }

    base::Result<void> start(Wake wake) override
    {
        base::Result<void> started = m_program->source()->start(wake);
        if (!started.ok())
            return started;
        m_program->start([this, wake = std::move(wake)] {
            m_over.store(true, std::memory_order_release); // partner: take
            if (wake)
                wake();
        });
        return base::success();
    }

    bool take(trace::Batch& out, std::size_t maxEvents) override
    {
        if (!m_keep && m_over.load(std::memory_order_acquire)) // partner: start
            finish("the lesson is over");
        return m_program->source()->take(out, maxEvents);
    }

    void request(trace::Command command) override
    {
        m_program->source()->request(std::move(command));
    }

    void stop() override
    {
        finish("stopped");
        m_program->source()->stop();
    }

    trace::SourceState state() const override { return m_program->source()->state(); }
    trace::SourceInfo info() const override { return m_program->source()->info(); }
    base::Error error() const override { return m_program->source()->error(); }

private:
    void finish(const std::string& why)
    {
        if (const base::Result<void> finished = m_program->finish(why); !finished.ok())
            spdlog::error("{}", finished.error().message);
    }

    const bool m_keep;
    std::atomic<bool> m_over{false};
    std::unique_ptr<Program> m_program;
};

} // namespace

base::Result<std::unique_ptr<trace::EventSource>> openLesson(const std::string& lesson,
                                                             const LessonOptions& options)
{
    auto program = Program::open(lesson, options, Program::LocalSource::Yes);
    if (!program.ok())
        return program.error();
    return std::unique_ptr<trace::EventSource>(
        new LessonSource(std::move(program).value(), options.keep));
}

} // namespace exitwave::embedded
