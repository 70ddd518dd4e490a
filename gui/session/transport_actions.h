// TransportActions: play, step, jump and speed as actions that toolbar, menu and timeline share.
#pragma once

#include <QAction>
#include <QActionGroup>
#include <QList>
#include <QObject>

namespace exitwave::session {

class Session;

/// The actions keep themselves enabled, checked and worded as the session is. They have texts, tool
/// tips, shortcuts and object names; icons are the window's matter. Thread: GUI thread. The session
/// must outlive it.
class TransportActions : public QObject
{
    Q_OBJECT

public:
    explicit TransportActions(Session& session, QObject* parent = nullptr);

    /// Plays or holds; says "Play" or "Pause". Checked while the picture moves (playing or
    /// following).
    [[nodiscard]] QAction* playPause() const { return m_playPause; }
    [[nodiscard]] QAction* stepBackward() const { return m_stepBackward; }
    [[nodiscard]] QAction* stepForward() const { return m_stepForward; }
    [[nodiscard]] QAction* previousCrash() const { return m_previousCrash; }
    [[nodiscard]] QAction* nextCrash() const { return m_nextCrash; }
    [[nodiscard]] QAction* returnToLive() const { return m_returnToLive; }
    [[nodiscard]] QAction* slower() const { return m_slower; }
    [[nodiscard]] QAction* faster() const { return m_faster; }
    /// One checkable action per speed, 0.1 to 100; data() is the speed. None is checked at a speed
    /// in between.
    [[nodiscard]] QActionGroup* speeds() const { return m_speeds; }
    /// In the order of a toolbar: previous crash, step back, play, step on, next crash.
    [[nodiscard]] QList<QAction*> main() const;

    /// "0.25 ×"
    [[nodiscard]] static QString speedText(double speed);

private:
    QAction* add(const char* name,
                 const QString& text,
                 const QString& toolTip,
                 const QKeySequence& shortcut);
    void addSpeeds();
    void changeSpeed(int direction);
    void update();

    Session& m_session;
    QAction* m_playPause = nullptr;
    QAction* m_stepBackward = nullptr;
    QAction* m_stepForward = nullptr;
    QAction* m_previousCrash = nullptr;
    QAction* m_nextCrash = nullptr;
    QAction* m_returnToLive = nullptr;
    QAction* m_slower = nullptr;
    QAction* m_faster = nullptr;
    QActionGroup* m_speeds = nullptr;
};

} // namespace exitwave::session
