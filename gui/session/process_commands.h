// ProcessCommands: what a person can do to the watched program, the same from menu, inspector and
// keyboard.
#pragma once

#include "gui/graph/graph_delta.h"
#include "runtime/base/clock.h"
#include "runtime/term/term.h"
#include "runtime/trace/command.h"

#include <QObject>
#include <QString>

namespace exitwave::session {

class Session;

/// Each function asks the program and returns true, or says through Session::commandRefused why it
/// cannot and returns false. What the program itself refuses is said the same way, later. The
/// effect comes as events only. whyNot...(): why an action must be shown disabled; empty when it
/// can be done. Thread: GUI thread. The session must outlive it.
class ProcessCommands : public QObject
{
    Q_OBJECT

public:
    explicit ProcessCommands(Session& session, QObject* parent = nullptr);

    [[nodiscard]] QString whyNot() const; ///< for commands to the whole program
    [[nodiscard]] QString whyNot(graph::NodeIndex node) const; ///< kill, exit, trap_exit, send
    [[nodiscard]] QString whyNotLink(graph::NodeIndex a, graph::NodeIndex b) const;
    [[nodiscard]] QString whyNotUnlink(graph::NodeIndex a, graph::NodeIndex b) const;
    [[nodiscard]] QString whyNotStep() const;

    bool kill(graph::NodeIndex node); ///< exit signal :kill, which cannot be trapped
    bool sendExit(graph::NodeIndex node, const term::Term& reason); ///< as exit/2
    /// The reason as typed: an Elixir literal.
    bool sendExit(graph::NodeIndex node, const QString& reason);
    bool send(graph::NodeIndex node, const term::Term& message);
    bool send(graph::NodeIndex node, const QString& message);
    bool setTrapExit(graph::NodeIndex node, bool on);
    bool toggleTrapExit(graph::NodeIndex node);
    bool link(graph::NodeIndex a, graph::NodeIndex b);
    bool unlink(graph::NodeIndex a, graph::NodeIndex b);

    bool pause();
    bool resume();
    bool togglePause();
    bool step(); ///< one signal, while paused
    bool setHopDelay(base::Duration perHop); ///< slow motion; 0 = full speed

private:
    [[nodiscard]] QString whyNotPair(graph::NodeIndex a, graph::NodeIndex b) const;
    bool ask(const QString& obstacle, trace::Command command);
    [[nodiscard]] trace::Command command(trace::CommandKind kind,
                                         graph::NodeIndex node = graph::noNode) const;
    [[nodiscard]] bool parse(const QString& text, const QString& what, term::Term& out);

    Session& m_session;
};

} // namespace exitwave::session
