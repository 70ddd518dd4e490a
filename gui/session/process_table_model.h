// ProcessTableModel: the processes at the playhead, as a tree by parent or as a flat table.
#pragma once

#include "gui/graph/graph_delta.h"

#include <QAbstractItemModel>
#include <QTimer>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace exitwave::session {

class Session;

/// A view of the session's graph that keeps only its shape (who is whose child) and is brought up
/// to date by each delta. Births and other changes are gathered and told ten times a second when
/// there are many, births also when there are many rows (each makes views lay out all). Rows keep
/// the order of birth; nodes are never removed, only a reset starts over. Thread: GUI thread. The
/// session must outlive it.
class ProcessTableModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum class Shape { Tree, Flat };
    enum Column {
        NameColumn,
        PidColumn,
        StateColumn, ///< "running", or how it died with the reason
        LinksColumn,
        QueueColumn, ///< messages that arrived and were not received, as far as traced
        MessagesColumn, ///< received
        ParentColumn,
        AgeColumn, ///< life time so far, or at death
        ColumnCount
    };
    enum Role {
        NodeRole = Qt::UserRole + 1, ///< uint: graph::NodeIndex
        LookRole, ///< int of scene::Look: draw the mark of scene::markOf
        AliveRole, ///< bool
        TrapsExitRole, ///< bool: with a shield around the mark
        InferredRole, ///< bool: first seen without a spawn event
        ReasonRole, ///< QString: the exit reason in few words; empty while alive
        NoteRole, ///< QString: what stands at the right of the tree: "oops", "EXIT ×1", "4/5";
                  ///< often empty
        SortRole, ///< what the column sorts by: numbers as numbers
    };

    explicit ProcessTableModel(const Session& session, Shape shape, QObject* parent = nullptr);

    [[nodiscard]] Shape shape() const { return m_shape; }
    void setShape(Shape shape);

    /// The index of a process, invalid when it is not there (yet).
    [[nodiscard]] QModelIndex indexOf(graph::NodeIndex node, int column = NameColumn) const;
    [[nodiscard]] graph::NodeIndex
    nodeAt(const QModelIndex& index) const; ///< noNode for an invalid index
    /// How many processes have rows: those born last may have to wait for theirs.
    [[nodiscard]] std::size_t nodeCount() const { return m_entries.size(); }
    /// Under which process its row is: noNode at the top, and in a flat table.
    [[nodiscard]] graph::NodeIndex shownParent(graph::NodeIndex node) const
    {
        return m_shape == Shape::Flat ? graph::noNode : m_entries[node].parent;
    }
    /// How many of its children are alive.
    [[nodiscard]] std::uint32_t aliveChildren(graph::NodeIndex node) const
    {
        return m_entries[node].aliveChildren;
    }

    [[nodiscard]] QModelIndex
    index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant
    headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    using NodeIndex = graph::NodeIndex;
    struct Entry
    {
        NodeIndex parent = graph::noNode;
        int row = 0; // among its siblings
        std::uint32_t aliveChildren = 0;
        bool dirty = false;
        bool alive = true; // as counted in the parent's aliveChildren
        std::uint64_t shown = 0; // digest of what its cells say, as last told
        std::vector<NodeIndex> children;
    };

    void apply(const graph::GraphDelta& delta);
    void rebuild();
    void resync();
    [[nodiscard]] bool removeFrom(NodeIndex first);
    void detach(NodeIndex node);
    [[nodiscard]] std::uint64_t digest(NodeIndex node) const;
    void addBorn(NodeIndex first);
    [[nodiscard]] NodeIndex parentOf(NodeIndex node) const;
    void attach(NodeIndex node, NodeIndex to);
    void adopt(NodeIndex node);
    void mark(NodeIndex node);
    void noteLife(NodeIndex node);
    void tellGathered();
    void tellChanges();
    void tellAges();
    void noteMode();
    [[nodiscard]] std::vector<NodeIndex>& siblingsOf(NodeIndex node);
    [[nodiscard]] QVariant text(NodeIndex node, int column) const;
    [[nodiscard]] QVariant sortKey(NodeIndex node, int column) const;
    [[nodiscard]] QString note(NodeIndex node) const;

    const Session& m_session;
    Shape m_shape;
    std::vector<Entry> m_entries; // by NodeIndex
    std::vector<NodeIndex> m_roots;
    std::vector<NodeIndex> m_dirty; // each once, see Entry::dirty
    std::vector<NodeIndex> m_orphans; // whose parents have no rows yet
    QTimer m_tellLater;
    QTimer m_ages;
};

} // namespace exitwave::session
