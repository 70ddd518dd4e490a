#include "plugins/layout_force/layout_force_plugin.h"

#include "gui/layout/force_layout.h"

namespace exitwave::layout_force {

std::string LayoutForcePlugin::title() const
{
    return "Force";
}

std::unique_ptr<layout::Layout> LayoutForcePlugin::create() const
{
    return std::make_unique<layout::ForceLayout>();
}

} // namespace exitwave::layout_force
