#include "gui/app/command_line.h"

#include "generated/version.h"

#include <QCommandLineParser>
#include <QRegularExpression>

#include <cstdio>
#include <cstdlib>

namespace exitwave::app {

namespace {

[[noreturn]] void refuse(const QString& message)
{
    std::fprintf(stderr, "exitwave: %s\nTry: exitwave --help\n", qPrintable(message));
    std::exit(2);
}

[[noreturn]] void tell(const QString& text)
{
    std::fputs(qPrintable(text), stdout);
    std::exit(0);
}

QSize readSize(const QString& text)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{2,5})x(\\d{2,5})$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        refuse(QStringLiteral("--size takes WIDTHxHEIGHT in pixels, such as 1600x1000, not \"%1\".")
                   .arg(text));
    const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
    if (size.width() < 320 || size.height() < 240 || size.width() > 16384 || size.height() > 16384)
        refuse(QStringLiteral("--size must lie between 320x240 and 16384x16384, not \"%1\".")
                   .arg(text));
    return size;
}

quint64 readNumber(const QCommandLineParser& parser, const QString& option)
{
    if (!parser.isSet(option))
        return 0;
    bool ok = false;
    const quint64 value = parser.value(option).toULongLong(&ok);
    if (!ok)
        refuse(QStringLiteral("--%1 takes a whole number that is not negative, not \"%2\".")
                   .arg(option, parser.value(option)));
    return value;
}

void addOptions(QCommandLineParser& parser)
{
    using Option = QCommandLineOption;
    parser.setApplicationDescription(QStringLiteral(
        "Shows live processes, links and exit signals: why a process died, and who dies next.\n"
        "Without arguments it offers lessons, running nodes and traces to open."));
    parser.addPositionalArgument(QStringLiteral("file"),
                                 QStringLiteral("The trace to open (.ewt)."),
                                 QStringLiteral("[FILE]"));
    parser.addOptions({
        Option(QStringLiteral("open"), QStringLiteral("Open this trace."), QStringLiteral("FILE")),
        Option(QStringLiteral("lesson"),
               QStringLiteral("Run a lesson: isolated, linked or trapping."),
               QStringLiteral("NAME")),
        Option(QStringLiteral("node"),
               QStringLiteral("Watch the running node of this name."),
               QStringLiteral("NAME")),
        Option(QStringLiteral("seed"),
               QStringLiteral("Run the lesson on the step scheduler with this seed."),
               QStringLiteral("N")),
        Option(QStringLiteral("slow"),
               QStringLiteral("Run the lesson with this delay per signal hop."),
               QStringLiteral("MS")),
        Option(QStringLiteral("screenshot"),
               QStringLiteral("Make a picture of the window and leave; needs no display."),
               QStringLiteral("OUT.png")),
        Option(QStringLiteral("at"),
               QStringLiteral("The moment to show: a number of events, a time such as 1.5s or "
                              "300ms, crash or end."),
               QStringLiteral("MOMENT")),
        Option(QStringLiteral("size"),
               QStringLiteral("Size of the window in pixels."),
               QStringLiteral("WxH")),
        Option(QStringLiteral("theme"),
               QStringLiteral("light, dark or system."),
               QStringLiteral("NAME")),
        Option(QStringLiteral("log-level"),
               QStringLiteral("trace, debug, info, warning, error or off."),
               QStringLiteral("LEVEL")),
    });
    parser.addHelpOption();
    parser.addVersionOption();
}

void readWhatToOpen(const QCommandLineParser& parser, CommandLine& line)
{
    const QStringList files = parser.positionalArguments() + parser.values(QStringLiteral("open"));
    if (files.size() > 1)
        refuse(QStringLiteral("one window shows one trace: give one file, not %1 (%2).")
                   .arg(files.size())
                   .arg(files.join(QStringLiteral(", "))));
    line.file = files.value(0);
    if (parser.isSet(QStringLiteral("lesson")))
        line.offer = QStringLiteral("lesson:") + parser.value(QStringLiteral("lesson"));
    if (parser.isSet(QStringLiteral("node")))
        line.offer = QStringLiteral("node:") + parser.value(QStringLiteral("node"));
    const int asked = int(parser.isSet(QStringLiteral("lesson")))
        + int(parser.isSet(QStringLiteral("node"))) + int(!line.file.isEmpty());
    if (asked > 1)
        refuse(QStringLiteral(
            "a lesson, a node and a trace cannot be shown in one window: give one of them."));
    line.source.seed = readNumber(parser, QStringLiteral("seed"));
    const quint64 slow = readNumber(parser, QStringLiteral("slow"));
    if (slow > 60'000)
        refuse(QStringLiteral("--slow is at most 60000 milliseconds per hop."));
    line.source.hopDelayNs = static_cast<std::int64_t>(slow) * 1'000'000;
}

} // namespace

CommandLine readCommandLine(const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(arguments))
        refuse(parser.errorText());
    if (parser.isSet(QStringLiteral("help")))
        tell(parser.helpText());
    if (parser.isSet(QStringLiteral("version")))
        tell(QStringLiteral("exitwave %1\n")
                 .arg(QString::fromLatin1(versionText.data(), qsizetype(versionText.size()))));

    CommandLine line;
    readWhatToOpen(parser, line);
    line.screenshot = parser.value(QStringLiteral("screenshot"));
    if (parser.isSet(QStringLiteral("screenshot")) && line.screenshot.isEmpty())
        refuse(QStringLiteral("--screenshot needs the name of the picture to write."));
    if (parser.isSet(QStringLiteral("size")))
        line.size = readSize(parser.value(QStringLiteral("size")));
    line.atGiven = parser.isSet(QStringLiteral("at"));
    if (line.atGiven) {
        const auto moment = graph::parseMoment(parser.value(QStringLiteral("at")).toStdString());
        if (!moment)
            refuse(QString::fromStdString(moment.error().message) + QLatin1Char('.'));
        line.at = moment.value();
    }
    const QString theme = parser.value(QStringLiteral("theme"));
    if (!theme.isEmpty()) {
        line.theme = views::themeChoiceFrom(theme);
        if (views::themeChoiceName(*line.theme) != theme)
            refuse(QStringLiteral("--theme is light, dark or system, not \"%1\".").arg(theme));
    }
    if (parser.isSet(QStringLiteral("log-level")))
        line.logLevel = parser.value(QStringLiteral("log-level"));
    static const QStringList levels{QStringLiteral("trace"),
                                    QStringLiteral("debug"),
                                    QStringLiteral("info"),
                                    QStringLiteral("warning"),
                                    QStringLiteral("error"),
                                    QStringLiteral("off")};
    if (!levels.contains(line.logLevel))
        refuse(QStringLiteral("--log-level is one of %1, not \"%2\".")
                   .arg(levels.join(QStringLiteral(", ")), line.logLevel));
    return line;
}

} // namespace exitwave::app
