// Pairs and steps through the window's actions: link, unlink, pause and step.
#include "gui/session/log_model.h"
#include "gui/views/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace exitwave;

class WindowCommandsTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    plugins::PluginHost m_host;
    std::unique_ptr<session::LogModel> m_log;
    std::unique_ptr<views::MainWindow> m_window;
    graph::NodeIndex m_parent = graph::noNode; // traps exits and waits for a message
    graph::NodeIndex m_other = graph::noNode; // lives, too

    session::Session& session() { return m_window->session(); }
    const graph::ProcessGraph& processes() { return session().graph(); }
    QAction* action(const char* name)
    {
        auto* found = m_window->findChild<QAction*>(QString::fromLatin1(name));
        if (found == nullptr)
            qFatal("the window has no action %s", name);
        return found;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_host.scan(QStringLiteral(EXITWAVE_PLUGIN_DIR));
    }

    void init()
    {
        m_settings = std::make_unique<QSettings>(m_folder.filePath(QStringLiteral("settings.ini")),
                                                 QSettings::IniFormat);
        m_log = std::make_unique<session::LogModel>();
        m_window = std::make_unique<views::MainWindow>(m_host, *m_log, *m_settings);
        m_window->show();
        QVERIFY(m_window->openOffer(QStringLiteral("lesson:trapping"), {}));
        QTRY_COMPARE(processes().crashCount(), 1U);
        m_parent = m_other = graph::noNode;
        for (graph::NodeIndex node = 0; node < processes().size(); ++node) {
            if (processes().node(node).alive)
                (processes().node(node).trapsExit ? m_parent : m_other) = node;
        }
        QVERIFY(m_parent != graph::noNode && m_other != graph::noNode);
        QTRY_COMPARE(processes().node(m_parent).exitMessages, 1U);
    }

    void cleanup() { m_window.reset(); }

    void twoProcessesAreLinkedAndUnlinked()
    {
        m_window->selection().select(m_parent);
        m_window->selection().selectSecondary(m_other);
        const auto linked = [this] { return processes().linked(m_parent, m_other); };
        QVERIFY(!linked());
        QTRY_VERIFY(action("link")->isEnabled());
        action("link")->trigger();
        QTRY_VERIFY(linked());
        action("unlink")->trigger();
        QTRY_VERIFY(!linked());
    }

    void aPausedProgramActsOnlyByStep()
    {
        action("pauseProgram")->trigger();
        QTRY_VERIFY(processes().paused());
        m_window->selection().select(m_parent);
        action("kill")->trigger();
        const auto dead = [this] { return !processes().node(m_parent).alive; };
        for (int step = 0; step < 10 && !dead(); ++step) {
            const std::size_t before = session().timeline().size();
            action("stepProgram")->trigger();
            QTRY_VERIFY(session().timeline().size() > before);
        }
        QVERIFY(dead());
        QVERIFY(processes().paused());
    }
};

QTEST_MAIN(WindowCommandsTest)
#include "tst_window_commands.moc"
