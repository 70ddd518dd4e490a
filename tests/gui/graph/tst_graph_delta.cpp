// Deltas tell the whole change: who applies them to a mirror sees the graph.
#include "gui/graph/process_graph.h"
#include "tests/support/random_program.h"

#include <QTest>

#include <set>

using namespace exitwave;
using namespace exitwave::testing;
using graph::GraphDelta;
using graph::NodeIndex;

namespace {

/// What a view keeps of a graph when it knows deltas only.
struct Mirror
{
    std::size_t size = 0;
    std::set<NodeIndex> dead;
    std::set<std::pair<NodeIndex, NodeIndex>> links;
    std::set<std::pair<NodeIndex, NodeIndex>> monitors;
    bool consistent = true;

    void apply(const GraphDelta& delta)
    {
        for (const NodeIndex node : delta.born)
            consistent = consistent && node == size++;
        for (const NodeIndex node : delta.died)
            consistent = consistent && dead.insert(node).second;
        for (const auto& link : delta.links) {
            consistent = consistent && link.a < link.b;
            if (link.present)
                consistent = consistent && links.insert({link.a, link.b}).second;
            else
                consistent = consistent && links.erase({link.a, link.b}) == 1;
        }
        for (const auto& monitor : delta.monitors) {
            if (monitor.present)
                consistent = consistent && monitors.insert({monitor.from, monitor.to}).second;
            else
                consistent = consistent && monitors.erase({monitor.from, monitor.to}) == 1;
        }
    }
};

void compare(const Mirror& mirror, const graph::ProcessGraph& graph)
{
    QVERIFY(mirror.consistent);
    QCOMPARE(mirror.size, graph.size());
    QCOMPARE(mirror.dead.size(), std::size_t(graph.deadCount()));
    std::set<std::pair<NodeIndex, NodeIndex>> monitors;
    for (NodeIndex i = 0; i < graph.size(); ++i) {
        for (const graph::Monitor& monitor : graph.node(i).monitors)
            monitors.insert({i, monitor.target});
    }
    QVERIFY(mirror.monitors == monitors);
    const auto edges = graph.linkEdges();
    QVERIFY(mirror.links == std::set(edges.begin(), edges.end()));
}

void follow(const trace::Batch& batch)
{
    trace::TermTable terms;
    terms.add(batch.terms);
    graph::ProcessGraph graph;
    Mirror mirror;
    GraphDelta delta;
    std::size_t index = 0;
    for (const trace::Event& event : batch.events) {
        graph.apply(event, terms, delta);
        if (++index % 50 == 0) { // deltas of many events as well as of one
            mirror.apply(delta);
            delta.clear();
            compare(mirror, graph);
        }
    }
}

} // namespace

class TestGraphDelta : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMirrorOfDeltasIsTheGraph()
    {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            RandomProgram program(seed);
            program.run(3000);
            follow(program.build.batch);
            QVERIFY2(!QTest::currentTestFailed(), qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }

    void aMirrorOfDeltasIsTheGraphForNonsenseToo()
    {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            follow(randomNonsense(seed, 3000));
            QVERIFY2(!QTest::currentTestFailed(), qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
    }

    void appendingKeepsTheOrder()
    {
        GraphDelta first;
        first.born = {0};
        first.links = {{0, 1, true}};
        GraphDelta second;
        second.born = {1};
        second.links = {{0, 1, false}};
        first.append(second);
        QCOMPARE(first.born, (std::vector<NodeIndex>{0, 1}));
        QVERIFY(first.links[0].present && !first.links[1].present);
    }

    void aResetSwallowsWhatCameBefore()
    {
        GraphDelta delta;
        delta.born = {0, 1};
        GraphDelta reset;
        reset.reset = true;
        delta.append(reset);
        QVERIFY(delta.reset && delta.born.empty());
        delta.clear();
        QVERIFY(delta.empty());
    }
};

QTEST_GUILESS_MAIN(TestGraphDelta)
#include "tst_graph_delta.moc"
