// HandbookDialog: the user's handbook, the same pages as in resources/handbook.
#pragma once

#include <QDialog>

namespace exitwave::views {

/// Thread: GUI thread. Modeless: it can stay open beside the picture it explains.
class HandbookDialog : public QDialog
{
    Q_OBJECT

public:
    explicit HandbookDialog(QWidget* parent = nullptr);
};

} // namespace exitwave::views
