// MessageBar: what the user must know now, above the canvas, without stopping anything.
#pragma once

#include <QFrame>
#include <QString>

class QLabel;
class QPushButton;

namespace exitwave::views {

/// Shows the latest message and how many came before it; everything is also in the log. Hidden
/// while there is nothing to say. Thread: GUI thread.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    /// Something was refused, failed or is damaged: stays until it is closed.
    void showProblem(const QString& text);
    /// Good to know: leaves by itself.
    void showNote(const QString& text);
    void dismiss();
    [[nodiscard]] QString text() const;

private:
    void showText(const QString& text, const char* role);

    QLabel* m_text = nullptr;
    int m_problems = 0;
    int m_generation = 0; // so that an old note's timer does not hide a newer message
};

} // namespace exitwave::views
