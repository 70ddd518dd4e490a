// How long layouts and one frame of the scene take.
#include "gui/layout/force_layout.h"
#include "gui/layout/tree_layout.h"
#include "gui/scene/hit_index.h"
#include "gui/scene/scene.h"
#include "tests/gui/layout/forest.h"
#include "tests/gui/scene/story.h"

#include <benchmark/benchmark.h>

using namespace exitwave;
using layout::NodeIndex;

namespace {

std::uint32_t countOf(const benchmark::State& state)
{
    return static_cast<std::uint32_t>(state.range(0));
}

template<typename Kind>
void layoutFromScratch(benchmark::State& state)
{
    const layout::Topology topology = layout::forest(countOf(state), 1);
    for (auto _ : state) {
        Kind kind;
        kind.reset(topology, {});
        benchmark::DoNotOptimize(kind.positions().data());
    }
}

/// One percent births, until all is still again. Items are steps.
template<typename Kind>
void layoutUnderChurn(benchmark::State& state)
{
    Kind kind;
    kind.reset(layout::forest(countOf(state), 1), {});
    layout::settle(kind);
    std::mt19937 random(1);
    for (auto _ : state) {
        const auto known = static_cast<NodeIndex>(kind.positions().size());
        layout::TopologyChange change;
        for (NodeIndex i = 0; i < countOf(state) / 100; ++i)
            change.births.push_back({known + i, static_cast<NodeIndex>(random()) % known});
        kind.apply(change);
        layout::settle(kind);
    }
}

void sceneFrame(benchmark::State& state)
{
    const layout::Topology topology = layout::forest(countOf(state), 1);
    scene::Story story;
    for (const NodeIndex parent : topology.parent)
        story.spawn(parent);
    const auto positions = scene::treePositions(story.graph);
    scene::SceneInput input;
    input.graph = &story.graph;
    input.terms = &story.terms;
    input.positions = positions;
    input.theme = &scene::Theme::darkTheme();
    input.projection = scene::fitted(positions, {1338, 946});
    scene::Scene scene;
    scene::DrawList list;
    for (auto _ : state) {
        scene.build(input, list);
        benchmark::DoNotOptimize(list.marks.data());
    }
}

void pick(benchmark::State& state)
{
    std::mt19937 random(1);
    std::uniform_real_distribution<float> place(0, 1300);
    std::vector<scene::DrawList::Hit> hits;
    for (NodeIndex i = 0; i < countOf(state); ++i)
        hits.push_back({{place(random), place(random)}, 5, i});
    scene::HitIndex index;
    index.rebuild(hits);
    for (auto _ : state)
        benchmark::DoNotOptimize(index.at({place(random), place(random)}));
}

} // namespace

BENCHMARK_TEMPLATE(layoutFromScratch, layout::TreeLayout)
    ->Arg(1000)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_TEMPLATE(layoutFromScratch, layout::ForceLayout)
    ->Arg(1000)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_TEMPLATE(layoutUnderChurn, layout::TreeLayout)
    ->Arg(1000)
    ->Arg(10'000)
    ->Iterations(20)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_TEMPLATE(layoutUnderChurn, layout::ForceLayout)
    ->Arg(1000)
    ->Arg(10'000)
    ->Iterations(20)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(sceneFrame)->Arg(40)->Arg(1000)->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(pick)->Arg(1000)->Arg(10'000);
BENCHMARK_MAIN();
