#include "gui/session/process_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace exitwave::session {

QString processName(const graph::ProcessNode& node, const trace::TermTable& terms)
{
    return QString::fromStdString(graph::shortLabel(node, terms));
}

QString processPid(const graph::ProcessNode& node)
{
    return QString::fromStdString(graph::pidText(node.key));
}

QString processTitle(const graph::ProcessNode& node, const trace::TermTable& terms)
{
    const QString name = processName(node, terms);
    const QString pid = processPid(node);
    return name == pid ? pid : QStringLiteral("%1 (%2)").arg(name, pid);
}

QString stateText(const graph::ProcessNode& node, const trace::TermTable& terms)
{
    return QString::fromStdString(graph::stateWords(node, terms));
}

QString shortReason(const term::Term& reason)
{
    return QString::fromStdString(graph::shortReason(reason));
}

QString processToolTip(const graph::ProcessGraph& graph,
                       graph::NodeIndex node,
                       const trace::TermTable& terms)
{
    const graph::ProcessNode& process = graph.node(node);
    QStringList lines{processTitle(process, terms), stateText(process, terms)};
    const QString call = QString::fromStdString(graph::initialCallText(process, terms));
    const QString place = QString::fromStdString(graph::spawnPlaceText(process, terms));
    if (!call.isEmpty())
        lines << QCoreApplication::translate("ProcessText", "Runs %1").arg(call);
    if (process.parent != graph::noNode) {
        const QString parent = processTitle(graph.node(process.parent), terms);
        lines << (place.isEmpty()
                      ? QCoreApplication::translate("ProcessText", "Spawned by %1").arg(parent)
                      : QCoreApplication::translate("ProcessText", "Spawned by %1 at %2")
                            .arg(parent, place));
    }
    if (process.inferred)
        lines << QCoreApplication::translate("ProcessText", "Its start is not in the trace");
    // The text is plain: a name may contain anything.
    return lines.join(QLatin1Char('\n'))
        .toHtmlEscaped()
        .replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

} // namespace exitwave::session
