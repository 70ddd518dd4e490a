// Descriptions: processes, reasons and events in the words that people read, everywhere the same.
#pragma once

#include "gui/graph/process_graph.h"
#include "runtime/term/term.h"
#include "runtime/trace/event.h"
#include "runtime/trace/term_table.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace exitwave::graph {

// All functions: any thread that may read the arguments; one line of UTF-8, never with line breaks.

/// "#PID<0.107.0>"; "outside" for key 0: a person or another program.
[[nodiscard]] std::string pidText(trace::ProcessKey key);

/// What people call the process: its registered name, else its label, else its initial call
/// ("Worker.run/1"), else its pid.
[[nodiscard]] std::string shortLabel(const ProcessNode& node, const trace::TermTable& terms);
/// The same by index; "outside" for noNode.
[[nodiscard]] std::string
shortLabel(const ProcessGraph& graph, NodeIndex index, const trace::TermTable& terms);
/// The initial call, "Worker.run/1"; "" when unknown.
[[nodiscard]] std::string initialCallText(const ProcessNode& node, const trace::TermTable& terms);
/// Where it was spawned, "demo.exs:14"; "" when unknown.
[[nodiscard]] std::string spawnPlaceText(const ProcessNode& node, const trace::TermTable& terms);
/// True when name, label or initial call say that it is a supervisor: a name that ends in "_sup" or
/// "Supervisor", or a label or initial call with "supervisor" in it.
[[nodiscard]] bool isSupervisor(const ProcessNode& node, const trace::TermTable& terms);

/// The word for a state: "alive", "ended", "crashed", "died", "killed".
[[nodiscard]] std::string_view stateWord(const ProcessNode& node);
/// State in words: "alive, traps exits", "crashed: oops", "died of an exit signal: oops", "killed",
/// "ended: normal".
[[nodiscard]] std::string stateWords(const ProcessNode& node, const trace::TermTable& terms);

/// The heart of an exit reason, for pills and narrow columns: "oops" for a RuntimeError of that
/// message, "ArgumentError: argument error" for other exceptions, ":boom", "killed", "normal",
/// "throw :ball".
[[nodiscard]] std::string shortReason(const term::Term& reason);
/// An exit reason as a term on one line, its stack trace elided:
/// "{%RuntimeError{message: "oops"}, [...]}"; ":boom".
[[nodiscard]] std::string briefReason(const term::Term& reason);
/// What an uncaught error or throw did, after the process's name: "raised RuntimeError “oops”",
/// "threw :ball and nobody caught it"; "exited with :boom" for everything else.
[[nodiscard]] std::string raisedWords(const term::Term& reason);
/// A term on one line of at most about `characters` characters, the end elided.
[[nodiscard]] std::string briefTerm(const term::Term& value, std::size_t characters = 100);

/// The same, but a string is taken as the text that it is, without quotes.
[[nodiscard]] std::string plainText(const term::Term& value, std::size_t characters = 200);

/// An event as a sentence: "#PID<0.108.0> raised RuntimeError “oops”". Names processes by pid,
/// because an event knows no names; unknown types and values are said to be unknown.
[[nodiscard]] std::string eventSentence(const trace::Event& event, const trace::TermTable& terms);

/// "12.480 s": seconds since the trace began, to the millisecond; finer below a second ("0.012345
/// s").
[[nodiscard]] std::string secondsText(base::Timestamp time);

} // namespace exitwave::graph
