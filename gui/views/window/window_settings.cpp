// MainWindow's settings: what is as it was left at the next start.
#include "gui/views/canvas/canvas_widget.h"
#include "gui/views/timeline/timeline_widget.h"
#include "gui/views/window/inspector.h"
#include "gui/views/window/main_window.h"
#include "gui/views/window/process_view.h"
#include "gui/views/window/status_strip.h"

#include <QApplication>
#include <QStackedWidget>
#include <QToolButton>

namespace exitwave::views {

namespace {

/// Processes in one list instead of the tree.
QAbstractButton* flatList(const ProcessView& processes)
{
    return processes.findChild<QAbstractButton*>(QStringLiteral("flatList"));
}

} // namespace

void MainWindow::setThemeChoice(ThemeChoice choice)
{
    m_themeToKeep = choice;
    setThemeForNow(choice);
}

void MainWindow::setThemeForNow(ThemeChoice choice)
{
    m_themeChoice = choice;
    applyTheme();
}

void MainWindow::applyTheme()
{
    const scene::Theme& theme = themeFor(m_themeChoice);
    applyStyle(*qApp, theme);
    m_canvas->setTheme(theme);
    m_timeline->setTheme(theme);
    m_processes->setTheme(theme);
    m_inspector->setTheme(theme);
    m_status->setTheme(theme);
    setThemeIcons();
}

void MainWindow::restore()
{
    setThemeChoice(themeChoiceFrom(m_settings.value(QStringLiteral("theme")).toString()));
    restoreGeometry(m_settings.value(QStringLiteral("geometry")).toByteArray());
    const QByteArray docks = m_settings.value(QStringLiteral("docks")).toByteArray();
    m_docksSized = !docks.isEmpty() && restoreState(docks, stateVersion);
    m_dockState = saveState(stateVersion);
    const QString layout
        = m_settings.value(QStringLiteral("layout"), QStringLiteral("org.exitwave.layout_tree"))
              .toString();
    if (!layout.isEmpty())
        m_canvas->setLayout(layout);
    m_canvas->setLegendOpen(m_settings.value(QStringLiteral("legend"), true).toBool());
    m_canvas->setControlsOpen(
        m_settings.value(QStringLiteral("controls"), m_canvas->controlsOpen()).toBool());
    for (QAction* toggle : std::as_const(m_keptToggles))
        toggle->setChecked(m_settings.value(toggle->objectName(), toggle->isChecked()).toBool());
    flatList(*m_processes)->setChecked(m_settings.value(QStringLiteral("flatList")).toBool());
}

void MainWindow::remember()
{
    m_settings.setValue(QStringLiteral("theme"), themeChoiceName(m_themeToKeep));
    m_settings.setValue(QStringLiteral("geometry"), saveGeometry());
    m_settings.setValue(QStringLiteral("docks"),
                        m_stack->currentIndex() == 0 ? m_dockState : saveState(stateVersion));
    m_settings.setValue(QStringLiteral("layout"), m_canvas->layout());
    m_settings.setValue(QStringLiteral("legend"), m_canvas->legendOpen());
    m_settings.setValue(QStringLiteral("controls"), m_canvas->controlsOpen());
    for (const QAction* toggle : std::as_const(m_keptToggles))
        m_settings.setValue(toggle->objectName(), toggle->isChecked());
    m_settings.setValue(QStringLiteral("flatList"), flatList(*m_processes)->isChecked());
}

} // namespace exitwave::views
