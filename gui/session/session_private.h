// Session::Private: the state of a session and its tick. Included by session*.cpp only.
#pragma once

#include "gui/session/command_desk.h"
#include "gui/session/play_clock.h"
#include "gui/session/rate_meter.h"
#include "gui/session/recorder.h"
#include "gui/session/session.h"

#include <QStringList>
#include <QTimer>

#include <atomic>
#include <optional>
#include <vector>

namespace exitwave::session {

/// Thread: GUI thread, but for wake().
///
///   wake (any thread) --queued, once--> timer --tick--> take -> append -> apply -> record -> emit
///   -> timer, while there is more
struct Session::Private
{
    Private(Session& session, const base::Clock& sessionClock);

    /// What one tick did; told to the views when all of it is done.
    struct News
    {
        graph::GraphDelta delta;
        std::vector<trace::Answer> answers;
        std::vector<trace::Diagnostic> diagnostics;
        bool grew = false; // the timeline did
        bool moved = false; // the playhead did
        bool more = false; // there is work left for the next tick
        bool stateChanged = false;
        bool modeChanged = false;
        QStringList problems; // of recording
        std::optional<int> savePercent;
        bool saveEnded = false; // well or not
        QString savedPath;
        QString saveError;
    };

    // session_tick.cpp
    void wake();
    void tick();
    void takeArrived(std::int64_t deadline, News& news);
    void append(const trace::Batch& batch, News& news);
    void follow(std::int64_t deadline, News& news);
    void play(std::int64_t deadline, News& news);
    void noteState(trace::SourceState seen, News& news);
    void tell(const News& news);

    // session_playhead.cpp
    void moveTo(std::size_t position, base::Timestamp time);
    void tellMove(bool modeChanged, const graph::GraphDelta& delta);
    /// Nothing more will come from the source.
    [[nodiscard]] bool complete() const;
    [[nodiscard]] bool fileSource() const { return info.totalBytes > 0; }

    // session_recording.cpp
    /// Writes the events that are not in the recording yet, as far as they fit a tick; ends it when
    /// its time has come.
    void writeRecording(News& news);
    /// Writes all that is left, and closes the file. What went wrong; empty: nothing.
    [[nodiscard]] QString endRecording();
    void finishRecording(); ///< the same, and tells
    void writeSave(News& news); ///< what of a save fits a tick
    void finishSave(); ///< all that is left, and tells
    [[nodiscard]] QString whyNotSave(const QString& path) const; ///< empty: it can be

    void replaceTimeline();

    Session& q;
    const base::Clock& clock;
    base::MonotonicClock budget; // real time, whatever `clock` is
    graph::Timeline timeline;
    std::optional<graph::Replay> replay;
    std::unique_ptr<trace::EventSource> source;
    trace::SourceState state
        = trace::SourceState::Idle; // Ended and Failed only when everything was taken
    trace::SourceInfo info;
    QString error;

    PlayClock playClock;
    LiveClock liveClock;
    std::int64_t behindSince
        = 0; // playing, but the graph is not there yet, since this tick; 0: it is
    base::Timestamp head; // the playhead while it stands
    bool atEnd = false; // the playhead is kept at the end of the timeline
    bool paused = false; // the program is, at the end of the timeline

    CommandDesk desk;
    RateMeter rate;
    Recorder recorder;
    std::optional<std::size_t> recordUntil; // stopped, but so many events belong to it
    std::optional<SaveJob> saving;
    QString savePath; // of `saving`
    int savePercent = 0; // as last told
    std::size_t saved = 0; // events in the fullest file that was closed without an error
    bool saidReordered = false;
    std::uint64_t generation = 0; // of what is open: close() counts it up

    QTimer timer;
    std::int64_t lastTick = 0;
    std::atomic<bool> woken{false}; // set by wake() on any thread, cleared by tick()
};

} // namespace exitwave::session
