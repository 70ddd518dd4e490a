// The versioned plugin interfaces: source, importer, exporter, layout.
#pragma once

#include "gui/graph/timeline.h"
#include "gui/layout/layout.h"
#include "runtime/base/result.h"
#include "runtime/trace/event_source.h"

#include <QtPlugin>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace exitwave::plugins {

/// Every plugin's JSON names the api version it was built for; the host refuses any other with a
/// reason.
inline constexpr int apiVersion = 1;

enum class OfferKind : std::uint8_t {
    Program, ///< runs when it is opened, as often as one likes
    RunningNode, ///< runs already; what is seen of it cannot be seen again
};

/// Something the user can connect to or start.
struct SourceOffer
{
    std::string id; ///< given back to open(); stable across runs, e.g. "lesson:linked", "node:4711"
    std::string title; ///< "linked"
    std::string summary; ///< one sentence for the start page
    std::string group; ///< "Lessons", "Running nodes"
    OfferKind kind = OfferKind::Program;

    friend bool operator==(const SourceOffer&, const SourceOffer&) = default;
};

struct SourceOptions
{
    std::int64_t hopDelayNs = 0; ///< slow motion from the start
    std::uint64_t seed = 0; ///< 0 = threaded scheduler
};

/// Live sources. Thread: GUI thread; open and offers return quickly.
class SourcePlugin
{
public:
    virtual ~SourcePlugin() = default;
    [[nodiscard]] virtual std::vector<SourceOffer> offers() = 0;
    /// True when `offerId` is this plugin's to open, whether or not it is offered now
    /// ("node:/path/of/a.sock").
    [[nodiscard]] virtual bool accepts(const std::string& offerId) const = 0;
    /// Makes a source that is not started yet. Error: unknown id, with what is known.
    [[nodiscard]] virtual base::Result<std::unique_ptr<trace::EventSource>>
    open(const std::string& offerId, const SourceOptions& options) = 0;
};

/// Files. Thread: GUI thread; the returned source reads in its own thread.
class ImporterPlugin
{
public:
    virtual ~ImporterPlugin() = default;
    /// File name suffixes with dot, e.g. {".ewt"}, and their description for the open dialog.
    [[nodiscard]] virtual std::vector<std::string> suffixes() const = 0;
    [[nodiscard]] virtual std::string description() const = 0;
    /// 0 (not mine) to 100 (certainly), from the first bytes and the name.
    [[nodiscard]] virtual int confidence(const std::string& fileName,
                                         std::span<const std::byte> head) const = 0;
    [[nodiscard]] virtual base::Result<std::unique_ptr<trace::EventSource>>
    open(const std::string& path) = 0;
};

/// Text or binary out of a moment of a trace. Thread: any one at a time.
class ExporterPlugin
{
public:
    virtual ~ExporterPlugin() = default;
    [[nodiscard]] virtual std::string suffix() const = 0;
    [[nodiscard]] virtual std::string description() const = 0;
    [[nodiscard]] virtual base::Result<std::string> write(const graph::ProcessGraph& graph,
                                                          const trace::TermTable& terms) const = 0;
};

/// Layout algorithms. Thread: GUI thread makes, the layout worker runs.
class LayoutPlugin
{
public:
    virtual ~LayoutPlugin() = default;
    [[nodiscard]] virtual std::string title() const = 0; ///< "Tree"
    [[nodiscard]] virtual std::unique_ptr<layout::Layout> create() const = 0;
};

} // namespace exitwave::plugins

Q_DECLARE_INTERFACE(exitwave::plugins::SourcePlugin, "org.exitwave.Source/1")
Q_DECLARE_INTERFACE(exitwave::plugins::ImporterPlugin, "org.exitwave.Importer/1")
Q_DECLARE_INTERFACE(exitwave::plugins::ExporterPlugin, "org.exitwave.Exporter/1")
Q_DECLARE_INTERFACE(exitwave::plugins::LayoutPlugin, "org.exitwave.Layout/1")
