#include "gui/views/window/main_window.h"

#include "gui/graph/describe.h"
#include "gui/session/log_model.h"
#include "gui/views/canvas/canvas_widget.h"
#include "gui/views/timeline/timeline_widget.h"
#include "gui/views/window/event_view.h"
#include "gui/views/window/handbook_dialog.h"
#include "gui/views/window/inspector.h"
#include "gui/views/window/message_bar.h"
#include "gui/views/window/process_actions.h"
#include "gui/views/window/process_view.h"
#include "gui/views/window/start_page.h"
#include "gui/views/window/status_strip.h"

#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QDockWidget>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <spdlog/spdlog.h>

#include <utility>

namespace exitwave::views {

namespace {

constexpr int offersIntervalMs = 500; // so soon a node that begins to serve is offered

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
    m_offersTimer.setInterval(offersIntervalMs);
    connect(&m_offersTimer, &QTimer::timeout, this, &MainWindow::refreshOffers);
    makeCentre();
    makeDocks();
    makeSlowMotion();
    makeMenus();
    makeToolBar();
    m_status = new StatusStrip(m_session, *m_canvas, *statusBar());
    connectViews();
    restore();
    showStartPage();
}

MainWindow::~MainWindow()
{
    m_session.close(); // now, while everything that it tells is still there
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
    connect(m_canvas, &CanvasWidget::nodeActivated, this, &MainWindow::showInspector);
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
    connect(&m_session, &Session::modeChanged, this, &MainWindow::noteRecording);
    connect(&m_session, &Session::saveProgress, this, &MainWindow::showSaveProgress);
    connect(&m_session, &Session::saveFinished, this, &MainWindow::showSaved);
}

void MainWindow::showStartPage()
{
    if (m_stack->currentIndex() != 0 || m_dockState.isEmpty())
        m_dockState = saveState(stateVersion);
    m_stack->setCurrentIndex(0);
    for (QDockWidget* dock : std::as_const(m_docks))
        dock->hide();
    offerDocks(false);
    m_toolBar->hide();
    lookForOffers();
    m_start->setRecentFiles(m_recent.paths());
    updateTitle();
}

void MainWindow::showTrace()
{
    if (m_stack->currentIndex() == 0)
        restoreState(m_dockState, stateVersion);
    m_offersTimer.stop();
    offerDocks(true);
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
    if (offers == m_offers)
        return; // nobody loses the place under the pointer or the focus for nothing
    m_offers = std::move(offers);
    m_start->setOffers(m_offers);
    if (m_lessons->isVisible())
        fillLessons();
}

void MainWindow::lookForOffers()
{
    refreshOffers();
    m_offersTimer.start();
}

/// What is not offered by name, such as the path of a socket, is taken for a running node: a
/// question too many loses nothing.
bool MainWindow::runsOnlyOnce(const std::string& offerId) const
{
    for (const plugins::PluginHost::Offer& offer : m_host.offers()) {
        if (offer.offer.id == offerId)
            return offer.offer.kind == plugins::OfferKind::RunningNode;
    }
    return true;
}

bool MainWindow::openSource(base::Result<std::unique_ptr<trace::EventSource>> source, bool onlyOnce)
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
    m_onlyOnce = onlyOnce;
    m_canvas->fit();
    updateTitle();
    return m_session.state() != trace::SourceState::Failed;
}

bool MainWindow::openOffer(const QString& offerId, const plugins::SourceOptions& options)
{
    spdlog::info("opening {}", offerId.toStdString());
    const std::string id = offerId.toStdString();
    return openSource(m_host.openOffer(id, options), runsOnlyOnce(id));
}

bool MainWindow::openFile(const QString& path)
{
    spdlog::info("opening {}", path.toStdString());
    const bool opened = openSource(m_host.openFile(path.toStdString()), false);
    if (opened)
        m_recent.add(path);
    else if (!QFileInfo::exists(path))
        m_recent.remove(path);
    return opened;
}

bool MainWindow::closeTrace()
{
    if (!mayDiscard())
        return false;
    m_session.close();
    m_selection.clear();
    m_onlyOnce = false;
    m_messages->dismiss();
    showStartPage();
    return true;
}

void MainWindow::updateTitle()
{
    const bool open = m_stack->currentIndex() == 1;
    const QString title = QString::fromStdString(m_session.info().title);
    if (m_session.live() || m_session.state() == trace::SourceState::Connecting)
        m_canvas->setEmptyText(tr("Waiting for the first process"),
                               tr("It appears as soon as the program spawns it."));
    else
        m_canvas->setEmptyText(tr("No process yet at this moment"),
                               tr("Go on in time, or open another trace."));
    setWindowTitle(open && !title.isEmpty() ? tr("%1 — Exitwave").arg(title) : tr("Exitwave"));
    for (QAction* action : {m_save, m_export, m_picture, m_closeTrace, m_record})
        action->setEnabled(open);
    m_record->setEnabled(open && (m_session.recording() || m_session.live()));
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

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!mayDiscard()) {
        event->ignore();
        return;
    }
    m_session.stopRecording();
    remember();
    event->accept();
}

} // namespace exitwave::views
