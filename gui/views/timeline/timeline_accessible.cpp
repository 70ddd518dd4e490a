#include "gui/views/timeline/timeline_accessible.h"

#include "gui/views/timeline/timeline_widget.h"

#include <QAccessibleWidget>

namespace exitwave::views {

namespace {

/// Owned by QAccessible; lives as long as the widget.
class TimelineAccessible : public QAccessibleWidget, public QAccessibleValueInterface
{
public:
    explicit TimelineAccessible(TimelineWidget* widget)
        : QAccessibleWidget(widget, QAccessible::Slider)
    {
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ValueInterface ? static_cast<QAccessibleValueInterface*>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }
    QString text(QAccessible::Text what) const override
    {
        if (what != QAccessible::Value)
            return QAccessibleWidget::text(what);
        return timeline().stateText().isEmpty()
            ? timeline().timeText()
            : timeline().timeText() + QStringLiteral(", ") + timeline().stateText();
    }

    QVariant currentValue() const override { return timeline().playheadSeconds(); }
    void setCurrentValue(const QVariant& value) override
    {
        timeline().seekSeconds(value.toDouble());
    }
    QVariant minimumValue() const override
    {
        return static_cast<double>(timeline().scale().begin.ns) / 1e9;
    }
    QVariant maximumValue() const override
    {
        return static_cast<double>(timeline().scale().end.ns) / 1e9;
    }
    QVariant minimumStepSize() const override { return 1e-9; }

private:
    TimelineWidget& timeline() const { return *static_cast<TimelineWidget*>(widget()); }
};

QAccessibleInterface* makeAccessible(const QString& /*className*/, QObject* object)
{
    auto* timeline = qobject_cast<TimelineWidget*>(object);
    return timeline ? new TimelineAccessible(timeline) : nullptr;
}

} // namespace

void installTimelineAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
    static_cast<void>(installed);
}

} // namespace exitwave::views
