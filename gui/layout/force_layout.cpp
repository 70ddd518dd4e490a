#include "gui/layout/force_layout.h"

#include "gui/layout/glide.h"
#include "gui/layout/hierarchy.h"
#include "gui/layout/packing.h"
#include "gui/layout/skeleton.h"
#include "gui/layout/slots.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace exitwave::layout {

namespace {

constexpr std::uint32_t none = Skeleton::none;
constexpr std::size_t seedWork = 1'500'000; // bodies times iterations when starting over
constexpr std::size_t seedIterations = 200;
constexpr std::size_t bodiesPerMicrosecond = 8; // about what one core does; sets the work per step

} // namespace

struct ForceLayout::Private
{
    /// What a body knows of its leaves.
    struct Family
    {
        NodeIndex node = graph::noNode; // noNode: the common root
        std::uint32_t slots = 0; // handed out so far
        std::vector<std::uint32_t> freeSlots; // left by leaves that became bodies
        double outwards = 0.0; // direction of slot 0, radians from +y
    };

    std::vector<NodeIndex> parents; // cleaned: a parent stands before its child or is noNode
    std::vector<std::uint32_t> body; // by node; none for leaves
    std::vector<std::uint32_t> slot; // by node; meaningful for leaves
    std::vector<Point> offset; // by node; of a leaf from its body
    std::vector<Family> families; // by body
    std::set<std::pair<NodeIndex, NodeIndex>> links;
    std::vector<std::optional<Point>> remembered;
    std::map<NodeIndex, Point> pins;
    Skeleton skeleton;
    RingSlots slots{1.9F, 1.0F, 1.3F, 2.6F};
    Glide glide;

    [[nodiscard]] std::uint32_t bodyOfParent(NodeIndex node) const
    {
        return parents[node] == graph::noNode ? 0 : body[parents[node]];
    }
    /// The body that moves this node.
    [[nodiscard]] std::uint32_t carrier(NodeIndex node) const
    {
        return body[node] != none ? body[node] : bodyOfParent(node);
    }
    [[nodiscard]] bool remembers(std::size_t node) const
    {
        return node < remembered.size() && remembered[node].has_value();
    }

    /// Radius of the disc that holds a body and its leaves.
    [[nodiscard]] double discOf(const Family& family)
    {
        const bool root = family.node == graph::noNode;
        if (family.slots == 0)
            return root ? 0.0 : 0.6;
        if (family.slots <= 3)
            return 1.2; // a few leaves on one side do not need the whole turn
        return static_cast<double>(slots.ringRadius(family.slots - 1)) + 0.5;
    }

    /// Turns a place by the direction that a family looks in.
    static Point turned(Point at, double by)
    {
        const double c = std::cos(by);
        const double s = std::sin(by);
        return {static_cast<float>(c * at.x + s * at.y), static_cast<float>(c * at.y - s * at.x)};
    }

    [[nodiscard]] Point placeOf(NodeIndex node)
    {
        const auto pin = pins.find(node);
        if (pin != pins.end())
            return pin->second;
        if (body[node] != none)
            return {static_cast<float>(skeleton.x(body[node])),
                    static_cast<float>(skeleton.y(body[node]))};
        const std::uint32_t owner = bodyOfParent(node);
        return {static_cast<float>(skeleton.x(owner)) + offset[node].x,
                static_cast<float>(skeleton.y(owner)) + offset[node].y};
    }

    /// The offset of a leaf from its parent as remembered; nullopt when either is not.
    [[nodiscard]] std::optional<Point> rememberedOffset(NodeIndex leaf) const
    {
        const NodeIndex parent = parents[leaf];
        if (!remembers(leaf) || (parent != graph::noNode && !remembers(parent)))
            return std::nullopt;
        const Point from = parent == graph::noNode ? Point{} : *remembered[parent];
        return Point{remembered[leaf]->x - from.x, remembered[leaf]->y - from.y};
    }

    void giveSlot(NodeIndex leaf)
    {
        Family& family = families[bodyOfParent(leaf)];
        if (const std::optional<Point> at = rememberedOffset(leaf)) {
            offset[leaf] = *at;
            slot[leaf] = static_cast<std::uint32_t>(slots.nearest(turned(*at, -family.outwards)));
            const auto gap
                = std::find(family.freeSlots.begin(), family.freeSlots.end(), slot[leaf]);
            if (gap != family.freeSlots.end())
                family.freeSlots.erase(gap);
            for (; family.slots < slot[leaf]; ++family.slots)
                family.freeSlots.push_back(family.slots);
            family.slots = std::max(family.slots, slot[leaf] + 1);
            return;
        }
        slot[leaf] = takeSlot(family);
        offset[leaf] = turned(slots.at(slot[leaf]), family.outwards);
    }

    std::uint32_t takeSlot(Family& family)
    {
        if (!family.freeSlots.empty()) {
            const std::uint32_t free = family.freeSlots.back();
            family.freeSlots.pop_back();
            return free;
        }
        return family.slots++;
    }

    void seed(const Topology& topology);
    void giveSlots();
    void start();
    void aim(std::uint32_t which);
    void rememberBodies();
    void tieAll();
    void promote(NodeIndex leaf);
    void birth(NodeIndex node, NodeIndex parent);
    void retarget();
};

ForceLayout::ForceLayout() : d(std::make_unique<Private>()) {}
ForceLayout::~ForceLayout() = default;

/// Bodies and slots of a topology, packed but not yet relaxed.
void ForceLayout::Private::seed(const Topology& topology)
{
    const Hierarchy hierarchy = Hierarchy::of(topology.parent);
    parents = hierarchy.parent;
    links.clear();
    links.insert(topology.links.begin(), topology.links.end());
    body.assign(parents.size(), none);
    slot.assign(parents.size(), 0);
    offset.assign(parents.size(), Point{});
    families.assign(1, Family{});
    skeleton.clear();
    for (const NodeIndex node : hierarchy.order) {
        if (hierarchy.isLeaf(node))
            continue;
        body[node] = skeleton.add(bodyOfParent(node), 0.0, 0.0, 0.0);
        families.push_back(Family{node, 0, {}, 0.0});
    }
    for (NodeIndex node = 0; node < parents.size(); ++node) {
        if (body[node] == none)
            ++families[bodyOfParent(node)].slots; // how many; which is decided when all is in place
    }
    for (std::uint32_t i = 0; i < families.size(); ++i)
        skeleton.setRadius(i, discOf(families[i]));
    const std::vector<DiscPlace> places = packDiscs(skeleton.parents(), skeleton.radii());
    for (std::uint32_t i = 1; i < families.size(); ++i)
        skeleton.moveTo(i, places[i].x - places[0].x, places[i].y - places[0].y);
}

/// The remembered leaves first: the others fill the gaps.
void ForceLayout::Private::giveSlots()
{
    for (Family& family : families)
        family.slots = 0;
    for (const bool rememberedOnes : {true, false}) {
        for (NodeIndex node = 0; node < parents.size(); ++node) {
            if (body[node] == none && rememberedOffset(node).has_value() == rememberedOnes)
                giveSlot(node);
        }
    }
}

/// Slot 0 of a body points away from its parent.
void ForceLayout::Private::aim(std::uint32_t which)
{
    const std::uint32_t parent = which == 0 ? none : skeleton.parents()[which];
    if (parent == none || parent == 0)
        return; // downwards
    families[which].outwards = std::atan2(skeleton.x(which) - skeleton.x(parent),
                                          skeleton.y(which) - skeleton.y(parent));
}

void ForceLayout::Private::tieAll()
{
    skeleton.clearTies();
    for (const auto& [a, b] : links) {
        if (a < parents.size() && b < parents.size())
            skeleton.tie(carrier(a), carrier(b));
    }
}

/// Bodies that are remembered stand where they stood; the others stay beside their parent and are
/// warm.
void ForceLayout::Private::rememberBodies()
{
    bool all = true;
    bool any = false;
    for (std::uint32_t i = 1; i < families.size(); ++i) {
        const NodeIndex node = families[i].node;
        all = all && remembers(node);
        any = any || remembers(node);
    }
    if (!any) {
        skeleton.warmAll();
        return;
    }
    std::vector<Point> packed(families.size());
    for (std::uint32_t i = 0; i < families.size(); ++i)
        packed[i] = {static_cast<float>(skeleton.x(i)), static_cast<float>(skeleton.y(i))};
    for (std::uint32_t i = 1; i < families.size(); ++i) {
        const NodeIndex node = families[i].node;
        const std::uint32_t parent = skeleton.parents()[i];
        if (remembers(node))
            skeleton.moveTo(i, remembered[node]->x, remembered[node]->y);
        else
            skeleton.moveTo(i,
                            skeleton.x(parent) + packed[i].x - packed[parent].x,
                            skeleton.y(parent) + packed[i].y - packed[parent].y);
    }
    skeleton.freeze();
    for (std::uint32_t i = 1; i < families.size() && !all; ++i) {
        if (!remembers(families[i].node))
            skeleton.warm(i);
    }
}

void ForceLayout::Private::start()
{
    for (std::uint32_t i = 0; i < families.size(); ++i)
        skeleton.hold(i, i == 0 || pins.count(families[i].node) > 0);
    for (const auto& [node, at] : pins) {
        if (node < body.size() && body[node] != none)
            skeleton.moveTo(body[node], at.x, at.y);
    }
    tieAll();
    const std::size_t iterations
        = std::clamp<std::size_t>(seedWork / skeleton.size(), 4, seedIterations);
    for (std::size_t i = 0; i < iterations && !skeleton.frozen(); ++i)
        skeleton.iterate();
    skeleton.freeze();
    for (std::uint32_t i = 1; i < families.size(); ++i)
        aim(i);
    giveSlots();
}

void ForceLayout::Private::retarget()
{
    for (NodeIndex node = 0; node < glide.size(); ++node)
        glide.setTarget(node, placeOf(node));
    for (auto node = static_cast<NodeIndex>(glide.size()); node < parents.size(); ++node) {
        const Point to = placeOf(node);
        Point from = to;
        if (parents[node] != graph::noNode) {
            const Point at = glide.shown()[parents[node]];
            from = {at.x + (to.x - at.x) * 0.15F, at.y + (to.y - at.y) * 0.15F};
        }
        glide.add(from, to);
    }
}

void ForceLayout::reset(const Topology& topology, std::span<const std::optional<Point>> remembered)
{
    d->remembered.assign(remembered.begin(), remembered.end());
    d->seed(topology);
    d->rememberBodies();
    d->start();
    d->glide.clear();
    for (NodeIndex node = 0; node < d->parents.size(); ++node) {
        const Point to = d->placeOf(node);
        d->glide.add(d->remembers(node) ? *d->remembered[node] : to, to);
    }
}

/// A leaf that starts a process becomes a body where it stands; its slot is free for another.
void ForceLayout::Private::promote(NodeIndex leaf)
{
    const std::uint32_t owner = bodyOfParent(leaf);
    const Point at = remembers(leaf) ? *remembered[leaf] : placeOf(leaf);
    families[owner].freeSlots.push_back(slot[leaf]);
    body[leaf] = skeleton.add(owner, at.x, at.y, 0.6);
    families.push_back(Family{leaf, 0, {}, 0.0});
    skeleton.hold(body[leaf], pins.count(leaf) > 0);
    aim(body[leaf]);
}

void ForceLayout::Private::birth(NodeIndex node, NodeIndex parent)
{
    const bool known = parent < node;
    parents.push_back(known ? parent : graph::noNode);
    body.push_back(none);
    slot.push_back(0);
    offset.push_back({});
    if (known && body[parent] == none)
        promote(parent);
    const std::uint32_t owner = bodyOfParent(node);
    giveSlot(node);
    const double radius = discOf(families[owner]);
    const bool grown = radius > skeleton.radius(owner);
    if (grown)
        skeleton.setRadius(owner, radius);
    // What is remembered has its room already.
    if (!rememberedOffset(node) && (grown || families[owner].slots == 1))
        skeleton.warm(owner);
}

void ForceLayout::apply(const TopologyChange& change)
{
    if (change.births.empty() && change.links.empty())
        return; // the dead keep their places
    for (const TopologyChange::Birth& birth : change.births)
        d->birth(static_cast<NodeIndex>(d->parents.size()), birth.parent);
    for (const graph::GraphDelta::Link& link : change.links) {
        if (link.a >= d->parents.size() || link.b >= d->parents.size())
            continue;
        const std::pair edge{std::min(link.a, link.b), std::max(link.a, link.b)};
        if (link.present)
            d->links.insert(edge);
        else
            d->links.erase(edge);
        const std::uint32_t a = d->carrier(link.a);
        const std::uint32_t b = d->carrier(link.b);
        // Death unlinks: what stands stays. Only a new pull between trees sets bodies in motion.
        if (link.present && a != b && a != 0 && b != 0 && d->skeleton.parents()[a] != b
            && d->skeleton.parents()[b] != a) {
            d->skeleton.warm(a);
            d->skeleton.warm(b);
        }
    }
    d->tieAll();
    d->retarget();
}

bool ForceLayout::step(std::chrono::microseconds budget)
{
    if (!d->skeleton.frozen()) {
        const auto work = static_cast<std::size_t>(std::max<std::int64_t>(budget.count(), 1))
            * bodiesPerMicrosecond;
        const std::size_t iterations = std::clamp<std::size_t>(work / d->skeleton.size(), 1, 30);
        for (std::size_t i = 0; i < iterations && !d->skeleton.frozen(); ++i)
            d->skeleton.iterate();
        d->retarget();
    }
    const bool gliding = d->glide.step();
    return gliding || !d->skeleton.frozen();
}

std::span<const Point> ForceLayout::positions() const
{
    return d->glide.shown();
}

void ForceLayout::pin(NodeIndex node, std::optional<Point> at)
{
    if (at)
        d->pins[node] = *at;
    else
        d->pins.erase(node);
    if (node >= d->parents.size())
        return; // remembered for when it is born
    const std::uint32_t body = d->body[node];
    if (body != none) {
        d->skeleton.hold(body, at.has_value());
        if (at)
            d->skeleton.moveTo(body, at->x, at->y);
        d->skeleton.warm(body);
    }
    d->retarget();
    if (at)
        d->glide.snap(node);
}

} // namespace exitwave::layout
