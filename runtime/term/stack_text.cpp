// Stack traces as Elixir prints them.
#include "runtime/base/utf8.h"
#include "runtime/term/exception_text.h"
#include "runtime/term/exit_reason.h"
#include "runtime/term/inspect.h"
#include "runtime/term/known_modules.h"

namespace exitwave::term {

namespace {

/// The value of `key` in a keyword list, or null.
const Term* keyword(const Term& list, Atom key)
{
    for (const Term& entry : ListRange(list)) {
        if (entry.isTuple(2) && entry.elements()[0].isAtom(key))
            return &entry.elements()[1];
    }
    return nullptr;
}

std::string charlistText(const Term& list)
{
    if (list.isBinary())
        return std::string(list.asBinary());
    std::string text;
    for (const Term& c : ListRange(list)) {
        if (c.isInteger() && c.asInteger() >= 0 && c.asInteger() <= 0x10ffff)
            base::appendUtf8(text, static_cast<char32_t>(c.asInteger()));
    }
    return text;
}

/// "file:line: ", as much of it as is known.
std::string locationText(const Term& location)
{
    const Term* file = keyword(location, atoms::file);
    if (!file)
        return {};
    std::string text = charlistText(*file) + ':';
    const Term* line = keyword(location, atoms::line);
    if (line && line->isInteger() && line->asInteger() != 0)
        text += std::to_string(line->asInteger()) + ':';
    return text + ' ';
}

} // namespace

std::string formatCall(Atom module, Atom function, const Term& arityOrArguments)
{
    if (arityOrArguments.isInteger())
        return formatMfa(module, function, static_cast<std::size_t>(arityOrArguments.asInteger()));
    std::string arguments;
    for (const Term& argument : ListRange(arityOrArguments))
        arguments += (arguments.empty() ? "" : ", ") + inspectLine(argument);
    // formatMfa puts the arity where the arguments belong.
    std::string text = formatMfa(module, function, 0);
    const std::size_t arity
        = text.starts_with("anonymous fn/0") ? text.find("/0") : text.rfind("/0");
    return text.replace(arity, 2, '(' + arguments + ')');
}

std::string formatStackFrame(const Term& frame)
{
    if (!isStackFrame(frame))
        return inspectLine(frame);
    const auto parts = frame.elements();
    const Atom module = parts[0].asAtom();
    const std::string_view function = parts[1].asAtom().name();
    const std::string location = locationText(parts[3]);
    if (function == "__MODULE__" && parts[2] == Term::integer(0))
        return location + inspectAtom(module) + " (module)";
    if (function == "__MODULE__" && parts[2] == Term::integer(1))
        return location + "(module)";
    if (function == "__FILE__" && parts[2] == Term::integer(1))
        return location + "(file)";
    const std::string_view application = applicationOf(module);
    const std::string prefix = application.empty() ? "" : '(' + std::string(application) + ") ";
    return prefix + location + formatCall(module, parts[1].asAtom(), parts[2]);
}

std::string formatStacktrace(const Term& stack)
{
    std::string text;
    for (const Term& frame : ListRange(stack))
        text += "    " + formatStackFrame(frame) + '\n';
    return text;
}

} // namespace exitwave::term
