// StepList: numbered steps of an explanation, one below the other, joined by a line.
#pragma once

#include "gui/scene/theme.h"

#include <QColor>
#include <QWidget>

#include <vector>

namespace exitwave::views {

/// A causal chain as the inspector shows it. Thread: GUI thread.
class StepList : public QWidget
{
    Q_OBJECT

public:
    struct Item
    {
        QString text; ///< what happened
        QString detail; ///< what it means; may be empty
        scene::Color color; ///< of the numbered circle: crash, link, shield, good news
        quint32 node = 0; ///< selected when the step is clicked
    };

    explicit StepList(QWidget* parent = nullptr);

    void setItems(const std::vector<Item>& items);
    void setTheme(const scene::Theme& theme);
    [[nodiscard]] int count() const { return static_cast<int>(m_items.size()); }

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void nodeClicked(quint32 node);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    struct Row
    {
        QRect text;
        QRect detail;
        int top = 0;
        int bottom = 0;
    };
    [[nodiscard]] std::vector<Row> rowsFor(int width) const;
    [[nodiscard]] int rowAt(const QPoint& point) const;

    std::vector<Item> m_items;
    const scene::Theme* m_theme;
};

} // namespace exitwave::views
