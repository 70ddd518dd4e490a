// How a ProcessTableModel follows a playhead that jumps: by differences, not by starting over.
#include "gui/session/process_table_model.h"
#include "gui/session/session.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace exitwave::session {

using graph::noNode;

namespace {

constexpr std::size_t maxRemovals
    = 1000; // announcements; beyond that starting over is quicker for every view

std::uint64_t mix(std::uint64_t sum, std::uint64_t value)
{
    return (sum ^ value) * 0x9E3779B97F4A7C15ULL + (sum >> 29);
}

} // namespace

/// A digest of what can differ between two moments of one process. Equal digests of different
/// states would leave one row unpainted until its next change; at 64 bits that does not happen.
std::uint64_t ProcessTableModel::digest(NodeIndex node) const
{
    if (node >= m_session.graph().size())
        return 0;
    const graph::ProcessNode& process = m_session.graph().node(node);
    std::uint64_t sum = process.alive ? 1 : 2;
    sum = mix(sum, static_cast<std::uint64_t>(process.death) * 2 + (process.trapsExit ? 1 : 0));
    sum = mix(sum, process.name.value);
    sum = mix(sum, process.spawnInfo.value);
    sum = mix(sum, process.links.size());
    sum = mix(sum, process.exitMessages);
    sum = mix(sum, process.messagesReceived);
    return mix(sum, process.messagesArrived);
}

/// The graph is at another moment of the same trace: its first nodes are the same processes,
/// whichever way the playhead jumped.
void ProcessTableModel::resync()
{
    const graph::ProcessGraph& graph = m_session.graph();
    const auto size = static_cast<NodeIndex>(graph.size());
    const auto common = std::min(size, static_cast<NodeIndex>(m_entries.size()));
    for (NodeIndex node = 0; node < common; ++node)
        adopt(node); // those whose parent is among what will be removed, too
    if (!removeFrom(size)) {
        rebuild();
        return;
    }
    if (size > m_entries.size())
        addBorn(static_cast<NodeIndex>(m_entries.size()));
    for (NodeIndex node = 0; node < common; ++node) {
        noteLife(node);
        if (m_entries[node].shown != digest(node))
            mark(node);
    }
    tellChanges();
}

/// Removes the rows of the nodes from `first` on: one announcement per run of siblings; what is
/// below them goes with them. False, and nothing removed, when that would be too many
/// announcements.
bool ProcessTableModel::removeFrom(NodeIndex first)
{
    const auto end = static_cast<NodeIndex>(m_entries.size());
    if (first >= end)
        return true;
    const bool tree = m_shape == Shape::Tree;
    std::vector<std::pair<NodeIndex, int>> rows; // parent that stays, row that goes
    for (NodeIndex node = first; node < end; ++node) {
        const Entry& entry = m_entries[node];
        if (entry.parent == noNode || entry.parent < first)
            rows.emplace_back(entry.parent, entry.row);
    }
    std::sort(rows.begin(),
              rows.end(),
              std::greater<>()); // from the last row up: the others keep their numbers
    std::vector<std::pair<std::size_t, std::size_t>> runs; // of `rows`
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const bool joins = row > 0 && rows[row].first == rows[row - 1].first
            && rows[row].second == rows[row - 1].second - 1;
        if (joins)
            ++runs.back().second;
        else
            runs.emplace_back(row, row + 1);
    }
    if (tree && runs.size() > maxRemovals)
        return false;
    if (!tree)
        beginRemoveRows({}, static_cast<int>(first), static_cast<int>(end) - 1);
    for (const auto& [from, to] : runs) {
        const NodeIndex parent = rows[from].first;
        if (tree)
            beginRemoveRows(indexOf(parent), rows[to - 1].second, rows[from].second);
        for (std::size_t row = from; row < to; ++row)
            detach(parent == noNode
                       ? m_roots[static_cast<std::size_t>(rows[row].second)]
                       : m_entries[parent].children[static_cast<std::size_t>(rows[row].second)]);
        if (tree)
            endRemoveRows();
        mark(parent);
    }
    m_dirty.erase(std::remove_if(m_dirty.begin(),
                                 m_dirty.end(),
                                 [first](NodeIndex node) { return node >= first; }),
                  m_dirty.end());
    m_entries.resize(first);
    if (!tree)
        endRemoveRows();
    return true;
}

/// Takes a node out of its siblings; cheap at their end. It is attached again or removed right
/// after.
void ProcessTableModel::detach(NodeIndex node)
{
    const Entry& entry = m_entries[node];
    std::vector<NodeIndex>& siblings = siblingsOf(node);
    const auto row = static_cast<std::size_t>(entry.row);
    siblings.erase(siblings.begin() + entry.row);
    for (std::size_t after = row; after < siblings.size(); ++after)
        m_entries[siblings[after]].row = static_cast<int>(after);
    if (entry.parent != noNode && entry.alive)
        --m_entries[entry.parent].aliveChildren;
}

} // namespace exitwave::session
