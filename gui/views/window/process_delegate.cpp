#include "gui/views/window/process_delegate.h"

#include "gui/scene/node_style.h"
#include "gui/session/process_table_model.h"
#include "gui/views/canvas/painter_renderer.h"
#include "gui/views/window/app_style.h"

#include <QApplication>
#include <QPainter>

namespace exitwave::views {

namespace {

using Model = session::ProcessTableModel;

constexpr int rowHeight = 26;
constexpr int signWidth = 24; // room for the sign and its shield

QColor toColor(scene::Color color)
{
    return {color.r, color.g, color.b, color.a};
}

} // namespace

ProcessDelegate::ProcessDelegate(QObject* parent)
    : QStyledItemDelegate(parent), m_theme(&scene::Theme::darkTheme())
{
}

QSize ProcessDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(rowHeight);
    if (index.column() == Model::NameColumn)
        size.rwidth() += signWidth + 8;
    return size;
}

void ProcessDelegate::paint(QPainter* painter,
                            const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    if (index.column() == Model::NameColumn) {
        paintName(painter, option, index);
        return;
    }
    QStyleOptionViewItem plain(option);
    initStyleOption(&plain, index);
    if (index.column() == Model::PidColumn) {
        plain.font.setFamily(monoFamily());
        plain.font.setPixelSize(12);
    }
    if (m_brief && index.column() == Model::StateColumn) {
        plain.text = index.data(Model::NoteRole).toString();
        plain.displayAlignment = Qt::AlignVCenter | Qt::AlignRight;
    }
    const bool stressed
        = index.column() == Model::StateColumn && !index.data(Model::AliveRole).toBool();
    const auto look = static_cast<scene::Look>(index.data(Model::LookRole).toInt());
    const scene::Color color = stressed && look != scene::Look::Ended
        ? scene::colorOf(look, *m_theme)
        : m_theme->secondary;
    plain.palette.setColor(QPalette::Text, toColor(color));
    plain.palette.setColor(QPalette::HighlightedText, toColor(color));
    plain.textElideMode = index.column() == Model::PidColumn ? Qt::ElideMiddle : Qt::ElideRight;
    plain.widget->style()->drawControl(QStyle::CE_ItemViewItem, &plain, painter, plain.widget);
}

void ProcessDelegate::paintName(QPainter* painter,
                                const QStyleOptionViewItem& option,
                                const QModelIndex& index) const
{
    QStyleOptionViewItem background(option);
    initStyleOption(&background, index);
    background.text.clear();
    background.icon = {};
    background.widget->style()->drawControl(
        QStyle::CE_ItemViewItem, &background, painter, background.widget);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QPointF centre(option.rect.left() + signWidth / 2.0, option.rect.center().y() + 0.5);
    const scene::Vec2 at{static_cast<float>(centre.x()), static_cast<float>(centre.y())};
    const auto look = static_cast<scene::Look>(index.data(Model::LookRole).toInt());
    paintMark(scene::markOf(look, *m_theme, at, 5.5F), *painter);
    if (index.data(Model::TrapsExitRole).toBool() && index.data(Model::AliveRole).toBool())
        paintMark(scene::shieldMark(*m_theme, at, 5.5F), *painter);

    const QRect text = option.rect.adjusted(signWidth + 2, 0, -4, 0);
    const bool alive = index.data(Model::AliveRole).toBool();
    painter->setPen(toColor(alive ? m_theme->text : m_theme->secondary));
    painter->setFont(option.font);
    const QString name
        = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width());
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft, name);
    if (option.state.testFlag(QStyle::State_HasFocus)
        && !option.state.testFlag(QStyle::State_Selected)) {
        // The keys are here while another process is selected: on the way to the second of a pair.
        painter->setPen(QPen(toColor(m_theme->link), 1, Qt::DashLine));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter->restore();
}

} // namespace exitwave::views
