// What the cells of a ProcessTableModel say.
#include "gui/scene/node_style.h"
#include "gui/session/process_table_model.h"
#include "gui/session/process_text.h"
#include "gui/session/session.h"
#include "gui/session/time_text.h"

#include <algorithm>

namespace exitwave::session {

using graph::noNode;

namespace {

std::uint64_t queueLength(const graph::ProcessNode& node)
{
    return node.alive && node.messagesArrived > node.messagesReceived
        ? node.messagesArrived - node.messagesReceived
        : 0;
}

bool isNumber(int column)
{
    return column == ProcessTableModel::LinksColumn || column == ProcessTableModel::QueueColumn
        || column == ProcessTableModel::MessagesColumn || column == ProcessTableModel::AgeColumn;
}

base::Duration ageOf(const graph::ProcessNode& node, base::Timestamp now)
{
    return std::max(base::Duration{}, (node.alive ? now : node.exitedAt) - node.spawnedAt);
}

} // namespace

QVariant ProcessTableModel::data(const QModelIndex& index, int role) const
{
    const NodeIndex node = nodeAt(index);
    if (node >= m_entries.size() || node >= m_session.graph().size())
        return {};
    const graph::ProcessNode& process = m_session.graph().node(node);
    const trace::TermTable& terms = m_session.timeline().terms();
    switch (role) {
    case Qt::DisplayRole:
        return text(node, index.column());
    case Qt::ToolTipRole:
        return processToolTip(m_session.graph(), node, terms);
    case Qt::TextAlignmentRole:
        return isNumber(index.column())
            ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
            : QVariant();
    case NodeRole:
        return node;
    case LookRole:
        return static_cast<int>(scene::lookOf(process, terms));
    case AliveRole:
        return process.alive;
    case TrapsExitRole:
        return process.alive && process.trapsExit;
    case InferredRole:
        return process.inferred;
    case ReasonRole:
        return process.alive ? QString() : shortReason(terms.at(process.reason));
    case NoteRole:
        return note(node);
    case SortRole:
        return sortKey(node, index.column());
    default:
        return {};
    }
}

QVariant ProcessTableModel::text(NodeIndex node, int column) const
{
    const graph::ProcessGraph& graph = m_session.graph();
    const graph::ProcessNode& process = graph.node(node);
    const trace::TermTable& terms = m_session.timeline().terms();
    switch (column) {
    case NameColumn:
        return processName(process, terms);
    case PidColumn:
        return processPid(process);
    case StateColumn:
        return stateText(process, terms);
    case LinksColumn:
        return static_cast<qulonglong>(process.links.size());
    case QueueColumn:
        return static_cast<qulonglong>(queueLength(process));
    case MessagesColumn:
        return static_cast<qulonglong>(process.messagesReceived);
    case ParentColumn:
        return process.parent == noNode ? QString()
                                        : processName(graph.node(process.parent), terms);
    case AgeColumn:
        return durationText(ageOf(process, m_session.playheadTime()));
    default:
        return {};
    }
}

QVariant ProcessTableModel::sortKey(NodeIndex node, int column) const
{
    const graph::ProcessNode& process = m_session.graph().node(node);
    switch (column) {
    case PidColumn:
        return static_cast<qulonglong>(process.key.value);
    case AgeColumn:
        return static_cast<qlonglong>(ageOf(process, m_session.playheadTime()).ns);
    default:
        return text(node, column);
    }
}

QString ProcessTableModel::note(NodeIndex node) const
{
    const graph::ProcessNode& process = m_session.graph().node(node);
    const trace::TermTable& terms = m_session.timeline().terms();
    if (!process.alive)
        return process.death == graph::Death::Victim ? tr("linked")
                                                     : shortReason(terms.at(process.reason));
    if (process.exitMessages > 0)
        return tr("EXIT ×%1").arg(process.exitMessages);
    const auto children = static_cast<qulonglong>(m_entries[node].children.size());
    if (children == 0)
        return {};
    const std::uint32_t alive = m_entries[node].aliveChildren;
    return alive == children ? QString::number(children)
                             : QStringLiteral("%1/%2").arg(alive).arg(children);
}

QVariant ProcessTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case PidColumn:
        return tr("Pid");
    case StateColumn:
        return tr("State");
    case LinksColumn:
        return tr("Links");
    case QueueColumn:
        return tr("Queue");
    case MessagesColumn:
        return tr("Messages");
    case ParentColumn:
        return tr("Parent");
    case AgeColumn:
        return tr("Age");
    default:
        return {};
    }
}

} // namespace exitwave::session
