// The built-in functions about processes, and what each demands of its arguments.
#include "runtime/term/error_info.h"

#include "runtime/term/exit_reason.h"

#include <algorithm>
#include <array>
#include <functional>

namespace exitwave::term {

namespace {

/// What is wrong with the arguments, one text each; empty for those that are fine.
using Faults = std::array<std::string_view, 3>;

/// A failed call: the arguments, the error value and the cause from error_info.
struct Call
{
    std::string_view function;
    std::vector<Term> arguments;
    const Term& value;
    Atom cause;

    const Term& argument(std::size_t index) const { return arguments[index]; }
};

std::string_view unless(bool fine, std::string_view fault)
{
    return fine ? std::string_view() : fault;
}

std::string_view pidFault(const Call& call)
{
    if (!call.argument(0).isPid())
        return "not a pid";
    return unless(!call.value.isAtom(atoms::noproc),
                  "the pid does not refer to an existing process");
}

Faults registerFaults(const Call& call)
{
    if (call.cause == atoms::notalive)
        return {"", "the pid does not refer to an existing process"};
    if (call.cause == atoms::registeredName)
        return {"", "this process or port already has a name"};
    Faults faults{unless(call.argument(0).isAtom(), "not an atom"),
                  unless(call.argument(1).isPid(), "not a pid or port")};
    if (call.argument(0).isAtom(atoms::undefined))
        faults[0] = "'undefined' is not a valid name";
    else if (faults[0].empty() && faults[1].empty())
        faults[0] = "name is in use";
    return faults;
}

Faults timerFaults(const Call& call)
{
    const Term& time = call.argument(0);
    const Term& target = call.argument(1);
    std::string_view timeFault;
    if (!time.isInteger())
        timeFault = "not an integer";
    else if (time.asInteger() < 0)
        timeFault = "out of range";
    return {timeFault, unless(target.isPid() || target.isAtom(), "not a pid or an atom")};
}

Faults faultsOf(const Call& call)
{
    const std::string_view f = call.function;
    const std::size_t arity = call.arguments.size();
    const auto any = [f](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), f) != names.end();
    };
    if (f == "send" && arity >= 2)
        return {"invalid destination"};
    if (any({"link", "unlink", "exit", "is_process_alive"}) && arity >= 1)
        return {pidFault(call)};
    if (f == "process_info" && arity >= 1)
        return {pidFault(call),
                unless(arity < 2 || !call.argument(0).isPid(), "invalid item or item list")};
    if (f == "monitor" && arity == 2) {
        if (!call.argument(0).isAtom(atoms::process))
            return {"invalid monitor type"};
        return {"", "not a pid"};
    }
    if (f == "demonitor" && arity >= 1) {
        if (!call.argument(0).isReference())
            return {"not a reference"};
        return {"", call.arguments.back().isList() ? "invalid option in list" : "not a list"};
    }
    if (f == "register" && arity == 2)
        return registerFaults(call);
    if (f == "unregister" && arity == 1)
        return {"not a pid"}; // the words of OTP 25, also for a name that nobody has
    if (f == "whereis" && arity == 1)
        return {"not an atom"};
    if (f == "process_flag" && arity == 2) {
        if (!call.argument(0).isAtom(atoms::trapExit))
            return {"invalid process flag"};
        return {"", "invalid value for this process flag"};
    }
    if (any({"spawn", "spawn_link", "spawn_monitor"}) && arity == 1)
        return {"not a fun"};
    if (any({"send_after", "start_timer"}) && arity >= 3)
        return timerFaults(call);
    if (f == "cancel_timer" && arity >= 1)
        return {"not a reference"};
    if (any({"hd", "tl"}) && arity == 1)
        return {"not a nonempty list"};
    return {};
}

/// The error_info map in a frame's location, or null.
const Term* errorInfoOf(const Term& location)
{
    for (const Term& entry : ListRange(location)) {
        if (entry.isTagged(atoms::errorInfo, 2))
            return &entry.elements()[1];
    }
    return nullptr;
}

} // namespace

std::string argumentErrors(const Term& value, const Term& stack)
{
    if (!stack.isCons() || !isStackFrame(stack.head()))
        return {};
    const auto frame = stack.head().elements();
    const Term* info = errorInfoOf(frame[3]);
    auto arguments = frame[2].properList();
    if (!frame[0].isAtom(atoms::erlang) || !info || !arguments)
        return {};
    const Term* module = info->find(atoms::module);
    const Term* cause = info->find(atoms::cause);
    if (!module || !module->isAtom(atoms::erlErtsErrors))
        return {};
    const Call call{frame[1].asAtom().name(),
                    std::move(*arguments),
                    value,
                    cause && cause->isAtom() ? cause->asAtom() : atoms::none};
    constexpr std::array<std::string_view, 3> ordinals{"1st", "2nd", "3rd"};
    const Faults faults = faultsOf(call);
    std::string text;
    for (std::size_t i = 0; i < faults.size(); ++i) {
        if (!faults[i].empty()) {
            text += "  * " + std::string(ordinals[i]) + " argument: " + std::string(faults[i])
                + '\n';
        }
    }
    return text.empty() ? text : "\n\n" + text;
}

} // namespace exitwave::term
