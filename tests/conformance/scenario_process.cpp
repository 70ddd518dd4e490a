// One coroutine per kind of operation.
#include "tests/conformance/scenario_process.h"

#include "runtime/term/exit_reason.h"

#include <set>

namespace exitwave::conformance {

using actor::Pid;
using actor::Self;
using actor::Task;
using actor::Term;
using term::Ref;

namespace {
const term::Atom commandAtom = term::Atom::intern("$cmd");
const term::Atom msgAtom = term::Atom::intern("msg");
const actor::SpawnSite childSite("conformance", "child", 0);

Term someStack()
{
    return term::stackTerm(std::vector{term::scriptFrame("scenario", 1, 0, false)});
}
} // namespace

std::int64_t Stage::addBatch(Json operations)
{
    const base::MutexLock lock(m_mutex);
    m_batches.push_back(std::move(operations));
    return static_cast<std::int64_t>(m_batches.size()) - 1;
}

Json Stage::batch(std::int64_t number) const
{
    const base::MutexLock lock(m_mutex);
    return m_batches.at(static_cast<std::size_t>(number));
}

void Stage::setResults(std::int64_t number, Json results)
{
    const base::MutexLock lock(m_mutex);
    m_results[number] = std::move(results);
}

std::optional<Json> Stage::results(std::int64_t number) const
{
    const base::MutexLock lock(m_mutex);
    const auto found = m_results.find(number);
    return found == m_results.end() ? std::nullopt : std::optional(found->second);
}

void Stage::messageTaken(Pid by, const Term& message)
{
    const base::MutexLock lock(m_mutex);
    m_taken.emplace_back(by, message);
}

std::vector<std::pair<Pid, Term>> Stage::takeTaken()
{
    const base::MutexLock lock(m_mutex);
    return std::exchange(m_taken, {});
}

Term commandMessage(std::int64_t number)
{
    return Term::tuple({commandAtom, Term::integer(number)});
}

bool isCommand(const Term& message)
{
    return message.isTagged(commandAtom, 2);
}

namespace {

/// Whether a message is the one that a scenario's `match` describes.
bool matches(const Json& match, const Names& names, const Term& message)
{
    if (isCommand(message))
        return false;
    if (match.is_string())
        return true; // "any"
    if (match.contains("msg"))
        return message.isTagged(msgAtom, 3) && message.elements()[2] == names.toTerm(match["msg"]);
    if (match.contains("from"))
        return message.isTagged(msgAtom, 3) && message.elements()[1] == names.toTerm(match["from"]);
    if (match.contains("exit_from"))
        return message.isTagged(term::atoms::EXIT, 3)
            && message.elements()[1] == names.toTerm(match["exit_from"]);
    return message.isTagged(term::atoms::DOWN, 5)
        && message.elements()[1] == names.toTerm(match["down"]);
}

Task<Json> spawnOne(Self& self, Stage& stage, const Json& op)
{
    const std::string name = op["name"];
    const Json body = op.value("body", Json::array());
    actor::SpawnOptions options;
    options.link = op.value("link", false);
    options.monitor = op.contains("monitor");
    Stage* shared = &stage;
    const auto function = [shared, body](Self& child) { return processMain(child, *shared, body); };
    // Named before it can run, as the names are how it is found.
    const actor::Spawned spawned = co_await self.spawnWith(childSite, options, function);
    stage.names.bind(name, spawned.pid);
    if (options.monitor)
        stage.names.bindRef(op["monitor"], spawned.ref, spawned.pid);
    co_return Json("@" + name);
}

Task<Json> monitorOne(Self& self, Stage& stage, const Json& op)
{
    const std::string name = op["ref"];
    Ref ref;
    Pid target;
    if (op.contains("to_name")) {
        const term::Atom registered = registeredAtom(op["to_name"]);
        target = (co_await self.whereis(registered)).value_or(Pid{});
        ref = co_await self.monitor(registered);
    } else {
        target = stage.names.toTerm(op["to"]).asPid();
        ref = co_await self.monitor(target);
    }
    stage.names.bindRef(name, ref, target);
    co_return Json("#" + name);
}

Task<Json> sendOne(Self& self, Stage& stage, const Json& op)
{
    Term message = stage.names.toTerm(op["msg"]);
    if (!op.value("raw", false))
        message = Term::tuple({msgAtom, self.pid(), message});
    if (op.contains("to_name")) {
        const term::Atom name = registeredAtom(op["to_name"]);
        co_await self.send(name, message);
    } else {
        const Pid to = stage.names.toTerm(op["to"]).asPid();
        co_await self.send(to, message);
    }
    co_return Json("ok");
}

Task<Json> receiveOne(Self& self, Stage& stage, const Json& op)
{
    const Json match = op.value("match", Json("any"));
    const base::Duration after = base::milliseconds(op.value("after", 0));
    const Names& names = stage.names;
    const auto condition
        = [&match, &names](const Term& message) { return matches(match, names, message); };
    const std::optional<Term> message = co_await self.receive(condition, after);
    if (!message)
        co_return Json("timeout");
    stage.messageTaken(self.pid(), *message);
    Json result;
    result["got"] = names.toJson(*message);
    co_return result;
}

Task<Json> flushAll(Self& self, Stage& stage)
{
    const base::Duration none{0};
    const auto condition = [](const Term& message) { return !isCommand(message); };
    int count = 0;
    for (;; ++count) {
        const std::optional<Term> message = co_await self.receive(condition, none);
        if (!message)
            break;
        stage.messageTaken(self.pid(), *message);
    }
    co_return Json(count);
}

Task<Json> raiseOne(Self& self, Stage& stage, const Json& op)
{
    const std::string kind = op["op"];
    const Term stack = someStack();
    if (kind == "raise") {
        const Term exception = Term::exception("RuntimeError", op["msg"].get<std::string>());
        co_await self.raise(exception, stack);
    }
    if (kind == "badmatch") {
        const Term value = Term::tuple({term::atoms::badmatch, stage.names.toTerm(op["value"])});
        co_await self.error(value, stack);
    }
    const Term reason = stage.names.toTerm(op["reason"]);
    if (kind == "exit")
        co_await self.exit(reason);
    if (kind == "error")
        co_await self.error(reason, stack);
    co_await self.throwValue(reason, stack);
    co_return Json();
}

Task<Json> nameOne(Self& self, Stage& stage, const Json& op)
{
    const std::string kind = op["op"];
    const term::Atom name = registeredAtom(op["name"]);
    if (kind == "whereis") {
        const std::optional<Pid> found = co_await self.whereis(name);
        co_return found ? stage.names.toJson(*found) : Json("undefined");
    }
    if (kind == "register") {
        const Pid process = op.contains("of") ? stage.names.toTerm(op["of"]).asPid() : self.pid();
        co_await self.registerName(name, process);
    } else {
        co_await self.unregisterName(name);
    }
    co_return Json(true);
}

Task<Json> execute(Self& self, Stage& stage, const Json& op)
{
    const std::string kind = op["op"];
    const Names& names = stage.names;
    if (kind == "spawn")
        co_return co_await spawnOne(self, stage, op);
    if (kind == "monitor")
        co_return co_await monitorOne(self, stage, op);
    if (kind == "send")
        co_return co_await sendOne(self, stage, op);
    if (kind == "receive")
        co_return co_await receiveOne(self, stage, op);
    if (kind == "flush")
        co_return co_await flushAll(self, stage);
    if (kind == "register" || kind == "unregister" || kind == "whereis")
        co_return co_await nameOne(self, stage, op);
    if (kind == "link") {
        const Pid to = names.toTerm(op["to"]).asPid();
        co_await self.link(to);
    } else if (kind == "unlink") {
        const Pid to = names.toTerm(op["to"]).asPid();
        co_await self.unlink(to);
    } else if (kind == "demonitor") {
        actor::DemonitorOptions options;
        options.flush = op.value("flush", false);
        const Ref ref = names.toTerm(op["ref"]).asReference();
        const bool active = co_await self.demonitor(ref, options);
        co_return Json(op.value("info", false) ? active : true);
    } else if (kind == "trap_exit") {
        const bool old = co_await self.setTrapExit(op["value"].get<bool>());
        co_return Json(old);
    } else if (kind == "trapping") {
        co_return Json(self.trapsExits());
    } else if (kind == "exit_signal") {
        const Pid to = names.toTerm(op["to"]).asPid();
        const Term reason = names.toTerm(op["reason"]);
        co_await self.exitSignal(to, reason);
    } else if (kind == "alive") {
        const Pid of = names.toTerm(op["of"]).asPid();
        const bool alive = co_await self.isAlive(of);
        co_return Json(alive);
    } else {
        co_return co_await raiseOne(self, stage, op);
    }
    co_return Json(true);
}

Json caughtJson(const actor::Caught& caught, const Names& names)
{
    const char* kind = caught.kind == trace::ExitKind::Error ? "error"
        : caught.kind == trace::ExitKind::Throw              ? "throw"
                                                             : "exit";
    Json pair = Json::array();
    pair.push_back(kind);
    pair.push_back(names.toJson(caught.value));
    Json result;
    result["caught"] = pair;
    return result;
}

/// Nothing: one of the operations was `return`.
Task<std::optional<Json>> executeAll(Self& self, Stage& stage, const Json& operations)
{
    Json results = Json::array();
    for (const Json& op : operations) {
        if (op["op"] == "return")
            co_return std::nullopt;
        if (op.value("catch", false)) {
            actor::Attempt<Json> attempt = co_await actor::tryCatch(execute(self, stage, op));
            results.push_back(attempt.ok() ? attempt.value()
                                           : caughtJson(attempt.caught(), stage.names));
        } else {
            Json result = co_await execute(self, stage, op);
            results.push_back(std::move(result));
        }
    }
    co_return results;
}

} // namespace

Task<void> processMain(Self& self, Stage& stage, Json body)
{
    const std::optional<Json> begun = co_await executeAll(self, stage, body);
    if (!begun)
        co_return;
    for (;;) {
        const std::optional<Term> command = co_await self.receive(isCommand);
        const std::int64_t number = command->elements()[1].asInteger();
        const Json operations = stage.batch(number);
        std::optional<Json> results = co_await executeAll(self, stage, operations);
        if (!results)
            co_return;
        stage.setResults(number, std::move(*results));
    }
}

} // namespace exitwave::conformance
