#include "plugins/api/plugin_file.h"

#include <QFileInfo>
#include <QJsonObject>
#include <QJsonValue>
#include <QPluginLoader>

#include <array>

namespace exitwave::plugins {

namespace {

struct KindName
{
    PluginKind kind;
    const char* name;
    const char* interfaceId;
};
constexpr std::array<KindName, 4> kinds{{
    {PluginKind::Source, "source", "org.exitwave.Source/1"},
    {PluginKind::Importer, "importer", "org.exitwave.Importer/1"},
    {PluginKind::Exporter, "exporter", "org.exitwave.Exporter/1"},
    {PluginKind::Layout, "layout", "org.exitwave.Layout/1"},
}};

const KindName* findKind(const QString& name)
{
    for (const KindName& kind : kinds) {
        if (name == QLatin1String(kind.name))
            return &kind;
    }
    return nullptr;
}

/// Why a plugin that describes itself like this is not used; "" when it is.
QString refusal(const PluginInfo& info, const QString& kindText, const QString& interfaceId)
{
    if (info.api == 0)
        return QStringLiteral("Its JSON names no api version. Add \"api\": %1.").arg(apiVersion);
    if (info.api != apiVersion)
        return QStringLiteral("It was built for version %1 of the plugin interface, this Exitwave "
                              "has version %2. Build it again.")
            .arg(info.api)
            .arg(apiVersion);
    const KindName* kind = findKind(kindText);
    if (kind == nullptr)
        return QStringLiteral(
                   "Its JSON says kind “%1”; there are source, importer, exporter and layout.")
            .arg(kindText);
    if (interfaceId != QLatin1String(kind->interfaceId))
        return QStringLiteral(
                   "It implements the interface %1, but a plugin of the kind %2 implements %3.")
            .arg(interfaceId, kindText, QLatin1String(kind->interfaceId));
    if (info.name.isEmpty())
        return QStringLiteral("Its JSON names no name.");
    return {};
}

} // namespace

const char* pluginKindName(PluginKind kind)
{
    for (const KindName& entry : kinds) {
        if (entry.kind == kind)
            return entry.name;
    }
    return "";
}

PluginInfo readPluginFile(const QString& path)
{
    PluginInfo info;
    info.path = path;
    info.id = QFileInfo(path).fileName();
    info.state = PluginInfo::State::Failed;

    const QPluginLoader loader(path);
    const QJsonObject file = loader.metaData();
    const QString interfaceId = file.value(QStringLiteral("IID")).toString();
    if (!interfaceId.startsWith(QLatin1String("org.exitwave."))) {
        info.failure = interfaceId.isEmpty()
            ? QStringLiteral("It is no plugin: the file holds no plugin description.")
            : QStringLiteral("It is a plugin of another program: its interface is %1.")
                  .arg(interfaceId);
        return info;
    }
    const QJsonObject json = file.value(QStringLiteral("MetaData")).toObject();
    const auto text = [&](const char* key) { return json.value(QLatin1String(key)).toString(); };
    const QString kindText = text("kind");
    if (const KindName* kind = findKind(kindText))
        info.kind = kind->kind;
    info.name = text("name");
    info.version = text("version");
    info.description = text("description");
    info.api = json.value(QStringLiteral("api")).toInt();
    info.failure = refusal(info, kindText, interfaceId);
    if (text("id").isEmpty()) {
        if (info.failure.isEmpty())
            info.failure = QStringLiteral("Its JSON names no id.");
        return info;
    }
    info.id = text("id");
    if (info.failure.isEmpty())
        info.state = PluginInfo::State::Found;
    return info;
}

} // namespace exitwave::plugins
