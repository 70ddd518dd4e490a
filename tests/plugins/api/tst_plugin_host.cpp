// The plugin host: what it finds, what it refuses and why, and which importer it takes.
#include "plugins/api/plugin_host.h"
#include "tests/support/trace_files.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace exitwave;
using namespace exitwave::testing;
using plugins::PluginHost;
using plugins::PluginInfo;

namespace {

const QString pluginFolder = QStringLiteral(EXITWAVE_PLUGIN_DIR);

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

class TestPluginHost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void scanningReadsDescriptionsOnly()
    {
        PluginHost host;
        copyPlugin("layout_tree", "tree.so");
        host.scan(m_folder->path());
        QCOMPARE(host.plugins().size(), std::size_t(1));
        const PluginInfo& info = host.plugins()[0];
        QCOMPARE(info.state, PluginInfo::State::Found);
        QCOMPARE(info.id, QStringLiteral("org.exitwave.layout_tree"));
        QCOMPARE(info.name, QStringLiteral("Tree"));
        QCOMPARE(info.kind, plugins::PluginKind::Layout);
        QCOMPARE(info.api, plugins::apiVersion);
        QVERIFY(!info.version.isEmpty() && !info.description.isEmpty() && info.failure.isEmpty());
        QVERIFY(host.importers().empty());
        QCOMPARE(host.plugins()[0].state, PluginInfo::State::Found); // asked for another kind
        QCOMPARE(host.layouts().size(), std::size_t(1));
        QCOMPARE(host.plugins()[0].state, PluginInfo::State::Loaded);
        QCOMPARE(host.layouts()[0].plugin->title(), std::string("Tree"));
        host.scan(m_folder->path()); // again: nothing new
        QCOMPARE(host.plugins().size(), std::size_t(1));
    }

    void aFileThatIsNoPluginIsListedWithTheReason()
    {
        QVERIFY(writeFile(path("garbage.so"), "this is not a library"));
        QVERIFY(writeFile(path("empty.so"), {}));
        QVERIFY(writeFile(path("notes.txt"), "not looked at"));
        PluginHost host;
        host.scan(m_folder->path());
        QCOMPARE(host.plugins().size(), std::size_t(2));
        for (const PluginInfo& info : host.plugins()) {
            QCOMPARE(info.state, PluginInfo::State::Failed);
            QVERIFY2(info.failure.contains(QStringLiteral("no plugin")), qPrintable(info.failure));
        }
        QVERIFY(host.layouts().empty() && host.sources().empty());
    }

    void anotherApiVersionIsRefused()
    {
        copyPlugin("layout_tree",
                   "future.so",
                   "\x63"
                   "api\x01",
                   "\x63"
                   "api\x02");
        expectFailure(
            QStringLiteral("version 2 of the plugin interface, this Exitwave has version 1"));
    }

    void anUnknownKindIsRefused()
    {
        copyPlugin("layout_tree", "odd.so", "\x64kind\x66layout", "\x64kind\x66lasagn");
        expectFailure(QStringLiteral("there are source, importer, exporter and layout"));
    }

    void aPluginOfAnotherProgramIsRefused()
    {
        copyPlugin("layout_tree", "other.so", "org.exitwave.Layout/1", "org.painters.Layout/1");
        expectFailure(QStringLiteral("another program"));
    }

    void anotherInterfaceThanItsKindIsRefused()
    {
        copyPlugin("layout_tree", "lies.so", "org.exitwave.Layout/1", "org.exitwave.Layout/9");
        expectFailure(QStringLiteral("org.exitwave.Layout/9"));
    }

    void aMissingSymbolIsAFailureOnLoading()
    {
        copyPlugin("layout_tree", "broken.so", "qt_plugin_instance", "qt_plugin_instanze");
        PluginHost host;
        host.scan(m_folder->path());
        QCOMPARE(host.plugins()[0].state, PluginInfo::State::Found);
        QVERIFY(host.layouts().empty());
        QCOMPARE(host.plugins()[0].state, PluginInfo::State::Failed);
        QVERIFY2(host.plugins()[0].failure.contains(QStringLiteral("cannot be loaded")),
                 qPrintable(host.plugins()[0].failure));
    }

    void ofTwoPluginsWithOneIdTheFirstIsUsed()
    {
        copyPlugin("layout_tree", "a.so");
        copyPlugin("layout_tree", "b.so");
        PluginHost host;
        host.scan(m_folder->path());
        QCOMPARE(host.plugins().size(), std::size_t(2));
        QCOMPARE(host.plugins()[0].state, PluginInfo::State::Found);
        QCOMPARE(host.plugins()[1].state, PluginInfo::State::Failed);
        QVERIFY(host.plugins()[1].failure.contains(QStringLiteral("a.so")));
        QCOMPARE(host.layouts().size(), std::size_t(1));
    }

    void aBadPluginHarmsNoOther()
    {
        QVERIFY(writeFile(path("a_garbage.so"), "x"));
        copyPlugin("layout_tree", "b_broken.so", "qt_plugin_instance", "qt_plugin_instanze");
        copyPlugin("import_ewt", "c.so");
        PluginHost host;
        host.scan(m_folder->path());
        QCOMPARE(host.importers().size(), std::size_t(1));
    }

    void aFolderThatIsNotThereHoldsNothing()
    {
        PluginHost host;
        host.scan(path("nowhere"));
        QVERIFY(host.plugins().empty());
        const auto source = host.openFile(anyFile);
        QVERIFY(!source.ok());
        QVERIFY(source.error().message.find("no importer plugin was found in")
                != std::string::npos);
    }

    void thePathOfTheEnvironmentComesFirst()
    {
        qputenv("EXITWAVE_PLUGIN_PATH", "/one:/two");
        const QStringList folders = PluginHost::standardFolders();
        qunsetenv("EXITWAVE_PLUGIN_PATH");
        QCOMPARE(folders.mid(0, 2), (QStringList{QStringLiteral("/one"), QStringLiteral("/two")}));
        QVERIFY(folders.size() >= 5);
        QVERIFY(folders[3].endsWith(QStringLiteral("/lib/exitwave/plugins")));
    }

    void aTraceIsOpenedByItsContent()
    {
        TraceBuilder build;
        build.crashOfThree();
        QCOMPARE(writeTrace(path("named.oddly"), build.batch), QString());
        PluginHost host;
        host.scan(pluginFolder);
        auto source = host.openFile(path("named.oddly").toStdString());
        QVERIFY2(source.ok(), source.ok() ? "" : source.error().message.c_str());
        QVERIFY(source.value()->start([] {}).ok());
        graph::Timeline timeline;
        QVERIFY(readAll(*source.value(), timeline));
        QCOMPARE(timeline.size(), build.batch.events.size());
    }

    void filesThatCannotBeOpenedAreRefusedInOneSentence_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("content"); // null: no file
        QTest::addColumn<QString>("why");
        QTest::newRow("not there")
            << QStringLiteral("x.ewt") << QString() << QStringLiteral("cannot be read");
        QTest::newRow("empty") << QStringLiteral("x.ewt") << QStringLiteral("")
                               << QStringLiteral("is empty");
        QTest::newRow("foreign") << QStringLiteral("x.png") << QStringLiteral("PNG?")
                                 << QStringLiteral("Exitwave traces (*.ewt)");
    }
    void filesThatCannotBeOpenedAreRefusedInOneSentence()
    {
        QFETCH(QString, name);
        QFETCH(QString, content);
        QFETCH(QString, why);
        if (!content.isNull())
            QVERIFY(writeFile(path(name), content.toUtf8()));
        PluginHost host;
        host.scan(pluginFolder);
        const auto source = host.openFile(path(name).toStdString());
        QVERIFY(!source.ok());
        const QString message = QString::fromStdString(source.error().message);
        QVERIFY2(message.contains(why) && message.contains(name), qPrintable(message));
        QVERIFY(!host.openFile(m_folder->path().toStdString()).ok()); // a folder
    }

    void unknownOffersNameTheKnownOnes()
    {
        PluginHost host;
        host.scan(m_folder->path());
        const auto source = host.openOffer("lesson:nothing", {});
        QVERIFY(!source.ok());
        QVERIFY(source.error().message.find("no source plugin was found") != std::string::npos);
    }

    void exportersAreFoundBySuffix()
    {
        PluginHost host;
        host.scan(pluginFolder);
        QVERIFY(host.exporterFor(".dot") != nullptr);
        QVERIFY(host.exporterFor(".png") == nullptr);
    }

private:
    static constexpr const char* anyFile = EXITWAVE_SOURCE_DIR "/CMakeLists.txt";

    QString path(const QString& name) const { return m_folder->filePath(name); }
    QString path(const char* name) const { return path(QString::fromLatin1(name)); }

    /// A copy of a built plugin in which every `from` is replaced by `to`, of the same length.
    void copyPlugin(const char* plugin,
                    const char* name,
                    const QByteArray& from = {},
                    const QByteArray& to = {})
    {
        QByteArray content = contentOf(pluginFolder + QLatin1Char('/') + QLatin1String(plugin)
                                       + QStringLiteral(".so"));
        QVERIFY(!content.isEmpty());
        QCOMPARE(from.size(), to.size());
        if (!from.isEmpty()) {
            QVERIFY2(content.contains(from), from.constData());
            content.replace(from, to);
        }
        QVERIFY(writeFile(path(name), content));
    }

    void expectFailure(const QString& why)
    {
        PluginHost host;
        host.scan(m_folder->path());
        QCOMPARE(host.plugins().size(), std::size_t(1));
        QCOMPARE(host.plugins()[0].state, PluginInfo::State::Failed);
        QVERIFY2(host.plugins()[0].failure.contains(why), qPrintable(host.plugins()[0].failure));
        QVERIFY(host.layouts().empty());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestPluginHost)
#include "tst_plugin_host.moc"
