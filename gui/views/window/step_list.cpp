#include "gui/views/window/step_list.h"

#include <QFocusEvent>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QSizePolicy>

namespace exitwave::views {

namespace {

constexpr int badge = 20; // diameter of the numbered circle
constexpr int indent = 32; // where the text begins
constexpr int gap = 12; // between steps

QColor toColor(scene::Color color)
{
    return {color.r, color.g, color.b, color.a};
}

/// The area in which `widget` is scrolled; nullptr without one.
QScrollArea* findScrollArea(const QWidget* widget)
{
    for (QWidget* above = widget->parentWidget(); above != nullptr; above = above->parentWidget()) {
        if (auto* area = qobject_cast<QScrollArea*>(above))
            return area;
    }
    return nullptr;
}

QFont detailFont(QFont font)
{
    font.setPixelSize(12);
    return font;
}

} // namespace

StepList::StepList(QWidget* parent) : QWidget(parent), m_theme(&scene::Theme::darkTheme())
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Explanation, step by step"));
}

void StepList::setItems(const std::vector<Item>& items)
{
    m_items = items;
    QStringList spoken;
    for (const Item& item : items)
        spoken << item.text + QStringLiteral(". ") + item.detail;
    setAccessibleDescription(spoken.join(QLatin1Char('\n')));
    m_current = qMin(m_current, count() - 1);
    updateGeometry();
    update();
}

void StepList::setTheme(const scene::Theme& theme)
{
    m_theme = &theme;
    update();
}

std::vector<StepList::Row> StepList::rowsFor(int width) const
{
    const QFontMetrics text(font());
    const QFontMetrics detail(detailFont(font()));
    const int available = qMax(40, width - indent);
    const auto height = [&](const QFontMetrics& metrics, const QString& words) {
        return words.isEmpty()
            ? 0
            : metrics.boundingRect(0, 0, available, 10'000, Qt::TextWordWrap, words).height();
    };
    std::vector<Row> rows;
    int y = 0;
    for (const Item& item : m_items) {
        Row row;
        row.top = y;
        const int textHeight = qMax(badge, height(text, item.text));
        row.text = QRect(indent, y, available, textHeight);
        row.detail = QRect(indent, y + textHeight + 2, available, height(detail, item.detail));
        row.bottom = row.detail.bottom() + 1;
        y = row.bottom + gap;
        rows.push_back(row);
    }
    return rows;
}

int StepList::heightForWidth(int width) const
{
    const std::vector<Row> rows = rowsFor(width);
    return rows.empty() ? 0 : rows.back().bottom + 4;
}

QSize StepList::sizeHint() const
{
    return {260, heightForWidth(qMax(width(), 260))};
}

int StepList::rowAt(const QPoint& point) const
{
    const std::vector<Row> rows = rowsFor(width());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (point.y() >= rows[i].top && point.y() <= rows[i].bottom)
            return static_cast<int>(i);
    }
    return -1;
}

void StepList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const std::vector<Row> rows = rowsFor(width());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Item& item = m_items[i];
        const Row& row = rows[i];
        const QPointF centre(badge / 2.0 + 1, row.top + badge / 2.0 + 1);
        if (i + 1 < rows.size()) {
            painter.setPen(QPen(toColor(m_theme->hairline), 1));
            painter.drawLine(QPointF(centre.x(), centre.y() + badge / 2.0 + 2),
                             QPointF(centre.x(), rows[i + 1].top - 1.0));
        }
        painter.setPen(QPen(toColor(item.color), 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(centre, badge / 2.0 - 1, badge / 2.0 - 1);
        painter.setFont(detailFont(font()));
        painter.drawText(QRectF(centre.x() - badge, centre.y() - badge / 2.0, 2 * badge, badge),
                         Qt::AlignCenter,
                         QString::number(i + 1));
        painter.setFont(font());
        painter.setPen(toColor(m_theme->text));
        painter.drawText(row.text, Qt::TextWordWrap | Qt::AlignVCenter | Qt::AlignLeft, item.text);
        painter.setFont(detailFont(font()));
        painter.setPen(toColor(m_theme->secondary));
        painter.drawText(row.detail, Qt::TextWordWrap | Qt::AlignTop | Qt::AlignLeft, item.detail);
        if (hasFocus() && static_cast<int>(i) == m_current) {
            painter.setPen(QPen(toColor(m_theme->link), 1, Qt::DashLine));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(
                QRectF(indent - 4, row.top - 1, width() - indent + 3, row.bottom - row.top + 2)
                    .adjusted(0.5, 0.5, -0.5, -0.5));
        }
    }
}

void StepList::mousePressEvent(QMouseEvent* event)
{
    const int row = rowAt(event->pos());
    if (row < 0)
        return;
    goTo(row);
    Q_EMIT nodeClicked(m_items[static_cast<std::size_t>(row)].node);
}

void StepList::goTo(int step)
{
    if (m_items.empty())
        return;
    m_current = qBound(0, step, count() - 1);
    const Item& item = m_items[static_cast<std::size_t>(m_current)];
    setAccessibleName(
        tr("Step %1 of %2: %3. %4")
            .arg(QString::number(m_current + 1), QString::number(count()), item.text, item.detail));
    const Row row = rowsFor(width())[static_cast<std::size_t>(m_current)];
    if (auto* area = findScrollArea(this))
        area->ensureVisible(0, mapTo(area->widget(), QPoint(0, row.bottom)).y());
    update();
}

void StepList::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        goTo(m_current - 1);
        return;
    case Qt::Key_Down:
        goTo(m_current + 1);
        return;
    case Qt::Key_Home:
        goTo(0);
        return;
    case Qt::Key_End:
        goTo(count() - 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            Q_EMIT nodeClicked(m_items[static_cast<std::size_t>(m_current)].node);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void StepList::focusInEvent(QFocusEvent* event)
{
    if (event->reason() != Qt::MouseFocusReason)
        goTo(qMax(0, m_current));
    update();
}

void StepList::focusOutEvent(QFocusEvent*)
{
    update();
}

void StepList::mouseMoveEvent(QMouseEvent* event)
{
    setCursor(rowAt(event->pos()) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

} // namespace exitwave::views
