// Reads the files that make_golden.exs writes.
#pragma once

#include "runtime/term/term_codec.h"

#include <QByteArray>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <string>
#include <vector>

namespace golden {

/// The objects of a file beside the tests, one a line; empty when it cannot be read.
inline std::vector<QJsonObject> read(const QString& name)
{
    std::vector<QJsonObject> lines;
    QFile file(QStringLiteral(EXITWAVE_SOURCE_DIR "/tests/runtime/term/") + name);
    if (!file.open(QIODevice::ReadOnly))
        return lines;
    while (!file.atEnd())
        lines.push_back(QJsonDocument::fromJson(file.readLine()).object());
    return lines;
}

/// The term in a field that holds hexadecimal digits of its encoding.
inline exitwave::base::Result<exitwave::term::Term> term(const QJsonObject& line, const char* field)
{
    const QByteArray bytes = QByteArray::fromHex(line[QLatin1String(field)].toString().toLatin1());
    const std::string data = bytes.toStdString();
    exitwave::base::ByteReader reader(data);
    return exitwave::term::decodeTerm(reader);
}

/// The text in a field.
inline std::string text(const QJsonObject& line, const char* field)
{
    return line[QLatin1String(field)].toString().toStdString();
}

} // namespace golden
