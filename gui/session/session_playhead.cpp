// The playhead of a session: seeking, stepping, playing, following.
#include "gui/session/session_private.h"

#include <algorithm>

namespace exitwave::session {

bool Session::Private::complete() const
{
    return state == trace::SourceState::Ended || state == trace::SourceState::Failed
        || state == trace::SourceState::Idle;
}

void Session::Private::moveTo(std::size_t position, base::Timestamp time)
{
    const bool modeChanges = atEnd || playClock.running();
    atEnd = false;
    playClock.stop();
    head = time;
    graph::GraphDelta delta;
    replay->seek(position, delta);
    tellMove(modeChanges, delta);
}

void Session::Private::tellMove(bool modeChanged, const graph::GraphDelta& delta)
{
    const std::uint64_t told = generation;
    if (modeChanged)
        Q_EMIT q.modeChanged();
    if (generation == told) // else a slot closed or opened a source
        Q_EMIT q.advanced(delta);
}

std::size_t Session::position() const
{
    return d->replay->position();
}

base::Timestamp Session::playheadTime() const
{
    if (d->atEnd)
        return d->replay->atEnd() ? endTime() : d->replay->graph().now();
    if (d->playClock.running())
        return d->playClock.time();
    return d->head;
}

base::Timestamp Session::endTime() const
{
    if (d->fileSource() || d->timeline.size() == 0)
        return d->timeline.endTime();
    return std::max(d->timeline.endTime(), d->liveClock.time());
}

bool Session::following() const
{
    return d->atEnd && (live() || d->state == trace::SourceState::Connecting);
}

bool Session::playing() const
{
    return d->playClock.running();
}

double Session::speed() const
{
    return d->playClock.speed();
}

void Session::seek(std::size_t position)
{
    const std::size_t target = std::min(position, d->timeline.size());
    d->moveTo(target, target == 0 ? d->timeline.beginTime() : d->timeline.event(target - 1).time);
}

void Session::seekTime(qint64 ns)
{
    const base::Timestamp time{
        std::clamp<qint64>(ns, d->timeline.beginTime().ns, d->timeline.endTime().ns)};
    d->moveTo(d->timeline.positionAt(time), time);
}

void Session::setPlaying(bool playing)
{
    if (!playing) {
        if (d->playClock.running() || following())
            d->moveTo(position(), std::min(playheadTime(), d->timeline.endTime()));
        return;
    }
    if (d->playClock.running() || following() || d->timeline.size() == 0)
        return;
    const bool startOver = d->complete() && d->replay->atEnd();
    const base::Timestamp from
        = startOver ? d->timeline.beginTime() : std::min(playheadTime(), d->timeline.endTime());
    d->atEnd = false;
    if (startOver) {
        graph::GraphDelta delta;
        d->replay->seek(0, delta);
        const std::uint64_t told = d->generation;
        Q_EMIT advanced(delta);
        if (d->generation != told)
            return;
    }
    d->behindSince = 0;
    d->playClock.start(from);
    d->timer.start(0);
    Q_EMIT modeChanged();
}

void Session::setSpeed(double speed)
{
    d->playClock.setSpeed(speed);
    Q_EMIT modeChanged();
}

void Session::stepForward()
{
    if (position() < d->timeline.size())
        seek(position() + 1);
}

void Session::stepBackward()
{
    if (position() > 0)
        seek(position() - 1);
}

void Session::nextCrash()
{
    if (const auto crash = d->timeline.nextCrash(position()))
        seek(*crash);
}

void Session::previousCrash()
{
    if (const auto crash = d->timeline.previousCrash(position()))
        seek(*crash);
}

void Session::returnToLive()
{
    if (d->atEnd)
        return;
    d->playClock.stop();
    d->atEnd = true;
    graph::GraphDelta delta;
    d->replay->seek(d->timeline.size(), delta);
    d->tellMove(true, delta);
}

} // namespace exitwave::session
