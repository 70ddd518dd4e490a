// whyDied (explain.h).
#include "gui/explain/explain.h"
#include "gui/graph/describe.h"
#include "runtime/term/exit_reason.h"

#include <algorithm>
#include <unordered_set>

namespace exitwave::explain {

namespace {

using graph::Death;
using graph::ProcessGraph;
using graph::ProcessNode;
using SignalRecord = ProcessGraph::SignalRecord;

/// What both halves of the story need.
struct Teller
{
    const ProcessGraph& graph;
    const trace::TermTable& terms;

    std::string name(NodeIndex node) const { return graph::shortLabel(graph, node, terms); }
    const term::Term& reasonOf(const ProcessNode& node) const { return terms.at(node.reason); }
};

/// "demo.exs:31" of the first stack frame that knows its file; "" without one.
std::string placeOf(const term::Term& reason)
{
    if (!term::hasStack(reason))
        return {};
    for (const term::Term& frame : term::ListRange(reason.elements()[1])) {
        if (!frame.isTuple(4))
            continue;
        std::string file;
        std::int64_t line = 0;
        for (const term::Term& entry : term::ListRange(frame.elements()[3])) {
            if (entry.isTagged(term::atoms::line, 2) && entry.elements()[1].isInteger())
                line = entry.elements()[1].asInteger();
            if (!entry.isTagged(term::atoms::file, 2))
                continue;
            for (const term::Term& character : term::ListRange(entry.elements()[1])) {
                if (character.isInteger() && character.asInteger() > 31
                    && character.asInteger() < 127)
                    file += static_cast<char>(character.asInteger());
            }
        }
        if (!file.empty() && line > 0)
            return file + ":" + std::to_string(line);
    }
    return {};
}

Step ownDoing(const Teller& teller, NodeIndex index)
{
    const ProcessNode& node = teller.graph.node(index);
    Step step;
    step.node = index;
    const std::string name = teller.name(index);
    if (node.reason.value == 0) {
        step.kind = Step::Kind::Gap;
        step.text = name + " was dead before the trace saw it";
        step.detail = "its exit reason is not in the trace";
        return step;
    }
    const std::string place = placeOf(teller.reasonOf(node));
    const std::string where = place.empty() ? "" : place + ", ";
    if (node.death == Death::Normal) {
        step.kind = Step::Kind::Ended;
        const bool returned = node.exitKind == trace::ExitKind::Returned;
        step.text = name
            + (returned ? " ended: its function returned"
                        : " exited with " + graph::shortReason(teller.reasonOf(node)));
        step.detail = term::isNormal(teller.reasonOf(node)) ? "a normal exit: no process dies of it"
                                                            : "an orderly exit";
    } else {
        step.kind = Step::Kind::Crash;
        step.text = name + " " + graph::raisedWords(teller.reasonOf(node));
        step.detail = where + "an abnormal exit";
    }
    return step;
}

/// How the first signal of the chain came to be, when no death sent it.
Step senderStep(const Teller& teller,
                const SignalRecord& signal,
                NodeIndex victim,
                trace::SignalId id)
{
    Step step;
    step.node = victim;
    step.peer = signal.from;
    step.signal = id;
    const std::string sender
        = signal.from == graph::noNode ? "someone outside" : teller.name(signal.from);
    const std::string receiver = signal.from == victim ? "itself" : teller.name(victim);
    if (signal.origin == trace::SignalOrigin::Noproc) {
        step.kind = Step::Kind::Signal;
        step.text = receiver + " was linked to " + sender + ", which was no longer alive";
        step.detail = "so an exit signal with the reason noproc was sent";
        return step;
    }
    step.kind = Step::Kind::Kill;
    const bool kill = signal.origin == trace::SignalOrigin::Kill;
    step.text = sender + (kill ? " killed " : " told ") + receiver + (kill ? "" : " to exit");
    step.detail = kill
        ? "with the exit reason :kill, which cannot be trapped"
        : "with an exit signal: " + graph::shortReason(teller.terms.at(signal.reason));
    if (signal.inferred)
        step.detail += " (its sending is not in the trace)";
    return step;
}

Step gapStep(NodeIndex node)
{
    Step step;
    step.kind = Step::Kind::Gap;
    step.node = node;
    step.text = "what sent the exit signal is not in the trace";
    step.detail = "the trace began later, or events were lost";
    return step;
}

Step linkStep(const Teller& teller, NodeIndex from, NodeIndex to, trace::SignalId id)
{
    Step step;
    step.kind = Step::Kind::Signal;
    step.node = from;
    step.peer = to;
    step.signal = id;
    step.text = teller.name(from) + " was linked to " + teller.name(to);
    step.detail = "so an exit signal with its reason was sent";
    return step;
}

/// The death of `index` by the signal `id`.
Step victimStep(const Teller& teller,
                NodeIndex index,
                const SignalRecord* signal,
                trace::SignalId id)
{
    const ProcessNode& node = teller.graph.node(index);
    Step step;
    step.kind = Step::Kind::Victim;
    step.node = index;
    step.signal = id;
    if (node.exitKind == trace::ExitKind::Kill) {
        step.text = teller.name(index) + " was killed";
        step.detail = node.trapsExit ? "it traps exits, but :kill cannot be trapped"
                                     : "its exit reason is killed";
        return step;
    }
    step.text = teller.name(index) + " does not trap exits";
    if (node.alive) { // the signal has landed, the death is the next event
        step.detail = "it exits with the same reason";
        return step;
    }
    const bool same = signal != nullptr && teller.terms.at(signal->reason) == teller.reasonOf(node);
    step.detail = same ? "it exited with the same reason"
                       : "it exited with " + graph::shortReason(teller.reasonOf(node));
    return step;
}

/// What became of a signal that a death sent.
Step consequence(const Teller& teller, const SignalRecord& signal, trace::SignalId id)
{
    const std::string name = teller.name(signal.to);
    Step step;
    step.kind = Step::Kind::Lives;
    step.node = signal.to;
    step.peer = signal.from;
    step.signal = id;
    if (!signal.handled) {
        step.kind = Step::Kind::Signal;
        std::swap(step.node, step.peer);
        step.text = name + " has an exit signal on its way";
        step.detail = "what it does depends on whether it traps exits when the signal arrives";
        return step;
    }
    switch (signal.outcome) {
    case trace::SignalOutcome::Terminated:
        return victimStep(teller, signal.to, &signal, id);
    case trace::SignalOutcome::Message:
        step.text = name + " traps exits";
        step.detail = "it got {:EXIT, " + graph::pidText(teller.graph.node(signal.from).key)
            + ", …} as a message and lived";
        break;
    case trace::SignalOutcome::Ignored:
        step.text = name + " lived";
        step.detail = term::isNormal(teller.terms.at(signal.reason))
            ? "the exit was normal, and it does not trap exits"
            : "the link was no longer there when the signal came";
        break;
    case trace::SignalOutcome::Noproc:
        step.text = name + " was already dead";
        step.detail = "the exit signal found no process";
        break;
    }
    return step;
}

void appendConsequences(std::vector<Step>& steps, const Teller& teller, NodeIndex node)
{
    constexpr std::size_t shown = 8;
    std::size_t count = 0;
    for (const trace::SignalId id : teller.graph.signalsSentBy(node)) {
        const SignalRecord& signal = *teller.graph.signal(id);
        if (signal.origin == trace::SignalOrigin::Link && ++count <= shown)
            steps.push_back(consequence(teller, signal, id));
    }
    if (count > shown) {
        Step more;
        more.kind = Step::Kind::Signal;
        more.node = node;
        more.text
            = "and " + std::to_string(count - shown) + " more processes that it was linked to";
        more.detail = "got an exit signal as well";
        steps.push_back(more);
    }
}

/// Keeps the beginning and the end of a chain that is too long to read.
void leaveOutMiddle(std::vector<Step>& steps, std::size_t maxSteps)
{
    if (maxSteps < 3 || steps.size() <= maxSteps)
        return;
    const std::size_t before = maxSteps / 2;
    const std::size_t dropped = steps.size() - maxSteps + 1;
    Step gap;
    gap.kind = Step::Kind::Gap;
    gap.node = steps[before].node;
    gap.text = std::to_string(dropped) + " steps of the same kind";
    gap.detail = "left out here; the exit signal went on from link to link";
    const auto first = steps.begin() + static_cast<std::ptrdiff_t>(before);
    steps.erase(first, first + static_cast<std::ptrdiff_t>(dropped));
    steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(before), gap);
}

} // namespace

std::vector<Step> whyDied(const ProcessGraph& graph,
                          const trace::TermTable& terms,
                          NodeIndex node,
                          std::size_t maxSteps)
{
    std::vector<Step> steps;
    if (node >= graph.size() || graph.node(node).alive)
        return steps;
    const Teller teller{graph, terms};

    // From the effect to the cause, then reversed. A damaged trace may close a ring; `seen` opens
    // it.
    std::unordered_set<NodeIndex> seen;
    for (NodeIndex at = node;;) {
        const ProcessNode& dead = graph.node(at);
        if (dead.cause.value == 0) {
            steps.push_back(ownDoing(teller, at));
            break;
        }
        const SignalRecord* signal = graph.signal(dead.cause);
        steps.push_back(victimStep(teller, at, signal, dead.cause));
        if (signal == nullptr || !seen.insert(at).second) {
            steps.push_back(gapStep(at));
            break;
        }
        const bool fromDeath = signal->origin == trace::SignalOrigin::Link
            && signal->from != graph::noNode && !graph.node(signal->from).alive;
        if (!fromDeath) {
            steps.push_back(signal->origin == trace::SignalOrigin::Link
                                ? gapStep(at)
                                : senderStep(teller, *signal, at, dead.cause));
            break;
        }
        steps.push_back(linkStep(teller, signal->from, at, dead.cause));
        at = signal->from;
    }
    std::reverse(steps.begin(), steps.end());
    appendConsequences(steps, teller, node);
    leaveOutMiddle(steps, maxSteps);
    return steps;
}

} // namespace exitwave::explain
