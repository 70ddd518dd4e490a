// MainWindow: menus, toolbar, docks and canvas around one session.
#pragma once

#include "gui/session/recent_files.h"
#include "gui/session/selection.h"
#include "gui/session/session.h"
#include "gui/session/transport_actions.h"
#include "gui/views/window/app_style.h"
#include "plugins/api/plugin_host.h"

#include <QMainWindow>
#include <QSettings>

#include <memory>

class QActionGroup;
class QComboBox;
class QDockWidget;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace exitwave::session {
class LogModel;
}

namespace exitwave::views {

class CanvasWidget;
class EventView;
class HandbookDialog;
class Inspector;
class MessageBar;
class ProcessActions;
class ProcessView;
class StartPage;
class StatusStrip;
class TimelineWidget;

/// The app's one window. It opens sources through the plugin host, puts the views around the
/// session, and turns what the user does into calls of session and commands; it knows nothing of
/// processes itself. Thread: GUI thread. Host, log and settings must outlive it.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(plugins::PluginHost& host, session::LogModel& log, QSettings& settings);
    ~MainWindow() override;

    /// Opens a lesson or a running node. What goes wrong is said in the window.
    bool openOffer(const QString& offerId, const plugins::SourceOptions& options);
    bool openFile(const QString& path);
    /// Back to the start page. False when the user wants to keep what is not saved.
    bool closeTrace();
    void setThemeChoice(ThemeChoice choice);

    [[nodiscard]] session::Session& session() { return m_session; }
    [[nodiscard]] session::Selection& selection() { return m_selection; }
    [[nodiscard]] CanvasWidget& canvas() { return *m_canvas; }
    [[nodiscard]] MessageBar& messages() { return *m_messages; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    // main_window.cpp: parts and how they are connected
    void makeCentre();
    void makeDocks();
    QDockWidget*
    addDock(Qt::DockWidgetArea area, const char* name, const QString& title, QWidget* content);
    void sizeDocksOnce();
    void connectViews();
    void showStartPage();
    void showTrace();
    void refreshOffers();
    void restore();
    void applyTheme();
    bool openSource(base::Result<std::unique_ptr<trace::EventSource>> source, bool unsaved);
    void updateTitle();
    void showProcessMenu(graph::NodeIndex node, const QPoint& at);
    // window_menus.cpp: menus and toolbar
    void makeMenus();
    void makeFileMenu();
    void makeViewMenu();
    void makeToolBar();
    QAction* addAction(QMenu* menu,
                       const QString& text,
                       const QKeySequence& shortcut,
                       void (MainWindow::*run)());
    void fillLessons(QMenu* menu);
    void fillRecent(QMenu* menu);
    void setThemeIcons();
    // window_files.cpp: files in and out
    void askOpen();
    bool askSave();
    void askRecord(bool on);
    void askExport();
    void askPicture();
    void askCloseTrace() { closeTrace(); }
    bool mayDiscard();
    // Tools and help
    void showPlugins();
    void showHandbook();
    void showAbout();

    plugins::PluginHost& m_host;
    session::LogModel& m_log;
    QSettings& m_settings;
    session::Session m_session;
    session::Selection m_selection;
    session::TransportActions m_transport;
    session::RecentFiles m_recent;
    ThemeChoice m_themeChoice = ThemeChoice::System;
    plugins::SourceOptions m_sourceOptions; // as asked for, for the next lesson
    bool m_unsaved = false; // a live trace of a running node that is in no file
    QByteArray m_dockState; // where the docks were before the start page hid them

    ProcessActions* m_actions = nullptr;
    QStackedWidget* m_stack = nullptr;
    StartPage* m_start = nullptr;
    CanvasWidget* m_canvas = nullptr;
    MessageBar* m_messages = nullptr;
    ProcessView* m_processes = nullptr;
    EventView* m_events = nullptr;
    Inspector* m_inspector = nullptr;
    TimelineWidget* m_timeline = nullptr;
    StatusStrip* m_status = nullptr;
    HandbookDialog* m_handbook = nullptr;
    QList<QDockWidget*> m_docks;
    QToolBar* m_toolBar = nullptr;
    bool m_docksSized = false; // by the user once, or by us before the first trace
    QAction* m_record = nullptr;
    QAction* m_save = nullptr;
    QAction* m_export = nullptr;
    QAction* m_picture = nullptr;
    QAction* m_closeTrace = nullptr;
    QActionGroup* m_themes = nullptr;
    QComboBox* m_layouts = nullptr;
    QToolButton* m_speed = nullptr;
    QLineEdit* m_search = nullptr;
    QLabel* m_searchCount = nullptr;
};

} // namespace exitwave::views
