#include "gui/graph/graph_delta.h"

namespace exitwave::graph {

namespace {

template<typename T>
void concat(std::vector<T>& to, const std::vector<T>& from)
{
    to.insert(to.end(), from.begin(), from.end());
}

} // namespace

void GraphDelta::clear()
{
    reset = false;
    born.clear();
    changed.clear();
    died.clear();
    links.clear();
    monitors.clear();
    moments.clear();
}

void GraphDelta::append(const GraphDelta& later)
{
    if (later.reset) {
        *this = later;
        return;
    }
    concat(born, later.born);
    concat(changed, later.changed);
    concat(died, later.died);
    concat(links, later.links);
    concat(monitors, later.monitors);
    concat(moments, later.moments);
}

} // namespace exitwave::graph
