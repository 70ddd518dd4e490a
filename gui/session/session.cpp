#include "gui/session/session.h"

#include "gui/session/sentence.h"
#include "gui/session/session_private.h"

#include <utility>

namespace exitwave::session {

namespace {

const base::MonotonicClock machineClock;

} // namespace

Session::Private::Private(Session& session, const base::Clock& sessionClock)
    : q(session), clock(sessionClock), playClock(sessionClock), liveClock(sessionClock)
{
    replay.emplace(timeline);
    timer.setSingleShot(true);
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, &q, [this] { tick(); });
}

Session::Session(QObject* parent) : Session(machineClock, parent) {}

Session::Session(const base::Clock& clock, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(*this, clock))
{
}

Session::~Session()
{
    // Nobody is told any more: whoever listens may be half gone. Who wants to hear of it calls
    // close() first.
    blockSignals(true);
    d->source.reset(); // joins its threads, so that nobody wakes us any more
    d->finishSave();
    d->finishRecording();
    d->desk.refuseAll("The connection to the program was closed before it answered.");
}

void Session::open(std::unique_ptr<trace::EventSource> source)
{
    close();
    if (!source)
        return;
    d->source = std::move(source);
    d->atEnd = true;
    const base::Result<void> started = d->source->start([p = d.get()] { p->wake(); });
    if (!started) {
        d->info = d->source->info();
        d->source.reset();
        d->atEnd = false;
        d->state = trace::SourceState::Failed;
        d->error = sentence(started.error().message);
        Q_EMIT sourceChanged();
        return;
    }
    d->state = trace::SourceState::Connecting; // until the first tick looks
    d->info = d->source->info();
    Q_EMIT sourceChanged();
    Q_EMIT modeChanged();
    d->wake(); // whatever came before the wake was set
}

void Session::close()
{
    ++d->generation;
    d->finishSave();
    d->finishRecording();
    const bool wasOpen
        = d->source || d->state != trace::SourceState::Idle || d->timeline.size() > 0;
    if (d->source)
        d->source->stop();
    d->source.reset();
    d->timer.stop();
    d->desk.refuseAll("The connection to the program was closed before it answered.");
    d->state = trace::SourceState::Idle;
    d->info = {};
    d->error.clear();
    d->replaceTimeline();
    if (!wasOpen)
        return;
    Q_EMIT timelineReplaced();
    Q_EMIT sourceChanged();
    Q_EMIT modeChanged();
    graph::GraphDelta delta;
    delta.reset = true;
    Q_EMIT advanced(delta);
}

void Session::Private::replaceTimeline()
{
    replay.reset();
    timeline = graph::Timeline();
    replay.emplace(timeline);
    playClock.stop();
    liveClock.reset();
    head = {};
    atEnd = false;
    paused = false;
    saidReordered = false;
    saved = 0;
    rate.reset();
}

const graph::Timeline& Session::timeline() const
{
    return d->timeline;
}

const graph::ProcessGraph& Session::graph() const
{
    return d->replay->graph();
}

trace::SourceState Session::state() const
{
    return d->state;
}

trace::SourceInfo Session::info() const
{
    return d->source ? d->source->info() : d->info;
}

QString Session::errorText() const
{
    return d->error;
}

bool Session::live() const
{
    return d->state == trace::SourceState::Live && d->info.totalBytes == 0;
}

bool Session::acceptsCommands() const
{
    return whyNoCommands().isEmpty();
}

QString Session::whyNoCommands() const
{
    switch (d->state) {
    case trace::SourceState::Idle:
        return tr("No program is open. Run a lesson or connect to a running node first.");
    case trace::SourceState::Connecting:
        return tr("The program has not answered yet. Try again when it is connected.");
    case trace::SourceState::Failed:
        return tr("The program cannot be reached any more, so it cannot be changed. %1")
            .arg(d->error);
    case trace::SourceState::Ended:
    case trace::SourceState::Live:
        break;
    }
    if (!d->info.acceptsCommands)
        return tr("This is a recording. Only a running program can be changed.");
    if (d->state == trace::SourceState::Ended)
        return tr("The program has ended. It cannot be changed any more.");
    if (!d->atEnd)
        return tr("You are looking at the past: return to live to change the program.");
    return {};
}

void Session::request(trace::Command command, std::function<void(const trace::Answer&)> done)
{
    const QString obstacle = whyNoCommands();
    if (!obstacle.isEmpty()) {
        Q_EMIT commandRefused(obstacle);
        if (done)
            done(trace::Answer{command.id, false, obstacle.toStdString()});
        return;
    }
    d->desk.open(command, std::move(done));
    d->source->request(std::move(command));
}

void Session::refuse(const QString& what)
{
    Q_EMIT commandRefused(what);
}

double Session::eventRate() const
{
    return d->rate.rate(d->clock.now());
}

} // namespace exitwave::session
