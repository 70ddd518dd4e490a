// LogModel and LogSink: what the program logs, as a table of the newest lines.
#pragma once

#include <QAbstractTableModel>
#include <QDateTime>
#include <QString>

#include <spdlog/sinks/base_sink.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace exitwave::session {

/// One line of the log. A value.
struct LogLine
{
    QDateTime time;
    spdlog::level::level_enum level = spdlog::level::off;
    QString logger;
    QString text;
};

/// A spdlog sink that keeps lines until the GUI thread takes them. Any thread logs; at most
/// `capacity` lines wait, what comes on top is counted as dropped. It may outlive the model and the
/// other way round.
class LogSink : public spdlog::sinks::base_sink<std::mutex>
{
public:
    static constexpr std::size_t capacity = 10'000;

    /// What waits, oldest first, and how many were dropped since the last call. Any thread.
    [[nodiscard]] std::vector<LogLine> take(std::uint64_t& dropped);
    /// Called from the logging thread when lines begin to wait; nothing to stop that. Must return
    /// at once and must not log.
    void setWake(std::function<void()> wake);

protected:
    void sink_it_(const spdlog::details::log_msg& message) override;
    void flush_() override {}

private:
    std::vector<LogLine> m_waiting; // guarded by base_sink's mutex_
    std::function<void()> m_wake;
    std::uint64_t m_dropped = 0;
};

/// The newest log lines, at most `limit`; older ones leave and are counted. Thread: GUI thread.
class LogModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, LevelColumn, SourceColumn, TextColumn, ColumnCount };
    enum Role { LevelRole = Qt::UserRole + 1 }; ///< int of spdlog::level::level_enum

    static constexpr std::size_t limit = 10'000;

    explicit LogModel(QObject* parent = nullptr);
    ~LogModel() override;

    /// The sink that feeds this model; add it to loggers: logger->sinks().push_back(model.sink()).
    [[nodiscard]] std::shared_ptr<LogSink> sink() const { return m_sink; }
    /// Lines that are not shown any more or never were.
    [[nodiscard]] std::uint64_t dropped() const { return m_dropped; }
    [[nodiscard]] const LogLine& line(int row) const
    {
        return m_lines[static_cast<std::size_t>(row)];
    }
    void clear();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant
    headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void droppedChanged();

private:
    void takeLines();

    std::shared_ptr<LogSink> m_sink;
    std::deque<LogLine> m_lines;
    std::uint64_t m_dropped = 0;
};

} // namespace exitwave::session
