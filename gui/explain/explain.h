// Explanations: why a process died, and who would die with it.
#pragma once

#include "gui/graph/process_graph.h"
#include "runtime/trace/term_table.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace exitwave::explain {

using graph::NodeIndex;

/// One link of a causal chain, as the inspector lists it: a sentence and what it means.
struct Step
{
    enum class Kind : std::uint8_t {
        Ended, ///< `node` ended by itself, normally
        Crash, ///< `node` died of its own doing: the root cause
        Kill, ///< `peer` (noNode: a person) sent `node` an exit signal with exit/2
        Signal, ///< `node` was linked to `peer` and died: an exit signal went to `peer`
        Victim, ///< `node` does not trap exits and died of the signal
        Lives, ///< `node` traps exits and got a message, or the signal was ignored
        Gap, ///< the trace does not hold what came before
    };
    Kind kind{};
    NodeIndex node = graph::noNode;
    NodeIndex peer = graph::noNode;
    trace::SignalId signal;
    std::string text; ///< "worker 1 raised RuntimeError “oops”"
    std::string detail; ///< "so an exit signal with its reason was sent"; may be empty

    friend bool operator==(const Step&, const Step&) = default;
};

/// The chain from the root cause to the death of `node`, first cause first, then what became of the
/// signals that its own death sent. From recorded cause ids only; where the trace does not tell, a
/// Gap says so. Empty while it is alive. At most `maxSteps` steps: of a longer chain the middle is
/// left out, and said.
/// Thread: any that may read the graph.
[[nodiscard]] std::vector<Step> whyDied(const graph::ProcessGraph& graph,
                                        const trace::TermTable& terms,
                                        NodeIndex node,
                                        std::size_t maxSteps = 40);

/// What would become of one process.
struct Fate
{
    NodeIndex node = graph::noNode;
    bool dies = false; ///< false: it traps exits and gets an EXIT message
    NodeIndex because
        = graph::noNode; ///< the dying process whose signal reaches it first; noNode for the first
    term::Term reason; ///< of its death, or in its message
};

/// Who would die if `node` exited with `reason` now, and who would only be told: the closure over
/// links, stopped by processes that trap exits, nearest first; `node` itself is the first. Whom a
/// normal exit leaves untouched is not listed. Empty when it is dead.
/// Thread: any that may read the graph.
[[nodiscard]] std::vector<Fate>
whoDies(const graph::ProcessGraph& graph, NodeIndex node, const term::Term& reason);

/// What would happen if somebody called exit(node, reason) now. The receiver decides first: `kill`
/// cannot be trapped and its links see `killed`; a process that traps exits gets a message, and is
/// then the only one listed; `normal` does nothing to the others (empty). Where it dies of the
/// signal, what follows is as whoDies tells. Empty when it is dead.
/// Thread: any that may read the graph.
[[nodiscard]] std::vector<Fate>
whatIfSignal(const graph::ProcessGraph& graph, NodeIndex node, const term::Term& reason);

/// A fate as a sentence: "worker 2 does not trap exits: it exits with the same reason".
/// Thread: any that may read the arguments.
[[nodiscard]] std::string
fateWords(const graph::ProcessGraph& graph, const trace::TermTable& terms, const Fate& fate);

/// To whom a dead process was linked when it died, ascending: where its exit signals went, and
/// whence the one came that it died of. As far as the trace tells and the graph still keeps the
/// signals (ProcessGraph::signal). Empty while it is alive. O(signal records).
/// Thread: any that may read the graph.
[[nodiscard]] std::vector<NodeIndex> linksAtDeath(const graph::ProcessGraph& graph, NodeIndex node);

} // namespace exitwave::explain
