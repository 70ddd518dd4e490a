// MainWindow's files: opening, saving, recording, exporting.
#include "gui/session/session.h"
#include "gui/views/canvas/canvas_widget.h"
#include "gui/views/window/main_window.h"
#include "gui/views/window/message_bar.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QSaveFile>
#include <QUrl>

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace exitwave::views {

namespace {

/// What a file may be: the line of the dialog, and the suffix that goes with it.
struct FileKind
{
    QString filter; ///< "Exitwave traces (*.ewt)"
    QString suffix; ///< ".ewt"
};

FileKind traceKind()
{
    return {MainWindow::tr("Exitwave traces (*.ewt)"), QStringLiteral(".ewt")};
}

bool mayReplace(QWidget* parent, const QString& path)
{
    return QMessageBox::question(parent,
                                 MainWindow::tr("Replace this file?"),
                                 MainWindow::tr("%1 exists already.").arg(path),
                                 QMessageBox::Yes | QMessageBox::No,
                                 QMessageBox::No)
        == QMessageBox::Yes;
}

/// Asks where to write; empty: nowhere. A name without one of the suffixes gets that of the kind
/// that is chosen. The dialog knows only the name as it was typed, so whether a file may be
/// replaced is asked here, of the whole name, and not there.
QString askWhereTo(QWidget* parent, const QString& title, const QList<FileKind>& kinds)
{
    QStringList filters;
    for (const FileKind& kind : kinds)
        filters << kind.filter;
    QFileDialog dialog(parent, title);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setFileMode(QFileDialog::AnyFile);
    dialog.setOption(QFileDialog::DontConfirmOverwrite);
    dialog.setNameFilters(filters);
    while (dialog.exec() == QDialog::Accepted) {
        QString path = dialog.selectedFiles().value(0);
        if (path.isEmpty())
            return {};
        const bool named = std::any_of(kinds.begin(), kinds.end(), [&path](const FileKind& kind) {
            return path.endsWith(kind.suffix, Qt::CaseInsensitive);
        });
        const qsizetype chosen
            = std::max<qsizetype>(filters.indexOf(dialog.selectedNameFilter()), 0);
        if (!named)
            path += kinds.at(chosen).suffix;
        if (!QFileInfo::exists(path) || mayReplace(parent, path))
            return path;
    }
    return {};
}

/// The files of this machine among what is dragged.
QStringList localFiles(const QMimeData& data)
{
    QStringList paths;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

} // namespace

void MainWindow::askOpen()
{
    QStringList filters;
    QStringList all;
    for (const auto& [id, importer] : m_host.importers()) {
        QStringList patterns;
        for (const std::string& suffix : importer->suffixes())
            patterns << QStringLiteral("*") + QString::fromStdString(suffix);
        filters << QStringLiteral("%1 (%2)").arg(QString::fromStdString(importer->description()),
                                                 patterns.join(QLatin1Char(' ')));
        all << patterns;
    }
    filters.prepend(tr("All traces (%1)").arg(all.join(QLatin1Char(' '))));
    filters << tr("All files (*)");
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Open trace"), {}, filters.join(QStringLiteral(";;")));
    if (!path.isEmpty())
        openFile(path);
}

void MainWindow::askSave()
{
    const QString path = askWhereTo(this, tr("Save trace"), {traceKind()});
    if (!path.isEmpty())
        m_session.save(path);
    m_cancelSave->setEnabled(m_session.saving());
}

void MainWindow::showSaveProgress(int percent)
{
    m_cancelSave->setEnabled(m_session.saving());
    if (percent < 100)
        m_messages->showNote(
            tr("Saving, %1 % written. File › Cancel saving stops it.").arg(percent));
}

void MainWindow::showSaved(const QString& path, const QString& error)
{
    m_cancelSave->setEnabled(false);
    if (!error.isEmpty()) {
        spdlog::error("{}", error.toStdString());
        m_messages->showProblem(error);
        return;
    }
    m_recent.add(path);
    m_messages->showNote(tr("Saved to %1.").arg(path));
}

/// Asks where to and waits until it is there: for the last moment of a trace.
bool MainWindow::saveNow()
{
    const QString path = askWhereTo(this, tr("Save trace"), {traceKind()});
    if (path.isEmpty())
        return false;
    QString error;
    const bool saved = m_session.saveAs(path, &error);
    showSaved(path, error);
    return saved;
}

void MainWindow::askRecord(bool on)
{
    if (on) {
        const QString path = askWhereTo(this, tr("Record to"), {traceKind()});
        if (!path.isEmpty()) {
            m_session.startRecording(path);
            if (m_session.recording())
                m_recent.add(path);
        }
    } else {
        m_session.stopRecording();
    }
    updateTitle(); // the check mark follows the recording, not the click
}

/// The rest of a long recording is written after it was stopped, so its end is told when it comes.
void MainWindow::noteRecording()
{
    const bool was = std::exchange(m_recorded, m_session.recording());
    if (was && !m_recorded)
        m_messages->showNote(tr("The recording is complete.")); // never over a problem with it
}

void MainWindow::askExport()
{
    QList<FileKind> kinds;
    for (const auto& [id, exporter] : m_host.exporters()) {
        const QString suffix = QString::fromStdString(exporter->suffix());
        kinds.append({QStringLiteral("%1 (*%2)")
                          .arg(QString::fromStdString(exporter->description()), suffix),
                      suffix});
    }
    if (kinds.isEmpty()) {
        m_messages->showProblem(tr("There is no plugin that exports: see Tools › Plugins."));
        return;
    }
    const QString path = askWhereTo(this, tr("Export this moment"), kinds);
    if (path.isEmpty())
        return;
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&path](const FileKind& known) {
        return path.endsWith(known.suffix, Qt::CaseInsensitive);
    });
    plugins::ExporterPlugin* exporter = m_host.exporterFor(kind->suffix.toStdString());
    const auto text = exporter->write(m_session.graph(), m_session.timeline().terms());
    QSaveFile file(path);
    const bool written = text.ok() && file.open(QIODevice::WriteOnly)
        && file.write(text.value().data(), static_cast<qint64>(text.value().size())) >= 0
        && file.commit();
    if (written)
        m_messages->showNote(tr("Exported to %1.").arg(path));
    else
        m_messages->showProblem(tr("%1 was not written: %2")
                                    .arg(path,
                                         text.ok() ? file.errorString()
                                                   : QString::fromStdString(text.error().message)));
}

void MainWindow::askPicture()
{
    const QString path = askWhereTo(
        this, tr("Save picture"), {{tr("PNG pictures (*.png)"), QStringLiteral(".png")}});
    if (path.isEmpty())
        return;
    if (m_canvas->grabImage().save(path, "PNG"))
        m_messages->showNote(tr("Saved the picture to %1.").arg(path));
    else
        m_messages->showProblem(
            tr("%1 was not written: check that the folder exists and that you may write there.")
                .arg(path));
}

bool MainWindow::mayDiscard()
{
    if (!m_onlyOnce)
        return true;
    if (m_session.recording() || m_session.saving())
        return true; // closing writes what is left
    const std::size_t saved = m_session.savedEvents();
    if (m_session.timeline().size() <= saved)
        return true;
    const QString title = QString::fromStdString(m_session.info().title);
    const auto answer = QMessageBox::question(
        this,
        tr("Save this trace?"),
        saved == 0 ? tr("What was seen of %1 is in no file yet.").arg(title)
                   : tr("What was seen of %1 since it was saved is in no file yet.").arg(title),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel,
        QMessageBox::Save);
    if (answer == QMessageBox::Save)
        return saveNow();
    return answer == QMessageBox::Discard;
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QStringList paths = localFiles(*event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    if (paths.size() > 1) {
        m_messages->showProblem(
            tr("A window shows one trace at a time: drop one file, not %1.").arg(paths.size()));
        return;
    }
    openFile(paths.constFirst());
}

} // namespace exitwave::views
