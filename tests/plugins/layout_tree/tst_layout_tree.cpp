// The tree layout as a plugin.
#include "plugins/api/plugin_host.h"
#include "tests/support/trace_builder.h"

#include <QTest>

#include <cmath>

using namespace exitwave;
using namespace exitwave::testing;

class TestLayoutTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itPlacesEveryProcess()
    {
        plugins::PluginHost host;
        host.scan(QStringLiteral(EXITWAVE_PLUGIN_DIR));
        plugins::LayoutPlugin* plugin = nullptr;
        for (const auto& layout : host.layouts()) {
            if (layout.id == QStringLiteral("org.exitwave.layout_tree"))
                plugin = layout.plugin;
        }
        QVERIFY(plugin != nullptr);
        QCOMPARE(plugin->title(), std::string("Tree"));

        TraceBuilder build;
        build.crashOfThree(); // 2 and 3 are children of 1
        trace::TermTable terms;
        terms.add(build.batch.terms);
        graph::ProcessGraph graph;
        graph::GraphDelta delta;
        for (const auto& event : build.batch.events)
            graph.apply(event, terms, delta);
        const auto layout = plugin->create();
        layout->reset(layout::Topology::of(graph), {});
        for (int i = 0; i < 2000 && layout->step(std::chrono::microseconds(1000)); ++i) {}
        const auto positions = layout->positions();
        QCOMPARE(positions.size(), std::size_t(3));
        for (const layout::Point& point : positions)
            QVERIFY(std::isfinite(point.x) && std::isfinite(point.y));
        QVERIFY(!(positions[1] == positions[2]));
        QVERIFY(positions[1].y > positions[0].y); // children below
    }
};

QTEST_GUILESS_MAIN(TestLayoutTree)
#include "tst_layout_tree.moc"
