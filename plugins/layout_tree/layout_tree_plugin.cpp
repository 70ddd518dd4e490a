#include "plugins/layout_tree/layout_tree_plugin.h"

#include "gui/layout/tree_layout.h"

namespace exitwave::layout_tree {

std::string LayoutTreePlugin::title() const
{
    return "Tree";
}

std::unique_ptr<layout::Layout> LayoutTreePlugin::create() const
{
    return std::make_unique<layout::TreeLayout>();
}

} // namespace exitwave::layout_tree
