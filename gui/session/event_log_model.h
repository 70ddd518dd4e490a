// EventLogModel: the events of a session as a table, without a copy of them.
#pragma once

#include "gui/graph/graph_delta.h"
#include "runtime/trace/event.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace exitwave::session {

class Session;

/// The rows are the events of the timeline that pass the filter; unfiltered, a row is an index into
/// it and the model holds nothing. Grows with the timeline, told at most ten times a second and
/// only while watched; rows up to the playhead are past. Thread: GUI thread. The session must
/// outlive it.
class EventLogModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, EventColumn, ProcessColumn, TextColumn, ColumnCount };
    enum Role {
        PositionRole = Qt::UserRole
            + 1, ///< qulonglong: the position that shows the moment right after this event
        PastRole, ///< bool: not after the playhead
        NodeRole, ///< uint: graph::NodeIndex of the process; noNode when the playhead is before its
                  ///< birth
        TypeRole, ///< int of trace::EventType
    };
    /// Kinds of events that people look for together.
    enum Group : unsigned {
        Lives
        = 1, ///< processes begin, end, get names, begin to trap exits; the trace begins and ends
        Links = 2, ///< links and monitors come and go
        ExitSignals = 4,
        Messages = 8,
        Notes = 16, ///< crashes as logged, losses, annotations, pausing
        AllGroups = 31
    };
    Q_DECLARE_FLAGS(Groups, Group)

    explicit EventLogModel(Session& session, QObject* parent = nullptr);

    [[nodiscard]] static Group groupOf(trace::EventType type);
    [[nodiscard]] Groups groups() const { return m_groups; }
    void setGroups(Groups groups);
    /// Only events that have this process at either end; nothing: all.
    void setProcess(std::optional<trace::ProcessKey> process);

    /// False while nobody looks: growth and the playhead are then not followed. True (as it begins)
    /// catches up at once.
    void setWatched(bool watched);

    /// The last row that is not after the playhead; -1 when all are.
    [[nodiscard]] int playheadRow() const;
    /// Moves the session's playhead to right after the event of this row.
    void seekTo(const QModelIndex& index);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant
    headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] bool filtered() const { return m_groups != Groups(AllGroups) || m_process; }
    [[nodiscard]] bool accepts(const trace::Event& event) const;
    /// Index in the timeline of the event in `row`.
    [[nodiscard]] std::size_t eventAt(int row) const;
    /// How many rows show events before `position`.
    [[nodiscard]] int rowsBefore(std::size_t position) const;
    void restart();
    void growSoon();
    void grow();
    int takeNew(std::vector<std::uint32_t>& matches);
    void movePlayhead();
    [[nodiscard]] QString processText(const trace::Event& event) const;
    [[nodiscard]] QVariant text(std::size_t event, int column) const;

    Session& m_session;
    Groups m_groups = AllGroups;
    std::optional<trace::ProcessKey> m_process;
    std::vector<std::uint32_t> m_matches; // indices of events, ascending; only when filtered
    std::size_t m_seen = 0; // events of the timeline that were looked at
    int m_rows = 0;
    bool m_watched = true;
    QTimer m_growTimer; // runs for a while after growth was told
    std::size_t m_position = 0; // the playhead as last told
};

Q_DECLARE_OPERATORS_FOR_FLAGS(EventLogModel::Groups)

} // namespace exitwave::session
