#include "gui/views/window/message_bar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QTimer>

namespace exitwave::views {

MessageBar::MessageBar(QWidget* parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("messageBar"));
    setAccessibleName(tr("Messages"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 6, 8, 6);
    m_text = new QLabel(this);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QPushButton(tr("Close"), this);
    close->setFlat(true);
    connect(close, &QPushButton::clicked, this, &MessageBar::dismiss);
    row->addWidget(m_text, 1);
    row->addWidget(close);
    hide();
}

void MessageBar::showText(const QString& text, const char* role)
{
    ++m_generation;
    m_text->setProperty("role", QString::fromLatin1(role));
    m_text->style()->unpolish(m_text);
    m_text->style()->polish(m_text);
    m_text->setText(text);
    show();
    // Whoever listens instead of looking does not come by here: the text is announced.
    QAccessibleEvent spoken(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&spoken);
}

void MessageBar::showProblem(const QString& text)
{
    ++m_problems;
    showText(m_problems == 1
                 ? text
                 : tr("%1 (and %n before it, see the log)", nullptr, m_problems - 1).arg(text),
             "error");
}

void MessageBar::showNote(const QString& text)
{
    if (m_problems > 0)
        return; // a problem is not talked over
    showText(text, "secondary");
    QTimer::singleShot(6000, this, [this, generation = m_generation] {
        if (generation == m_generation)
            dismiss();
    });
}

void MessageBar::dismiss()
{
    m_problems = 0;
    hide();
}

QString MessageBar::text() const
{
    return isHidden() ? QString() : m_text->text();
}

} // namespace exitwave::views
