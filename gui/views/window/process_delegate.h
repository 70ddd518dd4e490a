// ProcessDelegate: draws a process's sign before its name, as on the canvas, and what there is to
// note about it.
#pragma once

#include "gui/scene/theme.h"

#include <QStyledItemDelegate>

namespace exitwave::views {

/// For views of ProcessTableModel. Thread: GUI thread.
class ProcessDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit ProcessDelegate(QObject* parent = nullptr);

    void setTheme(const scene::Theme& theme) { m_theme = &theme; }
    /// True: the state column shows only what is to be noted ("oops", "EXIT ×1"), at its right end.
    void setBrief(bool brief) { m_brief = brief; }
    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

private:
    void paintName(QPainter* painter,
                   const QStyleOptionViewItem& option,
                   const QModelIndex& index) const;

    const scene::Theme* m_theme;
    bool m_brief = false;
};

} // namespace exitwave::views
