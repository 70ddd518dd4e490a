#include "gui/session/recent_files.h"

#include <QFileInfo>
#include <QSettings>

namespace exitwave::session {

namespace {

const QString key = QStringLiteral("recentFiles");

} // namespace

RecentFiles::RecentFiles(QSettings& settings, QObject* parent)
    : QObject(parent), m_settings(settings), m_paths(settings.value(key).toStringList())
{
}

void RecentFiles::add(const QString& path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList paths = m_paths;
    paths.removeAll(absolute);
    paths.prepend(absolute);
    store(paths.mid(0, limit));
}

void RecentFiles::remove(const QString& path)
{
    QStringList paths = m_paths;
    paths.removeAll(QFileInfo(path).absoluteFilePath());
    store(paths);
}

void RecentFiles::clear()
{
    store({});
}

void RecentFiles::store(const QStringList& paths)
{
    if (paths == m_paths)
        return;
    m_paths = paths;
    m_settings.setValue(key, paths);
    Q_EMIT changed();
}

} // namespace exitwave::session
