// Exit reasons as Elixir's Exception.format_exit words them.
#include "runtime/term/exception_text.h"
#include "runtime/term/exit_reason.h"
#include "runtime/term/inspect.h"

namespace exitwave::term {

namespace {

/// How deep reasons inside reasons are explained; a reason from outside may be nested at will.
constexpr int maxNesting = 100;

std::string formatNested(const Term& reason, const std::string& joiner, int depth);

struct PlainReason
{
    std::string_view name;
    std::string_view text;
};

constexpr PlainReason plainReasons[] = {
    {"normal", "normal"},
    {"shutdown", "shutdown"},
    {"killed", "killed"},
    {"timeout", "time out"},
    {"noconnection", "no connection"},
    {"calling_self", "process attempted to call itself"},
    {"noproc",
     "no process: the process is not alive or there's no process currently associated with the "
     "given name, possibly because its application isn't started"},
};

std::string formatPlain(const Term& reason)
{
    if (reason.isAtom()) {
        for (const PlainReason& known : plainReasons) {
            if (reason.asAtom().name() == known.name)
                return std::string(known.text);
        }
    }
    if (!reason.isTuple(2) || !reason.elements()[0].isAtom())
        return inspectLine(reason);
    const std::string_view tag = reason.elements()[0].asAtom().name();
    const Term& value = reason.elements()[1];
    if (tag == "nodedown" && value.isAtom())
        return "no connection to " + std::string(value.asAtom().name());
    if (tag == "shutdown")
        return "shutdown: " + inspectLine(value);
    if (tag == "already_started")
        return "already started: " + inspectLine(value);
    if (tag == "bad_return_value")
        return "bad return value: " + inspectLine(value);
    if (tag == "bad_call")
        return "bad call: " + inspectLine(value);
    if (tag == "bad_cast")
        return "bad cast: " + inspectLine(value);
    return inspectLine(reason);
}

/// {Module, Function, Arguments}, as a failed call leaves it in the reason.
bool isCall(const Term& term)
{
    return term.isTuple(3) && term.elements()[0].isAtom() && term.elements()[1].isAtom()
        && term.elements()[2].listLength().has_value();
}

std::string
formatStartFailure(const Term& child, const Term& reason, const std::string& joiner, int depth)
{
    return "shutdown: failed to start child: " + inspectLine(child) + joiner + "** (EXIT) "
        + formatNested(reason, joiner + "    ", depth + 1);
}

std::string formatNested(const Term& reason, const std::string& joiner, int depth)
{
    if (!reason.isTuple(2) || depth > maxNesting)
        return formatPlain(reason);
    const Term& first = reason.elements()[0];
    const Term& second = reason.elements()[1];
    if (second.isCons() && hasStack(reason)) {
        std::string text = "an exception was raised:" + joiner + formatErrorBanner(first, second);
        for (const Term& frame : ListRange(second))
            text += joiner + "    " + formatStackFrame(frame);
        return text;
    }
    if (first.isAtom(atoms::shutdown) && second.isTagged(atoms::failedToStartChild, 3)) {
        const Term& why = second.elements()[2];
        return formatStartFailure(second.elements()[1],
                                  why.isTagged(atoms::EXIT, 2) ? why.elements()[1] : why,
                                  joiner,
                                  depth);
    }
    if (isCall(second)) {
        const auto call = second.elements();
        return "exited in: " + formatCall(call[0].asAtom(), call[1].asAtom(), call[2]) + joiner
            + "** (EXIT) " + formatNested(first, joiner + "    ", depth + 1);
    }
    return formatPlain(reason);
}

} // namespace

std::string formatExit(const Term& reason)
{
    return formatNested(reason, "\n    ", 0);
}

} // namespace exitwave::term
