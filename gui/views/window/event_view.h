// EventView: the event log, with filters by kind; a double click moves the playhead there.
#pragma once

#include <QWidget>

class QTableView;

namespace exitwave::session {
class EventLogModel;
class Selection;
class Session;
} // namespace exitwave::session

namespace exitwave::views {

/// Follows the playhead unless the pointer is on it; costs nothing while it cannot be seen. Thread:
/// GUI thread. Session and selection must outlive it.
class EventView : public QWidget
{
    Q_OBJECT

public:
    EventView(session::Session& session, session::Selection& selection, QWidget* parent = nullptr);

    [[nodiscard]] QTableView* table() const { return m_table; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void followPlayhead();
    void setOnlySelected(bool only);

    session::Session& m_session;
    session::Selection& m_selection;
    session::EventLogModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    bool m_onlySelected = false;
};

} // namespace exitwave::views
