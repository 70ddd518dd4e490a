// The importer of .ewt files.
#include "plugins/api/plugin_host.h"
#include "runtime/trace/frame.h"
#include "tests/support/trace_files.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace exitwave;
using namespace exitwave::testing;

class TestImportEwt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_host.scan(QStringLiteral(EXITWAVE_PLUGIN_DIR));
        for (const auto& importer : m_host.importers()) {
            if (importer.id == QStringLiteral("org.exitwave.import_ewt"))
                m_importer = importer.plugin;
        }
        QVERIFY(m_importer != nullptr && m_folder.isValid());
    }

    void itIsSureOfItsOwnFilesOnly()
    {
        std::vector<std::byte> preamble;
        trace::appendPreamble(preamble);
        QCOMPARE(m_importer->confidence("any.name", preamble), 100);
        std::vector<std::byte> future;
        trace::appendPreamble(future, {99, 0});
        QCOMPARE(m_importer->confidence("x.ewt", future), 100); // it says best what is wrong
        const int cut = m_importer->confidence("x.ewt", std::span(preamble).first(9));
        QVERIFY(cut > 0 && cut < 100);
        const std::vector<std::byte> foreign(64, std::byte{'x'});
        QCOMPARE(m_importer->confidence("x.ewt", foreign), 0);
        QCOMPARE(m_importer->suffixes(), std::vector<std::string>{".ewt"});
    }

    void itReadsWhatWasRecorded()
    {
        TraceBuilder build;
        build.crashOfThree();
        const QString path = m_folder.filePath(QStringLiteral("three.ewt"));
        QCOMPARE(writeTrace(path, build.batch), QString());
        auto source = m_importer->open(path.toStdString());
        QVERIFY(source.ok());
        QVERIFY(source.value()->start([] {}).ok());
        graph::Timeline timeline;
        QVERIFY(readAll(*source.value(), timeline));
        QVERIFY(std::equal(timeline.events().begin(),
                           timeline.events().end(),
                           build.batch.events.begin(),
                           build.batch.events.end()));
        QCOMPARE(source.value()->info().program, std::string("test 1.0"));
        QVERIFY(!source.value()->info().acceptsCommands);
    }

    void aForeignFileWithItsSuffixIsRefusedByName()
    {
        QFile file(m_folder.filePath(QStringLiteral("foreign.ewt")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("this is a letter to a friend");
        file.close();
        auto source = m_host.openFile(file.fileName().toStdString());
        QVERIFY(source.ok()); // the importer that owns the name explains
        const auto started = source.value()->start([] {});
        QVERIFY(!started.ok());
        QVERIFY(started.error().message.find("foreign.ewt") != std::string::npos);
    }

private:
    plugins::PluginHost m_host;
    plugins::ImporterPlugin* m_importer = nullptr;
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestImportEwt)
#include "tst_import_ewt.moc"
