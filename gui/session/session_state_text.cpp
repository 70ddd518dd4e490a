#include "gui/session/session_state_text.h"

#include "gui/session/session.h"
#include "gui/session/time_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace exitwave::session {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("StateText", text);
}

QString behindText(const QString& by)
{
    return tr("live · behind by %1").arg(by);
}

/// Of a program that runs.
QString liveText(const Session& session)
{
    if (!session.following())
        return behindText(durationText(session.endTime() - session.playheadTime()));
    return session.graph().paused() ? tr("live · program paused") : tr("live");
}

QString failedText(const Session& session, bool file)
{
    if (file)
        return tr("reading failed");
    return session.timeline().size() > 0 ? tr("connection lost") : tr("no connection");
}

} // namespace

QString stateText(const Session& session)
{
    const trace::SourceInfo info = session.info();
    const bool file = info.totalBytes > 0; // as Session::live() tells them apart
    switch (session.state()) {
    case trace::SourceState::Idle:
        return tr("nothing open");
    case trace::SourceState::Connecting:
        return file ? tr("opening") : tr("connecting");
    case trace::SourceState::Live:
        if (!file)
            return liveText(session);
        return tr("reading %1 %")
            .arg(std::min(info.readBytes, info.totalBytes) * 100 / info.totalBytes);
    case trace::SourceState::Ended:
        return file ? tr("recorded trace") : tr("ended");
    case trace::SourceState::Failed:
        break;
    }
    return failedText(session, file);
}

QString widestBehindText()
{
    return behindText(QStringLiteral("88 min 88 s"));
}

} // namespace exitwave::session
