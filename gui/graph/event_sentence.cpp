// Events as sentences (describe.h).
#include "gui/graph/describe.h"
#include "runtime/term/exit_reason.h"

namespace exitwave::graph {

namespace {

using trace::Event;
using trace::EventType;

/// An unknown value of a `how` byte, said as such: newer versions may know more.
std::string unknownHow(const Event& event)
{
    return " (how " + std::to_string(event.how) + ", unknown to this version)";
}

std::string
spawnSentence(const Event& event, const std::string& self, const trace::TermTable& terms)
{
    ProcessNode node;
    node.spawnInfo = event.term;
    std::string sentence
        = event.peer.value == 0 ? self + " started" : pidText(event.peer) + " started " + self;
    switch (event.howAs<trace::SpawnKind>()) {
    case trace::SpawnKind::Spawn:
        break;
    case trace::SpawnKind::SpawnLink:
        sentence += ", linked to it";
        break;
    case trace::SpawnKind::SpawnMonitor:
        sentence += ", monitoring it";
        break;
    default:
        sentence += unknownHow(event);
    }
    const std::string call = initialCallText(node, terms);
    return call.empty() ? sentence : sentence + ": " + call;
}

std::string exitSentence(const Event& event, const std::string& self, const term::Term& reason)
{
    switch (event.howAs<trace::ExitKind>()) {
    case trace::ExitKind::Returned:
        return self + " ended: its function returned";
    case trace::ExitKind::ExitCall:
        return self + " exited with " + briefReason(reason);
    case trace::ExitKind::Error:
    case trace::ExitKind::Throw:
        return self + " " + raisedWords(reason);
    case trace::ExitKind::Signal:
        return self + " died of an exit signal: " + shortReason(reason);
    case trace::ExitKind::Kill:
        return self + " was killed";
    }
    return self + " exited with " + briefReason(reason) + unknownHow(event);
}

std::string signalSentSentence(const Event& event, const term::Term& reason)
{
    std::string sentence = "exit signal " + briefReason(reason) + " sent to " + pidText(event.peer);
    const std::string by
        = event.process.value == 0 ? "from outside" : "by " + pidText(event.process);
    switch (event.howAs<trace::SignalOrigin>()) {
    case trace::SignalOrigin::Link:
        return sentence + " through a link, because " + pidText(event.process) + " died";
    case trace::SignalOrigin::ExitCall:
        return sentence + " " + by + " with exit/2";
    case trace::SignalOrigin::Kill:
        return sentence + " " + by + ": it cannot be trapped";
    case trace::SignalOrigin::Noproc:
        return sentence + ", because its link to " + pidText(event.process) + " found no process";
    }
    return sentence + unknownHow(event);
}

std::string
signalDeliveredSentence(const Event& event, const std::string& self, const term::Term& reason)
{
    const std::string signal = "the exit signal " + briefReason(reason)
        + (event.peer.value == 0 ? " from outside" : " of " + pidText(event.peer));
    switch (event.howAs<trace::SignalOutcome>()) {
    case trace::SignalOutcome::Terminated:
        return self + " does not trap exits and dies of " + signal;
    case trace::SignalOutcome::Message:
        return self + " traps exits and gets " + signal + " as a message";
    case trace::SignalOutcome::Ignored:
        return self + " ignores " + signal;
    case trace::SignalOutcome::Noproc:
        return self + " was already dead when " + signal + " came";
    }
    return self + " handles " + signal + unknownHow(event);
}

/// A message, with the reason at the end of {:EXIT, pid, reason} and {:DOWN, ref, :process, pid,
/// reason} elided.
std::string messageText(const term::Term& message)
{
    namespace atoms = term::atoms;
    if (!message.isTagged(atoms::EXIT, 3) && !message.isTagged(atoms::DOWN, 5))
        return briefTerm(message, 60);
    std::string text = "{";
    for (const term::Term& element : message.elements().first(message.elements().size() - 1))
        text += briefTerm(element, 30) + ", ";
    return text + briefReason(message.elements().back()) + "}";
}

std::string receivedSentence(const Event& event, const std::string& self, const term::Term& message)
{
    const std::string text = messageText(message);
    const std::string from = event.peer.value == 0 ? "" : " from " + pidText(event.peer);
    switch (event.howAs<trace::MessageKind>()) {
    case trace::MessageKind::Ordinary:
        return self + " received " + text + from;
    case trace::MessageKind::Exit:
        return self + " received the EXIT message " + text;
    case trace::MessageKind::Down:
        return self + " received the DOWN message " + text;
    case trace::MessageKind::Timer:
        return self + " received " + text + " from a timer";
    }
    return self + " received " + text + from + unknownHow(event);
}

std::string linkSentence(const Event& event, const std::string& self)
{
    const bool links = event.type == EventType::Linked;
    if (event.howAs<trace::LinkSide>() == trace::LinkSide::Caller)
        return self + (links ? " linked to " : " unlinked ") + pidText(event.peer);
    return self + (links ? " was linked to by " : " was unlinked by ") + pidText(event.peer);
}

std::string controlSentence(const Event& event)
{
    if (event.howAs<trace::ControlState>() == trace::ControlState::Paused)
        return "the program was paused";
    if (event.id == 0)
        return "the program runs at full speed";
    return "the program runs in slow motion: every signal takes "
        + secondsText(base::Timestamp{static_cast<std::int64_t>(event.id)});
}

} // namespace

std::string eventSentence(const Event& event, const trace::TermTable& terms)
{
    const std::string self = pidText(event.process);
    const term::Term& value = terms.at(event.term);
    switch (event.type) {
    case EventType::TraceStarted:
        return "the trace began";
    case EventType::TraceEnded:
        return event.term.value == 0 ? "the trace ended" : "the trace ended: " + plainText(value);
    case EventType::ProcessSpawned:
        return spawnSentence(event, self, terms);
    case EventType::NameRegistered:
        return self + " registered as " + briefTerm(value);
    case EventType::NameUnregistered:
        return self + " is no longer registered as " + briefTerm(value);
    case EventType::Linked:
    case EventType::Unlinked:
        return linkSentence(event, self);
    case EventType::Monitored:
        return self + " monitors " + pidText(event.peer);
    case EventType::Demonitored:
        return self + " no longer monitors " + pidText(event.peer);
    case EventType::MonitorFired:
        return self + " is told by its monitor that " + pidText(event.peer)
            + " is down: " + shortReason(value);
    case EventType::TrapExitSet:
        return self
            + (event.howAs<trace::TrapExit>() == trace::TrapExit::On ? " traps exits"
                                                                     : " no longer traps exits");
    case EventType::MessageSent:
        return self + " sent " + messageText(value) + " to " + pidText(event.peer);
    case EventType::MessageReceived:
        return receivedSentence(event, self, value);
    case EventType::ExitSignalSent:
        return signalSentSentence(event, value);
    case EventType::ExitSignalDelivered:
        return signalDeliveredSentence(event, self, value);
    case EventType::ProcessExited:
        return exitSentence(event, self, value);
    case EventType::CrashLogged:
        return "the log reports the crash of " + self;
    case EventType::Loss:
        return std::to_string(event.id) + (event.id == 1 ? " event was lost" : " events were lost")
            + (event.term.value == 0 ? "" : ": " + plainText(value));
    case EventType::Annotation:
        return (event.process.value == 0 ? "" : self + ": ") + plainText(value);
    case EventType::ControlChanged:
        return controlSentence(event);
    }
    return "an event of type " + std::to_string(static_cast<int>(event.type))
        + ", which this version does not know";
}

} // namespace exitwave::graph
