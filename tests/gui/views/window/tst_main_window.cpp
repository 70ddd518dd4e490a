// The window driven as a person would: run a lesson, see the crash, act on processes, rewind, save,
// reopen.
#include "gui/graph/graph_text.h"
#include "gui/session/log_model.h"
#include "gui/views/canvas/canvas_widget.h"
#include "gui/views/window/command_dialogs.h"
#include "gui/views/window/main_window.h"
#include "gui/views/window/message_bar.h"
#include "gui/views/window/step_list.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCommandLinkButton>
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
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

    /// Types `term` into the dialog that opens next, looks what it says will come, and presses
    /// Send.
    void inDialog(const QString& term, const QString& consequence)
    {
        auto* look = new QTimer(this);
        connect(look, &QTimer::timeout, this, [look, term, consequence] {
            auto* dialog = qobject_cast<views::TermDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr)
                return;
            look->deleteLater();
            dialog->setText(term);
            const QString said = dialog->findChild<QLabel*>(QStringLiteral("consequence"))->text();
            if (!said.contains(consequence))
                qCritical("the dialog says: %s", qPrintable(said));
            if (said.contains(consequence))
                dialog->accept();
            else
                dialog->reject(); // then what the test waits for does not come
        });
        look->start(30);
    }

    /// The lesson with its parent selected, which has got its message and waits for another.
    graph::NodeIndex runTrappingUntilItWaits()
    {
        runLesson("lesson:trapping");
        const graph::NodeIndex parent = nodeNamed("parent");
        const auto waits = [&] { return session().graph().node(parent).exitMessages == 1; };
        if (!QTest::qWaitFor(waits))
            qCritical("the parent got no exit message");
        m_window->selection().select(parent);
        return parent;
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

    void oneSlowMotionServesTheNextLessonAndTheProgramThatRuns()
    {
        action("hopDelay100000000")->trigger(); // on the start page
        QVERIFY(action("hopDelay100000000")->isChecked());
        runLesson("lesson:trapping");
        QCOMPARE(session().graph().hopDelay(), qint64(100'000'000));
        action("hopDelay0")->trigger();
        QTRY_COMPARE(session().graph().hopDelay(), qint64(0));
        QTRY_VERIFY(action("hopDelay0")->isChecked());
    }

    void aMessageIsSentThroughTheDialog()
    {
        runTrappingUntilItWaits();
        inDialog(QStringLiteral(":hello"), {});
        action("send")->trigger();
        const auto arrived = [this] {
            const graph::Timeline& timeline = session().timeline();
            for (const trace::Event& event : timeline.events()) {
                if (event.type == trace::EventType::MessageSent
                    && timeline.terms().at(event.term) == term::Term::atom("hello"))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(arrived());
    }

    void theExitDialogSaysWhatComesAndThenItComes_data()
    {
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("said");
        QTest::addColumn<bool>("killed");
        QTest::newRow("trapped") << QStringLiteral(":boom") << QStringLiteral("message instead")
                                 << false;
        QTest::newRow("not trapped")
            << QStringLiteral(":kill") << QStringLiteral("Would die now: parent") << true;
    }
    void theExitDialogSaysWhatComesAndThenItComes()
    {
        QFETCH(QString, reason);
        QFETCH(QString, said);
        QFETCH(bool, killed);
        const graph::NodeIndex parent = runTrappingUntilItWaits();
        inDialog(reason, said);
        action("exit")->trigger();
        if (killed)
            QTRY_COMPARE(session().graph().node(parent).death, graph::Death::Killed);
        else
            QTRY_COMPARE(session().graph().node(parent).exitMessages, 2U);
    }

    void theDocksAreOfferedOnlyWithATrace()
    {
        const auto* dock = m_window->findChild<QDockWidget*>(QStringLiteral("processesDock"));
        QVERIFY(!dock->toggleViewAction()->isEnabled());
        runLesson("lesson:isolated");
        QVERIFY(dock->toggleViewAction()->isEnabled());
        QVERIFY(m_window->closeTrace());
        QVERIFY(!dock->toggleViewAction()->isEnabled());
    }

    void aThemeForOneStartIsNotKept()
    {
        m_window->setThemeChoice(views::ThemeChoice::Light);
        m_window->setThemeForNow(views::ThemeChoice::Dark);
        m_window->close();
        QCOMPARE(m_settings->value(QStringLiteral("theme")).toString(), QStringLiteral("light"));
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
        auto* count = m_window->findChild<QLabel*>(QStringLiteral("searchCount"));
        QCOMPARE(count->text(), QStringLiteral("1 of 3"));
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
        action("reducedMotion")->setChecked(true);
        action("showLabels")->setChecked(false);
        auto* flat = m_window->findChild<QAbstractButton*>(QStringLiteral("flatList"));
        flat->setChecked(true);
        m_window->close();
        m_window = std::make_unique<views::MainWindow>(m_host, *m_log, *m_settings);
        m_window->show();
        QCOMPARE(m_settings->value(QStringLiteral("theme")).toString(), QStringLiteral("light"));
        QCOMPARE(m_window->canvas().layout(), layout);
        QVERIFY(action("reducedMotion")->isChecked());
        QVERIFY(!action("showLabels")->isChecked());
        QVERIFY(!m_window->canvas().options().labels);
        flat = m_window->findChild<QAbstractButton*>(QStringLiteral("flatList"));
        QVERIFY(flat->isChecked());
        QVERIFY(m_window->openOffer(QStringLiteral("lesson:isolated"), {}));
        QTRY_VERIFY(
            m_window->findChild<QDockWidget*>(QStringLiteral("processesDock"))->isVisible());
        QVERIFY(!m_window->findChild<QDockWidget*>(QStringLiteral("inspectorDock"))->isVisible());
    }
};

QTEST_MAIN(MainWindowTest)
#include "tst_main_window.moc"
