// Terms as Erlang prints them, against Erlang's own words.
#include "runtime/term/erlang_text.h"
#include "runtime/term/exit_reason.h"
#include "tests/runtime/term/golden.h"

#include <QTest>

using namespace exitwave::term;

class ErlangTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithErlangOnRandomTerms()
    {
        int count = 0;
        for (const QJsonObject& line : golden::read(QStringLiteral("print.golden.jsonl"))) {
            const auto term = golden::term(line, "term");
            QVERIFY2(term.ok(), term.ok() ? "" : term.error().message.c_str());
            QCOMPARE(formatP(*term), golden::text(line, "p"));
            QCOMPARE(formatW(*term), golden::text(line, "w"));
            ++count;
        }
        QCOMPARE(count, 300);
    }

    void exitReasonsLookAsInErlangsReports()
    {
        StackFrame frame;
        frame.module = Atom::intern("erl_eval");
        frame.function = Atom::intern("do_apply");
        frame.arity = 7;
        frame.file = "erl_eval.erl";
        frame.line = 742;
        const Term reason
            = errorReason(Term::exception("RuntimeError", "oops"), stackTerm(std::vector{frame}));
        QCOMPARE(formatP(reason),
                 std::string("{#{'__exception__' => true,'__struct__' => 'Elixir.RuntimeError',\n"
                             "   message => <<\"oops\">>},\n"
                             " [{erl_eval,do_apply,7,[{file,\"erl_eval.erl\"},{line,742}]}]}"));
        QCOMPARE(formatP(Pid{153, 0}), std::string("<0.153.0>"));
        QCOMPARE(formatP(Ref{3}), std::string("#Ref<0.0.0.3>"));
    }

    void theColumnCounts()
    {
        const Term tuple = Term::tuple({Term::atom("aaaaaaaaaa"), Term::atom("bbbbbbbbbb")});
        ErlangLayout layout;
        layout.width = 30;
        QCOMPARE(formatP(tuple, layout), std::string("{aaaaaaaaaa,bbbbbbbbbb}"));
        layout.column = 11;
        QCOMPARE(formatP(tuple, layout), std::string("{aaaaaaaaaa,\n              bbbbbbbbbb}"));
    }

    void nestsOfAnyDepthEnd()
    {
        Term deep = atoms::ok;
        for (int i = 0; i < 200'000; ++i)
            deep = Term::tuple({std::move(deep)});
        QVERIFY(formatW(deep).find("...") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ErlangTextTest)
#include "tst_erlang_text.moc"
