#include "gui/session/sentence.h"

#include <algorithm>

namespace exitwave::session {

QString sentence(const std::string& clause)
{
    QString text = QString::fromStdString(clause).trimmed();
    if (text.isEmpty())
        return text;
    const QString first = text.section(QLatin1Char(' '), 0, 0);
    const bool word = std::all_of(first.begin(), first.end(), [](QChar c) {
        return c.isLetter() || c == QLatin1Char(',') || c == QLatin1Char(':');
    });
    if (word)
        text[0] = text[0].toUpper();
    const QString ends = QStringLiteral(".!?");
    if (!ends.contains(text.back()))
        text += QLatin1Char('.');
    return text;
}

} // namespace exitwave::session
