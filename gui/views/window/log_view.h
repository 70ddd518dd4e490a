// LogView: what Exitwave itself logs.
#pragma once

#include <QWidget>

namespace exitwave::session {
class LogModel;
}

namespace exitwave::views {

/// Thread: GUI thread. The model must outlive it.
class LogView : public QWidget
{
    Q_OBJECT

public:
    explicit LogView(session::LogModel& model, QWidget* parent = nullptr);
};

} // namespace exitwave::views
