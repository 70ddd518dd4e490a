#include "gui/session/event_log_model.h"

#include "gui/session/process_text.h"
#include "gui/session/session.h"
#include "gui/session/time_text.h"

#include <algorithm>
#include <utility>

namespace exitwave::session {

namespace {

// Rows of a table are ints, and the views' heights are ints of pixels: more events than this are
// beyond any table.
constexpr std::size_t maxRows = 100'000'000;
// Each insertion makes a view count its rows anew.
constexpr int growIntervalMs = 100;

} // namespace

EventLogModel::EventLogModel(Session& session, QObject* parent)
    : QAbstractTableModel(parent), m_session(session)
{
    connect(&session, &Session::timelineReplaced, this, &EventLogModel::restart);
    connect(&session, &Session::timelineGrew, this, &EventLogModel::growSoon);
    connect(&session, &Session::advanced, this, &EventLogModel::movePlayhead);
    m_growTimer.setSingleShot(true);
    m_growTimer.setInterval(growIntervalMs);
    connect(&m_growTimer, &QTimer::timeout, this, &EventLogModel::growSoon);
    restart();
}

void EventLogModel::setWatched(bool watched)
{
    if (std::exchange(m_watched, watched) == watched || !watched)
        return;
    grow();
    movePlayhead();
}

EventLogModel::Group EventLogModel::groupOf(trace::EventType type)
{
    using trace::EventType;
    switch (type) {
    case EventType::Linked:
    case EventType::Unlinked:
    case EventType::Monitored:
    case EventType::Demonitored:
    case EventType::MonitorFired:
        return Links;
    case EventType::ExitSignalSent:
    case EventType::ExitSignalDelivered:
        return ExitSignals;
    case EventType::MessageSent:
    case EventType::MessageReceived:
        return Messages;
    case EventType::CrashLogged:
    case EventType::Loss:
    case EventType::Annotation:
    case EventType::ControlChanged:
        return Notes;
    default:
        return Lives;
    }
}

void EventLogModel::setGroups(Groups groups)
{
    if (groups == m_groups)
        return;
    m_groups = groups;
    restart();
}

void EventLogModel::setProcess(std::optional<trace::ProcessKey> process)
{
    if (process == m_process)
        return;
    m_process = process;
    restart();
}

bool EventLogModel::accepts(const trace::Event& event) const
{
    return m_groups.testFlag(groupOf(event.type))
        && (!m_process || event.process == *m_process || event.peer == *m_process);
}

std::size_t EventLogModel::eventAt(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    return filtered() ? m_matches[at] : at;
}

int EventLogModel::rowsBefore(std::size_t position) const
{
    if (!filtered())
        return std::min(static_cast<int>(std::min(position, maxRows)), m_rows);
    return static_cast<int>(std::lower_bound(m_matches.begin(), m_matches.end(), position)
                            - m_matches.begin());
}

void EventLogModel::restart()
{
    beginResetModel();
    m_matches.clear();
    m_seen = 0;
    m_rows = takeNew(m_matches);
    m_position = m_session.position();
    endResetModel();
}

void EventLogModel::growSoon()
{
    if (!m_watched || m_growTimer.isActive() || m_seen >= m_session.timeline().size())
        return;
    grow();
    m_growTimer.start();
}

void EventLogModel::grow()
{
    std::vector<std::uint32_t> matches;
    const int added = takeNew(matches);
    if (added == 0)
        return;
    beginInsertRows({}, m_rows, m_rows + added - 1);
    m_matches.insert(m_matches.end(), matches.begin(), matches.end());
    m_rows += added;
    endInsertRows();
}

/// Looks at the events that came since the last call: how many pass the filter, and which, if there
/// is one.
int EventLogModel::takeNew(std::vector<std::uint32_t>& matches)
{
    const std::size_t first = m_seen;
    m_seen = std::min(m_session.timeline().size(), maxRows);
    if (!filtered())
        return static_cast<int>(m_seen - first);
    for (std::size_t event = first; event < m_seen; ++event) {
        if (accepts(m_session.timeline().event(event)))
            matches.push_back(static_cast<std::uint32_t>(event));
    }
    return static_cast<int>(matches.size());
}

void EventLogModel::movePlayhead()
{
    if (!m_watched)
        return;
    const int before = rowsBefore(m_position);
    m_position = m_session.position();
    const int after = rowsBefore(m_position);
    if (before != after)
        Q_EMIT dataChanged(index(std::min(before, after), 0),
                           index(std::max(before, after) - 1, ColumnCount - 1),
                           {PastRole});
}

int EventLogModel::playheadRow() const
{
    return rowsBefore(m_session.position()) - 1;
}

void EventLogModel::seekTo(const QModelIndex& index)
{
    if (checkIndex(index, CheckIndexOption::IndexIsValid))
        m_session.seek(eventAt(index.row()) + 1);
}

int EventLogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int EventLogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int{ColumnCount};
}

QVariant EventLogModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows)
        return {};
    const std::size_t at = eventAt(index.row());
    if (at >= m_session.timeline().size())
        return {}; // the timeline was replaced and the reset is on its way
    switch (role) {
    case Qt::DisplayRole:
        return text(at, index.column());
    case Qt::ToolTipRole:
        return text(at, TextColumn).toString().toHtmlEscaped();
    case PositionRole:
        return static_cast<qulonglong>(at + 1);
    case PastRole:
        return at < m_session.position();
    case NodeRole:
        return m_session.graph().find(m_session.timeline().event(at).process);
    case TypeRole:
        return static_cast<int>(m_session.timeline().event(at).type);
    default:
        return {};
    }
}

QString EventLogModel::processText(const trace::Event& event) const
{
    if (event.process == trace::ProcessKey{})
        return {};
    const graph::NodeIndex node = m_session.graph().find(event.process);
    if (node != graph::noNode)
        return processName(m_session.graph().node(node), m_session.timeline().terms());
    return QString::fromStdString(graph::pidText(event.process));
}

QVariant EventLogModel::text(std::size_t at, int column) const
{
    const graph::Timeline& timeline = m_session.timeline();
    const trace::Event& event = timeline.event(at);
    switch (column) {
    case TimeColumn:
        return momentText(event.time, timeline.endTime() - base::Timestamp{});
    case EventColumn: {
        const trace::EventInfo* info = trace::eventInfo(event.type);
        if (!info)
            return tr("unknown (%1)").arg(static_cast<int>(event.type));
        return QString::fromUtf8(info->text.data(), static_cast<qsizetype>(info->text.size()))
            .replace(QLatin1Char('_'), QLatin1Char(' '));
    }
    case ProcessColumn:
        return processText(event);
    case TextColumn:
        return QString::fromStdString(graph::eventSentence(event, timeline.terms()));
    default:
        return {};
    }
}

QVariant EventLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case EventColumn:
        return tr("Event");
    case ProcessColumn:
        return tr("Process");
    case TextColumn:
        return tr("What happened");
    default:
        return {};
    }
}

} // namespace exitwave::session
