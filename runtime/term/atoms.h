// The atoms that the program knows by heart, as constants.
#pragma once

#include "runtime/term/atom.h"

// name of the constant, text of the atom. The first wireAtomCount of them are also numbered in
// encoded terms (README.md): never renumber, never remove; add at the end.
#define EXITWAVE_ATOMS(X)                                                                          \
    X(nil, "nil")                                                                                  \
    X(true_, "true")                                                                               \
    X(false_, "false")                                                                             \
    X(ok, "ok")                                                                                    \
    X(error, "error")                                                                              \
    X(normal, "normal")                                                                            \
    X(kill, "kill")                                                                                \
    X(killed, "killed")                                                                            \
    X(noproc, "noproc")                                                                            \
    X(noconnection, "noconnection")                                                                \
    X(nocatch, "nocatch")                                                                          \
    X(shutdown, "shutdown")                                                                        \
    X(EXIT, "EXIT")                                                                                \
    X(DOWN, "DOWN")                                                                                \
    X(process, "process")                                                                          \
    X(undefined, "undefined")                                                                      \
    X(exit, "exit")                                                                                \
    X(throw_, "throw")                                                                             \
    X(ellipsis, "...")                                                                             \
    X(badarg, "badarg")                                                                            \
    X(badarith, "badarith")                                                                        \
    X(badmatch, "badmatch")                                                                        \
    X(badfun, "badfun")                                                                            \
    X(badarity, "badarity")                                                                        \
    X(badmap, "badmap")                                                                            \
    X(badkey, "badkey")                                                                            \
    X(caseClause, "case_clause")                                                                   \
    X(condClause, "cond_clause")                                                                   \
    X(ifClause, "if_clause")                                                                       \
    X(functionClause, "function_clause")                                                           \
    X(tryClause, "try_clause")                                                                     \
    X(withClause, "with_clause")                                                                   \
    X(undef, "undef")                                                                              \
    X(systemLimit, "system_limit")                                                                 \
    X(timeout, "timeout")                                                                          \
    X(timeoutValue, "timeout_value")                                                               \
    X(nodedown, "nodedown")                                                                        \
    X(calling, "calling")                                                                          \
    X(badStruct, "badstruct")                                                                      \
    X(badRecord, "badrecord")                                                                      \
    X(badBoolean, "badbool")                                                                       \
    X(noLocal, "nolocal")                                                                          \
    X(failedToStartChild, "failed_to_start_child")                                                 \
    X(alreadyStarted, "already_started")                                                           \
    X(trapExit, "trap_exit")                                                                       \
    X(infinity, "infinity")                                                                        \
    X(module, "module")                                                                            \
    X(function, "function")                                                                        \
    X(arity, "arity")                                                                              \
    X(file, "file")                                                                                \
    X(line, "line")                                                                                \
    X(errorInfo, "error_info")                                                                     \
    X(cause, "cause")                                                                              \
    X(message, "message")                                                                          \
    X(reason, "reason")                                                                            \
    X(value, "value")                                                                              \
    X(term, "term")                                                                                \
    X(structKey, "__struct__")                                                                     \
    X(exceptionKey, "__exception__")                                                               \
    X(Exception, "Elixir.Exception")                                                               \
    X(RuntimeError, "Elixir.RuntimeError")                                                         \
    X(ArgumentError, "Elixir.ArgumentError")                                                       \
    X(ErlangError, "Elixir.ErlangError")                                                           \
    X(elixirCompiler0, "elixir_compiler_0")                                                        \
    X(ArithmeticError, "Elixir.ArithmeticError")                                                   \
    X(MatchError, "Elixir.MatchError")                                                             \
    X(KeyError, "Elixir.KeyError")                                                                 \
    X(UndefinedFunctionError, "Elixir.UndefinedFunctionError")                                     \
    X(FunctionClauseError, "Elixir.FunctionClauseError")                                           \
    X(CaseClauseError, "Elixir.CaseClauseError")                                                   \
    X(CondClauseError, "Elixir.CondClauseError")                                                   \
    X(TryClauseError, "Elixir.TryClauseError")                                                     \
    X(WithClauseError, "Elixir.WithClauseError")                                                   \
    X(BadFunctionError, "Elixir.BadFunctionError")                                                 \
    X(BadArityError, "Elixir.BadArityError")                                                       \
    X(BadMapError, "Elixir.BadMapError")                                                           \
    X(BadStructError, "Elixir.BadStructError")                                                     \
    X(BadBooleanError, "Elixir.BadBooleanError")                                                   \
    X(SystemLimitError, "Elixir.SystemLimitError")                                                 \
    X(original, "original")                                                                        \
    X(key, "key")                                                                                  \
    X(left, "left")                                                                                \
    X(right, "right")                                                                              \
    X(operator_, "operator")                                                                       \
    X(args, "args")                                                                                \
    X(clauses, "clauses")                                                                          \
    X(kind, "kind")                                                                                \
    X(nan, "nan")                                                                                  \
    X(MapSet, "Elixir.MapSet")                                                                     \
    X(Range, "Elixir.Range")                                                                       \
    X(first, "first")                                                                              \
    X(last, "last")                                                                                \
    X(step, "step")                                                                                \
    X(map, "map")                                                                                  \
    X(erlang, "erlang")                                                                            \
    X(pid, "pid")                                                                                  \
    X(registeredName, "registered_name")                                                           \
    X(status, "status")                                                                            \
    X(messages, "messages")                                                                        \
    X(messageQueueLen, "message_queue_len")                                                        \
    X(links, "links")                                                                              \
    X(monitors, "monitors")                                                                        \
    X(monitoredBy, "monitored_by")                                                                 \
    X(initialCall, "initial_call")                                                                 \
    X(currentFunction, "current_function")                                                         \
    X(reductions, "reductions")                                                                    \
    X(running, "running")                                                                          \
    X(runnable, "runnable")                                                                        \
    X(waiting, "waiting")                                                                          \
    X(suspended, "suspended")                                                                      \
    X(erlErtsErrors, "erl_erts_errors")                                                            \
    X(none, "none")                                                                                \
    X(notalive, "notalive")                                                                        \
    X(struct_, "struct")

namespace exitwave::term {

namespace impl {
enum AtomNumber : std::uint32_t {
#define EXITWAVE_ATOM_NUMBER(name, text) atomNumber_##name,
    EXITWAVE_ATOMS(EXITWAVE_ATOM_NUMBER)
#undef EXITWAVE_ATOM_NUMBER
        atomNumberEnd
};
} // namespace impl

/// How many of the atoms below have a number in encoded terms. Fixed for ever.
inline constexpr std::uint32_t wireAtomCount = 64;

/// How many atoms are predefined.
inline constexpr std::uint32_t predefinedAtomCount = impl::atomNumberEnd;

/// The predefined atoms: atoms::normal, atoms::EXIT, atoms::badarg, ...
namespace atoms {
#define EXITWAVE_ATOM_CONSTANT(name, text)                                                         \
    inline constexpr Atom name = Atom::fromId(impl::atomNumber_##name);
EXITWAVE_ATOMS(EXITWAVE_ATOM_CONSTANT)
#undef EXITWAVE_ATOM_CONSTANT
} // namespace atoms

static_assert(atoms::elixirCompiler0.id() == wireAtomCount - 1, "wire numbers must not move");

} // namespace exitwave::term
