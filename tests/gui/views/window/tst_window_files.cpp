// The window's files as a person handles them: through the dialogs, with names as they are typed.
#include "gui/graph/graph_text.h"
#include "gui/session/log_model.h"
#include "gui/views/window/main_window.h"
#include "gui/views/window/message_bar.h"
#include "runtime/embedded/program.h"

#include <QAction>
#include <QApplication>
#include <QDialogButtonBox>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <functional>
#include <memory>

using namespace exitwave;

namespace {

/// Answers the modal dialogs that come, one after the other, and stops when all are answered.
class Person : public QObject
{
public:
    using Answer = std::function<void(QWidget* dialog)>;

    explicit Person(QList<Answer> answers) : m_answers(std::move(answers))
    {
        connect(&m_look, &QTimer::timeout, this, [this] {
            QWidget* dialog = QApplication::activeModalWidget();
            if (dialog == nullptr || !dialog->isVisible() || m_answers.isEmpty())
                return;
            m_answers.takeFirst()(dialog);
        });
        m_look.start(30);
    }
    [[nodiscard]] bool done() const { return m_answers.isEmpty(); }

private:
    QTimer m_look;
    QList<Answer> m_answers;
};

/// Types a name into a file dialog and presses its button.
Person::Answer named(const QString& path)
{
    return [path](QWidget* widget) {
        auto* dialog = qobject_cast<QFileDialog*>(widget);
        if (dialog == nullptr)
            qFatal("a file dialog was expected, not %s", widget->metaObject()->className());
        dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(path);
        dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save)->click();
    };
}

/// Presses a button of a question whose text holds `about`.
Person::Answer pressed(QMessageBox::StandardButton button, const QString& about)
{
    return [button, about](QWidget* widget) {
        auto* box = qobject_cast<QMessageBox*>(widget);
        if (box == nullptr || !box->text().contains(about))
            qFatal("a question about %s was expected", qPrintable(about));
        box->button(button)->click();
    };
}

} // namespace

class WindowFilesTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    plugins::PluginHost m_host;
    std::unique_ptr<session::LogModel> m_log;
    std::unique_ptr<views::MainWindow> m_window;

    session::Session& session() { return m_window->session(); }
    QString path(const char* name) { return m_folder.filePath(QString::fromLatin1(name)); }

    void trigger(const char* name)
    {
        auto* action = m_window->findChild<QAction*>(QString::fromLatin1(name));
        QVERIFY2(action != nullptr && action->isEnabled(), name);
        action->trigger();
    }

    void runLesson(const char* name)
    {
        QVERIFY(m_window->openOffer(QString::fromLatin1(name), {}));
        QTRY_COMPARE(session().graph().crashCount(), 1U);
    }

    QByteArray contentOf(const QString& file)
    {
        QFile opened(file);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        QVERIFY(m_folder.isValid());
        qputenv("XDG_RUNTIME_DIR", m_folder.path().toUtf8()); // nodes of this test only
        m_host.scan(QStringLiteral(EXITWAVE_PLUGIN_DIR));
    }

    void init()
    {
        QFile::remove(path("settings.ini"));
        m_settings = std::make_unique<QSettings>(path("settings.ini"), QSettings::IniFormat);
        m_log = std::make_unique<session::LogModel>();
        m_window = std::make_unique<views::MainWindow>(m_host, *m_log, *m_settings);
        m_window->resize(1200, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void cleanup() { m_window.reset(); }

    void aFileIsNotReplacedUnaskedAlsoWhenTheSuffixWasNotTyped()
    {
        QFile precious(path("precious.ewt"));
        QVERIFY(precious.open(QIODevice::WriteOnly));
        precious.write("precious");
        precious.close();
        runLesson("lesson:linked");
        QTRY_COMPARE(session().graph().aliveCount(), 0U);
        Person person({named(path("precious")),
                       pressed(QMessageBox::No, QStringLiteral("precious.ewt")),
                       named(path("other"))});
        trigger("save");
        QVERIFY(person.done());
        QTRY_VERIFY(QFile::exists(path("other.ewt")));
        QCOMPARE(contentOf(path("precious.ewt")), QByteArray("precious"));

        const std::string seen = graph::graphText(session().graph(), session().timeline().terms());
        QVERIFY(m_window->openFile(path("other.ewt")));
        QTRY_COMPARE(session().state(), trace::SourceState::Ended);
        session().seek(session().timeline().size());
        QCOMPARE(graph::graphText(session().graph(), session().timeline().terms()), seen);
    }

    void aFileIsReplacedWhenThePersonSaysSo()
    {
        QFile old(path("old.ewt"));
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old");
        old.close();
        runLesson("lesson:isolated");
        Person person(
            {named(path("old.ewt")), pressed(QMessageBox::Yes, QStringLiteral("old.ewt"))});
        trigger("save");
        QVERIFY(person.done());
        QTRY_VERIFY(contentOf(path("old.ewt")) != QByteArray("old"));
    }

    void theMomentIsExportedInTheChosenKind()
    {
        runLesson("lesson:linked");
        Person person({named(path("moment"))});
        trigger("export");
        QVERIFY(person.done());
        QVERIFY(contentOf(path("moment.dot")).contains("digraph"));
    }

    void thePictureIsWritten()
    {
        runLesson("lesson:linked");
        Person person({named(path("picture"))});
        trigger("picture");
        QVERIFY(person.done());
        const QImage picture(path("picture.png"));
        QVERIFY(picture.width() > 100);
    }

    void aRecordingHoldsTheTraceFromItsFirstEvent()
    {
        runLesson("lesson:trapping");
        Person person({named(path("recorded"))});
        trigger("record");
        QVERIFY(person.done());
        QVERIFY(session().recording());
        const std::size_t seen = session().timeline().size();
        trigger("record");
        QTRY_VERIFY(!session().recording());
        QTRY_VERIFY(m_window->messages().text().contains(QStringLiteral("complete")));
        QVERIFY(m_window->openFile(path("recorded.ewt")));
        QTRY_COMPARE(session().state(), trace::SourceState::Ended);
        QVERIFY(session().timeline().size() >= seen);
    }

    void whatANodeDidAfterItWasSavedIsAskedFor()
    {
        embedded::LessonOptions options;
        options.serveName = "tst_window_files";
        options.printOutput = false;
        auto program
            = embedded::Program::open("trapping", options, embedded::Program::LocalSource::No);
        QVERIFY2(program.ok(), program.ok() ? "" : program.error().message.c_str());
        program.value()->start([] {});
        QVERIFY(m_window->openOffer(QStringLiteral("node:tst_window_files"), {}));
        QTRY_COMPARE(session().graph().crashCount(), 1U);
        {
            Person person({pressed(QMessageBox::Cancel, QStringLiteral("no file"))});
            QVERIFY(!m_window->closeTrace());
            QVERIFY(person.done());
        }
        Person saving({named(path("node"))});
        trigger("save");
        QVERIFY(saving.done());
        QTRY_VERIFY(session().savedEvents() > 0);
        QTRY_VERIFY(!session().saving());

        const graph::ProcessGraph& processes = session().graph();
        for (graph::NodeIndex node = 0; node < processes.size(); ++node) {
            if (processes.node(node).alive && processes.node(node).trapsExit)
                m_window->selection().select(node);
        }
        trigger("kill");
        QTRY_VERIFY(session().timeline().size() > session().savedEvents());
        Person again({pressed(QMessageBox::Cancel, QStringLiteral("since")),
                      pressed(QMessageBox::Discard, QStringLiteral("since"))});
        QVERIFY(!m_window->closeTrace());
        QVERIFY(m_window->closeTrace());
        QVERIFY(again.done());
    }

    void aRecentFileThatIsGoneLeavesTheList()
    {
        const QString gone = path("gone.ewt");
        m_settings->setValue(QStringLiteral("recentFiles"), QStringList{gone});
        m_window = std::make_unique<views::MainWindow>(m_host, *m_log, *m_settings);
        QVERIFY(!m_window->openFile(gone));
        QVERIFY(m_settings->value(QStringLiteral("recentFiles")).toStringList().isEmpty());
        QVERIFY(m_window->messages().text().contains(QStringLiteral("gone.ewt")));
    }

    void ofSeveralDroppedFilesNoneIsLostSilently()
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path("a.ewt")), QUrl::fromLocalFile(path("b.ewt"))});
        QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(m_window.get(), &drop);
        QVERIFY(m_window->messages().text().contains(QStringLiteral("one file")));
    }

    void whatIsNoFileIsNotTaken()
    {
        QMimeData data;
        data.setUrls({});
        data.setText(QStringLiteral("a word"));
        QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(!enter.isAccepted());
    }
};

QTEST_MAIN(WindowFilesTest)
#include "tst_window_files.moc"
