// Exit reasons: which are normal, and how stacks are built.
#include "runtime/term/exit_reason.h"
#include "runtime/term/inspect.h"

#include <QTest>

using namespace exitwave::term;

class ExitReasonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyTheBareAtomIsNormal()
    {
        QVERIFY(isNormal(atoms::normal));
        QVERIFY(!isNormal(Term::tuple({atoms::normal, Term::emptyList()})));
        QVERIFY(!isNormal(Term::binary("normal")));
        QVERIFY(!isNormal(atoms::shutdown));
        QVERIFY(!isNormal(throwReason(atoms::normal, Term::emptyList())));
    }

    void shutdownIsNoCrash()
    {
        QVERIFY(isShutdownLike(atoms::shutdown));
        QVERIFY(isShutdownLike(Term::tuple({atoms::shutdown, Term::integer(1)})));
        QVERIFY(!isShutdownLike(Term::tuple({atoms::shutdown})));
        QVERIFY(!isShutdownLike(Term::tuple({atoms::shutdown, atoms::ok, atoms::ok})));
        QVERIFY(!isCrash(atoms::normal));
        QVERIFY(!isCrash(atoms::shutdown));
        QVERIFY(isCrash(atoms::killed));
        QVERIFY(isCrash(atoms::noproc));
    }

    void framesLookLikeErlangs()
    {
        QCOMPARE(inspectLine(scriptFrame("a.exs", 6, 0, true).toTerm()),
                 std::string("{:elixir_compiler_0, :\"-__FILE__/1-fun-0-\", 0, [file: 'a.exs', "
                             "line: 6, error_info: %{module: Exception}]}"));
        QCOMPARE(inspectLine(scriptFrame("a.exs", 6, 3, false).toTerm()),
                 std::string("{:elixir_compiler_0, :\"-__FILE__/1-fun-3-\", 0, [file: 'a.exs', "
                             "line: 6]}"));
        QCOMPARE(inspectLine(builtinFrame("link", {Pid{9, 0}}).toTerm()),
                 std::string("{:erlang, :link, [#PID<0.9.0>], [error_info: %{module: "
                             ":erl_erts_errors}]}"));
        QCOMPARE(
            inspectLine(
                builtinFrame("register", {Term::atom("a"), Pid{9, 0}}, atoms::notalive).toTerm()),
            std::string("{:erlang, :register, [:a, #PID<0.9.0>], [error_info: %{cause: "
                        ":notalive, module: :erl_erts_errors}]}"));
        QCOMPARE(inspectLine(builtinFrame("self", {}).toTerm()),
                 std::string("{:erlang, :self, [], [error_info: %{module: :erl_erts_errors}]}"));
    }

    void stacksAreRecognised()
    {
        const Term stack = stackTerm(std::vector{scriptFrame("a.exs", 6, 0, true)});
        QVERIFY(hasStack(errorReason(atoms::badarg, stack)));
        QVERIFY(hasStack(throwReason(Term::integer(1), Term::emptyList())));
        QVERIFY(!hasStack(atoms::badarg));
        QVERIFY(!hasStack(Term::tuple({atoms::badarg, Term::list({Term::integer(1)})})));
        QVERIFY(!hasStack(Term::tuple({atoms::badarg, Term::cons(stack.head(), atoms::ok)})));
        QVERIFY(!hasStack(Term::tuple({atoms::shutdown, atoms::ok})));
    }
};

QTEST_GUILESS_MAIN(ExitReasonTest)
#include "tst_exit_reason.moc"
