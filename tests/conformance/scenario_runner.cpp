// Steps, rest, and what can be seen at rest.
#include "tests/conformance/scenario_runner.h"

#include "tests/conformance/scenario_process.h"
#include "tests/support/record_sink.h"

#include <algorithm>
#include <memory>

namespace exitwave::conformance {

using actor::Pid;
using actor::Term;

namespace {

const actor::SpawnSite rootSite("conformance", "root", 0);

/// Looks for operations in steps, batches and bodies.
bool allSupported(const Json& json)
{
    static const std::set<std::string> unsupported{
        "send_after", "start_timer", "cancel_timer", "alias", "unalias", "sleep"};
    if (json.is_object() && json.contains("op") && unsupported.count(json["op"]) != 0)
        return false;
    if (!json.is_structured())
        return true;
    return std::all_of(json.begin(), json.end(), allSupported);
}

class SilentLog final : public actor::LogSink
{
public:
    void write(std::string_view) override {}
};

/// One run of one scenario. Thread: the caller's.
class Run
{
public:
    explicit Run(actor::SystemOptions options)
    {
        options.sink = &m_sink;
        options.log = &m_log;
        m_system = std::make_unique<actor::System>(options);
        m_system->start();
    }

    Json step(const Json& step, int number)
    {
        Json out;
        out["i"] = number;
        m_died.clear();
        m_logged.clear();
        const std::optional<Json> result = act(step);
        readTrace();
        if (result)
            out["ret"] = *result;
        for (const auto& [name, reason] : m_died)
            out["died"][name] = reason;
        collectMail(out);
        const Json links = linkPairs();
        if (links != m_links)
            out["links"] = links;
        m_links = links;
        if (!m_logged.empty())
            out["log"] = m_logged;
        return out;
    }

    Json final()
    {
        Json out = Json::object();
        for (const auto& [name, pid] : m_stage.names.processes()) {
            const auto info = m_system->inspect(pid);
            if (!info) {
                out[name] = {{"alive", false}, {"reason", m_reasons[name]}};
                continue;
            }
            Json& process = out[name];
            process["alive"] = true;
            process["trap"] = info->trapExit;
            for (const Mail& mail : m_mail[name])
                process["mbox"].push_back(m_stage.names.toJson(mail.message));
            addSorted(process, "links", info->links, "");
            std::vector<std::string> monitors;
            for (const auto& monitor : info->monitors)
                monitors.push_back(monitor.name ? registeredName(*monitor.name)
                                                : "@" + m_stage.names.nameOf(monitor.target));
            std::sort(monitors.begin(), monitors.end());
            if (!monitors.empty())
                process["mon"] = monitors;
            addSorted(process, "monby", info->monitoredBy, "");
            if (info->registeredName)
                process["reg"] = registeredName(*info->registeredName);
        }
        return out;
    }

private:
    struct Mail
    {
        std::pair<std::string, int> sender;
        Term message;
    };

    /// The value of `ret`; nothing when there is none.
    std::optional<Json> act(const Json& step)
    {
        if (step.value("op", "") == "root") {
            Json body = step.value("body", Json::array());
            const Pid pid
                = m_system->spawnRoot(rootSite, [stage = &m_stage, body](actor::Self& self) {
                      return processMain(self, *stage, body);
                  });
            m_stage.names.bind(step["name"], pid);
            m_system->waitIdle();
            return std::nullopt;
        }
        const std::optional<Pid> by = m_stage.names.pid(step["by"]);
        if (!by || !m_system->inspect(*by))
            return Json("$dead");
        const bool isBatch = step.contains("batch");
        const std::int64_t number = m_stage.addBatch(isBatch ? step["batch"] : Json::array({step}));
        trace::Command command;
        command.kind = trace::CommandKind::Send;
        command.process = trace::ProcessKey{by->packed()};
        command.term = commandMessage(number);
        m_system->control().handle(command, [](const trace::Answer&) {});
        m_system->waitIdle();
        for (const auto& [process, message] : m_stage.takeTaken())
            forget(m_stage.names.nameOf(process), message);
        const std::optional<Json> results = m_stage.results(number);
        if (!results || !m_system->inspect(*by))
            return std::nullopt;
        return isBatch ? *results : results->front();
    }

    void forget(const std::string& name, const Term& message)
    {
        std::vector<Mail>& mail = m_mail[name];
        const auto found = std::find_if(
            mail.begin(), mail.end(), [&](const Mail& one) { return one.message == message; });
        if (found != mail.end())
            mail.erase(found);
    }

    void readTrace()
    {
        for (const trace::Record& record : m_sink.take()) {
            const std::string name = m_stage.names.nameOf(Pid::fromPacked(record.process.value));
            if (record.type == trace::EventType::ProcessExited)
                m_died[name] = m_reasons[name] = m_stage.names.toJson(record.term);
            if (record.type == trace::EventType::CrashLogged)
                m_logged.push_back(name);
        }
        std::sort(m_logged.begin(), m_logged.end());
    }

    void collectMail(Json& out)
    {
        for (const auto& [name, pid] : m_stage.names.processes()) {
            const auto info = m_system->inspect(pid);
            if (!info)
                continue;
            std::vector<Term> fresh = info->messages;
            std::vector<Mail> kept; // a demonitor with flush removes silently
            for (const Mail& mail : m_mail[name]) {
                const auto found = std::find(fresh.begin(), fresh.end(), mail.message);
                if (found == fresh.end())
                    continue;
                fresh.erase(found);
                kept.push_back(mail);
            }
            std::vector<Mail> arrived;
            for (const Term& message : fresh)
                arrived.push_back({m_stage.names.senderKey(message), message});
            std::stable_sort(arrived.begin(), arrived.end(), [](const Mail& a, const Mail& b) {
                return a.sender < b.sender;
            });
            for (const Mail& mail : arrived)
                out["recv"][name].push_back(m_stage.names.toJson(mail.message));
            kept.insert(kept.end(), arrived.begin(), arrived.end());
            m_mail[name] = std::move(kept);
        }
    }

    /// "A-B" for a link that both have, "A~B" for one that only one side has.
    Json linkPairs()
    {
        std::set<std::pair<std::string, std::string>> halves;
        for (const auto& [name, pid] : m_stage.names.processes()) {
            if (const auto info = m_system->inspect(pid)) {
                for (const Pid peer : info->links)
                    halves.emplace(name, m_stage.names.nameOf(peer));
            }
        }
        std::set<std::pair<std::string, std::string>> pairs;
        for (const auto& [a, b] : halves)
            pairs.insert(std::minmax(a, b));
        Json out = Json::array();
        for (const auto& [a, b] : pairs) {
            const bool both = halves.count({a, b}) != 0 && halves.count({b, a}) != 0;
            out.push_back(a + (both ? "-" : "~") + b);
        }
        return out;
    }

    void addSorted(Json& process, const char* key, const std::vector<Pid>& pids, const char* prefix)
    {
        std::vector<std::string> names;
        for (const Pid pid : pids)
            names.push_back(prefix + m_stage.names.nameOf(pid));
        std::sort(names.begin(), names.end());
        if (!names.empty())
            process[key] = names;
    }

    support::RecordSink m_sink;
    SilentLog m_log;
    Stage m_stage;
    std::unique_ptr<actor::System> m_system; // after what its processes use
    std::map<std::string, std::vector<Mail>> m_mail;
    std::map<std::string, Json> m_reasons;
    std::map<std::string, Json> m_died; // in this step
    std::vector<std::string> m_logged; // in this step
    Json m_links = Json::array();
};

} // namespace

bool isSupported(const Json& scenario)
{
    return allSupported(scenario["steps"]);
}

Json runScenario(const Json& scenario, actor::SystemOptions options)
{
    Run run(options);
    Json out;
    out["name"] = scenario["name"];
    int number = 0;
    for (const Json& step : scenario["steps"])
        out["steps"].push_back(run.step(step, ++number));
    out["final"] = run.final();
    return out;
}

} // namespace exitwave::conformance
