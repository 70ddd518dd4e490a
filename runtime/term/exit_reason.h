// Exit reasons: what they mean, and the stack traces in them.
#pragma once

#include "runtime/term/term.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace exitwave::term {

/// Only the bare atom `normal` is normal to a link.
bool isNormal(const Term& reason);

/// `shutdown` or {shutdown, _}: what supervisors and the log do not call a crash. To a link these
/// are abnormal.
bool isShutdownLike(const Term& reason);

/// Neither normal nor shutdown-like: what people call a crash.
bool isCrash(const Term& reason);

/// One line of a stack trace. Value type.
struct StackFrame
{
    Atom module = atoms::elixirCompiler0;
    Atom function;
    std::uint32_t arity = 0;
    /// The arguments instead of the arity, where the failing call is known by them.
    std::vector<Term> arguments;
    bool hasArguments = false;
    std::string file; ///< empty when unknown
    std::uint32_t line = 0; ///< 0 when unknown
    /// The module that can explain the error (error_info), if any: Exception for `raise`,
    /// erl_erts_errors for a failed call of a built-in function.
    Atom errorInfo = atoms::nil;
    /// What that module needs to know besides the arguments: notalive, registered_name, ...
    Atom errorCause = atoms::nil;

    /// {Module, Function, Arity | Arguments, [file: 'x.exs', line: 6, error_info: %{...}]}
    Term toTerm() const;
};

/// The list of the frames' terms.
Term stackTerm(std::span<const StackFrame> frames);

/// The frame of an anonymous function in a script: the `index`th of its file, as the Elixir
/// compiler names it. `raised`: the frame of `raise`, which carries error_info.
StackFrame scriptFrame(std::string file, std::uint32_t line, std::uint32_t index, bool raised);

/// The frame of a built-in function that refused its arguments: the Erlang function
/// `erlang:function(arguments...)`. `cause` as errorCause.
StackFrame
builtinFrame(std::string_view function, std::vector<Term> arguments, Atom cause = atoms::nil);

/// The exit reason of an uncaught error: {Value, Stack}.
Term errorReason(const Term& value, const Term& stack);

/// The exit reason of an uncaught throw: {{nocatch, Value}, Stack}.
Term throwReason(const Term& value, const Term& stack);

/// {Module, Function, Arity | Arguments, Location}
bool isStackFrame(const Term& term);

/// True for {Value, Stack} where Stack is a list of stack frames (an empty list counts).
bool hasStack(const Term& reason);

} // namespace exitwave::term
