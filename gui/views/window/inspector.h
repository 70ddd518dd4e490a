// Inspector: everything known about the selected process, and why it died or who would die with it.
#pragma once

#include "gui/graph/graph_delta.h"
#include "gui/scene/theme.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QFormLayout;
class QHBoxLayout;
class QLabel;
class QStackedWidget;

namespace exitwave::session {
class Selection;
class Session;
} // namespace exitwave::session

namespace exitwave::views {

class StepList;

/// Follows the selection and the playhead while it is visible, the more rarely the longer its words
/// take to find. Thread: GUI thread. Session and selection must outlive it.
class Inspector : public QWidget
{
    Q_OBJECT

public:
    /// `actions` (kill, trap_exit, ...) become its buttons, `pairActions` (link, unlink) those
    /// below the line that names the pair; they belong to the window.
    Inspector(session::Session& session,
              session::Selection& selection,
              const QList<QAction*>& actions,
              const QList<QAction*>& pairActions,
              QWidget* parent = nullptr);

    void setTheme(const scene::Theme& theme);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QHBoxLayout* makeButtons(const QList<QAction*>& actions, QWidget* page);
    void refreshSoon();
    void refresh();
    void fillPair(graph::NodeIndex node);
    void fillFacts(graph::NodeIndex node);
    void fillSteps(graph::NodeIndex node);
    [[nodiscard]] QString linkTo(graph::NodeIndex node) const;
    QLabel* addFact(QFormLayout* form, const QString& name);
    void followLink(const QString& target);

    session::Session& m_session;
    session::Selection& m_selection;
    const scene::Theme* m_theme;
    QTimer m_soon; // a live program changes far more often than anybody reads
    QTimer m_age; // while the program runs, a death gets older without any event
    QStackedWidget* m_stack = nullptr;
    QLabel* m_name = nullptr;
    QLabel* m_pid = nullptr;
    QLabel* m_state = nullptr;
    QLabel* m_reason = nullptr;
    QLabel* m_spawnedBy = nullptr;
    QLabel* m_function = nullptr;
    QLabel* m_trapExit = nullptr;
    QLabel* m_linksTitle = nullptr;
    QLabel* m_links = nullptr;
    QLabel* m_monitors = nullptr;
    QLabel* m_messages = nullptr;
    QLabel* m_pair = nullptr;
    QLabel* m_question = nullptr;
    QLabel* m_answer = nullptr;
    StepList* m_steps = nullptr;
};

} // namespace exitwave::views
