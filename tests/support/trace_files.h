// Trace files for tests, and reading sources to their end.
#pragma once

#include "gui/graph/timeline.h"
#include "runtime/trace/trace_file.h"
#include "tests/support/trace_builder.h"

#include <QString>
#include <QTest>

#include <algorithm>
#include <span>

namespace exitwave::testing {

/// Writes `batch` as a complete trace, in frames of 1000 events, as a recorder would. "" or why it
/// could not be written.
inline QString writeTrace(const QString& path, const trace::Batch& batch)
{
    auto writer = trace::TraceWriter::create(path.toStdString());
    if (!writer.ok())
        return QString::fromStdString(writer.error().message);
    trace::Hello hello;
    hello.program = "test 1.0";
    hello.title = "Lesson: test";
    hello.startedAtUnixNs = 1'700'000'000'123'000'000;
    base::Result<void> done = writer.value()->appendHello(hello);
    if (done.ok())
        done = writer.value()->append(batch.terms, {});
    std::span<const trace::Event> rest(batch.events);
    while (done.ok() && !rest.empty()) {
        const std::size_t count = std::min<std::size_t>(rest.size(), 1000);
        done = writer.value()->append({}, rest.first(count));
        rest = rest.subspan(count);
    }
    if (done.ok())
        done = writer.value()->appendEnd("the program ended");
    if (done.ok())
        done = writer.value()->close();
    return done.ok() ? QString() : QString::fromStdString(done.error().message);
}

/// Takes everything that `source` has until `done` says so or the source is at its end; false after
/// 20 s.
template<typename Done>
bool readUntil(trace::EventSource& source, graph::Timeline& timeline, Done done)
{
    return QTest::qWaitFor(
        [&] {
            const trace::SourceState state = source.state();
            trace::Batch batch;
            while (source.take(batch, 1000))
                timeline.append(batch);
            timeline.append(batch);
            return done() || state == trace::SourceState::Ended
                || state == trace::SourceState::Failed;
        },
        20000);
}

inline bool readAll(trace::EventSource& source, graph::Timeline& timeline)
{
    return readUntil(source, timeline, [] { return false; });
}

} // namespace exitwave::testing
