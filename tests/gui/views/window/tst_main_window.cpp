// The window driven as a person would: run a lesson, see the crash, act on processes, rewind, save,
// reopen.
#include "gui/graph/graph_text.h"
#include "gui/session/log_model.h"
#include "gui/views/canvas/canvas_widget.h"
#include "gui/views/window/main_window.h"
#include "gui/views/window/message_bar.h"
#include "gui/views/window/step_list.h"

#include <QAction>
#include <QApplication>
#include <QCommandLinkButton>
#include <QDockWidget>
#include <QFile>
#include <QLineEdit>
#include <QMimeData>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <memory>

using namespace exitwave;

class MainWindowTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    plugins::PluginHost m_host;
    std::unique_ptr<session::LogModel> m_log;
    std::unique_ptr<views::MainWindow> m_window;

    session::Session& session() { return m_window->session(); }

    QAction* action(const char* name)
    {
        auto* found = m_window->findChild<QAction*>(QString::fromLatin1(name));
        if (found == nullptr)
            qFatal("the window has no action %s", name);
        return found;
    }

    /// The node whose short text in the graph's text contains `name`.
    graph::NodeIndex nodeNamed(const QByteArray& name)
    {
        const graph::ProcessGraph& processes = session().graph();
        for (graph::NodeIndex node = 0; node < processes.size(); ++node) {
            const auto* info = session()
                                   .timeline()
                                   .terms()
                                   .at(processes.node(node).spawnInfo)
                                   .find(term::Atom::intern("label"));
            if (info != nullptr && info->isBinary()
                && info->asBinary() == std::string_view(name.constData()))
                return node;
        }
        return graph::noNode;
    }

    /// Presses the lesson's button on the start page and waits until its child has crashed.
    void runLesson(const char* offer)
    {
        auto* button = m_window->findChild<QCommandLinkButton*>(QString::fromLatin1(offer));
        QVERIFY2(button != nullptr, offer);
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(session().graph().crashCount(), 1U);
        QTRY_COMPARE(session().graph().size(), std::size_t(3));
    }

    void clickOnCanvas(graph::NodeIndex node)
    {
        views::CanvasWidget& canvas = m_window->canvas();
        QVERIFY(canvas.settle());
        canvas.resume();
        std::optional<QPointF> at;
        QTRY_VERIFY((at = canvas.pointOf(node)).has_value());
        QTest::mouseClick(&canvas, Qt::LeftButton, {}, at->toPoint());
        QTRY_COMPARE(m_window->selection().current(), node);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_host.scan(QStringLiteral(EXITWAVE_PLUGIN_DIR));
        QVERIFY(m_folder.isValid());
    }

    void init()
    {
        QFile::remove(m_folder.filePath(QStringLiteral("settings.ini")));
        m_settings = std::make_unique<QSettings>(m_folder.filePath(QStringLiteral("settings.ini")),
                                                 QSettings::IniFormat);
        m_log = std::make_unique<session::LogModel>();
        m_window = std::make_unique<views::MainWindow>(m_host, *m_log, *m_settings);
        m_window->resize(1400, 900);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QApplication::setActiveWindow(m_window.get()); // there may be no window manager to do it
    }

    void cleanup() { m_window.reset(); }

    void theStartPageOffersTheLessonsAndHidesWhatIsEmpty()
    {
        for (const char* lesson : {"lesson:isolated", "lesson:linked", "lesson:trapping"})
            QVERIFY2(m_window->findChild<QCommandLinkButton*>(QString::fromLatin1(lesson))
                         != nullptr,
                     lesson);
        QVERIFY(!m_window->canvas().isVisible());
        QVERIFY(!m_window->findChild<QDockWidget*>(QStringLiteral("processesDock"))->isVisible());
    }

    void aLinkedCrashTakesTheParentAlongAndIsExplained()
    {
        runLesson("lesson:linked");
        const graph::NodeIndex parent = nodeNamed("parent");
        QVERIFY(parent != graph::noNode);
        QTRY_COMPARE(session().graph().node(parent).death, graph::Death::Victim);
        clickOnCanvas(parent);
        auto* why = m_window->findChild<views::StepList*>(QStringLiteral("explanation"));
        QTRY_VERIFY(why->count() >= 3); // the crash, the link, the victim
        QVERIFY(why->accessibleDescription().contains(QStringLiteral("oops")));
        auto* table = m_window->findChild<QTreeView*>(QStringLiteral("processes"));
        QVERIFY(table->currentIndex().isValid()); // the table shows the same selection
    }

    void aTrappingParentLivesUntilItIsKilled()
    {
        runLesson("lesson:trapping");
        const graph::NodeIndex parent = nodeNamed("parent");
        QTRY_COMPARE(session().graph().node(parent).exitMessages, 1U);
        QVERIFY(session().graph().node(parent).alive);
        clickOnCanvas(parent);
        QTRY_VERIFY(action("kill")->isEnabled());
        QTest::keyClick(&m_window->canvas(), Qt::Key_Delete);
        QTRY_VERIFY(!session().graph().node(parent).alive);
        QCOMPARE(session().graph().node(parent).death, graph::Death::Killed);
        QTRY_VERIFY(!action("kill")->isEnabled()); // one dies only once
        QVERIFY(!action("kill")->toolTip().isEmpty());
    }

    void trapExitIsToggledInTheProgramNotOnlyInThePicture()
    {
        runLesson("lesson:trapping");
        const graph::NodeIndex parent = nodeNamed("parent");
        QTRY_VERIFY(session().graph().node(parent).trapsExit);
        m_window->selection().select(parent);
        QTRY_VERIFY(action("trapExit")->isChecked());
        action("trapExit")->trigger();
        QTRY_VERIFY(!session().graph().node(parent).trapsExit);
        QTRY_VERIFY(!action("trapExit")->isChecked());
        action("trapExit")->trigger();
        QTRY_VERIFY(session().graph().node(parent).trapsExit);
    }

    void rewindingShowsWhatWasAndForbidsToChangeIt()
    {
        runLesson("lesson:trapping");
        const graph::NodeIndex parent = nodeNamed("parent");
        m_window->selection().select(parent);
        QTRY_VERIFY(action("kill")->isEnabled());
        session().previousCrash();
        QVERIFY(!session().following());
        const std::size_t position = session().position();
        const trace::TermTable& terms = session().timeline().terms();
        QCOMPARE(graph::graphText(session().graph(), terms),
                 graph::graphText(session().timeline().graphAt(position), terms));
        QTRY_VERIFY(!action("kill")->isEnabled());
        QVERIFY(action("kill")->toolTip().contains(QStringLiteral("live"), Qt::CaseInsensitive));
        session().returnToLive();
        QTRY_VERIFY(action("kill")->isEnabled());
    }

    void theProgramPausesAndGoesOn()
    {
        runLesson("lesson:trapping");
        QTRY_VERIFY(action("pauseProgram")->isEnabled());
        action("pauseProgram")->trigger();
        QTRY_VERIFY(session().graph().paused());
        QTRY_VERIFY(action("stepProgram")->isEnabled());
        action("pauseProgram")->trigger();
        QTRY_VERIFY(!session().graph().paused());
        QTRY_VERIFY(!action("stepProgram")->isEnabled());
    }

    void whatIsSavedShowsTheSameWhenItIsOpenedAgain()
    {
        runLesson("lesson:linked");
        QTRY_COMPARE(session().graph().aliveCount(), 0U);
        const std::string seen = graph::graphText(session().graph(), session().timeline().terms());
        const QString path = m_folder.filePath(QStringLiteral("linked.ewt"));
        QString error;
        QVERIFY2(session().saveAs(path, &error), qPrintable(error));
        QVERIFY(m_window->openFile(path));
        QTRY_COMPARE(session().state(), trace::SourceState::Ended);
        session().seek(session().timeline().size());
        QCOMPARE(graph::graphText(session().graph(), session().timeline().terms()), seen);
        QVERIFY(!action("kill")->isEnabled()); // a recording is not a program
    }

    void aFileThatIsNoTraceIsRefusedWithItsName()
    {
        const QString path = m_folder.filePath(QStringLiteral("letter.txt"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Dear reader, this is no trace.");
        file.close();
        QVERIFY(!m_window->openFile(path));
        QVERIFY2(m_window->messages().text().contains(QStringLiteral("letter.txt")),
                 qPrintable(m_window->messages().text()));
    }

    void aLessonThatDoesNotExistIsRefusedAndTheKnownOnesAreNamed()
    {
        QVERIFY(!m_window->openOffer(QStringLiteral("lesson:nosuch"), {}));
        QVERIFY2(m_window->messages().text().contains(QStringLiteral("trapping")),
                 qPrintable(m_window->messages().text()));
    }

    void droppingATraceOpensIt()
    {
        runLesson("lesson:isolated");
        const QString path = m_folder.filePath(QStringLiteral("dropped.ewt"));
        QString error;
        QVERIFY2(session().saveAs(path, &error), qPrintable(error));
        QVERIFY(m_window->closeTrace());
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(m_window.get(), &drop);
        QTRY_COMPARE(session().state(), trace::SourceState::Ended);
        QCOMPARE(session().graph().size(), std::size_t(3));
    }

    void searchingMarksWhatMatches()
    {
        runLesson("lesson:isolated");
        auto* line = m_window->findChild<QLineEdit*>(QStringLiteral("search"));
        QTest::keyClicks(line, QStringLiteral("child"));
        QTRY_COMPARE(m_window->canvas().matchCount(), std::size_t(1));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE(m_window->selection().current(), nodeNamed("child"));
    }

    void theEventLogLeadsToTheMoment()
    {
        runLesson("lesson:linked");
        QTRY_COMPARE(session().graph().aliveCount(), 0U);
        m_window->findChild<QDockWidget*>(QStringLiteral("eventsDock"))->raise();
        auto* events = m_window->findChild<QTableView*>(QStringLiteral("events"));
        QTRY_VERIFY(events->model()->rowCount() > 5);
        const QModelIndex third = events->model()->index(2, 0);
        Q_EMIT events->activated(third);
        QCOMPARE(session().position(), std::size_t(3));
    }

    void theWindowComesBackAsItWasLeft()
    {
        m_window->setThemeChoice(views::ThemeChoice::Light);
        runLesson("lesson:isolated");
        QVERIFY(m_window->canvas().setLayout(m_window->canvas().layouts().back().id));
        const QString layout = m_window->canvas().layout();
        m_window->findChild<QDockWidget*>(QStringLiteral("inspectorDock"))->close();
        m_window->close();
        m_window = std::make_unique<views::MainWindow>(m_host, *m_log, *m_settings);
        m_window->show();
        QCOMPARE(m_settings->value(QStringLiteral("theme")).toString(), QStringLiteral("light"));
        QCOMPARE(m_window->canvas().layout(), layout);
        QVERIFY(m_window->openOffer(QStringLiteral("lesson:isolated"), {}));
        QTRY_VERIFY(
            m_window->findChild<QDockWidget*>(QStringLiteral("processesDock"))->isVisible());
        QVERIFY(!m_window->findChild<QDockWidget*>(QStringLiteral("inspectorDock"))->isVisible());
    }
};

QTEST_MAIN(MainWindowTest)
#include "tst_main_window.moc"
