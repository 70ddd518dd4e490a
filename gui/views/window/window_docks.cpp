// MainWindow's docks: what stands around the canvas.
#include "gui/views/timeline/timeline_widget.h"
#include "gui/views/window/event_view.h"
#include "gui/views/window/inspector.h"
#include "gui/views/window/log_view.h"
#include "gui/views/window/main_window.h"
#include "gui/views/window/process_actions.h"
#include "gui/views/window/process_view.h"

#include <QDockWidget>
#include <QLabel>
#include <QTabBar>

#include <utility>

namespace exitwave::views {

QDockWidget* MainWindow::addDock(Qt::DockWidgetArea area,
                                 const char* name,
                                 const QString& title,
                                 QWidget* content)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(QString::fromLatin1(name));
    dock->setWidget(content);
    addDockWidget(area, dock);
    m_docks << dock;
    return dock;
}

void MainWindow::makeDocks()
{
    m_processes = new ProcessView(m_session, m_selection, this);
    m_events = new EventView(m_session, m_selection, this);
    m_inspector = new Inspector(
        m_session,
        m_selection,
        {m_actions->kill(), m_actions->exitWithReason(), m_actions->trapExit(), m_actions->send()},
        {m_actions->link(), m_actions->unlink()},
        this);
    m_timeline = new TimelineWidget(m_session, this);
    QDockWidget* processes
        = addDock(Qt::LeftDockWidgetArea, "processesDock", tr("Processes"), m_processes);
    QDockWidget* inspector
        = addDock(Qt::RightDockWidgetArea, "inspectorDock", tr("Inspector"), m_inspector);
    QDockWidget* timeline
        = addDock(Qt::BottomDockWidgetArea, "timelineDock", tr("Timeline"), m_timeline);
    QDockWidget* events = addDock(Qt::BottomDockWidgetArea, "eventsDock", tr("Events"), m_events);
    QDockWidget* log
        = addDock(Qt::BottomDockWidgetArea, "logDock", tr("Log"), new LogView(m_log, this));
    for (QDockWidget* dock : {timeline, events, log})
        dock->setTitleBarWidget(new QWidget(dock)); // their tabs name them
    for (QDockWidget* dock : {processes, inspector}) { // closed and opened by the View menu
        auto* title = new QLabel(dock->windowTitle(), dock);
        title->setProperty("role", QStringLiteral("dockTitle"));
        dock->setTitleBarWidget(title);
    }
    tabifyDockWidget(timeline, events);
    tabifyDockWidget(events, log);
    timeline->raise();
    setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
    for (QTabBar* tabs : findChildren<QTabBar*>())
        tabs->setDrawBase(false);
}

void MainWindow::sizeDocksOnce()
{
    if (std::exchange(m_docksSized, true))
        return;
    const auto dock
        = [this](const char* name) { return findChild<QDockWidget*>(QString::fromLatin1(name)); };
    resizeDocks({dock("processesDock"), dock("inspectorDock")}, {300, 348}, Qt::Horizontal);
    resizeDocks({dock("timelineDock")}, {190}, Qt::Vertical);
}

void MainWindow::offerDocks(bool offered)
{
    for (const QDockWidget* dock : std::as_const(m_docks))
        dock->toggleViewAction()->setEnabled(offered);
}

void MainWindow::showInspector()
{
    auto* dock = findChild<QDockWidget*>(QStringLiteral("inspectorDock"));
    dock->show();
    dock->raise();
}

} // namespace exitwave::views
