// Every rule of SEMANTICS.md that has one answer, on both schedulers.
#include "runtime/term/inspect.h"
#include "tests/runtime/actor/rules.h"
#include "tests/support/record_sink.h"

#include <QTest>

using namespace exitwave;

namespace {

class SilentLog final : public actor::LogSink
{
public:
    void write(std::string_view) override {}
};

std::vector<rules::Rule> allRules()
{
    std::vector<rules::Rule> all = rules::reasonRules();
    for (const auto& more : {rules::linkRules(), rules::monitorRules(), rules::nameRules()})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

QByteArray answerOf(const rules::Rule& rule, actor::SystemOptions options)
{
    SilentLog log;
    options.log = &log;
    std::string answer;
    actor::System system(options);
    system.spawnRoot(rules::site, [&](actor::Self& self) -> actor::Task<void> {
        const term::Term term = co_await rule.probe(self);
        answer = term::inspectLine(term);
    });
    system.start();
    system.waitRoots();
    system.stop();
    return QByteArray::fromStdString(answer);
}

} // namespace

class TestRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theStepSchedulerKeepsTheRule_data() { addRows(); }
    void theStepSchedulerKeepsTheRule()
    {
        QFETCH(int, index);
        const rules::Rule rule = allRules().at(static_cast<std::size_t>(index));
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            actor::SystemOptions options;
            options.mode = actor::SchedulerMode::Step;
            options.seed = seed;
            QCOMPARE(answerOf(rule, options), QByteArray(rule.expected));
        }
    }

    void tracingChangesNothing_data() { addRows(); }
    void tracingChangesNothing()
    {
        QFETCH(int, index);
        const rules::Rule rule = allRules().at(static_cast<std::size_t>(index));
        support::RecordSink sink;
        actor::SystemOptions options;
        options.mode = actor::SchedulerMode::Step;
        options.sink = &sink;
        QCOMPARE(answerOf(rule, options), QByteArray(rule.expected));
        QVERIFY(sink.take().size() > 1);
        QCOMPARE(sink.lost(), std::uint64_t(0));
    }

    void twoWorkersKeepTheRule_data() { addRows(); }
    void twoWorkersKeepTheRule()
    {
        QFETCH(int, index);
        const rules::Rule rule = allRules().at(static_cast<std::size_t>(index));
        actor::SystemOptions options;
        options.workers = 2;
        QCOMPARE(answerOf(rule, options), QByteArray(rule.expected));
    }

private:
    static void addRows()
    {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const rules::Rule& rule : allRules())
            QTest::newRow(rule.name) << index++;
    }
};

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"
