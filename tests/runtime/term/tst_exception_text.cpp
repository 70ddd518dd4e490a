// Exceptions and exits in Elixir's words.
#include "runtime/term/exception_text.h"
#include "runtime/term/exit_reason.h"
#include "runtime/term/inspect.h"
#include "tests/runtime/term/golden.h"

#include <QTest>

using namespace exitwave::term;

namespace {

/// What Elixir's Exception.format ends with, formatError leaves to the caller.
std::string withoutLineEnds(std::string text)
{
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

Term script(std::uint32_t line, std::uint32_t index = 0)
{
    return scriptFrame("formats.exs", line, index, false).toTerm();
}

} // namespace

class ExceptionTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithElixirOnErrorsAndExits()
    {
        int errors = 0;
        int exits = 0;
        for (const QJsonObject& line : golden::read(QStringLiteral("errors.golden.jsonl"))) {
            Term reason;
            if (line.contains(QLatin1String("reason"))) {
                reason = golden::term(line, "reason").value();
                ++exits;
            } else {
                const Term value = golden::term(line, "value").value();
                const Term stack = golden::term(line, "stack").value();
                QCOMPARE(QString::fromStdString(formatError(value, stack)),
                         QString::fromStdString(withoutLineEnds(golden::text(line, "error"))));
                reason = errorReason(value, stack);
                ++errors;
            }
            QCOMPARE(QString::fromStdString(formatExit(reason)),
                     QString::fromStdString(golden::text(line, "exit")));
        }
        QVERIFY(errors > 200);
        QVERIFY(exits >= 30);
    }

    void crashReportsReadAsInTheLessons_data()
    {
        QTest::addColumn<QByteArray>("reason"); // of golden::term
        QTest::addColumn<QString>("report");
        const auto row
            = [](const char* name, const Term& value, const Term& stack, const char* report) {
                  std::string bytes;
                  exitwave::base::ByteWriter writer(bytes);
                  encodeTerm(errorReason(value, stack), writer);
                  QTest::newRow(name)
                      << QByteArray::fromStdString(bytes) << QString::fromUtf8(report);
              };
        row("raise",
            Term::exception("RuntimeError", "oops"),
            Term::list({script(13)}),
            "** (RuntimeError) oops\n"
            "    formats.exs:13: anonymous fn/0 in :elixir_compiler_0.__FILE__/1");
        row("several lines",
            Term::exception("RuntimeError", "line one\nline two"),
            Term::list({script(24)}),
            "** (RuntimeError) line one\nline two\n"
            "    formats.exs:24: anonymous fn/0 in :elixir_compiler_0.__FILE__/1");
        row("unicode",
            Term::exception("RuntimeError", "żółć ✓"),
            Term::list({script(25)}),
            "** (RuntimeError) żółć ✓\n"
            "    formats.exs:25: anonymous fn/0 in :elixir_compiler_0.__FILE__/1");
        row("argument error",
            Term::exception("ArgumentError", "bad thing"),
            Term::list({script(14)}),
            "** (ArgumentError) bad thing\n"
            "    formats.exs:14: anonymous fn/0 in :elixir_compiler_0.__FILE__/1");
        row("error of an atom",
            Term::atom("boom"),
            Term::list({script(15)}),
            "** (ErlangError) Erlang error: :boom\n"
            "    formats.exs:15: anonymous fn/0 in :elixir_compiler_0.__FILE__/1");
        row("division",
            atoms::badarith,
            Term::list(
                {builtinFrame("/", {Term::integer(1), Term::integer(0)}).toTerm(), script(16)}),
            "** (ArithmeticError) bad argument in arithmetic expression\n"
            "    :erlang./(1, 0)\n"
            "    formats.exs:16: anonymous fn/0 in :elixir_compiler_0.__FILE__/1");
        row("throw",
            Term::tuple({atoms::nocatch, Term::atom("ball")}),
            Term::list({script(17)}),
            "** (ErlangError) Erlang error: {:nocatch, :ball}\n"
            "    formats.exs:17: anonymous fn/0 in :elixir_compiler_0.__FILE__/1");
        row("match",
            Term::tuple({atoms::badmatch, Term::tuple({atoms::error, Term::integer(1)})}),
            Term::list({script(21)}),
            "** (MatchError) no match of right hand side value: {:error, 1}\n"
            "    formats.exs:21: anonymous fn/0 in :elixir_compiler_0.__FILE__/1");
        row("unregistered name",
            atoms::badarg,
            Term::list(
                {builtinFrame("send", {Term::atom("nosuch_name"), Term::atom("hi")}).toTerm(),
                 script(26)}),
            "** (ArgumentError) errors were found at the given arguments:\n"
            "\n"
            "  * 1st argument: invalid destination\n"
            "\n"
            "    :erlang.send(:nosuch_name, :hi)\n"
            "    formats.exs:26: anonymous fn/0 in :elixir_compiler_0.__FILE__/1");
        row("link to the dead",
            atoms::noproc,
            Term::list({builtinFrame("link", {Pid{118, 0}}).toTerm(), script(27)}),
            "** (ErlangError) Erlang error: :noproc:\n"
            "\n"
            "  * 1st argument: the pid does not refer to an existing process\n"
            "\n"
            "    :erlang.link(#PID<0.118.0>)\n"
            "    formats.exs:27: anonymous fn/0 in :elixir_compiler_0.__FILE__/1");
        row("badarg",
            atoms::badarg,
            Term::list({script(44)}),
            "** (ArgumentError) argument error\n"
            "    formats.exs:44: anonymous fn/0 in :elixir_compiler_0.__FILE__/1");
    }
    void crashReportsReadAsInTheLessons()
    {
        QFETCH(const QByteArray, reason);
        QFETCH(const QString, report);
        const std::string bytes = reason.toStdString();
        exitwave::base::ByteReader reader(bytes);
        QCOMPARE(QString::fromStdString(formatCrash(decodeTerm(reader).value())), report);
    }

    void undefinedFunctionsOfElixirArePrivate()
    {
        StackFrame frame;
        frame.module = Atom::intern("lists");
        frame.function = Atom::intern("nof");
        frame.hasArguments = true;
        frame.arguments = {Term::integer(1)};
        QCOMPARE(formatError(atoms::undef, Term::list({frame.toTerm()})),
                 std::string("** (UndefinedFunctionError) function :lists.nof/1 is undefined or "
                             "private\n    (stdlib 4.2) :lists.nof(1)"));
    }

    void exceptionsWithoutAMessageAreShownWhole()
    {
        const Term own = Term::structure(
            "MyError", {{"__exception__", atoms::true_}, {"code", Term::integer(7)}});
        QCOMPARE(formatErrorBanner(own, Term::emptyList()),
                 std::string("** (MyError) %MyError{code: 7}"));
        QVERIFY(normalizeError(own, Term::emptyList()) == own);
    }

    void reasonsThatOnlyLookLikeStacksAreShown()
    {
        QCOMPARE(formatCrash(atoms::killed), std::string("killed"));
        QCOMPARE(formatCrash(Term::tuple({atoms::badarg, Term::list({Term::integer(1)})})),
                 std::string("{:badarg, [1]}"));
        QCOMPARE(formatStackFrame(Term::integer(1)), std::string("1"));
        // Anything may stand in a location that came from outside.
        const Term odd = Term::tuple({atoms::ok,
                                      atoms::ok,
                                      Term::integer(-1),
                                      Term::list({atoms::file,
                                                  Term::tuple({atoms::file, atoms::ok}),
                                                  Term::tuple({atoms::line, atoms::ok})})});
        QVERIFY(!formatStackFrame(odd).empty());
    }

    void nestedReasonsOfAnyDepthEnd()
    {
        Term reason = Term::atom("boom");
        for (int i = 0; i < 100'000; ++i)
            reason = Term::tuple({reason, Term::tuple({atoms::ok, atoms::ok, Term::emptyList()})});
        QVERIFY(formatExit(reason).size() < 1'000'000);
    }
};

QTEST_GUILESS_MAIN(ExceptionTextTest)
#include "tst_exception_text.moc"
