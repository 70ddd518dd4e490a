#include "gui/layout/packing.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace exitwave::layout {

namespace {

constexpr double gap = 0.3;
constexpr double fullTurn = 2.0 * std::numbers::pi;

double halfAngleSeen(double radius, double distance)
{
    return std::asin(std::min(1.0, radius / distance));
}

/// The disc around a subtree, in the frame of its topmost disc, which looks downwards (+y).
struct Enclosure
{
    double radius = 0.0;
    DiscPlace topmost; // of the topmost disc, relative to the enclosure's centre
};

struct Child
{
    std::uint32_t disc = 0;
    double radius = 0.0; // of its enclosure
    DiscPlace at; // of its enclosure's centre, relative to the parent's disc
};

/// Sets children around a disc of radius `own`: one ring if they fit, else ring after ring.
void setAround(double own, std::span<Child> children)
{
    double inner = own + gap;
    std::size_t begin = 0;
    while (begin < children.size()) {
        double largest = 0.0;
        double angle = 0.0;
        std::size_t end = begin;
        for (; end < children.size(); ++end) {
            const double wider = std::max(largest, children[end].radius);
            double all = 0.0;
            if (wider > largest) {
                for (std::size_t i = begin; i <= end; ++i)
                    all += 2 * halfAngleSeen(children[i].radius + gap / 2, inner + wider);
            } else {
                all = angle + 2 * halfAngleSeen(children[end].radius + gap / 2, inner + largest);
            }
            if (all > fullTurn && end > begin)
                break;
            largest = wider;
            angle = all;
        }
        const double distance = inner + largest;
        // Not all around when a part is enough: children hang below their parent.
        const double room = std::min(fullTurn, angle * 1.25);
        const double stretch = angle > 0.0 ? std::max(1.0, room / angle) : 1.0;
        double direction = -std::min(room, fullTurn) / 2;
        for (std::size_t i = begin; i < end; ++i) {
            const double half = halfAngleSeen(children[i].radius + gap / 2, distance) * stretch;
            direction += half;
            children[i].at = {distance * std::sin(direction), distance * std::cos(direction)};
            direction += half;
        }
        inner = distance + largest + gap;
        begin = end;
    }
}

/// A disc around the own disc (at 0, 0) and the children: not the smallest, but near it.
Enclosure enclose(double own, std::span<const Child> children)
{
    double weight = own * own;
    DiscPlace middle;
    for (const Child& child : children) {
        const double area = child.radius * child.radius;
        middle.x += child.at.x * area;
        middle.y += child.at.y * area;
        weight += area;
    }
    middle = {middle.x / weight, middle.y / weight};
    double radius = std::hypot(middle.x, middle.y) + own;
    for (const Child& child : children)
        radius = std::max(radius,
                          std::hypot(child.at.x - middle.x, child.at.y - middle.y) + child.radius);
    return {radius, {-middle.x, -middle.y}};
}

} // namespace

std::vector<DiscPlace> packDiscs(std::span<const std::uint32_t> parent,
                                 std::span<const double> radius)
{
    const std::size_t count = radius.size();
    std::vector<std::uint32_t> begin(count + 1, 0);
    for (std::size_t i = 1; i < count; ++i)
        ++begin[parent[i] + 1];
    for (std::size_t i = 1; i <= count; ++i)
        begin[i] += begin[i - 1];
    std::vector<Child> children(count > 0 ? count - 1 : 0);
    std::vector<std::uint32_t> next(begin.begin(), begin.end());
    for (std::size_t i = 1; i < count; ++i)
        children[next[parent[i]]++].disc = static_cast<std::uint32_t>(i);

    std::vector<Enclosure> enclosures(count);
    for (std::size_t i = count; i > 0; --i) {
        const std::size_t disc = i - 1;
        const auto own = std::span(children).subspan(begin[disc], begin[disc + 1] - begin[disc]);
        for (Child& child : own)
            child.radius = enclosures[child.disc].radius;
        setAround(radius[disc], own);
        enclosures[disc] = enclose(radius[disc], own);
    }

    std::vector<DiscPlace> places(count);
    std::vector<double> turn(count, 0.0); // of the frame of each disc
    for (std::size_t disc = 0; disc < count; ++disc) {
        const double c = std::cos(turn[disc]);
        const double s = std::sin(turn[disc]);
        for (std::uint32_t i = begin[disc]; i < begin[disc + 1]; ++i) {
            const Child& child = children[i];
            const DiscPlace center{places[disc].x + c * child.at.x - s * child.at.y,
                                   places[disc].y + s * child.at.x + c * child.at.y};
            // The child's frame looks away from its parent.
            const double outwards
                = -std::atan2(center.x - places[disc].x, center.y - places[disc].y);
            const DiscPlace topmost = enclosures[child.disc].topmost;
            turn[child.disc] = outwards;
            places[child.disc]
                = {center.x + std::cos(outwards) * topmost.x - std::sin(outwards) * topmost.y,
                   center.y + std::sin(outwards) * topmost.x + std::cos(outwards) * topmost.y};
        }
    }
    return places;
}

} // namespace exitwave::layout
