// The command line of the app `exitwave`.
#pragma once

#include "gui/graph/moment.h"
#include "gui/views/window/app_style.h"
#include "plugins/api/interfaces.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace exitwave::app {

/// What the user asked for. A value.
struct CommandLine
{
    QString offer; ///< what to open at once, "lesson:linked" or "node:demo"; empty = nothing
    QString file; ///< the trace to open; empty = none
    plugins::SourceOptions source;
    QString screenshot; ///< make this picture and leave; empty = an ordinary window
    graph::Moment at; ///< the moment of the picture or to begin with
    bool atGiven = false;
    QSize size; ///< of the window; invalid = as it was last time
    std::optional<views::ThemeChoice> theme;
    QString logLevel = QStringLiteral("info");
};

/// Reads the arguments. Needs a QCoreApplication, but no QApplication: what it reads decides
/// whether a display is needed. For --help and
/// --version it prints and ends the program with 0; for anything it cannot read it says what and
/// how on stderr and ends with 2.
[[nodiscard]] CommandLine readCommandLine(const QStringList& arguments);

} // namespace exitwave::app
