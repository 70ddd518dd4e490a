#include "gui/views/window/main_window.h"

#include "gui/graph/describe.h"
#include "gui/session/log_model.h"
#include "gui/views/canvas/canvas_widget.h"
#include "gui/views/timeline/timeline_widget.h"
#include "gui/views/window/event_view.h"
#include "gui/views/window/handbook_dialog.h"
#include "gui/views/window/inspector.h"
#include "gui/views/window/log_view.h"
#include "gui/views/window/message_bar.h"
#include "gui/views/window/process_actions.h"
#include "gui/views/window/process_view.h"
#include "gui/views/window/start_page.h"
#include "gui/views/window/status_strip.h"

#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <spdlog/spdlog.h>

#include <utility>

namespace exitwave::views {

namespace {

constexpr int stateVersion
    = 1; // of the docks' arrangement; raise it when docks are added or renamed

/// The layouts that plugins offer, under the plugins' ids.
std::vector<CanvasLayout> layoutsOf(plugins::PluginHost& host)
{
    std::vector<CanvasLayout> layouts;
    for (const auto& [id, plugin] : host.layouts())
        layouts.push_back({id, QString::fromStdString(plugin->title()), [plugin = plugin] {
                               return plugin->create();
                           }});
    return layouts;
}

} // namespace

MainWindow::MainWindow(plugins::PluginHost& host, session::LogModel& log, QSettings& settings)
    : m_host(host)
    , m_log(log)
    , m_settings(settings)
    , m_selection(m_session)
    , m_transport(m_session)
    , m_recent(settings)
{
    setWindowIcon(QIcon(QStringLiteral(":/exitwave/exitwave.svg")));
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    resize(1440, 900);
    m_actions = new ProcessActions(m_session, m_selection, this);
    makeCentre();
    makeDocks();
    makeMenus();
    makeToolBar();
    m_status = new StatusStrip(m_session, *m_canvas, *statusBar());
    connectViews();
    restore();
    showStartPage();
}

MainWindow::~MainWindow()
{
    // Views look at the session, so they go before it; Qt alone would delete them after this
    // object's members.
    delete m_handbook;
    delete takeCentralWidget();
    qDeleteAll(m_docks);
}

void MainWindow::makeCentre()
{
    m_stack = new QStackedWidget(this);
    m_start = new StartPage(m_stack);
    auto* trace = new QWidget(m_stack);
    auto* column = new QVBoxLayout(trace);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_canvas = new CanvasWidget(trace);
    if (auto layouts = layoutsOf(m_host); !layouts.empty())
        m_canvas->setLayouts(std::move(layouts));
    m_canvas->setSession(&m_session);
    m_canvas->setEmptyText(tr("Waiting for the first process"),
                           tr("It appears as soon as the program spawns it."));
    column->addWidget(m_canvas, 1);
    m_stack->addWidget(m_start);
    m_stack->addWidget(trace);

    auto* centre = new QWidget(this);
    auto* outer = new QVBoxLayout(centre);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    m_messages = new MessageBar(centre);
    outer->addWidget(m_messages);
    outer->addWidget(m_stack, 1);
    setCentralWidget(centre);
}

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

void MainWindow::connectViews()
{
    using session::Selection;
    using session::Session;
    connect(m_start, &StartPage::offerChosen, this, [this](const QString& id) {
        openOffer(id, m_sourceOptions);
    });
    connect(m_start, &StartPage::openRequested, this, &MainWindow::askOpen);
    connect(m_start, &StartPage::fileChosen, this, &MainWindow::openFile);
    connect(m_start, &StartPage::refreshRequested, this, &MainWindow::refreshOffers);
    connect(&m_recent, &session::RecentFiles::changed, this, [this] {
        m_start->setRecentFiles(m_recent.paths());
    });

    connect(m_canvas, &CanvasWidget::nodeSelected, &m_selection, &Selection::select);
    connect(m_canvas, &CanvasWidget::secondarySelected, &m_selection, &Selection::selectSecondary);
    connect(m_canvas, &CanvasWidget::nodeHovered, &m_selection, &Selection::hover);
    connect(m_canvas, &CanvasWidget::contextMenuRequested, this, &MainWindow::showProcessMenu);
    connect(&m_selection, &Selection::changed, m_canvas, &CanvasWidget::setSelection);
    connect(&m_selection, &Selection::hoverChanged, m_canvas, &CanvasWidget::setHovered);
    connect(m_processes, &ProcessView::contextMenuRequested, this, &MainWindow::showProcessMenu);
    connect(m_processes, &ProcessView::activated, m_canvas, &CanvasWidget::centerOn);

    connect(&m_session, &Session::commandRefused, this, [this](const QString& what) {
        spdlog::warn("{}", what.toStdString());
        m_messages->showProblem(what);
    });
    connect(&m_session, &Session::diagnostic, this, [this](const QString& what) {
        spdlog::warn("{}", what.toStdString());
        m_messages->showProblem(what);
    });
    connect(&m_session, &Session::sourceChanged, this, [this] {
        if (m_session.state() == trace::SourceState::Failed) {
            spdlog::error("{}", m_session.errorText().toStdString());
            m_messages->showProblem(m_session.errorText());
            if (m_session.timeline().size() == 0)
                showStartPage();
        }
        updateTitle();
    });
    connect(&m_session, &Session::modeChanged, this, &MainWindow::updateTitle);
}

void MainWindow::showStartPage()
{
    if (m_stack->currentIndex() != 0 || m_dockState.isEmpty())
        m_dockState = saveState(stateVersion);
    m_stack->setCurrentIndex(0);
    for (QDockWidget* dock : std::as_const(m_docks))
        dock->hide();
    m_toolBar->hide();
    refreshOffers();
    m_start->setRecentFiles(m_recent.paths());
    updateTitle();
}

void MainWindow::showTrace()
{
    if (m_stack->currentIndex() == 0)
        restoreState(m_dockState, stateVersion);
    m_toolBar->show();
    m_stack->setCurrentIndex(1);
    sizeDocksOnce();
    m_canvas->setFocus();
    updateTitle();
}

void MainWindow::refreshOffers()
{
    std::vector<plugins::SourceOffer> offers;
    for (const plugins::PluginHost::Offer& offer : m_host.offers())
        offers.push_back(offer.offer);
    m_start->setOffers(offers);
}

bool MainWindow::openSource(base::Result<std::unique_ptr<trace::EventSource>> source, bool unsaved)
{
    if (!source) {
        const std::string& message = source.error().message;
        spdlog::error("{}", message);
        m_messages->showProblem(QString::fromStdString(message));
        return false;
    }
    if (!mayDiscard())
        return false;
    m_messages->dismiss();
    m_selection.clear();
    showTrace();
    m_session.open(std::move(source).value());
    m_unsaved = unsaved;
    m_canvas->fit();
    updateTitle();
    return m_session.state() != trace::SourceState::Failed;
}

bool MainWindow::openOffer(const QString& offerId, const plugins::SourceOptions& options)
{
    spdlog::info("opening {}", offerId.toStdString());
    return openSource(m_host.openOffer(offerId.toStdString(), options),
                      offerId.startsWith(QStringLiteral("node:")));
}

bool MainWindow::openFile(const QString& path)
{
    spdlog::info("opening {}", path.toStdString());
    const bool opened = openSource(m_host.openFile(path.toStdString()), false);
    if (opened)
        m_recent.add(path);
    return opened;
}

bool MainWindow::closeTrace()
{
    if (!mayDiscard())
        return false;
    m_session.close();
    m_selection.clear();
    m_unsaved = false;
    m_messages->dismiss();
    showStartPage();
    return true;
}

void MainWindow::updateTitle()
{
    const bool open = m_stack->currentIndex() == 1;
    const QString title = QString::fromStdString(m_session.info().title);
    setWindowTitle(open && !title.isEmpty() ? tr("%1 — Exitwave").arg(title) : tr("Exitwave"));
    for (QAction* action : {m_save, m_export, m_picture, m_closeTrace, m_record})
        action->setEnabled(open);
    m_record->setEnabled(
        open && (m_session.recording() || m_session.state() == trace::SourceState::Live));
    m_record->setChecked(m_session.recording());
    m_speed->setText(session::TransportActions::speedText(m_session.speed()));
}

void MainWindow::showProcessMenu(graph::NodeIndex node, const QPoint& at)
{
    QMenu menu(this);
    menu.setToolTipsVisible(true);
    if (node == graph::noNode) {
        menu.addAction(tr("Fit all"), m_canvas, &CanvasWidget::fit);
        menu.addAction(tr("Arrange anew"), m_canvas, &CanvasWidget::arrangeAnew);
        menu.exec(at);
        return;
    }
    if (node != m_selection.current() && node != m_selection.secondary())
        m_selection.select(node);
    menu.addSection(QString::fromStdString(
        graph::shortLabel(m_session.graph(), m_selection.current(), m_session.timeline().terms())));
    menu.addActions(m_actions->ofProcess());
    menu.addSeparator();
    menu.addAction(tr("Centre on it"), this, [this] { m_canvas->centerOn(m_selection.current()); });
    if (m_canvas->pinned(node))
        menu.addAction(tr("Let it go (unpin)"), this, [this, node] { m_canvas->unpin(node); });
    menu.exec(at);
}

void MainWindow::setThemeChoice(ThemeChoice choice)
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
    m_themeChoice = themeChoiceFrom(m_settings.value(QStringLiteral("theme")).toString());
    applyTheme();
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
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!mayDiscard()) {
        event->ignore();
        return;
    }
    m_session.stopRecording();
    m_settings.setValue(QStringLiteral("theme"), themeChoiceName(m_themeChoice));
    m_settings.setValue(QStringLiteral("geometry"), saveGeometry());
    m_settings.setValue(QStringLiteral("docks"),
                        m_stack->currentIndex() == 0 ? m_dockState : saveState(stateVersion));
    m_settings.setValue(QStringLiteral("layout"), m_canvas->layout());
    m_settings.setValue(QStringLiteral("legend"), m_canvas->legendOpen());
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().constFirst().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    openFile(event->mimeData()->urls().constFirst().toLocalFile());
}

} // namespace exitwave::views
