// Traces as text against graphs as text: tests/golden/NAME.trace.txt gives NAME.graph.txt.
// UPDATE_GOLDEN=1 writes what the code says now; read the difference before you commit it.
#include "gui/graph/graph_text.h"
#include "gui/graph/timeline.h"
#include "runtime/trace/event_text.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace exitwave;

namespace {

QString goldenFolder()
{
    return QStringLiteral(EXITWAVE_SOURCE_DIR "/tests/golden/");
}

/// The graph after the first crash, if there is one, and at the end.
std::string picture(const graph::Timeline& timeline)
{
    std::string text;
    if (!timeline.crashes().empty())
        text += "-- after the first crash\n"
            + graph::graphText(timeline.graphAt(timeline.crashes().front() + 1), timeline.terms());
    return text + "-- at the end\n"
        + graph::graphText(timeline.graphAt(timeline.size()), timeline.terms());
}

} // namespace

class TestGoldenGraphs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTraceGivesTheGraph_data()
    {
        QTest::addColumn<QString>("name");
        const auto files = QDir(goldenFolder())
                               .entryList({QStringLiteral("*.trace.txt")}, QDir::Files, QDir::Name);
        QVERIFY2(files.size() >= 3, "the golden files are gone");
        for (const QString& file : files)
            QTest::newRow(qPrintable(file)) << file.chopped(int(qstrlen(".trace.txt")));
    }
    void theTraceGivesTheGraph()
    {
        QFETCH(QString, name);
        QFile input(goldenFolder() + name + QStringLiteral(".trace.txt"));
        QVERIFY(input.open(QIODevice::ReadOnly));
        trace::Batch batch;
        trace::TermId lastTerm;
        for (const QByteArray& line : input.readAll().split('\n')) {
            const auto parsed = trace::parseEventText(
                std::string_view(line.constData(), static_cast<std::size_t>(line.size())),
                lastTerm,
                batch);
            QVERIFY2(parsed.ok(), parsed.ok() ? "" : parsed.error().message.c_str());
        }
        graph::Timeline timeline;
        timeline.append(batch);
        const QByteArray actual = QByteArray::fromStdString(picture(timeline));

        QFile golden(goldenFolder() + name + QStringLiteral(".graph.txt"));
        if (qEnvironmentVariableIntValue("UPDATE_GOLDEN") == 1) {
            QVERIFY(golden.open(QIODevice::WriteOnly));
            golden.write(actual);
            QSKIP("golden file written");
        }
        QVERIFY2(golden.open(QIODevice::ReadOnly),
                 "no golden file: run with UPDATE_GOLDEN=1 and read what it wrote");
        QCOMPARE(QString::fromUtf8(actual), QString::fromUtf8(golden.readAll()));
    }
};

QTEST_GUILESS_MAIN(TestGoldenGraphs)
#include "tst_golden_graphs.moc"
