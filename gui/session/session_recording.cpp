// Recording and saving of a session.
#include "gui/session/sentence.h"
#include "gui/session/session_private.h"

#include <QFileInfo>

namespace exitwave::session {

namespace {

constexpr std::size_t recordAtOnce = 16'384; // events per tick: about 2 ms

bool sameFile(const QString& path, const std::string& other)
{
    const QFileInfo left(path);
    const QFileInfo right(QString::fromStdString(other));
    return !other.empty() && left.exists() && left.canonicalFilePath() == right.canonicalFilePath();
}

} // namespace

bool Session::Private::writeRecording()
{
    if (!recorder.active())
        return false;
    const base::Result<bool> more = recorder.write(timeline, recordAtOnce);
    if (more)
        return more.value();
    Q_EMIT q.diagnostic(
        Session::tr("The recording stopped: %1").arg(sentence(more.error().message)));
    Q_EMIT q.modeChanged();
    return false;
}

void Session::Private::finishRecording()
{
    if (!recorder.active())
        return;
    const base::Result<void> finished
        = recorder.finish(timeline, complete() ? "the program ended" : "the recording was stopped");
    if (!finished)
        Q_EMIT q.diagnostic(Session::tr("The recording is not complete: %1")
                                .arg(sentence(finished.error().message)));
    Q_EMIT q.modeChanged();
}

bool Session::recording() const
{
    return d->recorder.active();
}

QString Session::recordingPath() const
{
    return QString::fromStdString(d->recorder.path());
}

void Session::startRecording(const QString& path)
{
    if (!d->source) {
        Q_EMIT diagnostic(
            tr("There is nothing to record. Run a lesson or connect to a running node first."));
        return;
    }
    if (d->fileSource() && sameFile(path, d->info.origin)) {
        Q_EMIT diagnostic(
            tr("%1 is the trace that is open. Choose another name for the recording.").arg(path));
        return;
    }
    stopRecording();
    const base::Result<void> started = d->recorder.start(path.toStdString(), d->source->info());
    if (!started) {
        Q_EMIT diagnostic(sentence(started.error().message));
        return;
    }
    d->timer.start(0);
    Q_EMIT modeChanged();
}

void Session::stopRecording()
{
    d->finishRecording();
}

bool Session::saveAs(const QString& path, QString* error)
{
    base::Result<void> saved;
    if (recording() && sameFile(path, d->recorder.path())) {
        saved
            = base::fail(base::ErrorCode::Refused,
                         tr("%1 is being recorded to. Stop the recording, or choose another name.")
                             .arg(path)
                             .toStdString());
    } else {
        saved = saveTimeline(path.toStdString(), d->timeline, info());
    }
    if (!saved && error)
        *error = sentence(saved.error().message);
    return saved.ok();
}

} // namespace exitwave::session
