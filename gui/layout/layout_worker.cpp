#include "gui/layout/layout_worker.h"

#include "runtime/base/mutex.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <set>
#include <thread>
#include <utility>
#include <variant>

namespace exitwave::layout {

namespace {

constexpr std::chrono::milliseconds tick{16};
constexpr std::chrono::microseconds stepBudget{6000};
constexpr int blendTicks = 14; // from one algorithm's places to another's
constexpr int settleSteps = 60; // at most, before places are remembered

struct Reset
{
    Topology topology;
};
struct Apply
{
    TopologyChange change;
};
struct Pin
{
    NodeIndex node = graph::noNode;
    std::optional<Point> at;
};
struct SetLayout
{
    std::unique_ptr<Layout> layout;
};
struct Forget
{};
using Order = std::variant<Reset, Apply, Pin, SetLayout, Forget>;

} // namespace

struct LayoutWorker::Private
{
    // Shared: guarded by `mutex`.
    base::Mutex mutex;
    base::CondVar wakeUp;
    std::deque<Order> orders EXITWAVE_GUARDED_BY(mutex);
    std::vector<Point> front EXITWAVE_GUARDED_BY(mutex);
    bool fresh EXITWAVE_GUARDED_BY(mutex) = false;
    bool still EXITWAVE_GUARDED_BY(mutex) = true;
    bool stopping EXITWAVE_GUARDED_BY(mutex) = false;

    // The worker's own.
    std::unique_ptr<Layout> layout;
    Topology topology; // kept for another algorithm, but for its links
    std::set<std::pair<NodeIndex, NodeIndex>> links; // of the topology, as they are now
    std::vector<std::optional<Point>> memory;
    std::map<NodeIndex, Point> pins;
    std::vector<Point> blendFrom;
    int blendStep = blendTicks;
    std::vector<Point> published;
    Wake wake;

    std::thread thread; // last: everything above is there when it starts

    void post(Order order)
    {
        {
            base::MutexLock lock(mutex);
            orders.push_back(std::move(order));
            still = false;
        }
        wakeUp.notifyOne();
    }

    void run();
    bool collect(std::deque<Order>& taken, bool moving, std::chrono::steady_clock::time_point next);
    [[nodiscard]] bool isStopping();
    void execute(Order& order);
    void remember();
    bool moveOn();
    void publish(bool moving);
    void extendTopology(const TopologyChange& change);
};

LayoutWorker::LayoutWorker(std::unique_ptr<Layout> layout, Wake wake)
    : d(std::make_unique<Private>())
{
    d->layout = std::move(layout);
    d->wake = std::move(wake);
    d->thread = std::thread([this] { d->run(); });
}

LayoutWorker::~LayoutWorker()
{
    {
        base::MutexLock lock(d->mutex);
        d->stopping = true;
    }
    d->wakeUp.notifyOne();
    d->thread.join();
}

void LayoutWorker::reset(Topology topology)
{
    d->post(Reset{std::move(topology)});
}

void LayoutWorker::apply(TopologyChange change)
{
    if (!change.births.empty() || !change.deaths.empty() || !change.links.empty())
        d->post(Apply{std::move(change)});
}

void LayoutWorker::pin(NodeIndex node, std::optional<Point> at)
{
    d->post(Pin{node, at});
}

void LayoutWorker::setLayout(std::unique_ptr<Layout> layout)
{
    d->post(SetLayout{std::move(layout)});
}

void LayoutWorker::forget()
{
    d->post(Forget{});
}

bool LayoutWorker::takePositions(std::vector<Point>& out)
{
    base::MutexLock lock(d->mutex);
    if (!d->fresh)
        return false;
    std::swap(out, d->front);
    d->fresh = false;
    return true;
}

bool LayoutWorker::settled() const
{
    base::MutexLock lock(d->mutex);
    return d->still;
}

void LayoutWorker::Private::run()
{
    bool moving = false;
    auto next = std::chrono::steady_clock::now();
    std::deque<Order> taken;
    while (collect(taken, moving, next)) {
        next = std::chrono::steady_clock::now() + tick;
        for (Order& order : taken) {
            if (isStopping())
                return;
            execute(order);
        }
        taken.clear();
        moving = moveOn();
        publish(moving);
    }
}

/// Waits for orders, or, while something moves, for the next tick. False when it is time to end.
bool LayoutWorker::Private::collect(std::deque<Order>& taken,
                                    bool moving,
                                    std::chrono::steady_clock::time_point next)
{
    base::MutexLock lock(mutex);
    if (moving) {
        while (!stopping && wakeUp.waitUntil(mutex, next)) {}
    } else {
        while (!stopping && orders.empty())
            wakeUp.wait(mutex);
    }
    if (stopping)
        return false;
    taken.swap(orders);
    // A reset makes everything but pins, layouts and forgetting before it pointless.
    const auto last = std::find_if(taken.rbegin(), taken.rend(), [](const Order& order) {
        return std::holds_alternative<Reset>(order);
    });
    if (last != taken.rend()) {
        const auto end = std::prev(last.base());
        taken.erase(std::remove_if(taken.begin(),
                                   end,
                                   [](const Order& order) {
                                       return std::holds_alternative<Reset>(order)
                                           || std::holds_alternative<Apply>(order);
                                   }),
                    end);
    }
    return true;
}

bool LayoutWorker::Private::isStopping()
{
    base::MutexLock lock(mutex);
    return stopping;
}

void LayoutWorker::Private::execute(Order& order)
{
    if (auto* reset = std::get_if<Reset>(&order)) {
        remember();
        topology = std::move(reset->topology);
        links.clear();
        links.insert(topology.links.begin(), topology.links.end());
        layout->reset(topology, memory);
        blendStep = blendTicks;
    } else if (auto* apply = std::get_if<Apply>(&order)) {
        extendTopology(apply->change);
        layout->apply(apply->change);
    } else if (auto* pin = std::get_if<Pin>(&order)) {
        if (pin->at)
            pins[pin->node] = *pin->at;
        else
            pins.erase(pin->node);
        layout->pin(pin->node, pin->at);
    } else if (auto* other = std::get_if<SetLayout>(&order)) {
        const auto shown = layout->positions();
        blendFrom.assign(shown.begin(), shown.end());
        blendStep = 0;
        memory.clear();
        layout = std::move(other->layout);
        for (const auto& [node, at] : pins)
            layout->pin(node, at);
        topology.links.assign(links.begin(), links.end());
        layout->reset(topology, {});
    } else {
        topology = {};
        links.clear();
        memory.clear();
        for (const auto& [node, at] : pins)
            layout->pin(node, std::nullopt);
        pins.clear();
        layout->reset(topology, {});
    }
}

/// Notes where every node comes to rest.
void LayoutWorker::Private::remember()
{
    for (int i = 0; i < settleSteps && !isStopping() && layout->step(stepBudget); ++i) {}
    const auto places = layout->positions();
    if (memory.size() < places.size())
        memory.resize(places.size());
    for (std::size_t node = 0; node < places.size(); ++node)
        memory[node] = places[node];
}

void LayoutWorker::Private::extendTopology(const TopologyChange& change)
{
    for (const TopologyChange::Birth& birth : change.births) {
        topology.parent.push_back(birth.parent);
        topology.alive.push_back(1);
    }
    for (const NodeIndex dead : change.deaths) {
        if (dead < topology.alive.size())
            topology.alive[dead] = 0;
    }
    for (const graph::GraphDelta::Link& link : change.links) {
        const std::pair edge{std::min(link.a, link.b), std::max(link.a, link.b)};
        if (link.present)
            links.insert(edge);
        else
            links.erase(edge);
    }
}

/// One step of layout and blending into `published`. True while more is to come.
bool LayoutWorker::Private::moveOn()
{
    const bool moving = layout->step(stepBudget);
    const auto places = layout->positions();
    published.assign(places.begin(), places.end());
    if (blendStep >= blendTicks)
        return moving;
    ++blendStep;
    const float rest = 1.0F - static_cast<float>(blendStep) / static_cast<float>(blendTicks);
    const float old = rest * rest * rest;
    for (std::size_t i = 0; i < std::min(published.size(), blendFrom.size()); ++i) {
        published[i].x += (blendFrom[i].x - published[i].x) * old;
        published[i].y += (blendFrom[i].y - published[i].y) * old;
    }
    return true;
}

void LayoutWorker::Private::publish(bool moving)
{
    {
        base::MutexLock lock(mutex);
        std::swap(front, published);
        fresh = true;
        still = !moving && orders.empty();
    }
    if (wake)
        wake();
}

} // namespace exitwave::layout
