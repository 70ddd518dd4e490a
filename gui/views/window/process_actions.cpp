#include "gui/views/window/process_actions.h"

#include "gui/explain/explain.h"
#include "gui/graph/describe.h"
#include "gui/session/selection.h"
#include "gui/session/session.h"
#include "gui/views/window/command_dialogs.h"

#include <QApplication>
#include <QClipboard>
#include <QShortcut>
#include <QWidget>

#include <utility>

namespace exitwave::views {

ProcessActions::ProcessActions(session::Session& session,
                               session::Selection& selection,
                               QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_selection(selection)
    , m_commands(session)
    , m_window(window)
{
    m_kill = add("kill", tr("&Kill"), QKeySequence(Qt::Key_Delete), &ProcessActions::runKill);
    m_exit = add("exit",
                 tr("Send e&xit signal…"),
                 QKeySequence(Qt::SHIFT | Qt::Key_Delete),
                 &ProcessActions::runExit);
    m_trapExit
        = add("trapExit", tr("&Trap exits"), QKeySequence(Qt::Key_T), &ProcessActions::runTrapExit);
    m_trapExit->setCheckable(true);
    m_exit->setIconText(tr("Exit…")); // on buttons
    m_send = add("send", tr("Send &message…"), QKeySequence(Qt::Key_M), &ProcessActions::runSend);
    m_send->setIconText(tr("Send…"));
    m_link = add("link",
                 tr("&Link the two selected"),
                 QKeySequence(Qt::CTRL | Qt::Key_L),
                 &ProcessActions::runLink);
    m_unlink = add("unlink",
                   tr("&Unlink the two selected"),
                   QKeySequence(Qt::CTRL | Qt::Key_U),
                   &ProcessActions::runUnlink);
    m_link->setIconText(tr("Link"));
    m_unlink->setIconText(tr("Unlink"));
    m_copyPid = add("copyPid", tr("Copy &pid"), QKeySequence(), &ProcessActions::runCopyPid);
    m_pause = add(
        "pauseProgram", tr("&Pause program"), QKeySequence(Qt::Key_P), &ProcessActions::runPause);
    m_step = add(
        "stepProgram", tr("&Step one signal"), QKeySequence(Qt::Key_S), &ProcessActions::runStep);
    m_step->setIconText(tr("Step"));
    addSlowMotion();

    connect(&m_selection, &session::Selection::changed, this, &ProcessActions::update);
    connect(&m_session, &session::Session::advanced, this, &ProcessActions::update);
    connect(&m_session, &session::Session::sourceChanged, this, &ProcessActions::update);
    connect(&m_session, &session::Session::modeChanged, this, &ProcessActions::update);
    update();
}

QAction* ProcessActions::add(const char* name,
                             const QString& text,
                             const QKeySequence& shortcut,
                             void (ProcessActions::*run)())
{
    auto* action = new QAction(text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, run);
    if (!shortcut.isEmpty())
        sayWhyNot(action);
    return action;
}

/// A key that does nothing is a riddle: while the action is disabled, its key tells why.
void ProcessActions::sayWhyNot(QAction* action)
{
    auto* key = new QShortcut(action->shortcut(), m_window);
    key->setEnabled(false);
    key->setAutoRepeat(false);
    connect(
        action, &QAction::enabledChanged, key, [key](bool enabled) { key->setEnabled(!enabled); });
    connect(key, &QShortcut::activated, this, [this, action] {
        m_session.refuse(m_obstacles.value(action));
    });
}

void ProcessActions::offer(QAction* action, const QString& obstacle)
{
    m_obstacles.insert(action, obstacle);
    action->setEnabled(obstacle.isEmpty());
    const QString shortcut = action->shortcut().toString(QKeySequence::NativeText);
    const QString name = action->text().remove(QLatin1Char('&')).remove(QStringLiteral("…"));
    action->setToolTip(
        obstacle.isEmpty()
            ? name + (shortcut.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(shortcut))
            : QStringLiteral("%1: %2").arg(name, obstacle));
}

void ProcessActions::addSlowMotion()
{
    m_slow = new QActionGroup(this);
    const std::pair<QString, qint64> delays[] = {
        {tr("Full speed"), 0},
        {tr("0.1 s per hop"), 100'000'000},
        {tr("0.3 s per hop"), 300'000'000},
        {tr("1 s per hop"), 1'000'000'000},
        {tr("3 s per hop"), 3'000'000'000},
    };
    for (const auto& [text, delay] : delays) {
        auto* action = new QAction(text, m_slow);
        action->setCheckable(true);
        action->setData(delay);
        action->setToolTip(delay == 0 ? tr("Signals travel as fast as the runtime can")
                                      : tr("Every signal takes this long on its way"));
    }
    connect(m_slow, &QActionGroup::triggered, this, [this](const QAction* action) {
        m_commands.setHopDelay(base::Duration{action->data().toLongLong()});
        update(); // the check mark follows the program, not the click
    });
}

void ProcessActions::update()
{
    const graph::NodeIndex node = m_selection.current();
    const graph::NodeIndex other = m_selection.secondary();
    const QString obstacle = m_commands.whyNot(node);
    const graph::ProcessGraph& processes = m_session.graph();
    const bool known = node != graph::noNode && node < processes.size();
    for (QAction* action : {m_kill, m_exit, m_trapExit, m_send})
        offer(action, obstacle);
    offer(m_copyPid, known ? QString() : tr("no process is selected"));
    offer(m_link, m_commands.whyNotLink(node, other));
    offer(m_unlink, m_commands.whyNotUnlink(node, other));
    m_pause->setText(processes.paused() ? tr("&Resume program") : tr("&Pause program"));
    offer(m_pause, m_commands.whyNot());
    offer(m_step, m_commands.whyNotStep());
    m_trapExit->setChecked(known && processes.node(node).trapsExit);
    m_slow->setEnabled(m_commands.whyNot().isEmpty());
    const QList<QAction*> delays = m_slow->actions();
    for (QAction* action : delays)
        action->setChecked(action->data().toLongLong() == processes.hopDelay());
}

QString ProcessActions::consequenceOf(graph::NodeIndex node, const term::Term& reason) const
{
    const graph::ProcessGraph& processes = m_session.graph();
    const trace::TermTable& terms = m_session.timeline().terms();
    const auto fates = explain::whatIfSignal(processes, node, reason);
    if (fates.empty())
        return node < processes.size() && processes.node(node).alive
            ? tr("No effect: the exit is normal, and it does not trap exits.")
            : tr("No effect: it is dead already.");
    constexpr qsizetype shown = 6;
    qsizetype dyingCount = 0;
    qsizetype toldCount = 0;
    QStringList dying;
    QStringList told;
    for (const explain::Fate& fate : fates) {
        qsizetype& count = fate.dies ? dyingCount : toldCount;
        if (count++ < shown)
            (fate.dies ? dying : told)
                << QString::fromStdString(graph::shortLabel(processes, fate.node, terms));
    }
    const auto listed = [](QStringList names, qsizetype count) {
        if (count > names.size())
            names << tr("%1 more").arg(count - names.size());
        return names.join(QStringLiteral(", "));
    };
    QStringList lines;
    lines << (dying.isEmpty() ? tr("Nobody would die.")
                              : tr("Would die now: %1.").arg(listed(dying, dyingCount)));
    if (!told.isEmpty())
        lines << tr("Would get a message instead: %1.").arg(listed(told, toldCount));
    return lines.join(QLatin1Char('\n'));
}

void ProcessActions::runKill()
{
    m_commands.kill(m_selection.current());
}

void ProcessActions::runExit()
{
    const graph::NodeIndex node = m_selection.current();
    const QString name = QString::fromStdString(
        graph::shortLabel(m_session.graph(), node, m_session.timeline().terms()));
    TermDialog dialog(
        tr("Send exit signal"),
        tr("Exit reason for %1, as in Process.exit(pid, reason):").arg(name),
        tr("Send"),
        {{QStringLiteral(":kill"),
          QStringLiteral(":kill"),
          tr("Cannot be trapped; the process dies with reason :killed")},
         {QStringLiteral(":shutdown"),
          QStringLiteral(":shutdown"),
          tr("What a supervisor sends; can be trapped")},
         {QStringLiteral(":normal"),
          QStringLiteral(":normal"),
          tr("Has no effect on a process that does not trap exits")},
         {QStringLiteral(":boom"),
          QStringLiteral(":boom"),
          tr("Any other reason; can be trapped")}},
        [this, node](const term::Term& reason) { return consequenceOf(node, reason); },
        m_window);
    dialog.setText(QStringLiteral(":kill"));
    if (dialog.exec() == QDialog::Accepted)
        m_commands.sendExit(node, dialog.term());
}

void ProcessActions::runTrapExit()
{
    m_commands.toggleTrapExit(m_selection.current());
    update(); // the check mark follows the process, not the click
}

void ProcessActions::runSend()
{
    const graph::NodeIndex node = m_selection.current();
    const QString name = QString::fromStdString(
        graph::shortLabel(m_session.graph(), node, m_session.timeline().terms()));
    TermDialog dialog(
        tr("Send message"), tr("Message to %1:").arg(name), tr("Send"), {}, {}, m_window);
    dialog.setText(QStringLiteral(":hello"));
    if (dialog.exec() == QDialog::Accepted)
        m_commands.send(node, dialog.term());
}

void ProcessActions::runLink()
{
    m_commands.link(m_selection.current(), m_selection.secondary());
}

void ProcessActions::runUnlink()
{
    m_commands.unlink(m_selection.current(), m_selection.secondary());
}

void ProcessActions::runPause()
{
    m_commands.togglePause();
    update();
}

void ProcessActions::runStep()
{
    m_commands.step();
}

void ProcessActions::runCopyPid()
{
    const graph::ProcessNode& node = m_session.graph().node(m_selection.current());
    QApplication::clipboard()->setText(QString::fromStdString(graph::pidText(node.key)));
}

} // namespace exitwave::views
