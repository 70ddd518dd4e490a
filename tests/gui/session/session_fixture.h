// A session on a FakeSource with a clock of the test's, for the tests of this folder.
#pragma once

#include "gui/graph/graph_text.h"
#include "gui/session/session.h"
#include "tests/support/fake_source.h"
#include "tests/support/random_trace.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>
#include <QTest>

#include <memory>

namespace exitwave::test {

/// Everything a test needs; members in the order of their lives.
struct SessionFixture
{
    explicit SessionFixture(bool opened = true)
    {
        QObject::connect(&session,
                         &session::Session::commandRefused,
                         &session,
                         [this](const QString& what) { refused << what; });
        QObject::connect(&session,
                         &session::Session::diagnostic,
                         &session,
                         [this](const QString& what) { diagnostics << what; });
        if (opened)
            open();
    }
    void open()
    {
        feed = std::make_shared<FakeFeed>();
        session.open(std::make_unique<FakeSource>(feed));
    }
    /// Lets the session work until it has read `events` and nothing waits.
    bool settle(std::size_t events)
    {
        return QTest::qWaitFor([&] { return session.timeline().size() >= events; }, 20'000);
    }
    /// Pushes `batch` and waits until it is in the timeline.
    bool feedAll(const trace::Batch& batch)
    {
        const std::size_t goal = session.timeline().size() + batch.events.size();
        feed->push(batch);
        return settle(goal)
            && (!session.following()
                || QTest::qWaitFor([&] { return session.position() == goal; }, 20'000));
    }
    /// Waits until the state is what the feed says.
    bool reach(trace::SourceState state)
    {
        return QTest::qWaitFor([&] { return session.state() == state; }, 20'000);
    }
    QString graphNow() const
    {
        return QString::fromStdString(
            graph::graphText(session.graph(), session.timeline().terms()));
    }

    base::VirtualClock clock;
    session::Session session{clock};
    std::shared_ptr<FakeFeed> feed;
    QStringList refused;
    QStringList diagnostics;
};

} // namespace exitwave::test
