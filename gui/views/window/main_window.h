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
#include <QTimer>

#include <memory>
#include <string>
#include <vector>

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
    /// Kept for the next start.
    void setThemeChoice(ThemeChoice choice);
    /// Until the window closes; the next start is as it was chosen before.
    void setThemeForNow(ThemeChoice choice);

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
    void connectViews();
    void showStartPage();
    void showTrace();
    void refreshOffers();
    void lookForOffers(); ///< now and on, until m_offersTimer is stopped
    [[nodiscard]] bool runsOnlyOnce(const std::string& offerId) const;
    bool openSource(base::Result<std::unique_ptr<trace::EventSource>> source, bool onlyOnce);
    void updateTitle();
    void showProcessMenu(graph::NodeIndex node, const QPoint& at);
    // window_docks.cpp: docks
    void makeDocks();
    QDockWidget*
    addDock(Qt::DockWidgetArea area, const char* name, const QString& title, QWidget* content);
    void sizeDocksOnce();
    void offerDocks(bool offered); ///< in the View menu; the start page has none
    void showInspector();
    // window_settings.cpp: settings
    void restore();
    void remember();
    void applyTheme();
    // window_menus.cpp: menus
    void makeMenus();
    void makeFileMenu();
    void makeViewMenu();
    QAction* addAction(QMenu* menu,
                       const QString& text,
                       const QKeySequence& shortcut,
                       void (MainWindow::*run)());
    void fillLessons();
    void fillRecent(QMenu* menu);
    // window_toolbar.cpp: toolbar, search and slow motion
    void makeToolBar();
    void makeSearch();
    void showSearchCount();
    void makeSlowMotion();
    void chooseHopDelay(const QAction* action);
    void showHopDelay();
    void setThemeIcons();
    // window_files.cpp: files in and out
    void askOpen();
    void askSave();
    void showSaveProgress(int percent);
    void showSaved(const QString& path, const QString& error);
    bool saveNow();
    void askRecord(bool on);
    void noteRecording();
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
    ThemeChoice m_themeToKeep = ThemeChoice::System;
    std::vector<plugins::SourceOffer> m_offers; // as shown
    QTimer m_offersTimer; // runs while they are shown
    plugins::SourceOptions m_sourceOptions; // as asked for, for the next lesson
    bool m_onlyOnce = false; // what is open cannot be run again: a running node
    static constexpr int stateVersion
        = 1; // of the docks' arrangement; raise it when docks are added or renamed
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
    QAction* m_cancelSave = nullptr;
    bool m_recorded = false; // when noteRecording() last looked
    QAction* m_export = nullptr;
    QAction* m_picture = nullptr;
    QAction* m_closeTrace = nullptr;
    QMenu* m_lessons = nullptr;
    QActionGroup* m_themes = nullptr;
    QActionGroup* m_slow = nullptr; ///< data(): ns per hop, of the program or the next lesson
    QList<QAction*> m_keptToggles; // remembered under their object names
    QComboBox* m_layouts = nullptr;
    QToolButton* m_speed = nullptr;
    QLineEdit* m_search = nullptr;
    QLabel* m_searchCount = nullptr;
};

} // namespace exitwave::views
