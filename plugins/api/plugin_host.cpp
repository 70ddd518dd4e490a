#include "plugins/api/plugin_host.h"

#include "plugins/api/plugin_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLibrary>
#include <QPluginLoader>
#include <QSet>
#include <QStandardPaths>

#include <algorithm>

namespace exitwave::plugins {

namespace {

constexpr qint64 headBytes = 64 * 1024;

base::Error failure(base::ErrorCode code, const QString& message)
{
    return base::fail(code, message.toStdString());
}

} // namespace

struct PluginHost::Private
{
    std::vector<PluginInfo> infos;
    std::vector<QObject*> instances; // same indices as infos; nullptr while not loaded. Owned by
                                     // Qt: one per file and program
    QSet<QString> paths;
    QStringList folders; // that were scanned, for messages

    void addFile(const QString& path);
    QObject* load(std::size_t index);
    void failed(std::size_t index, const QString& why);

    template<typename Plugin>
    std::vector<Loaded<Plugin>> loadKind(PluginKind kind);
};

void PluginHost::Private::addFile(const QString& path)
{
    const QString real = QFileInfo(path).canonicalFilePath();
    if (real.isEmpty() || paths.contains(real))
        return;
    paths.insert(real);
    PluginInfo info = readPluginFile(real);
    if (info.state != PluginInfo::State::Failed) {
        const auto twin = std::find_if(infos.begin(), infos.end(), [&](const PluginInfo& other) {
            return other.id == info.id && other.state != PluginInfo::State::Failed;
        });
        if (twin != infos.end()) {
            info.state = PluginInfo::State::Failed;
            info.failure = QStringLiteral("The id %1 is already taken by %2, which was found "
                                          "first. Remove one of the two.")
                               .arg(info.id, QDir::toNativeSeparators(twin->path));
        }
    }
    infos.push_back(std::move(info));
    instances.push_back(nullptr);
}

void PluginHost::Private::failed(std::size_t index, const QString& why)
{
    infos[index].state = PluginInfo::State::Failed;
    infos[index].failure = why;
}

/// The instance of a plugin, loaded when it was not; nullptr when it failed.
QObject* PluginHost::Private::load(std::size_t index)
{
    if (infos[index].state != PluginInfo::State::Found)
        return instances[index];
    QPluginLoader loader(infos[index].path);
    // All symbols now: a missing one is a message here, and not the end of the program later. Never
    // unloaded: code of the plugin may still be on some thread's stack.
    loader.setLoadHints(QLibrary::ResolveAllSymbolsHint | QLibrary::PreventUnloadHint);
    QObject* instance = loader.instance();
    if (instance == nullptr) {
        failed(index,
               QStringLiteral("It cannot be loaded: %1. Build it against this version of Exitwave.")
                   .arg(loader.errorString()));
        return nullptr;
    }
    infos[index].state = PluginInfo::State::Loaded;
    instances[index] = instance;
    return instance;
}

template<typename Plugin>
std::vector<PluginHost::Loaded<Plugin>> PluginHost::Private::loadKind(PluginKind kind)
{
    std::vector<Loaded<Plugin>> loaded;
    for (std::size_t i = 0; i < infos.size(); ++i) {
        if (infos[i].kind != kind || infos[i].state == PluginInfo::State::Failed)
            continue;
        QObject* instance = load(i);
        if (instance == nullptr)
            continue;
        if (auto* plugin = qobject_cast<Plugin*>(instance)) {
            loaded.push_back({infos[i].id, plugin});
            continue;
        }
        failed(
            i,
            QStringLiteral(
                "It calls itself a plugin of the kind %1, but does not implement that interface.")
                .arg(QLatin1String(pluginKindName(kind))));
    }
    return loaded;
}

PluginHost::PluginHost() : d(std::make_unique<Private>()) {}

PluginHost::~PluginHost() = default;

QStringList PluginHost::standardFolders()
{
    QStringList folders = qEnvironmentVariable("EXITWAVE_PLUGIN_PATH")
                              .split(QDir::listSeparator(), Qt::SkipEmptyParts);
    const QString program = QCoreApplication::applicationDirPath();
    folders << QDir::cleanPath(program + QStringLiteral("/../plugins"))
            << QDir::cleanPath(program + QStringLiteral("/../lib/exitwave/plugins"));
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    if (!data.isEmpty())
        folders << data + QStringLiteral("/exitwave/plugins");
    return folders;
}

void PluginHost::scanStandardFolders()
{
    for (const QString& folder : standardFolders())
        scan(folder);
}

void PluginHost::scan(const QString& folder)
{
    d->folders << folder;
    const QDir directory(folder);
    for (const QString& name : directory.entryList(QDir::Files, QDir::Name)) {
        if (QLibrary::isLibrary(name))
            d->addFile(directory.filePath(name));
    }
}

const std::vector<PluginInfo>& PluginHost::plugins() const
{
    return d->infos;
}

std::vector<PluginHost::Loaded<SourcePlugin>> PluginHost::sources()
{
    return d->loadKind<SourcePlugin>(PluginKind::Source);
}

std::vector<PluginHost::Loaded<ImporterPlugin>> PluginHost::importers()
{
    return d->loadKind<ImporterPlugin>(PluginKind::Importer);
}

std::vector<PluginHost::Loaded<ExporterPlugin>> PluginHost::exporters()
{
    return d->loadKind<ExporterPlugin>(PluginKind::Exporter);
}

std::vector<PluginHost::Loaded<LayoutPlugin>> PluginHost::layouts()
{
    return d->loadKind<LayoutPlugin>(PluginKind::Layout);
}

std::vector<PluginHost::Offer> PluginHost::offers()
{
    std::vector<Offer> offers;
    for (const auto& source : sources()) {
        for (SourceOffer& offer : source.plugin->offers())
            offers.push_back({std::move(offer), source.plugin});
    }
    return offers;
}

base::Result<std::unique_ptr<trace::EventSource>>
PluginHost::openOffer(const std::string& offerId, const SourceOptions& options)
{
    for (const auto& source : sources()) {
        if (source.plugin->accepts(offerId))
            return source.plugin->open(offerId, options);
    }
    QStringList known;
    for (const Offer& offer : offers())
        known << QString::fromStdString(offer.offer.id);
    return failure(base::ErrorCode::NotFound,
                   QStringLiteral("Nothing called “%1” can be opened. There is: %2.")
                       .arg(QString::fromStdString(offerId),
                            known.isEmpty()
                                ? QStringLiteral("nothing, because no source plugin was found")
                                : known.join(QStringLiteral(", "))));
}

base::Result<std::unique_ptr<trace::EventSource>> PluginHost::openFile(const std::string& path)
{
    const QString name = QString::fromStdString(path);
    QFile file(name);
    if (QFileInfo(name).isDir())
        return failure(base::ErrorCode::InvalidInput,
                       QStringLiteral("%1 is a folder. Give the trace file in it.").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return failure(file.exists() ? base::ErrorCode::Io : base::ErrorCode::NotFound,
                       QStringLiteral("%1 cannot be read: %2.").arg(name, file.errorString()));
    const QByteArray head = file.read(headBytes);
    if (head.isEmpty())
        return failure(base::ErrorCode::Damaged,
                       QStringLiteral("%1 is empty: it holds no trace.").arg(name));

    const auto bytes
        = std::as_bytes(std::span(head.constData(), static_cast<std::size_t>(head.size())));
    ImporterPlugin* best = nullptr;
    int bestConfidence = 0;
    ImporterPlugin* bySuffix = nullptr;
    QStringList known;
    for (const auto& importer : importers()) {
        const int confidence = importer.plugin->confidence(path, bytes);
        if (confidence > bestConfidence) {
            best = importer.plugin;
            bestConfidence = confidence;
        }
        QStringList suffixes;
        for (const std::string& suffix : importer.plugin->suffixes()) {
            suffixes << QStringLiteral("*") + QString::fromStdString(suffix);
            if (bySuffix == nullptr
                && name.endsWith(QString::fromStdString(suffix), Qt::CaseInsensitive))
                bySuffix = importer.plugin;
        }
        known << QStringLiteral("%1 (%2)").arg(
            QString::fromStdString(importer.plugin->description()),
            suffixes.join(QLatin1Char(' ')));
    }
    // An importer that owns the name explains best what is wrong with the content.
    if (best == nullptr)
        best = bySuffix;
    if (best != nullptr)
        return best->open(path);
    if (known.isEmpty())
        return failure(base::ErrorCode::Unsupported,
                       QStringLiteral("%1 cannot be opened: no importer plugin was found in %2.")
                           .arg(name, d->folders.join(QStringLiteral(", "))));
    return failure(base::ErrorCode::Unsupported,
                   QStringLiteral("%1 is in no format that can be opened. These can: %2.")
                       .arg(name, known.join(QStringLiteral(", "))));
}

ExporterPlugin* PluginHost::exporterFor(const std::string& suffix)
{
    for (const auto& exporter : exporters()) {
        if (exporter.plugin->suffix() == suffix)
            return exporter.plugin;
    }
    return nullptr;
}

} // namespace exitwave::plugins
