// MainWindow's files: opening, saving, recording, exporting.
#include "gui/views/canvas/canvas_widget.h"
#include "gui/views/window/main_window.h"
#include "gui/views/window/message_bar.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QSaveFile>

#include <spdlog/spdlog.h>

namespace exitwave::views {

namespace {

QString traceFilter()
{
    return MainWindow::tr("Exitwave traces (*.ewt)");
}

/// `path` with `suffix` when the user gave none.
QString withSuffix(const QString& path, const QString& suffix)
{
    return path.isEmpty() || path.endsWith(suffix, Qt::CaseInsensitive) ? path : path + suffix;
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

bool MainWindow::askSave()
{
    const QString path
        = withSuffix(QFileDialog::getSaveFileName(this, tr("Save trace"), {}, traceFilter()),
                     QStringLiteral(".ewt"));
    if (path.isEmpty())
        return false;
    QString error;
    if (!m_session.saveAs(path, &error)) {
        spdlog::error("{}", error.toStdString());
        m_messages->showProblem(error);
        return false;
    }
    m_unsaved = false;
    m_recent.add(path);
    m_messages->showNote(
        tr("Saved %n event(s) to %1.", nullptr, static_cast<int>(m_session.timeline().size()))
            .arg(path));
    return true;
}

void MainWindow::askRecord(bool on)
{
    if (!on) {
        m_session.stopRecording();
        m_messages->showNote(tr("The recording is complete."));
        return;
    }
    const QString path
        = withSuffix(QFileDialog::getSaveFileName(this, tr("Record to"), {}, traceFilter()),
                     QStringLiteral(".ewt"));
    if (!path.isEmpty()) {
        m_session.startRecording(path);
        if (m_session.recording()) {
            m_unsaved = false;
            m_recent.add(path);
        }
    }
    updateTitle(); // the check mark follows the recording, not the click
}

void MainWindow::askExport()
{
    QStringList filters;
    for (const auto& [id, exporter] : m_host.exporters())
        filters << QStringLiteral("%1 (*%2)")
                       .arg(QString::fromStdString(exporter->description()),
                            QString::fromStdString(exporter->suffix()));
    if (filters.isEmpty()) {
        m_messages->showProblem(tr("There is no plugin that exports: see Tools › Plugins."));
        return;
    }
    QString path = QFileDialog::getSaveFileName(
        this, tr("Export this moment"), {}, filters.join(QStringLiteral(";;")));
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path
            = withSuffix(path, QString::fromStdString(m_host.exporters().front().plugin->suffix()));
    plugins::ExporterPlugin* exporter
        = m_host.exporterFor((QStringLiteral(".") + QFileInfo(path).suffix()).toStdString());
    if (exporter == nullptr) {
        m_messages->showProblem(tr("Nothing exports to %1: give the name one of the suffixes %2.")
                                    .arg(path, filters.join(QStringLiteral(", "))));
        return;
    }
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
    const QString path = withSuffix(
        QFileDialog::getSaveFileName(this, tr("Save picture"), {}, tr("PNG pictures (*.png)")),
        QStringLiteral(".png"));
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
    if (!m_unsaved || m_session.timeline().size() == 0)
        return true;
    const auto answer
        = QMessageBox::question(this,
                                tr("Save this trace?"),
                                tr("What was seen of %1 is in no file yet.")
                                    .arg(QString::fromStdString(m_session.info().title)),
                                QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel,
                                QMessageBox::Save);
    if (answer == QMessageBox::Save)
        return askSave();
    return answer == QMessageBox::Discard;
}

} // namespace exitwave::views
