// PluginHost: finds the plugins, loads those that are wanted, and keeps what failed with its
// reason.
#pragma once

#include "plugins/api/interfaces.h"
#include "runtime/base/result.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace exitwave::plugins {

/// What a plugin is for; the "kind" in its JSON.
enum class PluginKind : std::uint8_t { Source, Importer, Exporter, Layout };
/// "source", "importer", "exporter", "layout".
[[nodiscard]] const char* pluginKindName(PluginKind kind);

/// One plugin file, as the Plugins dialog lists it. Value type.
struct PluginInfo
{
    enum class State : std::uint8_t {
        Found, ///< its description was read, its code is not loaded yet
        Loaded,
        Failed, ///< see failure
    };
    QString path;
    QString id; ///< "org.exitwave.layout_tree"; the file name when unknown
    QString name; ///< "Tree layout"
    QString version; ///< of the plugin: "0.1.0"
    QString description; ///< one sentence
    PluginKind kind{};
    int api = 0; ///< the apiVersion it was built for; 0 when unknown
    State state = State::Found;
    QString failure; ///< why it is not used, and what to do
};

/// Knows all plugins. Their instances live until the program ends.
///
/// A plugin is a shared library with Q_PLUGIN_METADATA, whose JSON holds id, name, kind, api,
/// version and description. Scanning reads only this JSON: no code of a plugin runs before one of
/// its kind is asked for. A plugin that cannot be used harms nobody: it stays in plugins() with
/// the reason.
/// Thread: GUI thread.
class PluginHost
{
public:
    PluginHost();
    PluginHost(const PluginHost&) = delete;
    PluginHost& operator=(const PluginHost&) = delete;
    ~PluginHost();

    /// Where plugins are looked for, first wins: the folders of EXITWAVE_PLUGIN_PATH, `../plugins`
    /// (build tree) and `../lib/exitwave/plugins` (installed) seen from the program, and the user's
    /// own `exitwave/plugins` below the data folder.
    [[nodiscard]] static QStringList standardFolders();
    /// scan() of every standard folder.
    void scanStandardFolders();
    /// Reads what lies in `folder`; a folder that is not there holds nothing. Of two plugins with
    /// the same id the one found first is used, the other fails. Scanning a file again changes
    /// nothing.
    void scan(const QString& folder);

    /// All plugins found so far, in the order found.
    [[nodiscard]] const std::vector<PluginInfo>& plugins() const;

    /// A usable plugin and its id.
    template<typename Plugin>
    struct Loaded
    {
        QString id;
        Plugin* plugin = nullptr;
    };
    // Each loads what is not loaded yet; in the order of plugins().
    [[nodiscard]] std::vector<Loaded<SourcePlugin>> sources();
    [[nodiscard]] std::vector<Loaded<ImporterPlugin>> importers();
    [[nodiscard]] std::vector<Loaded<ExporterPlugin>> exporters();
    [[nodiscard]] std::vector<Loaded<LayoutPlugin>> layouts();

    /// What all sources offer, with the plugin that opens it.
    struct Offer
    {
        SourceOffer offer;
        SourcePlugin* plugin = nullptr;
    };
    [[nodiscard]] std::vector<Offer> offers();
    /// Opens the offer of this id ("lesson:linked"). Unknown: NotFound, naming what is offered.
    [[nodiscard]] base::Result<std::unique_ptr<trace::EventSource>>
    openOffer(const std::string& offerId, const SourceOptions& options);

    /// Opens a file with the importer that is surest of it by its content, then by its name. Fails
    /// when the file cannot be read or is empty, and for a format that no importer knows, naming
    /// those that are known.
    [[nodiscard]] base::Result<std::unique_ptr<trace::EventSource>>
    openFile(const std::string& path);
    /// The exporter for files of this suffix (".dot"); nullptr when there is none.
    [[nodiscard]] ExporterPlugin* exporterFor(const std::string& suffix);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace exitwave::plugins
