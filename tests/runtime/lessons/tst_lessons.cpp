// The lessons print what Elixir prints.
#include "runtime/base/mutex.h"
#include "runtime/lessons/lessons.h"

#include <QTest>

#include <regex>
#include <string>

using namespace exitwave;

namespace {

/// Collects log and output in the order in which they come.
class Transcript final : public actor::LogSink
{
public:
    void write(std::string_view text) override
    {
        const base::MutexLock lock(m_mutex);
        m_text += text;
    }
    /// Times and pids differ from run to run.
    std::string masked()
    {
        const base::MutexLock lock(m_mutex);
        const std::string times
            = std::regex_replace(m_text, std::regex(R"(\d\d:\d\d:\d\d\.\d\d\d)"), "HH:MM:SS.mmm");
        return std::regex_replace(times, std::regex(R"(#PID<\d+\.\d+\.\d+>)"), "#PID<0.N.0>");
    }

private:
    base::Mutex m_mutex;
    std::string m_text EXITWAVE_GUARDED_BY(m_mutex);
};

std::string run(const char* name, actor::SystemOptions options)
{
    Transcript transcript;
    options.log = &transcript;
    actor::System system(options);
    const lessons::Lesson* lesson = lessons::findLesson(name);
    lesson->start(system, [&](std::string_view text) { transcript.write(text); });
    system.start();
    system.waitRoots();
    system.stop();
    return transcript.masked();
}

// What Elixir 1.14.0 on OTP 25 printed for the same scripts.
constexpr auto isolatedText = "\nHH:MM:SS.mmm [error] Process #PID<0.N.0> raised an exception\n"
                              "** (RuntimeError) oops\n"
                              "    ex1_isolated.exs:4: anonymous fn/0 in "
                              ":elixir_compiler_0.__FILE__/1\n"
                              "Process.alive?(parent_pid): true\n";
constexpr auto linkedText = "\nHH:MM:SS.mmm [error] Process #PID<0.N.0> raised an exception\n"
                            "** (RuntimeError) oops\n"
                            "    ex2_spawn_link.exs:4: anonymous fn/0 in "
                            ":elixir_compiler_0.__FILE__/1\n"
                            "Process.alive?(parent_pid): false\n";
constexpr auto trappingText
    = "\nHH:MM:SS.mmm [error] Process #PID<0.N.0> raised an exception\n"
      "** (RuntimeError) oops\n"
      "    ex3_trap_exit.exs:6: anonymous fn/0 in :elixir_compiler_0.__FILE__/1\n"
      "received message: {:EXIT, #PID<0.N.0>,\n"
      " {%RuntimeError{message: \"oops\"},\n"
      "  [\n"
      "    {:elixir_compiler_0, :\"-__FILE__/1-fun-0-\", 0,\n"
      "     [file: 'ex3_trap_exit.exs', line: 6, error_info: %{module: Exception}]}\n"
      "  ]}}\n"
      "Process.alive?(parent_pid): true\n";

} // namespace

class TestLessons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLessonPrintsWhatElixirPrints_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("isolated") << QByteArray("isolated") << QByteArray(isolatedText);
        QTest::newRow("linked") << QByteArray("linked") << QByteArray(linkedText);
        QTest::newRow("trapping") << QByteArray("trapping") << QByteArray(trappingText);
    }
    void aLessonPrintsWhatElixirPrints()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, expected);
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            actor::SystemOptions options;
            options.mode = actor::SchedulerMode::Step;
            options.seed = seed;
            QCOMPARE(QByteArray::fromStdString(run(name.constData(), options)), expected);
        }
        actor::SystemOptions threaded;
        threaded.workers = 2;
        QCOMPARE(QByteArray::fromStdString(run(name.constData(), threaded)), expected);
    }

    void slowMotionChangesNothingOfTheText_data() { aLessonPrintsWhatElixirPrints_data(); }
    void slowMotionChangesNothingOfTheText()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, expected);
        actor::SystemOptions options;
        options.mode = actor::SchedulerMode::Step;
        options.hopDelay = base::seconds(2);
        QCOMPARE(QByteArray::fromStdString(run(name.constData(), options)), expected);
    }

    void everyLessonSaysWhatItShows()
    {
        QCOMPARE(lessons::lessons().size(), std::size_t(3));
        for (const lessons::Lesson& lesson : lessons::lessons()) {
            QVERIFY(!lesson.title.empty());
            QVERIFY(lesson.summary.ends_with('.'));
            QCOMPARE(lessons::findLesson(lesson.name), &lesson);
        }
        QVERIFY(lessons::findLesson("no such lesson") == nullptr);
    }
};

QTEST_GUILESS_MAIN(TestLessons)
#include "tst_lessons.moc"
