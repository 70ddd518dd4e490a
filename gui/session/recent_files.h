// RecentFiles: the traces opened last, remembered between runs.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

class QSettings;

namespace exitwave::session {

/// The newest first, each once, at most `limit`. Thread: GUI thread. The settings must outlive it.
class RecentFiles : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype limit = 10;

    explicit RecentFiles(QSettings& settings, QObject* parent = nullptr);

    /// Absolute paths; files that are gone are among them (a removable disk may come back).
    [[nodiscard]] QStringList paths() const { return m_paths; }

public Q_SLOTS:
    void add(const QString& path);
    void remove(const QString& path);
    void clear();

Q_SIGNALS:
    void changed();

private:
    void store(const QStringList& paths);

    QSettings& m_settings;
    QStringList m_paths;
};

} // namespace exitwave::session
