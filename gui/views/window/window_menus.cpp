// MainWindow's menus and toolbar.
#include "generated/version.h"
#include "gui/views/canvas/canvas_widget.h"
#include "gui/views/window/handbook_dialog.h"
#include "gui/views/window/icons.h"
#include "gui/views/window/main_window.h"
#include "gui/views/window/plugins_dialog.h"
#include "gui/views/window/process_actions.h"

#include <QActionGroup>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QToolBar>
#include <QToolButton>

#include <utility>

namespace exitwave::views {

namespace {

/// For actions that live elsewhere.
QAction* inMenu(QMenu* menu, QAction* action)
{
    menu->addAction(action);
    return action;
}

} // namespace

QAction* MainWindow::addAction(QMenu* menu,
                               const QString& text,
                               const QKeySequence& shortcut,
                               void (MainWindow::*run)())
{
    QAction* action = menu->addAction(text);
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, run);
    return action;
}

void MainWindow::makeMenus()
{
    makeFileMenu();
    QMenu* process = menuBar()->addMenu(tr("&Process"));
    process->setToolTipsVisible(true);
    process->addActions(m_actions->ofProcess());
    makeViewMenu();

    const auto alsoBy = [](QAction* action, const QKeySequence& key) {
        action->setShortcuts(action->shortcuts() << key);
    };
    alsoBy(m_transport.stepBackward(), Qt::Key_Comma);
    alsoBy(m_transport.stepForward(), Qt::Key_Period);
    alsoBy(m_transport.previousCrash(), Qt::Key_BracketLeft);
    alsoBy(m_transport.nextCrash(), Qt::Key_BracketRight);
    alsoBy(m_transport.returnToLive(), Qt::Key_L);
    QMenu* go = menuBar()->addMenu(tr("&Go"));
    go->addActions(m_transport.main());
    go->addSeparator();
    inMenu(go, m_transport.returnToLive());
    go->addSeparator();
    QMenu* speed = go->addMenu(tr("Replay &speed"));
    speed->addActions(m_transport.speeds()->actions());
    inMenu(go, m_transport.slower());
    inMenu(go, m_transport.faster());

    QMenu* session = menuBar()->addMenu(tr("&Session"));
    session->setToolTipsVisible(true);
    inMenu(session, m_actions->pauseProgram());
    inMenu(session, m_actions->stepProgram());
    QMenu* slow = session->addMenu(tr("S&low motion"));
    slow->addActions(m_actions->slowMotion()->actions());
    QMenu* begin = session->addMenu(tr("&Begin lessons with"));
    auto* delays = new QActionGroup(this);
    for (const auto& [text, delay] : {std::pair<QString, qint64>{tr("Full speed"), 0},
                                      {tr("0.3 s per signal hop"), 300'000'000},
                                      {tr("1 s per signal hop"), 1'000'000'000}}) {
        QAction* action = begin->addAction(text);
        action->setCheckable(true);
        action->setChecked(delay == 0);
        delays->addAction(action);
        connect(action, &QAction::triggered, this, [this, delay = delay] {
            m_sourceOptions.hopDelayNs = delay;
        });
    }

    QMenu* tools = menuBar()->addMenu(tr("&Tools"));
    addAction(tools, tr("&Plugins…"), {}, &MainWindow::showPlugins);

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    addAction(help, tr("&Handbook"), QKeySequence::HelpContents, &MainWindow::showHandbook);
    addAction(help, tr("&About Exitwave"), {}, &MainWindow::showAbout);
}

void MainWindow::makeFileMenu()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    QMenu* lessons = file->addMenu(tr("Run a &lesson or watch a node"));
    connect(lessons, &QMenu::aboutToShow, this, [this, lessons] { fillLessons(lessons); });
    addAction(file, tr("&Open trace…"), QKeySequence::Open, &MainWindow::askOpen);
    QMenu* recent = file->addMenu(tr("Open &recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecent(recent); });
    file->addSeparator();
    m_record = file->addAction(tr("&Record"));
    m_record->setObjectName(QStringLiteral("record"));
    m_record->setCheckable(true);
    m_record->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    m_record->setToolTip(tr("Write this live trace to a file, from its first event on (Ctrl+R)"));
    connect(m_record, &QAction::triggered, this, &MainWindow::askRecord);
    m_save = file->addAction(tr("&Save trace…"));
    m_save->setShortcut(QKeySequence::Save);
    connect(m_save, &QAction::triggered, this, &MainWindow::askSave);
    m_export = addAction(file, tr("&Export this moment…"), {}, &MainWindow::askExport);
    m_picture = addAction(file, tr("Save &picture…"), {}, &MainWindow::askPicture);
    file->addSeparator();
    m_closeTrace = addAction(
        file, tr("&Close trace"), QKeySequence(Qt::CTRL | Qt::Key_W), &MainWindow::askCloseTrace);
    QAction* quit = file->addAction(tr("&Quit"));
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    connect(quit, &QAction::triggered, this, &QWidget::close);
}

void MainWindow::fillLessons(QMenu* menu)
{
    menu->clear();
    QString group;
    for (const plugins::PluginHost::Offer& offer : m_host.offers()) {
        const QString itsGroup = QString::fromStdString(offer.offer.group);
        if (std::exchange(group, itsGroup) != itsGroup)
            menu->addSection(itsGroup);
        QAction* action = menu->addAction(QString::fromStdString(offer.offer.title));
        action->setToolTip(QString::fromStdString(offer.offer.summary));
        const QString id = QString::fromStdString(offer.offer.id);
        connect(action, &QAction::triggered, this, [this, id] { openOffer(id, m_sourceOptions); });
    }
    menu->setToolTipsVisible(true);
}

void MainWindow::fillRecent(QMenu* menu)
{
    menu->clear();
    for (const QString& path : m_recent.paths())
        connect(menu->addAction(QFileInfo(path).fileName()),
                &QAction::triggered,
                this,
                [this, path] { openFile(path); });
    if (menu->isEmpty())
        menu->addAction(tr("No traces yet"))->setEnabled(false);
}

void MainWindow::makeViewMenu()
{
    QMenu* view = menuBar()->addMenu(tr("&View"));
    QAction* fit = view->addAction(tr("&Fit all"));
    fit->setShortcut(QKeySequence(Qt::Key_F));
    connect(fit, &QAction::triggered, m_canvas, &CanvasWidget::fit);
    QAction* in = view->addAction(tr("Zoom &in"));
    in->setShortcut(QKeySequence::ZoomIn);
    connect(in, &QAction::triggered, m_canvas, [this] { m_canvas->zoom(1.25F); });
    QAction* out = view->addAction(tr("Zoom &out"));
    out->setShortcut(QKeySequence::ZoomOut);
    connect(out, &QAction::triggered, m_canvas, [this] { m_canvas->zoom(0.8F); });
    view->addAction(tr("&Arrange anew"), m_canvas, &CanvasWidget::arrangeAnew);
    view->addSeparator();

    using Options = scene::SceneOptions;
    const std::pair<QString, bool Options::*> toggles[] = {
        {tr("Show &links"), &Options::links},
        {tr("Show &monitors"), &Options::monitors},
        {tr("Show m&essages"), &Options::messages},
        {tr("Show la&bels"), &Options::labels},
    };
    for (const auto& [text, option] : toggles) {
        QAction* action = view->addAction(text);
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, [this, option = option](bool on) {
            Options options = m_canvas->options();
            options.*option = on;
            m_canvas->setOptions(options);
        });
        const auto show = [this, action, option = option] {
            const QSignalBlocker quiet(action);
            action->setChecked(m_canvas->options().*option);
        };
        connect(m_canvas, &CanvasWidget::optionsChanged, action, show);
        show();
    }
    QAction* still = view->addAction(tr("&Reduced motion"));
    still->setCheckable(true);
    connect(still, &QAction::toggled, m_canvas, &CanvasWidget::setReducedMotion);
    view->addSeparator();

    QMenu* themes = view->addMenu(tr("&Theme"));
    m_themes = new QActionGroup(this);
    for (const auto& [text, choice] : {std::pair{tr("As the desktop"), ThemeChoice::System},
                                       std::pair{tr("Light"), ThemeChoice::Light},
                                       std::pair{tr("Dark"), ThemeChoice::Dark}}) {
        QAction* action = themes->addAction(text);
        action->setCheckable(true);
        action->setData(themeChoiceName(choice));
        m_themes->addAction(action);
        connect(
            action, &QAction::triggered, this, [this, choice = choice] { setThemeChoice(choice); });
    }
    view->addSeparator();
    for (QDockWidget* dock : std::as_const(m_docks))
        view->addAction(dock->toggleViewAction());
}

void MainWindow::makeToolBar()
{
    m_toolBar = addToolBar(tr("Main toolbar"));
    m_toolBar->setObjectName(QStringLiteral("mainToolBar"));
    m_toolBar->setMovable(false);
    m_toolBar->setIconSize(QSize(16, 16));
    const auto addButton = [this](QAction* action, Qt::ToolButtonStyle style) {
        m_toolBar->addAction(action);
        if (auto* button = qobject_cast<QToolButton*>(m_toolBar->widgetForAction(action)))
            button->setToolButtonStyle(style);
    };
    addButton(m_record, Qt::ToolButtonTextBesideIcon);
    m_toolBar->addSeparator();
    const QList<QAction*> transport = m_transport.main();
    for (QAction* action : transport)
        addButton(action, Qt::ToolButtonIconOnly);
    m_speed = new QToolButton(m_toolBar);
    m_speed->setToolTip(tr("Replay speed"));
    m_speed->setPopupMode(QToolButton::InstantPopup);
    auto* speeds = new QMenu(m_speed);
    speeds->addActions(m_transport.speeds()->actions());
    m_speed->setMenu(speeds);
    m_toolBar->addWidget(m_speed);
    m_toolBar->addSeparator();
    addButton(m_actions->pauseProgram(), Qt::ToolButtonTextOnly);
    addButton(m_actions->stepProgram(), Qt::ToolButtonTextOnly);
    auto* slow = new QToolButton(m_toolBar);
    slow->setText(tr("Slow motion"));
    slow->setToolTip(tr("How long every signal takes on its way"));
    slow->setPopupMode(QToolButton::InstantPopup);
    auto* delays = new QMenu(slow);
    delays->addActions(m_actions->slowMotion()->actions());
    slow->setMenu(delays);
    m_toolBar->addWidget(slow);
    m_toolBar->addSeparator();

    m_layouts = new QComboBox(m_toolBar);
    m_layouts->setAccessibleName(tr("Layout"));
    m_layouts->setToolTip(tr("How processes are placed"));
    for (const CanvasLayout& layout : m_canvas->layouts())
        m_layouts->addItem(tr("Layout: %1").arg(layout.title), layout.id);
    const auto showLayout
        = [this] { m_layouts->setCurrentIndex(m_layouts->findData(m_canvas->layout())); };
    connect(m_canvas, &CanvasWidget::layoutChanged, this, showLayout);
    connect(m_layouts, &QComboBox::activated, this, [this](int index) {
        m_canvas->setLayout(m_layouts->itemData(index).toString());
    });
    showLayout();
    m_toolBar->addWidget(m_layouts);

    m_search = new QLineEdit(m_toolBar);
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setPlaceholderText(tr("Find a process by name or pid (Ctrl+F)"));
    m_search->setAccessibleName(tr("Find a process"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(160);
    m_search->setMaximumWidth(420);
    m_searchCount = new QLabel(m_toolBar);
    m_searchCount->setProperty("role", QStringLiteral("secondary"));
    connect(m_search, &QLineEdit::textChanged, m_canvas, &CanvasWidget::setSearch);
    connect(m_search, &QLineEdit::returnPressed, m_canvas, [this] { m_canvas->selectNextMatch(); });
    connect(m_canvas, &CanvasWidget::matchesChanged, this, [this](int count) {
        m_searchCount->setText(m_search->text().isEmpty()
                                   ? QString()
                                   : tr("%1 of %2").arg(count).arg(m_session.graph().size()));
    });
    m_toolBar->addWidget(m_search);
    m_toolBar->addWidget(m_searchCount);

    auto* find = new QAction(tr("Find a process"), this);
    find->setShortcut(QKeySequence::Find);
    connect(find, &QAction::triggered, m_search, [this] {
        m_search->setFocus();
        m_search->selectAll();
    });
    QMainWindow::addAction(find);
}

void MainWindow::setThemeIcons()
{
    const scene::Theme& theme = themeFor(m_themeChoice);
    m_record->setIcon(makeIcon(Sign::Record, theme));
    m_transport.previousCrash()->setIcon(makeIcon(Sign::PreviousCrash, theme));
    m_transport.stepBackward()->setIcon(makeIcon(Sign::StepBackward, theme));
    m_transport.stepForward()->setIcon(makeIcon(Sign::StepForward, theme));
    m_transport.nextCrash()->setIcon(makeIcon(Sign::NextCrash, theme));
    QIcon playPause = makeIcon(Sign::Play, theme);
    const QIcon pause = makeIcon(Sign::Pause, theme);
    for (const QSize& size : pause.availableSizes(QIcon::Normal))
        playPause.addPixmap(pause.pixmap(size), QIcon::Normal, QIcon::On);
    m_transport.playPause()->setIcon(playPause);
    for (QAction* action : m_themes->actions())
        action->setChecked(action->data().toString() == themeChoiceName(m_themeChoice));
}

void MainWindow::showPlugins()
{
    PluginsDialog dialog(m_host, this);
    dialog.exec();
}

void MainWindow::showHandbook()
{
    if (m_handbook == nullptr)
        m_handbook = new HandbookDialog(this);
    m_handbook->show();
    m_handbook->raise();
    m_handbook->activateWindow();
}

void MainWindow::showAbout()
{
    QMessageBox::about(this,
                       tr("About Exitwave"),
                       tr("<b>Exitwave %1</b><br><br>Shows why a process died, and who dies "
                          "next.<br><br>Licence: Apache-2.0")
                           .arg(QString::fromLatin1(versionText.data(),
                                                    static_cast<qsizetype>(versionText.size()))));
}

} // namespace exitwave::views
