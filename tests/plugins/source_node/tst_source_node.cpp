// Running nodes as sources of the window.
#include "plugins/api/plugin_host.h"
#include "runtime/embedded/program.h"
#include "tests/support/trace_files.h"

#include <QTemporaryDir>
#include <QTest>

using namespace exitwave;
using namespace exitwave::testing;

class TestSourceNode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("XDG_RUNTIME_DIR", m_folder.path().toUtf8()); // nodes of this test only
        m_host.scan(QStringLiteral(EXITWAVE_PLUGIN_DIR));
    }

    void aServingProgramIsOfferedAndWatched()
    {
        embedded::LessonOptions options;
        options.serveName = "tst_source_node";
        options.printOutput = false;
        auto program
            = embedded::Program::open("trapping", options, embedded::Program::LocalSource::No);
        QVERIFY2(program.ok(), program.ok() ? "" : program.error().message.c_str());
        program.value()->start([] {});
        QVERIFY(!isOffered("node:tst_source_node")); // the first answer waits for nobody
        QTRY_VERIFY(isOffered("node:tst_source_node"));
        for (const auto& offer : m_host.offers()) {
            if (offer.offer.id == "node:tst_source_node")
                QCOMPARE(offer.offer.kind, plugins::OfferKind::RunningNode);
        }

        auto source = m_host.openOffer("node:tst_source_node", {});
        QVERIFY(source.ok());
        QVERIFY(source.value()->start([] {}).ok());
        graph::Timeline timeline;
        QVERIFY(readUntil(*source.value(), timeline, [&] { return !timeline.crashes().empty(); }));
        QVERIFY(!timeline.crashes().empty());
        QVERIFY(program.value()->finish("the test is over").ok());
        QVERIFY(readAll(*source.value(), timeline));
        QCOMPARE(source.value()->state(), trace::SourceState::Ended);
        source.value()->stop();
        program = base::fail(base::ErrorCode::NotFound, "gone");
        QTRY_VERIFY(!isOffered("node:tst_source_node"));
    }

    void aNodeThatIsNotThereFailsWithItsName()
    {
        auto source = m_host.openOffer("node:nobody_here", {});
        QVERIFY(source.ok()); // connecting is asynchronous
        QVERIFY(source.value()->start([] {}).ok());
        QTRY_COMPARE(source.value()->state(), trace::SourceState::Failed);
        QVERIFY2(source.value()->error().message.find("nobody_here") != std::string::npos,
                 source.value()->error().message.c_str());
    }

private:
    bool isOffered(const std::string& id)
    {
        for (const auto& offer : m_host.offers()) {
            if (offer.offer.id == id)
                return true;
        }
        return false;
    }

    QTemporaryDir m_folder;
    plugins::PluginHost m_host;
};

QTEST_GUILESS_MAIN(TestSourceNode)
#include "tst_source_node.moc"
