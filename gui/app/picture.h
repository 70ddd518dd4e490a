// Picture: `exitwave --screenshot`, a picture of the window at one moment, made without a person.
#pragma once

#include "gui/graph/moment.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

namespace exitwave::views {
class MainWindow;
}

namespace exitwave::app {

/// Waits until the moment can be shown, lets the picture come to rest, writes it and ends the
/// program: 0, or 1 with the reason on stderr; also 1, with the picture, when the trace is damaged.
/// A file is read to its end first. A live source is waited for until the moment has come, or until
/// nothing has happened for a second. Thread: GUI thread. The window must outlive it.
class Picture : public QObject
{
    Q_OBJECT

public:
    Picture(views::MainWindow& window,
            graph::Moment moment,
            QString path,
            QObject* parent = nullptr);

private:
    void look();
    [[nodiscard]] bool ready() const;
    void take();
    void fail(const QString& why);

    views::MainWindow& m_window;
    graph::Moment m_moment;
    QString m_path;
    QTimer m_poll;
    std::size_t m_seen = 0; // events at the last look
    int m_quiet = 0; // looks since something happened
    int m_looks = 0;
    QStringList m_damage; // what the session found wrong with the trace
};

} // namespace exitwave::app
