// StepList: numbered steps of an explanation, one below the other, joined by a line.
#pragma once

#include "gui/scene/theme.h"

#include <QColor>
#include <QWidget>

#include <vector>

namespace exitwave::views {

/// A causal chain as the inspector shows it. With the keys, Up and Down go from step to step, Home
/// and End to the first and last, Enter selects the step's process. Thread: GUI thread.
class StepList : public QWidget
{
    Q_OBJECT

public:
    struct Item
    {
        QString text; ///< what happened
        QString detail; ///< what it means; may be empty
        scene::Color color; ///< of the numbered circle: crash, link, shield, good news
        quint32 node = 0; ///< selected when the step is clicked or entered
    };

    explicit StepList(QWidget* parent = nullptr);

    void setItems(const std::vector<Item>& items);
    void setTheme(const scene::Theme& theme);
    [[nodiscard]] int count() const { return static_cast<int>(m_items.size()); }

    /// The step that the keys are at; -1 before any key.
    [[nodiscard]] int currentStep() const { return m_current; }

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void nodeClicked(quint32 node);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

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
    void goTo(int step);

    std::vector<Item> m_items;
    int m_current = -1;
    const scene::Theme* m_theme;
};

} // namespace exitwave::views
