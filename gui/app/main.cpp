// exitwave: the desktop app.
#include "generated/version.h"
#include "gui/app/command_line.h"
#include "gui/app/picture.h"
#include "gui/session/log_model.h"
#include "gui/views/window/main_window.h"
#include "gui/views/window/message_bar.h"
#include "plugins/api/plugin_host.h"

#include <QApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace exitwave::app {

namespace {

bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

/// What Qt has to say goes to our log: people read it there, scripts are not bothered by it.
void logQtMessage(QtMsgType type, const QMessageLogContext&, const QString& text)
{
    const bool bad = type == QtCriticalMsg || type == QtFatalMsg;
    spdlog::log(bad ? spdlog::level::err : spdlog::level::info, "Qt: {}", text.toStdString());
}

CommandLine readArguments(int argc, char** argv)
{
    QCoreApplication reader(argc, argv); // only for its arguments; the real application comes after
    QCoreApplication::setApplicationName(QStringLiteral("exitwave"));
    return readCommandLine(QCoreApplication::arguments());
}

/// To stderr, to the window's log, and to a file that survives a crash.
void startLogging(session::LogModel& model, const QString& level)
{
    auto logger = std::make_shared<spdlog::logger>("exitwave");
    auto console = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    console->set_level(spdlog::level::warn); // the window shows the rest
    logger->sinks().push_back(console);
    logger->sinks().push_back(model.sink());
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    try {
        logger->sinks().push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
            (folder + QStringLiteral("/exitwave.log")).toStdString(), 1 << 20, 2));
    } catch (const spdlog::spdlog_ex& error) {
        logger->warn("no log file: {}", error.what());
    }
    logger->set_level(
        spdlog::level::from_str(level == QLatin1String("warning") ? "warn" : level.toStdString()));
    spdlog::set_default_logger(std::move(logger));
}

/// A picture is the same on every machine, so it neither reads nor writes the user's settings.
std::unique_ptr<QSettings> openSettings(bool picture, const QTemporaryDir& scratch)
{
    if (picture)
        return std::make_unique<QSettings>(scratch.filePath(QStringLiteral("settings.ini")),
                                           QSettings::IniFormat);
    return std::make_unique<QSettings>();
}

/// False when it was refused; the window says why.
bool openWhatWasAsked(views::MainWindow& window, const CommandLine& line)
{
    if (!line.file.isEmpty())
        return window.openFile(line.file);
    return !line.offer.isEmpty() && window.openOffer(line.offer, line.source);
}

/// Goes to the moment of --at once the file is read. Another trace, or one that fails, ends the
/// waiting: what the user opens later stays where it is.
void seekWhenRead(views::MainWindow& window, const graph::Moment& moment)
{
    session::Session& session = window.session();
    auto* waiting = new QObject(&window);
    QObject::connect(&session, &session::Session::timelineReplaced, waiting, &QObject::deleteLater);
    QObject::connect(
        &session, &session::Session::sourceChanged, waiting, [&session, moment, waiting] {
            const trace::SourceState state = session.state();
            if (state != trace::SourceState::Ended && state != trace::SourceState::Failed)
                return;
            session.disconnect(waiting);
            waiting->deleteLater();
            if (state == trace::SourceState::Failed)
                return;
            const auto position = graph::positionOf(moment, session.timeline());
            if (position)
                session.seek(position.value());
            else
                spdlog::warn("{}", position.error().message);
        });
}

int run(const CommandLine& line)
{
    const bool picture = !line.screenshot.isEmpty();
    session::LogModel log;
    startLogging(log, line.logLevel);
    qInstallMessageHandler(logQtMessage);
    const QTemporaryDir scratch;
    const std::unique_ptr<QSettings> settings = openSettings(picture, scratch);
    plugins::PluginHost host;
    host.scanStandardFolders();

    // Before any widget exists: one that was made with another font keeps it.
    views::applyStyle(*qApp, views::themeFor(line.theme.value_or(views::ThemeChoice::System)));
    views::MainWindow window(host, log, *settings);
    if (line.theme)
        window.setThemeForNow(*line.theme);
    if (line.size.isValid())
        window.resize(line.size);
    window.show();
    std::optional<Picture> taker;
    if (picture)
        taker.emplace(window, line.at, line.screenshot);
    if (openWhatWasAsked(window, line) && line.atGiven && !picture)
        seekWhenRead(window, line.at);
    if (picture && !window.messages().text().isEmpty()
        && window.session().state() == trace::SourceState::Idle) {
        std::fprintf(stderr, "exitwave: %s\n", qPrintable(window.messages().text()));
        return 1;
    }
    return QApplication::exec();
}

} // namespace

} // namespace exitwave::app

int main(int argc, char** argv)
{
    using namespace exitwave;
    const app::CommandLine line = app::readArguments(argc, argv);
    if (!app::hasDisplay()) {
        if (line.screenshot.isEmpty()) {
            std::fputs("exitwave: there is no display (DISPLAY and WAYLAND_DISPLAY are not set).\n"
                       "Run it in a desktop session, under xvfb-run, or make a picture: exitwave "
                       "--screenshot OUT.png --lesson linked\n",
                       stderr);
            return 1;
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QCoreApplication::setAttribute(
        Qt::AA_ShareOpenGLContexts); // the canvas keeps its context when its dock or window moves
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("exitwave"));
    QApplication::setApplicationName(QStringLiteral("exitwave"));
    QApplication::setApplicationVersion(
        QString::fromLatin1(versionText.data(), static_cast<qsizetype>(versionText.size())));
    const int code = app::run(line);
    qInstallMessageHandler(nullptr);
    spdlog::shutdown(); // last: the program that was watched still logs while it is taken down
    return code;
}
