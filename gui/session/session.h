// Session: one open trace - its source, timeline, playhead, recording and commands. Everything
// views know.
#pragma once

#include "gui/graph/graph_delta.h"
#include "gui/graph/replay.h"
#include "gui/graph/timeline.h"
#include "runtime/base/clock.h"
#include "runtime/trace/event_source.h"

#include <QObject>
#include <QString>

#include <cstddef>
#include <functional>
#include <memory>

namespace exitwave::session {

/// The events of one source, the playhead on them and what can be asked of the program.
///
///   source --take()--> Timeline --Replay--> graph(), delta --advanced()--> views, models, layout
///   views  --request()--> source            (the effect comes back only as events)
///
/// Live is nothing special: the playhead follows the end while `following()`. Rewinding leaves the
/// end where it is; the source is read on all the same. Thread: GUI thread. At most 4 ms of
/// applying per tick; the rest waits for the next. timeline() and graph() keep their addresses for
/// the life of the session; open() and close() empty them (timelineReplaced).
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(QObject* parent = nullptr);
    /// With a clock of the caller's, which must outlive the session: playing and following run by
    /// it.
    explicit Session(const base::Clock& clock, QObject* parent = nullptr);
    ~Session() override;

    /// Replaces the current source (stopping it) and starts this one. On failure the session is
    /// empty and sourceChanged was emitted.
    void open(std::unique_ptr<trace::EventSource> source);
    void close();

    [[nodiscard]] const graph::Timeline& timeline() const;
    [[nodiscard]] const graph::ProcessGraph& graph() const; ///< at the playhead
    [[nodiscard]] trace::SourceState state() const;
    [[nodiscard]] trace::SourceInfo info() const;
    [[nodiscard]] QString errorText() const; ///< when state() is Failed
    /// The source is a running program, not a file that is still being read.
    [[nodiscard]] bool live() const;
    [[nodiscard]] bool
    acceptsCommands() const; ///< live, not rewound, and the source takes commands
    /// Why acceptsCommands() is false, as a full sentence; empty when it is true.
    [[nodiscard]] QString whyNoCommands() const;

    // Playhead -------------------------------------------------------------------------------
    /// Events applied; 0 .. timeline().size().
    [[nodiscard]] std::size_t position() const;
    /// The playhead in trace time. Between events while playing; follows the clock of a live
    /// source.
    [[nodiscard]] base::Timestamp playheadTime() const;
    /// Where a live source is now; the time of the last event when it has ended.
    [[nodiscard]] base::Timestamp endTime() const;
    [[nodiscard]] bool following() const; ///< shows the end of a live source as it grows
    [[nodiscard]] bool playing() const; ///< replay runs
    [[nodiscard]] double speed() const; ///< 0.1 .. 100 trace seconds per second

public Q_SLOTS:
    void seek(std::size_t position); ///< stops playing and following
    void seekTime(qint64 ns);
    /// From the end of what has ended: starts over. While following, `false` holds the picture
    /// where it is. Reaching the end of a live source is following it again.
    void setPlaying(bool playing);
    void setSpeed(double speed); ///< clamped to 0.1 .. 100
    void stepForward(); ///< one event
    void stepBackward();
    void nextCrash();
    void previousCrash();
    void returnToLive();

public:
    // Commands -------------------------------------------------------------------------------
    /// Asks the program. `done` is called exactly once, on the GUI thread, with the answer;
    /// refusals are also emitted as commandRefused.
    void request(trace::Command command, std::function<void(const trace::Answer&)> done = {});
    /// Says that something the user asked for cannot be done, where request() was not even reached.
    void refuse(const QString& what);

    // Recording ------------------------------------------------------------------------------
    [[nodiscard]] bool recording() const;
    [[nodiscard]] QString recordingPath() const; ///< empty when not recording
    /// Writes everything from the trace's first event, and what follows, to `path` (.ewt). Stops by
    /// itself when the source ends, and with a diagnostic when the disk refuses.
    void startRecording(const QString& path);
    /// Nothing after this call is recorded. What is not in the file yet is written over the next
    /// ticks; recording() is true until then (modeChanged).
    void stopRecording();
    /// Writes the timeline as it is now, a part per tick: saveProgress, and once saveFinished. The
    /// file appears complete or not at all. close() and open() first write what is left. One at a
    /// time: another is refused.
    void save(const QString& path);
    void cancelSave(); ///< saveFinished tells of it; nothing is at the path that was not before
    [[nodiscard]] bool saving() const;
    /// The same at once: blocks for as long as the disk takes. For the last moment of a window.
    [[nodiscard]] bool saveAs(const QString& path, QString* error);
    /// Events of the timeline, from its first on, that are in a file which was closed without an
    /// error. A recording counts when it has stopped.
    [[nodiscard]] std::size_t savedEvents() const;

    /// Events per second over the last second, of the source.
    [[nodiscard]] double eventRate() const;

Q_SIGNALS:
    /// open() or close() emptied the timeline: forget every position and every node. sourceChanged
    /// and advanced (reset) follow.
    void timelineReplaced();
    /// A source was opened, changed state or was closed.
    void sourceChanged();
    /// The playhead moved; `delta` says what differs from before. The only way views learn of the
    /// graph.
    void advanced(const exitwave::graph::GraphDelta& delta);
    /// The timeline grew (also while rewound).
    void timelineGrew();
    /// playing, following, speed or recording changed.
    void modeChanged();
    /// Something to tell the user: what was refused or is damaged, with why.
    void commandRefused(const QString& what);
    void diagnostic(const QString& what);
    /// How far save() is, 0 .. 100.
    void saveProgress(int percent);
    /// save() is done with `path`; `error` says why there is no such file, and is empty when all is
    /// well.
    void saveFinished(const QString& path, const QString& error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace exitwave::session
