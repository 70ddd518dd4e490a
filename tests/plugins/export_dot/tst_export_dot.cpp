// The exporter of DOT.
#include "plugins/api/plugin_host.h"
#include "tests/support/trace_builder.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace exitwave;
using namespace exitwave::testing;

class TestExportDot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_host.scan(QStringLiteral(EXITWAVE_PLUGIN_DIR));
        m_exporter = m_host.exporterFor(".dot");
        QVERIFY(m_exporter != nullptr);
    }

    void everyStateHasItsShape()
    {
        TraceBuilder build;
        build.crashOfThree();
        build.spawn(4, 3, "Demo.Supervisor");
        build.spawn(5, 4, "killed");
        build.signal(20, 0, 5, term::atoms::kill, trace::SignalOrigin::Kill);
        build.exit(5, term::atoms::killed, trace::ExitKind::Kill, 20);
        build.spawn(6, 4, "ended");
        build.exit(6, term::atoms::normal, trace::ExitKind::Returned);
        build.monitor(4, 3, 1);
        build.link(3, 4);
        build.signal(21, 4, 3, term::Term::atom("boom"), trace::SignalOrigin::ExitCall);
        const QString dot = dotOf(build);
        expectLine(dot,
                   "n0 [label=\"worker 1\\n#PID<0.1.0>\\ncrashed: oops\", shape=doubleoctagon");
        expectLine(
            dot,
            "n1 [label=\"worker 2\\n#PID<0.2.0>\\ndied of an exit signal: oops\", shape=octagon");
        expectLine(
            dot, "n2 [label=\"worker 3\\n#PID<0.3.0>\\ntraps exits\", shape=ellipse, style=filled");
        expectLine(dot, "n3 [label=\"Demo.Supervisor\\n#PID<0.4.0>\", shape=box");
        expectLine(dot, "n4 [label=\"killed\\n#PID<0.5.0>\\nkilled\", shape=diamond");
        expectLine(
            dot, "n5 [label=\"ended\\n#PID<0.6.0>\\nended: normal\", shape=ellipse, style=dashed");
        expectLine(dot, "n0 -> n1;");
        expectLine(dot, "n2 -> n3 [style=dashed, dir=none");
        expectLine(dot, "n3 -> n2 [style=dotted");
        expectLine(dot, "n3 -> n2 [style=bold");
        QVERIFY(dot.contains(QStringLiteral("label=\"EXIT :boom\"")));
    }

    void labelsAreEscaped()
    {
        TraceBuilder build;
        build.spawn(1, 0, "a \"quoted\" \\ name\nof two lines");
        const QString dot = dotOf(build);
        expectLine(dot, "n0 [label=\"a \\\"quoted\\\" \\\\ name of two lines\\n#PID<0.1.0>\"");
    }

    void everyLineIsAStatement()
    {
        TraceBuilder build;
        build.crashOfThree();
        build.signal(50, 0, 3, raised("\"}; graph [x=\\"), trace::SignalOrigin::ExitCall);
        const QString dot = dotOf(build);
        const QStringList lines = dot.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.first(), QStringLiteral("digraph processes {"));
        QCOMPARE(lines.last(), QStringLiteral("}"));
        // No raw strings: Qt 6.4's moc cannot read them with quotes inside.
        const QString attribute = QStringLiteral("\\w+=(?:\\w+|\"(?:[^\"\\\\]|\\\\.)*\")");
        const QRegularExpression statement(
            QStringLiteral("^  (?:\\w+|\\w+ -> \\w+)(?: \\[%1(?:, %1)*\\])?;$").arg(attribute));
        QVERIFY(statement.isValid());
        for (qsizetype i = 1; i + 1 < lines.size(); ++i)
            QVERIFY2(statement.match(lines[i]).hasMatch(), qPrintable(lines[i]));
    }

    void graphvizDrawsIt()
    {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("dot"));
        if (program.isEmpty())
            QSKIP("graphviz is not installed");
        TraceBuilder build;
        build.crashOfThree();
        QProcess dot;
        dot.start(program, {QStringLiteral("-Tsvg")});
        dot.write(dotOf(build).toUtf8());
        dot.closeWriteChannel();
        QVERIFY(dot.waitForFinished());
        QCOMPARE(dot.exitCode(), 0);
        QVERIFY(dot.readAllStandardOutput().contains("worker 3"));
        QCOMPARE(dot.readAllStandardError(), QByteArray());
    }

private:
    QString dotOf(const TraceBuilder& build)
    {
        trace::TermTable terms;
        terms.add(build.batch.terms);
        graph::ProcessGraph graph;
        graph::GraphDelta delta;
        for (const auto& event : build.batch.events)
            graph.apply(event, terms, delta);
        const auto text = m_exporter->write(graph, terms);
        return text.ok() ? QString::fromStdString(text.value()) : QString();
    }
    static void expectLine(const QString& dot, const char* begin)
    {
        QVERIFY2(dot.contains(QStringLiteral("\n  ") + QString::fromUtf8(begin)),
                 qPrintable(dot + QString::fromUtf8(begin)));
    }

    plugins::PluginHost m_host;
    plugins::ExporterPlugin* m_exporter = nullptr;
};

QTEST_GUILESS_MAIN(TestExportDot)
#include "tst_export_dot.moc"
