#include "gui/session/transport_actions.h"

#include "gui/session/session.h"

#include <QKeySequence>

#include <algorithm>
#include <array>
#include <cmath>

namespace exitwave::session {

namespace {

constexpr std::array speedSteps{0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0};

} // namespace

TransportActions::TransportActions(Session& session, QObject* parent)
    : QObject(parent), m_session(session)
{
    m_previousCrash = add("previousCrash",
                          tr("Previous Crash"),
                          tr("Go back to the crash before the playhead"),
                          tr("Shift+F8"));
    m_stepBackward
        = add("stepBackward", tr("Step Back"), tr("Go back by one event"), tr("Shift+F7"));
    m_playPause = add("playPause", tr("Play"), {}, tr("F5"));
    m_playPause->setCheckable(true);
    m_stepForward = add("stepForward", tr("Step Forward"), tr("Go on by one event"), tr("F7"));
    m_nextCrash = add("nextCrash", tr("Next Crash"), tr("Go on to the next crash"), tr("F8"));
    m_returnToLive
        = add("returnToLive", tr("Return to Live"), tr("Show what the program does now"), tr("F6"));
    m_slower = add("slower", tr("Slower"), tr("Replay more slowly"), tr("Ctrl+["));
    m_faster = add("faster", tr("Faster"), tr("Replay faster"), tr("Ctrl+]"));

    connect(m_previousCrash, &QAction::triggered, &session, &Session::previousCrash);
    connect(m_stepBackward, &QAction::triggered, &session, &Session::stepBackward);
    connect(m_stepForward, &QAction::triggered, &session, &Session::stepForward);
    connect(m_nextCrash, &QAction::triggered, &session, &Session::nextCrash);
    connect(m_returnToLive, &QAction::triggered, &session, &Session::returnToLive);
    connect(m_slower, &QAction::triggered, this, [this] { changeSpeed(-1); });
    connect(m_faster, &QAction::triggered, this, [this] { changeSpeed(+1); });
    connect(m_playPause, &QAction::triggered, this, [this] {
        m_session.setPlaying(!m_session.playing() && !m_session.following());
        update(); // also when nothing changed: the click toggled the check mark
    });
    addSpeeds();

    connect(&session, &Session::advanced, this, &TransportActions::update);
    connect(&session, &Session::timelineGrew, this, &TransportActions::update);
    connect(&session, &Session::sourceChanged, this, &TransportActions::update);
    connect(&session, &Session::modeChanged, this, &TransportActions::update);
    update();
}

QAction* TransportActions::add(const char* name,
                               const QString& text,
                               const QString& toolTip,
                               const QKeySequence& shortcut)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setToolTip(toolTip);
    action->setStatusTip(toolTip);
    action->setShortcut(shortcut);
    return action;
}

void TransportActions::addSpeeds()
{
    m_speeds = new QActionGroup(this);
    m_speeds->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    for (const double speed : speedSteps) {
        QAction* action = m_speeds->addAction(speedText(speed));
        action->setCheckable(true);
        action->setData(speed);
    }
    connect(m_speeds, &QActionGroup::triggered, this, [this](QAction* action) {
        m_session.setSpeed(action->data().toDouble());
        update();
    });
}

QList<QAction*> TransportActions::main() const
{
    return {m_previousCrash, m_stepBackward, m_playPause, m_stepForward, m_nextCrash};
}

QString TransportActions::speedText(double speed)
{
    return QStringLiteral("%1 ×").arg(speed, 0, 'g', 3);
}

void TransportActions::changeSpeed(int direction)
{
    const double now = m_session.speed();
    constexpr double slack = 1e-6; // neighbouring steps differ by far more
    if (direction > 0) {
        const auto next = std::find_if(speedSteps.begin(), speedSteps.end(), [now](double step) {
            return step > now + slack;
        });
        if (next != speedSteps.end())
            m_session.setSpeed(*next);
        return;
    }
    const auto next = std::find_if(
        speedSteps.rbegin(), speedSteps.rend(), [now](double step) { return step < now - slack; });
    if (next != speedSteps.rend())
        m_session.setSpeed(*next);
}

void TransportActions::update()
{
    const graph::Timeline& timeline = m_session.timeline();
    const std::size_t position = m_session.position();
    const bool moving = m_session.playing() || m_session.following();
    m_playPause->setEnabled(timeline.size() > 0);
    m_playPause->setChecked(moving);
    m_playPause->setText(moving ? tr("Pause") : tr("Play"));
    m_playPause->setToolTip(m_session.following() ? tr("Hold the picture; the program runs on")
                                : moving          ? tr("Hold the replay")
                                         : tr("Play from here; at the end, from the beginning"));
    m_stepBackward->setEnabled(position > 0);
    m_stepForward->setEnabled(position < timeline.size());
    m_previousCrash->setEnabled(timeline.previousCrash(position).has_value());
    m_nextCrash->setEnabled(timeline.nextCrash(position).has_value());
    m_returnToLive->setEnabled(m_session.live() && !m_session.following());
    m_slower->setEnabled(m_session.speed() > speedSteps.front());
    m_faster->setEnabled(m_session.speed() < speedSteps.back());
    for (QAction* action : m_speeds->actions())
        action->setChecked(std::abs(action->data().toDouble() - m_session.speed()) < 1e-6);
}

} // namespace exitwave::session
