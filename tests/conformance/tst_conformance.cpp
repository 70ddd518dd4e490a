// Scenarios whose outcome on Erlang/OTP 25 is recorded must have the same outcome here.
#include "tests/conformance/scenario_runner.h"

#include <QTest>

#include <fstream>
#include <map>
#include <vector>

using namespace exitwave;
using conformance::Json;

namespace {

std::vector<Json> readLines(const char* name)
{
    std::ifstream file(std::string(EXITWAVE_SOURCE_DIR "/tests/conformance/") + name);
    std::vector<Json> all;
    for (std::string line; std::getline(file, line);)
        all.push_back(Json::parse(line));
    return all;
}

void addRows()
{
    QTest::addColumn<int>("index");
    const std::vector<Json> scenarios = readLines("cases.jsonl");
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
        if (conformance::isSupported(scenarios[i])) // no timers and aliases yet
            QTest::newRow(scenarios[i]["name"].get<std::string>().c_str()) << static_cast<int>(i);
    }
}

QByteArray text(const Json& json)
{
    return QByteArray::fromStdString(json.dump());
}

} // namespace

class TestConformance : public QObject
{
    Q_OBJECT

private:
    std::vector<Json> m_scenarios;
    std::map<std::string, Json> m_expected;

    void check(int index, const actor::SystemOptions& options)
    {
        const Json& scenario = m_scenarios.at(static_cast<std::size_t>(index));
        const Json expected = m_expected.at(scenario["name"].get<std::string>());
        const Json seen = conformance::runScenario(scenario, options);
        for (std::size_t i = 0; i < expected["steps"].size(); ++i)
            QCOMPARE(text(seen["steps"][i]), text(expected["steps"][i]));
        QCOMPARE(text(seen["final"]), text(expected["final"]));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_scenarios = readLines("cases.jsonl");
        QVERIFY(m_scenarios.size() > 70);
        for (Json& expected : readLines("cases.expected.jsonl"))
            m_expected[expected["name"].get<std::string>()] = expected;
    }

    void onTheStepSchedulerItEndsAsOnTheBeam_data() { addRows(); }
    void onTheStepSchedulerItEndsAsOnTheBeam()
    {
        QFETCH(int, index);
        for (std::uint64_t seed = 0; seed < 8; ++seed) {
            actor::SystemOptions options;
            options.mode = actor::SchedulerMode::Step;
            options.seed = seed;
            check(index, options);
        }
    }

    void onTwoWorkersItEndsAsOnTheBeam_data() { addRows(); }
    void onTwoWorkersItEndsAsOnTheBeam()
    {
        QFETCH(int, index);
        for (int round = 0; round < 3; ++round) {
            actor::SystemOptions options;
            options.workers = 2;
            check(index, options);
        }
    }

    void inSlowMotionItEndsAsOnTheBeam_data() { addRows(); }
    void inSlowMotionItEndsAsOnTheBeam()
    {
        QFETCH(int, index);
        actor::SystemOptions options;
        options.mode = actor::SchedulerMode::Step;
        options.hopDelay = base::milliseconds(50);
        check(index, options);
    }
};

QTEST_GUILESS_MAIN(TestConformance)
#include "tst_conformance.moc"
