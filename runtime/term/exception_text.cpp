// From Erlang's errors to Elixir's exceptions, and their messages.
#include "runtime/term/exception_text.h"

#include "runtime/base/utf8.h"
#include "runtime/term/error_info.h"
#include "runtime/term/exit_reason.h"
#include "runtime/term/inspect.h"
#include "runtime/term/known_modules.h"

#include <array>
#include <initializer_list>

namespace exitwave::term {

namespace {

using Fields = std::initializer_list<std::pair<std::string_view, Term>>;

Term make(Atom module, Fields fields)
{
    std::vector<MapEntry> entries{{atoms::structKey, module}, {atoms::exceptionKey, atoms::true_}};
    for (const auto& [name, value] : fields)
        entries.push_back({Term::atom(name), value});
    return Term::map(std::move(entries));
}

Term makeWithMessage(Atom module, std::string_view message)
{
    return make(module, {{"message", Term::binary(message)}});
}

/// Errors that are an atom and a value, and the exceptions that carry that value as `term`.
struct TermError
{
    Atom tag;
    Atom module;
    std::string_view message; ///< followed by the value
};

constexpr auto termErrors = std::to_array<TermError>({
    {atoms::badmatch, atoms::MatchError, "no match of right hand side value: "},
    {atoms::badfun, atoms::BadFunctionError, "expected a function, got: "},
    {atoms::badmap, atoms::BadMapError, "expected a map, got: "},
    {atoms::caseClause, atoms::CaseClauseError, "no case clause matching: "},
    {atoms::withClause, atoms::WithClauseError, "no with clause matching: "},
    {atoms::tryClause, atoms::TryClauseError, "no try clause matching: "},
});

/// The module, function and arity of the first frame, as the fields of an exception.
Term withCalled(Atom module, const Term& stack)
{
    if (!stack.isCons() || !isStackFrame(stack.head()))
        return make(module, {{"module", Term()}, {"function", Term()}, {"arity", Term()}});
    const auto frame = stack.head().elements();
    const std::size_t arity = frame[2].isInteger() ? 0 : frame[2].listLength().value_or(0);
    const Term arityTerm
        = frame[2].isInteger() ? frame[2] : Term::integer(static_cast<std::int64_t>(arity));
    return make(module, {{"module", frame[0]}, {"function", frame[1]}, {"arity", arityTerm}});
}

/// The map in which a key was missing, known only from the arguments of the failed call.
Term searchedMap(const Term& key, const Term& stack)
{
    if (!stack.isCons() || !isStackFrame(stack.head()))
        return {};
    const auto arguments = stack.head().elements()[2].properList();
    if (arguments && arguments->size() >= 2 && (*arguments)[0] == key && (*arguments)[1].isMap())
        return (*arguments)[1];
    return {};
}

Term normalizeAtom(const Term& value, const Term& stack)
{
    const Atom atom = value.asAtom();
    if (atom == atoms::badarg) {
        const std::string details = argumentErrors(value, stack);
        return makeWithMessage(atoms::ArgumentError,
                               details.empty()
                                   ? "argument error"
                                   : "errors were found at the given arguments:" + details);
    }
    if (atom == atoms::badarith)
        return makeWithMessage(atoms::ArithmeticError, "bad argument in arithmetic expression");
    if (atom == atoms::systemLimit)
        return makeWithMessage(atoms::SystemLimitError, "a system limit has been reached");
    if (atom == atoms::condClause)
        return make(atoms::CondClauseError, {});
    if (atom == atoms::undef)
        return withCalled(atoms::UndefinedFunctionError, stack);
    if (atom == atoms::functionClause)
        return withCalled(atoms::FunctionClauseError, stack);
    return {};
}

Term normalizeTuple(std::span<const Term> parts, const Term& stack)
{
    if (parts.size() == 2) {
        for (const TermError& error : termErrors) {
            if (parts[0].isAtom(error.tag))
                return make(error.module, {{"term", parts[1]}});
        }
        if (parts[0].isAtom(atoms::badarg)) {
            return makeWithMessage(atoms::ArgumentError,
                                   "argument error: " + inspectLine(parts[1]));
        }
        if (parts[0].isAtom(atoms::badkey))
            return make(atoms::KeyError,
                        {{"key", parts[1]}, {"term", searchedMap(parts[1], stack)}});
        if (parts[0].isAtom(atoms::badarity) && parts[1].isTuple(2)) {
            return make(atoms::BadArityError,
                        {{"function", parts[1].elements()[0]}, {"args", parts[1].elements()[1]}});
        }
    }
    if (parts.size() == 3) {
        if (parts[0].isAtom(atoms::badkey))
            return make(atoms::KeyError, {{"key", parts[1]}, {"term", parts[2]}});
        if (parts[0].isAtom(atoms::badStruct))
            return make(atoms::BadStructError, {{"struct", parts[1]}, {"term", parts[2]}});
        if (parts[0].isAtom(atoms::badBoolean))
            return make(atoms::BadBooleanError, {{"operator", parts[1]}, {"term", parts[2]}});
    }
    return {};
}

const Term& field(const Term& exception, Atom name)
{
    static const Term nil;
    const Term* found = exception.find(name);
    return found ? *found : nil;
}

std::string undefinedFunctionMessage(const Term& exception)
{
    const Term& module = field(exception, atoms::module);
    const Term& function = field(exception, atoms::function);
    const Term& arity = field(exception, atoms::arity);
    if (!module.isAtom() || !function.isAtom() || !arity.isInteger())
        return "undefined function";
    const std::string name = "function " + formatCall(module.asAtom(), function.asAtom(), arity);
    if (module.isAtom(atoms::nil))
        return name + " is undefined";
    if (isKnownModule(module.asAtom()))
        return name + " is undefined or private";
    return name + " is undefined (module " + inspectAtom(module.asAtom()) + " is not available)";
}

std::string functionClauseMessage(const Term& exception)
{
    const Term& module = field(exception, atoms::module);
    const Term& function = field(exception, atoms::function);
    const Term& arity = field(exception, atoms::arity);
    if (!module.isAtom() || !function.isAtom() || !arity.isInteger())
        return "no function clause matches";
    return "no function clause matching in "
        + formatCall(module.asAtom(), function.asAtom(), arity);
}

std::string badArityMessage(const Term& exception)
{
    const Term& function = field(exception, atoms::function);
    const auto arguments = field(exception, atoms::args).properList().value_or(std::vector<Term>());
    std::string called = "no arguments";
    if (!arguments.empty()) {
        called = std::to_string(arguments.size())
            + (arguments.size() == 1 ? " argument (" : " arguments (");
        for (std::size_t i = 0; i < arguments.size(); ++i)
            called += (i == 0 ? "" : ", ") + inspectLine(arguments[i]);
        called += ')';
    }
    const std::string arity
        = function.isFunction() ? std::to_string(function.asFunction().arity) : "?";
    return inspectLine(function) + " with arity " + arity + " called with " + called;
}

std::string keyMessage(const Term& exception)
{
    const Term& term = field(exception, atoms::term);
    const std::string text = "key " + inspectLine(field(exception, atoms::key)) + " not found";
    return term.isAtom(atoms::nil) ? text : text + " in: " + inspectLine(term);
}

std::string erlangErrorMessage(const Term& exception)
{
    const std::string text = "Erlang error: " + inspectLine(field(exception, atoms::original));
    const Term& reason = field(exception, atoms::reason);
    return reason.isBinary() ? text + ':' + std::string(reason.asBinary()) : text;
}

} // namespace

Term normalizeError(const Term& value, const Term& stack)
{
    if (value.isStruct() && value.find(atoms::exceptionKey))
        return value;
    Term exception;
    if (value.isAtom())
        exception = normalizeAtom(value, stack);
    else if (value.isTuple())
        exception = normalizeTuple(value.elements(), stack);
    if (exception.isMap())
        return exception;
    const std::string details = argumentErrors(value, stack);
    return make(
        atoms::ErlangError,
        {{"original", value}, {"reason", details.empty() ? Term() : Term::binary(details)}});
}

std::string exceptionMessage(const Term& exception)
{
    if (!exception.isStruct())
        return inspectLine(exception);
    if (const Term& message = field(exception, atoms::message); message.isBinary())
        return std::string(message.asBinary());
    const Atom module = exception.find(atoms::structKey)->asAtom();
    const Term& term = field(exception, atoms::term);
    for (const TermError& error : termErrors) {
        if (error.module == module)
            return std::string(error.message) + inspectLine(term);
    }
    if (module == atoms::UndefinedFunctionError)
        return undefinedFunctionMessage(exception);
    if (module == atoms::FunctionClauseError)
        return functionClauseMessage(exception);
    if (module == atoms::CondClauseError)
        return "no cond clause evaluated to a truthy value";
    if (module == atoms::BadArityError)
        return badArityMessage(exception);
    if (module == atoms::KeyError)
        return keyMessage(exception);
    if (module == atoms::BadStructError) {
        return "expected a struct named " + inspectLine(field(exception, atoms::struct_))
            + ", got: " + inspectLine(term);
    }
    if (module == atoms::BadBooleanError) {
        const Term& operation = field(exception, atoms::operator_);
        return "expected a boolean on left-side of \""
            + std::string(operation.isAtom() ? operation.asAtom().name() : "and")
            + "\", got: " + inspectLine(term);
    }
    if (module == atoms::ErlangError)
        return erlangErrorMessage(exception);
    return inspectLine(exception); // an exception of the program's own that has no message
}

std::string formatErrorBanner(const Term& value, const Term& stack)
{
    const Term exception = normalizeError(value, stack);
    return "** (" + inspectLine(field(exception, atoms::structKey)) + ") "
        + exceptionMessage(exception);
}

std::string formatError(const Term& value, const Term& stack)
{
    std::string text = formatErrorBanner(value, stack);
    if (stack.isCons())
        text += '\n' + formatStacktrace(stack);
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

std::string formatCrash(const Term& reason)
{
    if (!hasStack(reason))
        return formatExit(reason);
    return formatError(reason.elements()[0], reason.elements()[1]);
}

} // namespace exitwave::term
