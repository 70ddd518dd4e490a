#include "gui/session/process_commands.h"

#include "gui/session/process_text.h"
#include "gui/session/sentence.h"
#include "gui/session/session.h"
#include "runtime/term/term_parser.h"

#include <utility>

namespace exitwave::session {

using graph::NodeIndex;
using graph::noNode;
using trace::CommandKind;

ProcessCommands::ProcessCommands(Session& session, QObject* parent)
    : QObject(parent), m_session(session)
{
}

QString ProcessCommands::whyNot() const
{
    return m_session.whyNoCommands();
}

QString ProcessCommands::whyNot(NodeIndex node) const
{
    QString obstacle = whyNot();
    if (!obstacle.isEmpty())
        return obstacle;
    if (node >= m_session.graph().size())
        return tr("Select a process first.");
    const graph::ProcessNode& process = m_session.graph().node(node);
    if (process.alive)
        return {};
    const trace::TermTable& terms = m_session.timeline().terms();
    return tr("%1 is dead already (%2). Nothing reaches it any more.")
        .arg(processTitle(process, terms), stateText(process, terms));
}

QString ProcessCommands::whyNotPair(NodeIndex a, NodeIndex b) const
{
    if (a == b && a != noNode)
        return tr("A process cannot be linked to itself. Select a second one with Ctrl.");
    if (b == noNode && whyNot(a).isEmpty())
        return tr("Select a second process with Ctrl: links are between two.");
    const QString obstacle = whyNot(a);
    return obstacle.isEmpty() ? whyNot(b) : obstacle;
}

QString ProcessCommands::whyNotLink(NodeIndex a, NodeIndex b) const
{
    const QString obstacle = whyNotPair(a, b);
    if (!obstacle.isEmpty() || !m_session.graph().linked(a, b))
        return obstacle;
    return tr("These two are linked already.");
}

QString ProcessCommands::whyNotUnlink(NodeIndex a, NodeIndex b) const
{
    const QString obstacle = whyNotPair(a, b);
    if (!obstacle.isEmpty() || m_session.graph().linked(a, b))
        return obstacle;
    return tr("These two are not linked.");
}

QString ProcessCommands::whyNotStep() const
{
    const QString obstacle = whyNot();
    if (!obstacle.isEmpty() || m_session.graph().paused())
        return obstacle;
    return tr("Pause the program first: a step lets exactly one signal through.");
}

trace::Command ProcessCommands::command(CommandKind kind, NodeIndex node) const
{
    trace::Command command;
    command.kind = kind;
    if (node < m_session.graph().size())
        command.process = m_session.graph().node(node).key;
    return command;
}

bool ProcessCommands::ask(const QString& obstacle, trace::Command command)
{
    if (!obstacle.isEmpty()) {
        m_session.refuse(obstacle);
        return false;
    }
    m_session.request(std::move(command));
    return true;
}

bool ProcessCommands::parse(const QString& text, const QString& what, term::Term& out)
{
    base::Result<term::Term> parsed = term::parseTerm(text.toStdString());
    if (!parsed) {
        m_session.refuse(tr("%1 cannot be read. %2").arg(what, sentence(parsed.error().message)));
        return false;
    }
    out = std::move(parsed).value();
    return true;
}

bool ProcessCommands::kill(NodeIndex node)
{
    return sendExit(node, term::Term(term::atoms::kill));
}

bool ProcessCommands::sendExit(NodeIndex node, const term::Term& reason)
{
    trace::Command exit = command(CommandKind::Exit, node);
    exit.term = reason;
    return ask(whyNot(node), std::move(exit));
}

bool ProcessCommands::sendExit(NodeIndex node, const QString& reason)
{
    term::Term parsed;
    return parse(reason, tr("The exit reason"), parsed) && sendExit(node, parsed);
}

bool ProcessCommands::send(NodeIndex node, const term::Term& message)
{
    trace::Command send = command(CommandKind::Send, node);
    send.term = message;
    return ask(whyNot(node), std::move(send));
}

bool ProcessCommands::send(NodeIndex node, const QString& message)
{
    term::Term parsed;
    return parse(message, tr("The message"), parsed) && send(node, parsed);
}

bool ProcessCommands::setTrapExit(NodeIndex node, bool on)
{
    trace::Command flag = command(CommandKind::SetTrapExit, node);
    flag.value = on ? 1 : 0;
    return ask(whyNot(node), std::move(flag));
}

bool ProcessCommands::toggleTrapExit(NodeIndex node)
{
    return setTrapExit(node,
                       node < m_session.graph().size() && !m_session.graph().node(node).trapsExit);
}

bool ProcessCommands::link(NodeIndex a, NodeIndex b)
{
    trace::Command link = command(CommandKind::Link, a);
    link.peer = command(CommandKind::Link, b).process;
    return ask(whyNotLink(a, b), std::move(link));
}

bool ProcessCommands::unlink(NodeIndex a, NodeIndex b)
{
    trace::Command unlink = command(CommandKind::Unlink, a);
    unlink.peer = command(CommandKind::Unlink, b).process;
    return ask(whyNotUnlink(a, b), std::move(unlink));
}

bool ProcessCommands::pause()
{
    return ask(whyNot(), command(CommandKind::Pause));
}

bool ProcessCommands::resume()
{
    return ask(whyNot(), command(CommandKind::Resume));
}

bool ProcessCommands::togglePause()
{
    return m_session.graph().paused() ? resume() : pause();
}

bool ProcessCommands::step()
{
    return ask(whyNotStep(), command(CommandKind::Step));
}

bool ProcessCommands::setHopDelay(base::Duration perHop)
{
    trace::Command delay = command(CommandKind::SetDelay);
    delay.value = perHop.ns;
    return ask(perHop.ns < 0 ? tr("A delay cannot be negative.") : whyNot(), std::move(delay));
}

} // namespace exitwave::session
