// The dialogs that ask for an exit reason or a message before a command is sent.
#pragma once

#include "runtime/term/term.h"

#include <QDialog>
#include <QString>

#include <functional>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace exitwave::views {

/// Asks for one Elixir term, checks it while it is typed, and shows what it will do. Thread: GUI
/// thread.
class TermDialog : public QDialog
{
    Q_OBJECT

public:
    struct Preset
    {
        QString label; ///< ":kill"
        QString term; ///< the text it puts into the line
        QString meaning; ///< tooltip: what it does, in a sentence
    };

    /// `consequence` turns the term typed so far into a sentence for the user ("3 processes would
    /// die: ..."); may be empty.
    TermDialog(const QString& title,
               const QString& prompt,
               const QString& accept,
               const QList<Preset>& presets,
               std::function<QString(const term::Term&)> consequence,
               QWidget* parent = nullptr);

    /// The text to begin with; selected, so that typing replaces it.
    void setText(const QString& text);
    /// The term when the dialog was accepted.
    [[nodiscard]] const term::Term& term() const { return m_term; }

private:
    void check();

    QLineEdit* m_line = nullptr;
    QLabel* m_result = nullptr;
    QPushButton* m_accept = nullptr;
    std::function<QString(const term::Term&)> m_consequence;
    term::Term m_term;
};

} // namespace exitwave::views
