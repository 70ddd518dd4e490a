// ProcessActions: what can be done to processes and to the program, as actions for menus, inspector
// and keyboard.
#pragma once

#include "gui/graph/graph_delta.h"
#include "gui/session/process_commands.h"

#include <QAction>
#include <QActionGroup>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

class QWidget;

namespace exitwave::session {
class Selection;
class Session;
} // namespace exitwave::session

namespace exitwave::views {

/// The actions keep themselves enabled as selection and session are; a disabled one says why in its
/// tool tip, and through Session::refuse when its shortcut is pressed. Thread: GUI thread. Session
/// and selection must outlive it; dialogs open over `window`.
class ProcessActions : public QObject
{
    Q_OBJECT

public:
    ProcessActions(session::Session& session, session::Selection& selection, QWidget* window);

    // On the selected process.
    [[nodiscard]] QAction* kill() const { return m_kill; }
    [[nodiscard]] QAction* exitWithReason() const { return m_exit; }
    [[nodiscard]] QAction* trapExit() const { return m_trapExit; } ///< checked: it traps exits
    [[nodiscard]] QAction* send() const { return m_send; }
    [[nodiscard]] QAction* copyPid() const { return m_copyPid; }
    // On the two selected processes.
    [[nodiscard]] QAction* link() const { return m_link; }
    [[nodiscard]] QAction* unlink() const { return m_unlink; }
    // On the program.
    [[nodiscard]] QAction* pauseProgram() const { return m_pause; } ///< or resume, as its text says
    [[nodiscard]] QAction* stepProgram() const { return m_step; }
    [[nodiscard]] QActionGroup* slowMotion() const { return m_slow; } ///< data(): ns per hop

    /// Those of the selected processes, in the order of a menu.
    [[nodiscard]] QList<QAction*> ofProcess() const
    {
        return {m_kill, m_exit, m_trapExit, m_send, m_link, m_unlink, m_copyPid};
    }

private:
    QAction* add(const char* name,
                 const QString& text,
                 const QKeySequence& shortcut,
                 void (ProcessActions::*run)());
    void addSlowMotion();
    void sayWhyNot(QAction* action);
    void offer(QAction* action, const QString& obstacle);
    void update();
    void runKill();
    void runExit();
    void runTrapExit();
    void runSend();
    void runLink();
    void runUnlink();
    void runPause();
    void runStep();
    void runCopyPid();
    [[nodiscard]] QString consequenceOf(graph::NodeIndex node, const term::Term& reason) const;

    session::Session& m_session;
    session::Selection& m_selection;
    session::ProcessCommands m_commands;
    QWidget* m_window;
    QHash<QAction*, QString> m_obstacles; // of the disabled actions
    QAction* m_kill = nullptr;
    QAction* m_exit = nullptr;
    QAction* m_trapExit = nullptr;
    QAction* m_send = nullptr;
    QAction* m_link = nullptr;
    QAction* m_unlink = nullptr;
    QAction* m_copyPid = nullptr;
    QAction* m_pause = nullptr;
    QAction* m_step = nullptr;
    QActionGroup* m_slow = nullptr;
};

} // namespace exitwave::views
