// Lessons as sources of the window.
#include "gui/explain/explain.h"
#include "plugins/api/plugin_host.h"
#include "tests/support/trace_files.h"

#include <QTest>

using namespace exitwave;
using namespace exitwave::testing;

class TestSourceEmbedded : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_host.scan(QStringLiteral(EXITWAVE_PLUGIN_DIR)); }

    void theLessonsAreOffered()
    {
        QStringList ids;
        for (const auto& offer : m_host.offers()) {
            if (offer.offer.group != "Lessons")
                continue;
            QCOMPARE(offer.offer.kind, plugins::OfferKind::Program);
            ids << QString::fromStdString(offer.offer.id);
            QVERIFY(!offer.offer.title.empty() && !offer.offer.summary.empty());
        }
        for (const char* id : {"lesson:isolated", "lesson:linked", "lesson:trapping"})
            QVERIFY2(ids.contains(QString::fromLatin1(id)), id);
    }

    void theLinkedLessonCrashesAndTakesItsParentWithIt_data()
    {
        QTest::addColumn<qulonglong>("seed");
        QTest::newRow("step scheduler") << qulonglong(7);
        QTest::newRow("threads") << qulonglong(0);
    }
    void theLinkedLessonCrashesAndTakesItsParentWithIt()
    {
        QFETCH(qulonglong, seed);
        plugins::SourceOptions options;
        options.seed = seed;
        auto source = m_host.openOffer("lesson:linked", options);
        QVERIFY2(source.ok(), source.ok() ? "" : source.error().message.c_str());
        QVERIFY(source.value()->start([] {}).ok());
        graph::Timeline timeline;
        QVERIFY(readUntil(*source.value(), timeline, [&] {
            const auto graph = timeline.graphAt(timeline.size());
            return graph.deadCount() >= 2 && graph.aliveCount() == 0;
        }));
        const graph::ProcessGraph graph = timeline.graphAt(timeline.size());
        QCOMPARE(graph.crashCount(), 1u);
        QCOMPARE(graph.contradictions(), std::uint64_t(0));
        QCOMPARE(graph.lostEvents(), std::uint64_t(0));
        bool explained = false;
        for (graph::NodeIndex i = 0; i < graph.size(); ++i) {
            if (graph.node(i).death != graph::Death::Victim)
                continue;
            const auto steps = explain::whyDied(graph, timeline.terms(), i);
            QVERIFY(steps.size() >= 3);
            QCOMPARE(steps[0].kind, explain::Step::Kind::Crash);
            QVERIFY(steps[0].text.find("raised RuntimeError “oops”") != std::string::npos);
            explained = true;
        }
        QVERIFY(explained);
        source.value()->stop();
    }

    void anUnknownLessonIsRefusedWithTheKnownOnes()
    {
        const auto source = m_host.openOffer("lesson:unheard_of", {});
        QVERIFY(!source.ok());
        QVERIFY2(source.error().message.find("trapping") != std::string::npos,
                 source.error().message.c_str());
    }

private:
    plugins::PluginHost m_host;
};

QTEST_GUILESS_MAIN(TestSourceEmbedded)
#include "tst_source_embedded.moc"
