// Recording and saving of a session: a part per tick, so that nobody waits for the disk.
#include "gui/session/sentence.h"
#include "gui/session/session_private.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace exitwave::session {

namespace {

constexpr std::size_t writeAtOnce = 16'384; // events per tick: about 2 ms

bool sameFile(const QString& path, const std::string& other)
{
    const QFileInfo left(path);
    const QFileInfo right(QString::fromStdString(other));
    return !other.empty() && left.exists() && left.canonicalFilePath() == right.canonicalFilePath();
}

} // namespace

// Recording -------------------------------------------------------------------------------------

void Session::Private::writeRecording(News& news)
{
    if (!recorder.active())
        return;
    const base::Result<bool> more
        = recorder.write(timeline, writeAtOnce, recordUntil.value_or(timeline.size()));
    if (!more) {
        recordUntil.reset();
        news.problems
            << Session::tr("The recording stopped: %1").arg(sentence(more.error().message));
        news.modeChanged = true;
        return;
    }
    if (more.value()) {
        news.more = true;
        return;
    }
    if (!recordUntil && (!complete() || news.more))
        return;
    if (const QString problem = endRecording(); !problem.isEmpty())
        news.problems << problem;
    news.modeChanged = true;
}

QString Session::Private::endRecording()
{
    const std::size_t until = recordUntil.value_or(timeline.size());
    recordUntil.reset();
    const base::Result<void> finished = recorder.finish(
        timeline, complete() ? "the program ended" : "the recording was stopped", until);
    if (finished) {
        saved = std::max(saved, until);
        return {};
    }
    return Session::tr("The recording is not complete: %1").arg(sentence(finished.error().message));
}

void Session::Private::finishRecording()
{
    if (!recorder.active())
        return;
    if (const QString problem = endRecording(); !problem.isEmpty())
        Q_EMIT q.diagnostic(problem);
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
    d->finishRecording();
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
    if (!recording() || d->recordUntil)
        return;
    const std::size_t size = d->timeline.size();
    if (size - d->recorder.written() <= writeAtOnce) {
        d->finishRecording();
        return;
    }
    d->recordUntil = size;
    d->timer.start(0);
}

// Saving ----------------------------------------------------------------------------------------

QString Session::Private::whyNotSave(const QString& path) const
{
    if (recorder.active() && sameFile(path, recorder.path()))
        return Session::tr("%1 is being recorded to. Stop the recording, or choose another name.")
            .arg(path);
    if (saving && (path == savePath || sameFile(path, savePath.toStdString())))
        return Session::tr("%1 is being saved already. Wait until it is done, or cancel that.")
            .arg(path);
    return {};
}

void Session::Private::writeSave(News& news)
{
    if (!saving)
        return;
    const base::Result<bool> more = saving->write(timeline, writeAtOnce);
    if (more && more.value()) {
        news.more = true;
        if (const int percent = saving->percent(); std::exchange(savePercent, percent) != percent)
            news.savePercent = percent;
        return;
    }
    if (more)
        saved = std::max(saved, saving->events());
    saving.reset();
    news.saveEnded = true;
    news.savedPath = std::exchange(savePath, {});
    if (!more)
        news.saveError = sentence(more.error().message);
}

void Session::Private::finishSave()
{
    News news;
    do {
        news = {};
        writeSave(news);
    } while (news.more);
    if (news.saveEnded)
        Q_EMIT q.saveFinished(news.savedPath, news.saveError);
}

void Session::save(const QString& path)
{
    if (saving()) {
        refuse(
            tr("%1 is still being saved. Wait until it is done, or cancel that.").arg(d->savePath));
        return;
    }
    if (const QString obstacle = d->whyNotSave(path); !obstacle.isEmpty()) {
        Q_EMIT saveFinished(path, obstacle);
        return;
    }
    base::Result<SaveJob> job = SaveJob::begin(path.toStdString(), d->timeline, info());
    if (!job) {
        Q_EMIT saveFinished(path, sentence(job.error().message));
        return;
    }
    d->saving.emplace(std::move(job).value());
    d->savePath = path;
    d->savePercent = 0;
    d->timer.start(0);
    Q_EMIT saveProgress(0);
}

void Session::cancelSave()
{
    if (!saving())
        return;
    d->saving.reset(); // takes the unfinished file with it
    Q_EMIT saveFinished(std::exchange(d->savePath, {}),
                        tr("Saving was cancelled. Nothing was written."));
}

bool Session::saving() const
{
    return d->saving.has_value();
}

bool Session::saveAs(const QString& path, QString* error)
{
    QString problem = d->whyNotSave(path);
    if (problem.isEmpty()) {
        const base::Result<void> done = saveTimeline(path.toStdString(), d->timeline, info());
        if (done)
            d->saved = d->timeline.size();
        else
            problem = sentence(done.error().message);
    }
    if (error && !problem.isEmpty())
        *error = problem;
    return problem.isEmpty();
}

std::size_t Session::savedEvents() const
{
    return d->saved;
}

} // namespace exitwave::session
