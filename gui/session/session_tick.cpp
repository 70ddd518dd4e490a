// The tick of a session: takes what arrived, moves the playhead, tells the views. Keeps to its
// budget.
#include "gui/session/sentence.h"
#include "gui/session/session_private.h"

#include <algorithm>
#include <utility>

namespace exitwave::session {

namespace {

constexpr std::int64_t tickBudgetNs = 4'000'000;
constexpr std::int64_t tickIntervalMs = 8; // between two ticks that the source asks for
constexpr int playIntervalMs = 16;
constexpr std::int64_t patienceNs = 250'000'000; // so long the graph may lag behind the playhead
constexpr std::size_t takeAtOnce = 4096;
constexpr std::size_t applyAtOnce = 512;
constexpr base::Duration tail
    = base::milliseconds(500); // so that what the last event began is seen to end

} // namespace

void Session::Private::wake()
{
    if (woken.exchange(true, std::memory_order_acq_rel)) // partner: tick
        return;
    QMetaObject::invokeMethod(
        &q,
        [this] {
            const std::int64_t since = (budget.now() - lastTick) / 1'000'000;
            const int wait = static_cast<int>(
                std::clamp<std::int64_t>(tickIntervalMs - since, 0, tickIntervalMs));
            if (!timer.isActive() || timer.remainingTime() > wait)
                timer.start(wait);
        },
        Qt::QueuedConnection);
}

void Session::Private::tick()
{
    // Cleared before taking: what arrives from here on wakes again.
    woken.store(false, std::memory_order_release); // partner: wake
    lastTick = budget.now();
    const std::int64_t deadline = lastTick + tickBudgetNs;
    News news;
    if (source) {
        const trace::SourceState seen
            = source->state(); // before taking: what Ended promises is then all there
        takeArrived(deadline, news);
        noteState(seen, news);
    }
    if (atEnd)
        follow(deadline, news);
    else if (playClock.running())
        play(deadline, news);
    writeRecording(news);
    writeSave(news);

    if (news.more)
        timer.start(1);
    else if (playClock.running())
        timer.start(playIntervalMs);
    tell(news);
}

void Session::Private::takeArrived(std::int64_t deadline, News& news)
{
    trace::Batch batch;
    do {
        news.more = source->take(batch, takeAtOnce);
        append(batch, news);
        if (atEnd)
            follow(deadline, news);
    } while (news.more && budget.now() < deadline);
}

void Session::Private::append(const trace::Batch& batch, News& news)
{
    news.answers.insert(news.answers.end(), batch.answers.begin(), batch.answers.end());
    news.diagnostics.insert(
        news.diagnostics.end(), batch.diagnostics.begin(), batch.diagnostics.end());
    if (batch.events.empty() && batch.terms.empty())
        return;
    timeline.append(batch);
    news.grew = news.grew || !batch.events.empty();
    rate.add(batch.events.size(), clock.now());
    for (const trace::Event& event : batch.events) {
        if (event.type == trace::EventType::ControlChanged)
            paused = event.howAs<trace::ControlState>() == trace::ControlState::Paused;
    }
    if (!batch.events.empty()) {
        liveClock.arrived(timeline.endTime());
        liveClock.setHeld(paused || fileSource());
    }
    if (timeline.reordered() > 0 && !std::exchange(saidReordered, true)) {
        news.diagnostics.push_back({0,
                                    "The clock of this trace goes backwards in places. Such events "
                                    "are shown at the time of the event "
                                    "before them, so their times are not exact."});
    }
}

void Session::Private::follow(std::int64_t deadline, News& news)
{
    while (!replay->atEnd()) {
        replay->advance(applyAtOnce, news.delta);
        news.moved = true;
        if (budget.now() >= deadline)
            break;
    }
    if (!replay->atEnd())
        news.more = true;
}

void Session::Private::play(std::int64_t deadline, News& news)
{
    news.moved = true;
    const base::Timestamp now = playClock.time();
    const std::size_t target = timeline.positionAt(now);
    while (replay->position() < target && budget.now() < deadline)
        replay->advance(std::min(applyAtOnce, target - replay->position()), news.delta);
    if (replay->position() < target) {
        news.more = true;
        if (behindSince == 0) {
            behindSince = lastTick;
        } else if (lastTick - behindSince > patienceNs) {
            playClock.start(
                replay->graph().now()); // too fast for this machine: be slower, skip nothing
            behindSince = 0;
        }
        return;
    }
    behindSince = 0;
    if (!replay->atEnd() || now < timeline.endTime())
        return;
    if (q.live()) {
        playClock.stop();
        atEnd = true;
        news.modeChanged = true;
    } else if (!complete()) {
        playClock.start(timeline.endTime()); // the file is still being read
    } else if (now >= timeline.endTime() + tail) {
        playClock.stop();
        head = timeline.endTime();
        news.modeChanged = true;
    }
}

void Session::Private::noteState(trace::SourceState seen, News& news)
{
    const bool over = seen == trace::SourceState::Ended || seen == trace::SourceState::Failed;
    if (seen == state || (over && news.more))
        return;
    state = seen;
    info = source->info();
    news.stateChanged = true;
    if (!over)
        return;
    if (seen == trace::SourceState::Failed)
        error = sentence(source->error().message);
    liveClock.end(tail);
}

void Session::Private::tell(const News& news)
{
    // Any slot may open or close a source. What is left to tell is then of another trace.
    const std::uint64_t told = generation;
    const auto current = [&] { return generation == told; };
    if (news.grew)
        Q_EMIT q.timelineGrew();
    if (current() && news.stateChanged)
        Q_EMIT q.sourceChanged();
    if (current() && (news.modeChanged || news.stateChanged))
        Q_EMIT q.modeChanged(); // following() depends on the state, too
    if (current() && news.moved)
        Q_EMIT q.advanced(news.delta);
    for (qsizetype i = 0; i < news.problems.size() && current(); ++i)
        Q_EMIT q.diagnostic(news.problems[i]);
    for (std::size_t i = 0; i < news.diagnostics.size() && current(); ++i)
        Q_EMIT q.diagnostic(sentence(news.diagnostics[i].what));
    for (std::size_t i = 0; i < news.answers.size() && current(); ++i) {
        const trace::Answer& answer = news.answers[i];
        if (!answer.accepted)
            Q_EMIT q.commandRefused(sentence(answer.text));
        if (current())
            desk.answer(answer);
    }
    if (current() && news.stateChanged && complete())
        desk.refuseAll("The program ended before it answered.");
    // Whatever is open now: who asked for a save waits for its end.
    if (news.savePercent && saving)
        Q_EMIT q.saveProgress(*news.savePercent);
    if (news.saveEnded)
        Q_EMIT q.saveFinished(news.savedPath, news.saveError);
}

} // namespace exitwave::session
