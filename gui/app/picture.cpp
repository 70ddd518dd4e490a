#include "gui/app/picture.h"

#include "gui/views/canvas/canvas_widget.h"
#include "gui/views/window/main_window.h"

#include <QCoreApplication>
#include <QPixmap>

#include <cstdio>
#include <utility>

namespace exitwave::app {

namespace {

constexpr int lookEveryMs = 50;
constexpr int quietLooks = 20; // a second in which nothing happens: a live program is over or waits
constexpr int patience = 1200; // a minute, after which what there is must do
constexpr base::Duration afterChange{
    160'000'000}; // how far into the animation the picture is taken: a signal is half way

} // namespace

Picture::Picture(views::MainWindow& window, graph::Moment moment, QString path, QObject* parent)
    : QObject(parent), m_window(window), m_moment(moment), m_path(std::move(path))
{
    connect(&window.session(), &session::Session::diagnostic, this, [this](const QString& what) {
        m_damage << what;
    });
    connect(&m_poll, &QTimer::timeout, this, &Picture::look);
    m_poll.start(lookEveryMs);
}

bool Picture::ready() const
{
    const session::Session& session = m_window.session();
    switch (session.state()) {
    case trace::SourceState::Idle: // the start page
    case trace::SourceState::Ended:
    case trace::SourceState::Failed:
        return m_quiet >= 2;
    case trace::SourceState::Connecting:
        return false;
    case trace::SourceState::Live:
        break;
    }
    return session.timeline().size() > 0 && m_quiet >= quietLooks;
}

void Picture::look()
{
    const std::size_t size = m_window.session().timeline().size();
    m_quiet = std::exchange(m_seen, size) == size ? m_quiet + 1 : 0;
    if (!ready() && ++m_looks < patience)
        return;
    m_poll.stop();
    take();
}

void Picture::take()
{
    session::Session& session = m_window.session();
    const bool failed = session.state() == trace::SourceState::Failed;
    if (failed && session.timeline().size() == 0)
        return fail(session.errorText());
    views::CanvasWidget& canvas = m_window.canvas();
    if (session.state() != trace::SourceState::Idle) {
        const auto position = graph::positionOf(m_moment, session.timeline());
        if (!position)
            return fail(QString::fromStdString(position.error().message));
        // From the moment before, so that what happens at this one is on its way and not long over.
        session.seek(position.value() > 0 ? position.value() - 1 : 0);
        session.seek(position.value());
        QCoreApplication::processEvents();
        const bool end = m_moment.kind == graph::Moment::Kind::End;
        static_cast<void>(canvas.settle(end ? std::nullopt : std::optional(afterChange), 20'000));
    }
    QCoreApplication::processEvents();
    if (!m_window.grab().save(m_path))
        return fail(tr("the picture %1 could not be written: check that its folder exists, that "
                       "you may write there, and that the name "
                       "ends in .png")
                        .arg(m_path));
    if (failed)
        m_damage << session.errorText();
    if (!m_damage.isEmpty())
        return fail(
            tr("%1 shows a damaged trace: %2").arg(m_path, m_damage.join(QLatin1Char(' '))));
    QCoreApplication::exit(0);
}

void Picture::fail(const QString& why)
{
    std::fprintf(stderr, "exitwave: %s\n", qPrintable(why));
    QCoreApplication::exit(1);
}

} // namespace exitwave::app
