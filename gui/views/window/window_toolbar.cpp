// MainWindow's toolbar: transport, slow motion, layouts and search.
#include "gui/views/canvas/canvas_widget.h"
#include "gui/views/window/icons.h"
#include "gui/views/window/main_window.h"
#include "gui/views/window/message_bar.h"
#include "gui/views/window/process_actions.h"

#include <QActionGroup>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QToolBar>
#include <QToolButton>

namespace exitwave::views {

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
    delays->setToolTipsVisible(true);
    delays->addActions(m_slow->actions());
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

    makeSearch();
}

void MainWindow::makeSearch()
{
    m_search = new QLineEdit(m_toolBar);
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setPlaceholderText(tr("Find a process by name or pid (Ctrl+F)"));
    m_search->setAccessibleName(tr("Find a process"));
    m_search->setToolTip(tr("Enter goes to the next match, Shift+Enter to the one before"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(160);
    m_search->setMaximumWidth(420);
    m_searchCount = new QLabel(m_toolBar);
    m_searchCount->setObjectName(QStringLiteral("searchCount"));
    m_searchCount->setProperty("role", QStringLiteral("secondary"));
    connect(m_search, &QLineEdit::textChanged, m_canvas, &CanvasWidget::setSearch);
    connect(m_search, &QLineEdit::returnPressed, m_canvas, [this] { m_canvas->selectNextMatch(); });
    auto* back = new QShortcut(
        QKeySequence(Qt::SHIFT | Qt::Key_Return), m_search, nullptr, nullptr, Qt::WidgetShortcut);
    back->setKeys(
        {QKeySequence(Qt::SHIFT | Qt::Key_Return), QKeySequence(Qt::SHIFT | Qt::Key_Enter)});
    connect(back, &QShortcut::activated, m_canvas, [this] { m_canvas->selectNextMatch(false); });
    connect(m_canvas, &CanvasWidget::matchesChanged, this, &MainWindow::showSearchCount);
    connect(&m_session, &session::Session::advanced, this, &MainWindow::showSearchCount);
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

void MainWindow::showSearchCount()
{
    const QString text = m_search->text().isEmpty()
        ? QString()
        : tr("%1 of %2").arg(m_canvas->matchCount()).arg(m_session.graph().size());
    if (m_searchCount->text() != text)
        m_searchCount->setText(text);
}

// One choice serves the program that runs and the lesson that begins next.
void MainWindow::makeSlowMotion()
{
    m_slow = new QActionGroup(this);
    for (const QAction* ofProgram : m_actions->slowMotion()->actions()) {
        auto* action = new QAction(ofProgram->text(), m_slow);
        action->setObjectName(QStringLiteral("hopDelay%1").arg(ofProgram->data().toLongLong()));
        action->setCheckable(true);
        action->setData(ofProgram->data());
        action->setToolTip(ofProgram->toolTip());
        connect(ofProgram, &QAction::changed, this, &MainWindow::showHopDelay);
    }
    connect(m_slow, &QActionGroup::triggered, this, &MainWindow::chooseHopDelay);
    connect(&m_session, &session::Session::sourceChanged, this, &MainWindow::showHopDelay);
    showHopDelay();
}

void MainWindow::chooseHopDelay(const QAction* action)
{
    m_sourceOptions.hopDelayNs = action->data().toLongLong();
    if (m_session.acceptsCommands()) {
        const QList<QAction*> ofProgram = m_actions->slowMotion()->actions();
        for (QAction* known : ofProgram) {
            if (known->data() == action->data())
                known->trigger();
        }
    } else {
        m_messages->showNote(tr("The next lesson runs with: %1.").arg(action->text()));
    }
    showHopDelay(); // the check mark follows the program, not the click
}

void MainWindow::showHopDelay()
{
    const qint64 shown
        = m_session.live() ? m_session.graph().hopDelay() : m_sourceOptions.hopDelayNs;
    const QList<QAction*> delays = m_slow->actions();
    for (QAction* action : delays)
        action->setChecked(action->data().toLongLong() == shown);
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

} // namespace exitwave::views
