#include "gui/views/window/command_dialogs.h"

#include "runtime/term/term_parser.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace exitwave::views {

TermDialog::TermDialog(const QString& title,
                       const QString& prompt,
                       const QString& accept,
                       const QList<Preset>& presets,
                       std::function<QString(const term::Term&)> consequence,
                       QWidget* parent)
    : QDialog(parent), m_consequence(std::move(consequence))
{
    setWindowTitle(title);
    setMinimumWidth(440);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);

    auto* label = new QLabel(prompt, this);
    label->setWordWrap(true);
    column->addWidget(label);
    m_line = new QLineEdit(this);
    m_line->setObjectName(QStringLiteral("term"));
    m_line->setProperty("role", QStringLiteral("mono"));
    m_line->setAccessibleName(title);
    label->setBuddy(m_line);
    column->addWidget(m_line);

    auto* row = new QHBoxLayout;
    for (const Preset& preset : presets) {
        auto* button = new QPushButton(preset.label, this);
        button->setToolTip(preset.meaning);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, text = preset.term] { setText(text); });
        row->addWidget(button);
    }
    row->addStretch(1);
    column->addLayout(row);

    m_result = new QLabel(this);
    m_result->setObjectName(QStringLiteral("consequence"));
    m_result->setWordWrap(true);
    m_result->setMinimumHeight(56);
    m_result->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    column->addWidget(m_result, 1);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(accept, QDialogButtonBox::AcceptRole);
    m_accept->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    connect(m_line, &QLineEdit::textChanged, this, &TermDialog::check);
    check();
}

void TermDialog::setText(const QString& text)
{
    m_line->setText(text);
    m_line->selectAll();
    m_line->setFocus();
}

void TermDialog::check()
{
    const auto parsed = term::parseTerm(m_line->text().toStdString());
    m_accept->setEnabled(parsed.ok());
    const bool wrong = !parsed.ok() && !m_line->text().trimmed().isEmpty();
    m_result->setProperty("role", wrong ? QStringLiteral("error") : QStringLiteral("secondary"));
    m_result->setStyleSheet(styleSheet()); // the property chooses the colour: look again
    if (parsed.ok()) {
        m_term = parsed.value();
        m_result->setText(m_consequence ? m_consequence(m_term) : QString());
    } else if (wrong) {
        m_result->setText(QString::fromStdString(parsed.error().message));
    } else {
        m_result->setText(
            tr("An Elixir term, for example :boom, {:shutdown, :bye}, \"text\" or [1, 2]."));
    }
}

} // namespace exitwave::views
