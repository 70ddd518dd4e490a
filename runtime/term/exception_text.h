// Exceptions, exits and stack traces in the words of Elixir's Exception module.
#pragma once

#include "runtime/term/term.h"

#include <string>
#include <string_view>

namespace exitwave::term {

/// The Elixir exception for an Erlang error value: badarg becomes %ArgumentError{}, {badmatch, V}
/// %MatchError{term: V}, anything unknown %ErlangError{original: Value}. A value that is an
/// exception already stays as it is. `stack` supplies what some errors only tell there.
Term normalizeError(const Term& value, const Term& stack);

/// The message of an exception struct: "oops".
std::string exceptionMessage(const Term& exception);

/// Exception.format_banner(:error, value, stack): "** (RuntimeError) oops".
std::string formatErrorBanner(const Term& value, const Term& stack);

/// Exception.format(:error, value, stack): the banner, then one indented line per frame. No line
/// end at the end.
std::string formatError(const Term& value, const Term& stack);

/// Exception.format_stacktrace(stack) with each line indented by four spaces and ended by a line
/// end; empty for an empty stack.
std::string formatStacktrace(const Term& stack);

/// "Mod.fun/2" for an arity, "Mod.fun(1, :a)" for a list of arguments.
std::string formatCall(Atom module, Atom function, const Term& arityOrArguments);

/// One frame: "formats.exs:13: anonymous fn/0 in :elixir_compiler_0.__FILE__/1".
std::string formatStackFrame(const Term& frame);

/// Exception.format_exit(reason): "shutdown: :bye", "an exception was raised:\n    ** ...".
std::string formatExit(const Term& reason);

/// What the log says after "raised an exception\n" when a process dies of `reason`, which is
/// {Value, Stack}: formatError of its parts. For other reasons formatExit.
std::string formatCrash(const Term& reason);

} // namespace exitwave::term
