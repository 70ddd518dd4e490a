// MainWindow's menus.
#include "generated/version.h"
#include "gui/views/canvas/canvas_widget.h"
#include "gui/views/window/handbook_dialog.h"
#include "gui/views/window/main_window.h"
#include "gui/views/window/plugins_dialog.h"
#include "gui/views/window/process_actions.h"

#include <QActionGroup>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>

#include <tuple>
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
    slow->setToolTipsVisible(true);
    slow->addActions(m_slow->actions());

    QMenu* tools = menuBar()->addMenu(tr("&Tools"));
    addAction(tools, tr("&Plugins…"), {}, &MainWindow::showPlugins);

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    addAction(help, tr("&Handbook"), QKeySequence::HelpContents, &MainWindow::showHandbook);
    addAction(help, tr("&About Exitwave"), {}, &MainWindow::showAbout);
}

void MainWindow::makeFileMenu()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    m_lessons = file->addMenu(tr("Run a &lesson or watch a node"));
    m_lessons->setToolTipsVisible(true);
    connect(m_lessons, &QMenu::aboutToShow, this, [this] {
        lookForOffers();
        fillLessons();
    });
    connect(m_lessons, &QMenu::aboutToHide, this, [this] {
        if (m_stack->currentIndex() != 0) // the start page goes on looking
            m_offersTimer.stop();
    });
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
    m_save = addAction(file, tr("&Save trace…"), QKeySequence::Save, &MainWindow::askSave);
    m_save->setObjectName(QStringLiteral("save"));
    m_cancelSave = file->addAction(tr("Cancel sa&ving"), &m_session, &session::Session::cancelSave);
    m_cancelSave->setEnabled(false);
    m_export = addAction(file, tr("&Export this moment…"), {}, &MainWindow::askExport);
    m_export->setObjectName(QStringLiteral("export"));
    m_picture = addAction(file, tr("Save &picture…"), {}, &MainWindow::askPicture);
    m_picture->setObjectName(QStringLiteral("picture"));
    file->addSeparator();
    m_closeTrace = addAction(
        file, tr("&Close trace"), QKeySequence(Qt::CTRL | Qt::Key_W), &MainWindow::askCloseTrace);
    QAction* quit = file->addAction(tr("&Quit"));
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    connect(quit, &QAction::triggered, this, &QWidget::close);
}

void MainWindow::fillLessons()
{
    m_lessons->clear();
    QString group;
    for (const plugins::SourceOffer& offer : m_offers) {
        const QString itsGroup = QString::fromStdString(offer.group);
        if (std::exchange(group, itsGroup) != itsGroup)
            m_lessons->addSection(itsGroup);
        QAction* action = m_lessons->addAction(QString::fromStdString(offer.title));
        action->setToolTip(QString::fromStdString(offer.summary));
        const QString id = QString::fromStdString(offer.id);
        connect(action, &QAction::triggered, this, [this, id] { openOffer(id, m_sourceOptions); });
    }
}

void MainWindow::fillRecent(QMenu* menu)
{
    menu->clear();
    for (const QString& path : m_recent.paths())
        connect(menu->addAction(QFileInfo(path).fileName()),
                &QAction::triggered,
                this,
                [this, path] { openFile(path); });
    if (menu->isEmpty()) {
        menu->addAction(tr("No traces yet"))->setEnabled(false);
        return;
    }
    menu->addSeparator();
    menu->addAction(tr("&Clear this list"), &m_recent, &session::RecentFiles::clear);
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
    const std::tuple<const char*, QString, bool Options::*> toggles[] = {
        {"showLinks", tr("Show &links"), &Options::links},
        {"showMonitors", tr("Show &monitors"), &Options::monitors},
        {"showMessages", tr("Show m&essages"), &Options::messages},
        {"showLabels", tr("Show la&bels"), &Options::labels},
    };
    for (const auto& [name, text, option] : toggles) {
        QAction* action = view->addAction(text);
        action->setObjectName(QString::fromLatin1(name));
        action->setCheckable(true);
        m_keptToggles << action;
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
    still->setObjectName(QStringLiteral("reducedMotion"));
    still->setCheckable(true);
    m_keptToggles << still;
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
