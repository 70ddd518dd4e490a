#include "plugins/import_ewt/import_ewt_plugin.h"

#include "runtime/trace/file_source.h"
#include "runtime/trace/frame.h"

namespace exitwave::import_ewt {

std::vector<std::string> ImportEwtPlugin::suffixes() const
{
    return {".ewt"};
}

std::string ImportEwtPlugin::description() const
{
    return "Exitwave traces";
}

int ImportEwtPlugin::confidence(const std::string& /*fileName*/,
                                std::span<const std::byte> head) const
{
    const auto version = trace::readPreamble(head);
    if (version.ok())
        return 100;
    switch (version.error().code) {
    case base::ErrorCode::Unsupported:
        return 100; // ours, of another version: nobody else can say so better
    case base::ErrorCode::Damaged:
        return 60; // begins like ours
    default:
        return 0;
    }
}

base::Result<std::unique_ptr<trace::EventSource>> ImportEwtPlugin::open(const std::string& path)
{
    return std::unique_ptr<trace::EventSource>(std::make_unique<trace::FileSource>(path));
}

} // namespace exitwave::import_ewt
