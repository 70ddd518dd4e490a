#include "gui/session/log_model.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace exitwave::session {

namespace {

QString fromView(spdlog::string_view_t text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

std::vector<LogLine> LogSink::take(std::uint64_t& dropped)
{
    const std::lock_guard<std::mutex> lock(mutex_);
    dropped = std::exchange(m_dropped, 0);
    return std::exchange(m_waiting, {});
}

void LogSink::setWake(std::function<void()> wake)
{
    const std::lock_guard<std::mutex> lock(mutex_);
    m_wake = std::move(wake);
}

void LogSink::sink_it_(const spdlog::details::log_msg& message)
{
    if (m_waiting.size() >= capacity) {
        ++m_dropped;
        return;
    }
    const auto since
        = std::chrono::duration_cast<std::chrono::milliseconds>(message.time.time_since_epoch());
    m_waiting.push_back({QDateTime::fromMSecsSinceEpoch(since.count()),
                         message.level,
                         fromView(message.logger_name),
                         fromView(message.payload)});
    if (m_waiting.size() == 1 && m_wake)
        m_wake();
}

LogModel::LogModel(QObject* parent)
    : QAbstractTableModel(parent), m_sink(std::make_shared<LogSink>())
{
    // Under the sink's lock, like the removal in the destructor: the model is alive whenever this
    // is called.
    m_sink->setWake(
        [this] { QMetaObject::invokeMethod(this, &LogModel::takeLines, Qt::QueuedConnection); });
}

LogModel::~LogModel()
{
    m_sink->setWake({});
}

void LogModel::takeLines()
{
    std::uint64_t dropped = 0;
    std::vector<LogLine> lines = m_sink->take(dropped);
    if (lines.size() > limit) {
        dropped += lines.size() - limit;
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(limit));
    }
    const std::size_t total = m_lines.size() + lines.size();
    if (total > limit) {
        const std::size_t leaving = std::min(total - limit, m_lines.size());
        beginRemoveRows({}, 0, static_cast<int>(leaving) - 1);
        m_lines.erase(m_lines.begin(), m_lines.begin() + static_cast<std::ptrdiff_t>(leaving));
        endRemoveRows();
        dropped += leaving;
    }
    if (!lines.empty()) {
        const int first = static_cast<int>(m_lines.size());
        beginInsertRows({}, first, first + static_cast<int>(lines.size()) - 1);
        std::move(lines.begin(), lines.end(), std::back_inserter(m_lines));
        endInsertRows();
    }
    if (dropped > 0) {
        m_dropped += dropped;
        Q_EMIT droppedChanged();
    }
}

void LogModel::clear()
{
    beginResetModel();
    m_lines.clear();
    m_dropped = 0;
    endResetModel();
    Q_EMIT droppedChanged();
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int LogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int{ColumnCount};
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LogLine& shown = line(index.row());
    if (role == LevelRole)
        return int{shown.level};
    if (role == Qt::ToolTipRole && index.column() == TextColumn)
        return shown.text;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TimeColumn:
        return shown.time.toString(QStringLiteral("HH:mm:ss.zzz"));
    case LevelColumn:
        return fromView(spdlog::level::to_string_view(shown.level));
    case SourceColumn:
        return shown.logger;
    case TextColumn:
        return shown.text;
    default:
        return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case LevelColumn:
        return tr("Level");
    case SourceColumn:
        return tr("Source");
    case TextColumn:
        return tr("Text");
    default:
        return {};
    }
}

} // namespace exitwave::session
