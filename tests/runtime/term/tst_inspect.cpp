// Terms as Elixir prints them, against Elixir's own words.
#include "runtime/term/exit_reason.h"
#include "runtime/term/inspect.h"
#include "tests/runtime/term/golden.h"

#include <QTest>

using namespace exitwave::term;

namespace {

Term atom(const char* name)
{
    return Term::atom(name);
}

} // namespace

class InspectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithElixirOnRandomTerms()
    {
        int count = 0;
        for (const QJsonObject& line : golden::read(QStringLiteral("print.golden.jsonl"))) {
            const auto term = golden::term(line, "term");
            QVERIFY2(term.ok(), term.ok() ? "" : term.error().message.c_str());
            QCOMPARE(inspectLine(*term), golden::text(line, "line"));
            QCOMPARE(inspect(*term), golden::text(line, "inspect"));
            ++count;
        }
        QCOMPARE(count, 300);
    }

    void atomsAreWrittenAsInSource_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("literal");
        QTest::addColumn<QString>("asKey");
        const auto row = [](const char* name, const char* literal, const char* key) {
            QTest::newRow(literal)
                << QString::fromUtf8(name) << QString::fromUtf8(literal) << QString::fromUtf8(key);
        };
        row("ok", ":ok", "[ok: 1]");
        row("nil", "nil", "[nil: 1]");
        row("true", "true", "[true: 1]");
        row("foo bar", ":\"foo bar\"", "[\"foo bar\": 1]");
        row("+", ":+", "[+: 1]");
        row("::", ":\"::\"", "[\"::\": 1]");
        row("^^^", ":\"^^^\"", "[\"^^^\": 1]");
        row("%{}", ":%{}", "[%{}: 1]");
        row("..//", ":..//", "[..//: 1]");
        row("Elixir.Foo", "Foo", "[{Foo, 1}]");
        row("Elixir.Foo.Bar", "Foo.Bar", "[{Foo.Bar, 1}]");
        row("Elixir", "Elixir", "[\"Elixir\": 1]");
        row("Elixir.Elixir.Foo", "Elixir.Elixir.Foo", "[{Elixir.Elixir.Foo, 1}]");
        row("Elixir.foo", ":\"Elixir.foo\"", "[{:\"Elixir.foo\", 1}]");
        row("Elixir.Foo.", ":\"Elixir.Foo.\"", "[{:\"Elixir.Foo.\", 1}]");
        row("Foo", ":Foo", "[Foo: 1]");
        row("foo?", ":foo?", "[foo?: 1]");
        row("foo?!", ":\"foo?!\"", "[\"foo?!\": 1]");
        row("foo@bar", ":foo@bar", "[foo@bar: 1]");
        row("@foo", ":\"@foo\"", "[\"@foo\": 1]");
        row("1a", ":\"1a\"", "[\"1a\": 1]");
        row("_", ":_", "[_: 1]");
        row("", ":\"\"", "[\"\": 1]");
        row("żółć", ":żółć", "[żółć: 1]");
        row("日本", ":日本", "[日本: 1]");
        row("Ąb", ":Ąb", "[Ąb: 1]");
        row("a²", ":\"a²\"", "[\"a²\": 1]");
        row("a\nb", ":\"a\\nb\"", "[\"a\\nb\": 1]");
    }
    void atomsAreWrittenAsInSource()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, literal);
        QFETCH(const QString, asKey);
        const Term term = Term::atom(name.toStdString());
        QCOMPARE(QString::fromStdString(inspect(term)), literal);
        const Term list = Term::list({Term::tuple({term, Term::integer(1)})});
        QCOMPARE(QString::fromStdString(inspect(list)), asKey);
    }

    void functionsAndCallsAreNamed()
    {
        QCOMPARE(formatMfa(Atom::intern("m"), Atom::intern("foo@bar"), 1),
                 std::string(":m.\"foo@bar\"/1"));
        QCOMPARE(formatMfa(Atom::intern("Elixir.Foo"), Atom::intern("+"), 2),
                 std::string("Foo.+/2"));
        QCOMPARE(formatMfa(atoms::elixirCompiler0, Atom::intern("-__FILE__/1-fun-0-"), 0),
                 std::string("anonymous fn/0 in :elixir_compiler_0.__FILE__/1"));
        FunctionInfo info;
        info.module = atoms::elixirCompiler0;
        info.name = Atom::intern("-__FILE__/1-fun-33-");
        info.index = 33;
        info.uniq = 89714351;
        info.file = "formats.exs";
        QCOMPARE(inspect(Term::function(info)),
                 std::string("#Function<33.89714351 in file:formats.exs>"));
        info.file.clear();
        QCOMPARE(inspect(Term::function(info)),
                 std::string("#Function<33.89714351/0 in :elixir_compiler_0.__FILE__/1>"));
        QCOMPARE(inspect(Term::function(Atom::intern("lists"), Atom::intern("map"), 2)),
                 std::string("&:lists.map/2"));
    }

    void idsLookLikeErlangs()
    {
        QCOMPARE(inspect(Pid{153, 0}), std::string("#PID<0.153.0>"));
        QCOMPARE(inspect(Ref{(7ULL << 50) | (5ULL << 18) | 3}), std::string("#Reference<0.7.5.3>"));
    }

    void exitMessagesAreBrokenAsInTheLessons()
    {
        const auto exitMessage = [](Pid pid, const Term& reason) {
            return Term::tuple({atoms::EXIT, pid, reason});
        };
        const Term oops = Term::exception("RuntimeError", "oops");
        const std::vector<StackFrame> lesson{scriptFrame("ex3_trap_exit.exs", 6, 0, true)};
        QCOMPARE(inspectLabelled("received message",
                                 exitMessage({100, 0}, errorReason(oops, stackTerm(lesson)))),
                 std::string("received message: {:EXIT, #PID<0.100.0>,\n"
                             " {%RuntimeError{message: \"oops\"},\n"
                             "  [\n"
                             "    {:elixir_compiler_0, :\"-__FILE__/1-fun-0-\", 0,\n"
                             "     [file: 'ex3_trap_exit.exs', line: 6, error_info: %{module: "
                             "Exception}]}\n"
                             "  ]}}"));
        const std::vector<StackFrame> thrown{scriptFrame("formats.exs", 42, 34, false)};
        QCOMPARE(inspectLabelled(
                     "throw", exitMessage({134, 0}, throwReason(atom("ball"), stackTerm(thrown)))),
                 std::string("throw: {:EXIT, #PID<0.134.0>,\n"
                             " {{:nocatch, :ball},\n"
                             "  [\n"
                             "    {:elixir_compiler_0, :\"-__FILE__/1-fun-34-\", 0,\n"
                             "     [file: 'formats.exs', line: 42]}\n"
                             "  ]}}"));
        const std::vector<StackFrame> badarg{scriptFrame("formats.exs", 44, 28, false)};
        QCOMPARE(inspectLabelled(
                     "error", exitMessage({140, 0}, errorReason(atoms::badarg, stackTerm(badarg)))),
                 std::string("error: {:EXIT, #PID<0.140.0>,\n"
                             " {:badarg,\n"
                             "  [\n"
                             "    {:elixir_compiler_0, :\"-__FILE__/1-fun-28-\", 0,\n"
                             "     [file: 'formats.exs', line: 44]}\n"
                             "  ]}}"));
        QCOMPARE(inspectLabelled("exit", exitMessage({135, 0}, atom("boom"))),
                 std::string("exit: {:EXIT, #PID<0.135.0>, :boom}"));
        QCOMPARE(inspectLabelled("normal", exitMessage({136, 0}, atoms::normal)),
                 std::string("normal: {:EXIT, #PID<0.136.0>, :normal}"));
        QCOMPARE(
            inspectLabelled("shutdown",
                            exitMessage({137, 0}, Term::tuple({atoms::shutdown, atom("bye")}))),
            std::string("shutdown: {:EXIT, #PID<0.137.0>, {:shutdown, :bye}}"));
        QCOMPARE(inspectLabelled("kill", exitMessage({138, 0}, atoms::killed)),
                 std::string("kill: {:EXIT, #PID<0.138.0>, :killed}"));
        QCOMPARE(inspectLabelled("exitkill", exitMessage({139, 0}, atoms::kill)),
                 std::string("exitkill: {:EXIT, #PID<0.139.0>, :kill}"));
        QCOMPARE(inspectLabelled("flag returns old value", atoms::true_),
                 std::string("flag returns old value: true"));
        QCOMPARE(inspect(Term::map({{atom("active"), Term::integer(1)},
                                    {atom("workers"), Term::integer(1)},
                                    {atom("specs"), Term::integer(1)},
                                    {atom("supervisors"), Term::integer(0)}})),
                 std::string("%{active: 1, specs: 1, supervisors: 0, workers: 1}"));
    }

    void widthDecidesWhereLinesBreak()
    {
        std::vector<Term> numbers;
        for (int i = 1; i <= 12; ++i)
            numbers.push_back(Term::integer(i));
        InspectOptions narrow;
        narrow.width = 10;
        QCOMPARE(inspect(Term::list(numbers), narrow),
                 std::string("[1, 2, 3,\n 4, 5, 6,\n 7, 8, 9,\n 10, 11,\n 12]"));
        const Term map = Term::map({{atom("a"), Term::integer(1)}, {atom("b"), Term::integer(2)}});
        QCOMPARE(inspect(map, narrow), std::string("%{\n  a: 1,\n  b: 2\n}"));
        QCOMPARE(inspectLine(map), std::string("%{a: 1, b: 2}"));
    }

    void limitsEndInDots()
    {
        std::vector<Term> numbers(60, Term::integer(300));
        std::string expected = "[";
        for (int i = 0; i < 50; ++i)
            expected += "300, ";
        QCOMPARE(inspectLine(Term::list(numbers)), expected + "...]");
        InspectOptions few;
        few.limit = 2;
        few.printableLimit = 3;
        QCOMPARE(inspect(Term::list(numbers), few), std::string("[300, 300, ...]"));
        QCOMPARE(inspect(Term::binary("abcdef"), few), std::string("\"abc\" <> ..."));
        QCOMPARE(inspect(Term::charlist("abcdef"), few), std::string("'abc' ++ ..."));
        few.limit = InspectOptions::unlimited;
        few.width = InspectOptions::unlimited;
        QCOMPARE(inspect(Term::list(numbers), few).size(), std::size_t{60 * 5});
    }

    void nestsOfAnyDepthEnd()
    {
        Term deep = atoms::ok;
        for (int i = 0; i < 200'000; ++i)
            deep = Term::tuple({std::move(deep)});
        QVERIFY(inspect(deep).size() < 1000);
        InspectOptions all;
        all.limit = InspectOptions::unlimited;
        all.width = InspectOptions::unlimited;
        QVERIFY(inspect(deep, all).find("...") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(InspectTest)
#include "tst_inspect.moc"
