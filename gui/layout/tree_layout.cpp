#include "gui/layout/tree_layout.h"

#include "gui/layout/glide.h"
#include "gui/layout/hierarchy.h"
#include "gui/layout/tidy_tree.h"

#include <map>
#include <utility>

namespace exitwave::layout {

using graph::noNode;

struct TreeLayout::Private
{
    std::vector<NodeIndex> parents;
    std::vector<std::optional<Point>> remembered;
    Hierarchy hierarchy;
    std::vector<Point> places; // of the tree, before pins
    std::map<NodeIndex, Point> pins;
    Glide glide;
    bool keepsPlaces = false; // all nodes so far stand where they were remembered

    [[nodiscard]] bool remembers(std::size_t node) const
    {
        return node < remembered.size() && remembered[node].has_value();
    }

    /// Computes the tree anew; the first process stays where it is.
    void arrange()
    {
        hierarchy = Hierarchy::of(parents);
        std::vector<Point> tree = tidyTree(hierarchy);
        if (!tree.empty()) {
            const Point anchor = places.empty() ? Point{} : places.front();
            const Point moved{anchor.x - tree.front().x, anchor.y - tree.front().y};
            for (Point& point : tree)
                point = {point.x + moved.x, point.y + moved.y};
        }
        places = std::move(tree);
    }

    void keepPlaces()
    {
        hierarchy = Hierarchy::of(parents);
        places.resize(parents.size());
        for (std::size_t node = 0; node < parents.size(); ++node)
            places[node] = *remembered[node];
    }

    /// Where everything is to go: the tree, with what is pinned and all below it moved along.
    [[nodiscard]] std::vector<Point> targets() const
    {
        if (pins.empty())
            return places;
        std::vector<Point> result = places;
        std::vector<Point> moved(places.size());
        for (const NodeIndex node : hierarchy.order) {
            const NodeIndex parent = hierarchy.parent[node];
            const auto pin = pins.find(node);
            if (pin != pins.end())
                moved[node] = {pin->second.x - places[node].x, pin->second.y - places[node].y};
            else if (parent != noNode)
                moved[node] = moved[parent];
            result[node] = {places[node].x + moved[node].x, places[node].y + moved[node].y};
        }
        return result;
    }

    void retarget()
    {
        const std::vector<Point> to = targets();
        for (std::size_t node = 0; node < glide.size(); ++node)
            glide.setTarget(node, to[node]);
        for (std::size_t node = glide.size(); node < to.size(); ++node) {
            // Beside its parent, a little on the way to its place, so that twins do not coincide.
            const NodeIndex parent = hierarchy.parent[node];
            Point start = to[node];
            if (parent != noNode && parent < glide.size()) {
                const Point at = glide.shown()[parent];
                start = {at.x + (to[node].x - at.x) * 0.15F, at.y + (to[node].y - at.y) * 0.15F};
            }
            glide.add(start, to[node]);
        }
    }
};

TreeLayout::TreeLayout() : d(std::make_unique<Private>()) {}
TreeLayout::~TreeLayout() = default;

void TreeLayout::reset(const Topology& topology, std::span<const std::optional<Point>> remembered)
{
    d->parents = topology.parent;
    d->remembered.assign(remembered.begin(), remembered.end());
    d->places.clear();
    d->keepsPlaces = !d->parents.empty();
    for (std::size_t node = 0; node < d->parents.size() && d->keepsPlaces; ++node)
        d->keepsPlaces = d->remembers(node);
    if (d->keepsPlaces)
        d->keepPlaces();
    else
        d->arrange();
    const std::vector<Point> to = d->targets();
    d->glide.clear();
    for (std::size_t node = 0; node < to.size(); ++node)
        d->glide.add(d->remembers(node) ? *d->remembered[node] : to[node], to[node]);
}

void TreeLayout::apply(const TopologyChange& change)
{
    if (change.births.empty())
        return; // the dead keep their places, links have none
    bool foreseen = d->keepsPlaces || d->parents.empty();
    for (const TopologyChange::Birth& birth : change.births) {
        foreseen = foreseen && d->remembers(d->parents.size());
        d->parents.push_back(birth.parent);
    }
    d->keepsPlaces = foreseen;
    if (foreseen)
        d->keepPlaces();
    else
        d->arrange();
    d->retarget();
}

bool TreeLayout::step(std::chrono::microseconds)
{
    return d->glide.step();
}

std::span<const Point> TreeLayout::positions() const
{
    return d->glide.shown();
}

void TreeLayout::pin(NodeIndex node, std::optional<Point> at)
{
    if (at)
        d->pins[node] = *at;
    else
        d->pins.erase(node);
    if (node >= d->parents.size())
        return; // remembered for when it is born
    d->retarget();
    if (at)
        d->glide.snap(node);
}

} // namespace exitwave::layout
