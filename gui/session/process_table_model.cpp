#include "gui/session/process_table_model.h"

#include "gui/scene/node_style.h"
#include "gui/session/process_text.h"
#include "gui/session/session.h"
#include "gui/session/time_text.h"

#include <QFont>

#include <algorithm>

namespace exitwave::session {

using graph::noNode;

namespace {

constexpr std::size_t tellAtOnce = 256; // so many changes are told without waiting
constexpr std::size_t bearAtOnce = 1000; // with so many rows, births are told without waiting
constexpr int tellIntervalMs = 100;
constexpr int ageIntervalMs = 1000;

} // namespace

ProcessTableModel::ProcessTableModel(const Session& session, Shape shape, QObject* parent)
    : QAbstractItemModel(parent), m_session(session), m_shape(shape)
{
    m_tellLater.setSingleShot(true);
    m_tellLater.setInterval(tellIntervalMs);
    connect(&m_tellLater, &QTimer::timeout, this, &ProcessTableModel::tellGathered);
    m_ages.setInterval(ageIntervalMs);
    connect(&m_ages, &QTimer::timeout, this, &ProcessTableModel::tellAges);
    connect(&session, &Session::advanced, this, &ProcessTableModel::apply);
    connect(&session, &Session::timelineReplaced, this, &ProcessTableModel::rebuild);
    connect(&session, &Session::modeChanged, this, &ProcessTableModel::noteMode);
    noteMode();
    rebuild();
}

void ProcessTableModel::noteMode()
{
    if (!m_session.following())
        m_ages.stop();
    else if (!m_ages.isActive())
        m_ages.start();
}

void ProcessTableModel::setShape(Shape shape)
{
    if (shape == m_shape)
        return;
    m_shape = shape;
    rebuild();
}

void ProcessTableModel::apply(const graph::GraphDelta& delta)
{
    if (delta.reset) {
        resync();
        return;
    }
    const std::size_t size = m_session.graph().size();
    if (size > m_entries.size() && size <= bearAtOnce)
        addBorn(static_cast<NodeIndex>(m_entries.size()));
    for (const NodeIndex node : delta.died) {
        noteLife(node);
        mark(node);
    }
    for (const NodeIndex node : delta.changed) {
        adopt(node);
        mark(node);
    }
    for (const graph::GraphDelta::Link& link : delta.links) {
        mark(link.a);
        mark(link.b);
    }
    const bool unborn = size > m_entries.size();
    if (!unborn && m_dirty.size() <= tellAtOnce)
        tellChanges();
    else if (!m_tellLater.isActive())
        m_tellLater.start();
}

void ProcessTableModel::tellGathered()
{
    if (m_session.graph().size() > m_entries.size())
        addBorn(static_cast<NodeIndex>(m_entries.size()));
    tellChanges();
}

/// The parent in the graph, unless that would close a circle (a damaged trace can say anything).
ProcessTableModel::NodeIndex ProcessTableModel::parentOf(NodeIndex node) const
{
    const NodeIndex wanted = m_session.graph().node(node).parent;
    if (wanted >= m_entries.size())
        return noNode;
    if (wanted < node && m_entries[node].children.empty())
        return wanted;
    for (NodeIndex above = wanted; above != noNode; above = m_entries[above].parent) {
        if (above == node)
            return noNode;
    }
    return wanted;
}

std::vector<ProcessTableModel::NodeIndex>& ProcessTableModel::siblingsOf(NodeIndex node)
{
    const NodeIndex parent = m_entries[node].parent;
    return parent == noNode ? m_roots : m_entries[parent].children;
}

void ProcessTableModel::attach(NodeIndex node, NodeIndex to)
{
    Entry& entry = m_entries[node];
    entry.parent = to;
    std::vector<NodeIndex>& siblings = siblingsOf(node);
    entry.row = static_cast<int>(siblings.size());
    siblings.push_back(node);
    if (to != noNode && entry.alive)
        ++m_entries[to].aliveChildren;
}

void ProcessTableModel::rebuild()
{
    beginResetModel();
    const graph::ProcessGraph& graph = m_session.graph();
    m_roots.clear();
    m_dirty.clear();
    m_orphans.clear();
    m_entries.assign(graph.size(), {});
    for (NodeIndex node = 0; node < m_entries.size(); ++node) {
        m_entries[node].alive = graph.node(node).alive;
        m_entries[node].shown = digest(node);
        const NodeIndex parent = graph.node(node).parent;
        if (parent == noNode || parent < node)
            attach(node, parent);
    }
    // Parents that were seen only after their children: rare, and the only ones that could close a
    // circle.
    for (NodeIndex node = 0; node < m_entries.size(); ++node) {
        const NodeIndex parent = graph.node(node).parent;
        if (parent != noNode && parent >= node)
            attach(node, parentOf(node));
    }
    endResetModel();
}

/// Takes in the nodes from `first` on. In a tree the rows of one parent are announced together, and
/// a new node's own new children are there before it is announced, so that a burst of births costs
/// one announcement per parent that was already there.
void ProcessTableModel::addBorn(NodeIndex first)
{
    const graph::ProcessGraph& graph = m_session.graph();
    const auto end = static_cast<NodeIndex>(graph.size());
    if (m_shape == Shape::Flat)
        beginInsertRows({}, static_cast<int>(first), static_cast<int>(end) - 1);
    m_entries.resize(end);
    std::vector<std::pair<NodeIndex, NodeIndex>> visible; // parent that is shown already, new child
    for (NodeIndex node = first; node < end; ++node) {
        m_entries[node].alive = graph.node(node).alive;
        m_entries[node].shown = digest(node);
        const NodeIndex parent = parentOf(node);
        if (m_shape == Shape::Flat || (parent != noNode && parent >= first))
            attach(node, parent);
        else
            visible.emplace_back(parent, node);
    }
    if (m_shape == Shape::Flat)
        endInsertRows();
    std::stable_sort(visible.begin(), visible.end(), [](const auto& a, const auto& b) {
        return a.first < b.first;
    });
    for (auto run = visible.begin(); run != visible.end();) {
        const NodeIndex parent = run->first;
        const auto runEnd = std::find_if(
            run, visible.end(), [parent](const auto& next) { return next.first != parent; });
        const auto row = static_cast<int>(parent == noNode ? m_roots.size()
                                                           : m_entries[parent].children.size());
        beginInsertRows(indexOf(parent), row, row + static_cast<int>(runEnd - run) - 1);
        for (; run != runEnd; ++run)
            attach(run->second, parent);
        endInsertRows();
        mark(parent);
    }
    std::vector<NodeIndex> orphans;
    orphans.swap(m_orphans);
    for (const NodeIndex node : orphans)
        adopt(node);
}

/// Moves a node whose parent became known after it was shown.
void ProcessTableModel::adopt(NodeIndex node)
{
    if (node >= m_entries.size())
        return; // its row comes later, in the right place
    const NodeIndex old = m_entries[node].parent;
    const NodeIndex wanted = m_session.graph().node(node).parent;
    if (wanted == old)
        return;
    if (wanted != noNode && wanted >= m_entries.size())
        m_orphans.push_back(node);
    const NodeIndex parent = parentOf(node);
    if (parent == old)
        return;
    const int row = m_entries[node].row;
    const auto newRow
        = static_cast<int>(parent == noNode ? m_roots.size() : m_entries[parent].children.size());
    const bool tree = m_shape == Shape::Tree;
    if (tree && !beginMoveRows(indexOf(old), row, row, indexOf(parent), newRow))
        return;
    detach(node);
    attach(node, parent);
    if (tree)
        endMoveRows();
    mark(old);
    mark(parent);
}

void ProcessTableModel::mark(NodeIndex node)
{
    if (node >= m_entries.size())
        return;
    Entry& entry = m_entries[node];
    entry.shown = digest(node);
    if (entry.dirty)
        return;
    entry.dirty = true;
    m_dirty.push_back(node);
}

void ProcessTableModel::noteLife(NodeIndex node)
{
    if (node >= m_entries.size())
        return; // its row comes later, with the life that it has then
    Entry& entry = m_entries[node];
    const bool alive = m_session.graph().node(node).alive;
    if (alive == entry.alive)
        return;
    entry.alive = alive;
    if (entry.parent == noNode)
        return;
    std::uint32_t& count = m_entries[entry.parent].aliveChildren;
    count = alive ? count + 1 : count - 1;
    mark(entry.parent);
}

void ProcessTableModel::tellChanges()
{
    const bool tree = m_shape == Shape::Tree;
    std::vector<NodeIndex> dirty;
    dirty.swap(m_dirty);
    for (const NodeIndex node : dirty)
        m_entries[node].dirty = false;
    std::sort(dirty.begin(), dirty.end(), [&](NodeIndex a, NodeIndex b) {
        const Entry& left = m_entries[a];
        const Entry& right = m_entries[b];
        return !tree                      ? a < b
            : left.parent != right.parent ? left.parent < right.parent
                                          : left.row < right.row;
    });
    const auto rowOf
        = [&](NodeIndex node) { return tree ? m_entries[node].row : static_cast<int>(node); };
    for (std::size_t first = 0; first < dirty.size();) {
        std::size_t last = first;
        while (last + 1 < dirty.size() && rowOf(dirty[last + 1]) == rowOf(dirty[last]) + 1
               && (!tree || m_entries[dirty[last + 1]].parent == m_entries[dirty[first]].parent))
            ++last;
        Q_EMIT dataChanged(indexOf(dirty[first]), indexOf(dirty[last], ColumnCount - 1));
        first = last + 1;
    }
}

void ProcessTableModel::tellAges()
{
    const int rows = rowCount();
    if (rows > 0)
        Q_EMIT dataChanged(index(0, AgeColumn), index(rows - 1, AgeColumn), {Qt::DisplayRole});
}

QModelIndex ProcessTableModel::indexOf(NodeIndex node, int column) const
{
    if (node >= m_entries.size())
        return {};
    return createIndex(m_shape == Shape::Tree ? m_entries[node].row : static_cast<int>(node),
                       column,
                       quintptr{node});
}

graph::NodeIndex ProcessTableModel::nodeAt(const QModelIndex& index) const
{
    return index.isValid() && index.model() == this ? static_cast<NodeIndex>(index.internalId())
                                                    : noNode;
}

QModelIndex ProcessTableModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const auto at = static_cast<std::size_t>(row);
    if (m_shape == Shape::Flat)
        return createIndex(row, column, quintptr{at});
    return createIndex(
        row,
        column,
        quintptr{parent.isValid() ? m_entries[nodeAt(parent)].children[at] : m_roots[at]});
}

QModelIndex ProcessTableModel::parent(const QModelIndex& child) const
{
    const NodeIndex node = nodeAt(child);
    if (m_shape == Shape::Flat || node >= m_entries.size())
        return {};
    return indexOf(m_entries[node].parent);
}

int ProcessTableModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_shape == Shape::Flat ? m_entries.size() : m_roots.size());
    if (m_shape == Shape::Flat || parent.column() != 0)
        return 0;
    return static_cast<int>(m_entries[nodeAt(parent)].children.size());
}

int ProcessTableModel::columnCount(const QModelIndex& parent) const
{
    return m_shape == Shape::Flat && parent.isValid() ? 0 : int{ColumnCount};
}

} // namespace exitwave::session
