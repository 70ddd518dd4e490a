// Atoms: one id per name, from any thread, and no more than allowed.
#include "runtime/term/atoms.h"

#include <QTest>

#include <array>
#include <thread>
#include <unordered_set>
#include <vector>

using namespace exitwave;
using namespace exitwave::term;

class AtomTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameNameIsSameAtom()
    {
        const Atom first = Atom::intern("some_name");
        QVERIFY(first == Atom::intern("some_name"));
        QVERIFY(!(first == Atom::intern("other_name")));
        QCOMPARE(first.name(), std::string_view("some_name"));
        QVERIFY(Atom::fromId(first.id()) == first);
    }

    void predefinedAtomsHaveTheirTexts()
    {
        QCOMPARE(Atom().name(), std::string_view("nil"));
        QCOMPARE(atoms::EXIT.name(), std::string_view("EXIT"));
        QCOMPARE(atoms::true_.name(), std::string_view("true"));
        QCOMPARE(atoms::functionClause.name(), std::string_view("function_clause"));
        QVERIFY(Atom::intern("normal") == atoms::normal);
        std::unordered_set<std::string_view> names;
        for (std::uint32_t id = 0; id < predefinedAtomCount; ++id) {
            const Atom atom = Atom::fromId(id);
            QVERIFY(names.insert(atom.name()).second);
            QVERIFY(Atom::intern(atom.name()) == atom);
        }
    }

    void numbersOnTheWireAreAsTheyWereFirstGiven()
    {
        // Files hold these numbers: a change here makes old traces unreadable.
        constexpr std::array<std::string_view, 64> wire{"nil",
                                                        "true",
                                                        "false",
                                                        "ok",
                                                        "error",
                                                        "normal",
                                                        "kill",
                                                        "killed",
                                                        "noproc",
                                                        "noconnection",
                                                        "nocatch",
                                                        "shutdown",
                                                        "EXIT",
                                                        "DOWN",
                                                        "process",
                                                        "undefined",
                                                        "exit",
                                                        "throw",
                                                        "...",
                                                        "badarg",
                                                        "badarith",
                                                        "badmatch",
                                                        "badfun",
                                                        "badarity",
                                                        "badmap",
                                                        "badkey",
                                                        "case_clause",
                                                        "cond_clause",
                                                        "if_clause",
                                                        "function_clause",
                                                        "try_clause",
                                                        "with_clause",
                                                        "undef",
                                                        "system_limit",
                                                        "timeout",
                                                        "timeout_value",
                                                        "nodedown",
                                                        "calling",
                                                        "badstruct",
                                                        "badrecord",
                                                        "badbool",
                                                        "nolocal",
                                                        "failed_to_start_child",
                                                        "already_started",
                                                        "trap_exit",
                                                        "infinity",
                                                        "module",
                                                        "function",
                                                        "arity",
                                                        "file",
                                                        "line",
                                                        "error_info",
                                                        "cause",
                                                        "message",
                                                        "reason",
                                                        "value",
                                                        "term",
                                                        "__struct__",
                                                        "__exception__",
                                                        "Elixir.Exception",
                                                        "Elixir.RuntimeError",
                                                        "Elixir.ArgumentError",
                                                        "Elixir.ErlangError",
                                                        "elixir_compiler_0"};
        static_assert(wireAtomCount == wire.size());
        for (std::uint32_t id = 0; id < wire.size(); ++id)
            QCOMPARE(Atom::fromId(id).name(), wire[id]);
    }

    void namesFromOutsideAreChecked()
    {
        QCOMPARE(Atom::tryIntern("\xff").error().code, base::ErrorCode::InvalidInput);
        QCOMPARE(Atom::tryIntern(std::string(256, 'a')).error().code, base::ErrorCode::Overflow);
        QVERIFY(Atom::tryIntern(std::string(255, 'a')).ok());
        std::string characters; // 255 characters of two bytes each
        for (int i = 0; i < 255; ++i)
            characters += "ł";
        QVERIFY(Atom::tryIntern(characters).ok());
        QVERIFY(!Atom::tryIntern(characters + "x").ok());
        QVERIFY(Atom::tryIntern("").ok());
    }

    void threadsAgreeOnIds()
    {
        constexpr int threadCount = 4;
        constexpr int names = 20'000; // more than one chunk of the table
        std::array<std::vector<std::uint32_t>, threadCount> ids;
        std::vector<std::thread> threads;
        for (int t = 0; t < threadCount; ++t) {
            threads.emplace_back([&ids, t] {
                for (int i = 0; i < names; ++i) {
                    const std::string name = "thread_atom_" + std::to_string(i);
                    const Atom atom = Atom::intern(name);
                    if (atom.name() == name)
                        ids[static_cast<std::size_t>(t)].push_back(atom.id());
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        for (const auto& list : ids) {
            QCOMPARE(list.size(), std::size_t{names});
            QVERIFY(list == ids[0]);
        }
        QCOMPARE((std::unordered_set<std::uint32_t>(ids[0].begin(), ids[0].end()).size()),
                 std::size_t{names});
    }

    // Last: it fills the table of this process.
    void namesFromOutsideLeaveRoomForTheProgramsOwn()
    {
        std::uint32_t taken = 0;
        while (taken < Atom::maxCount && Atom::tryIntern("foreign" + std::to_string(taken)).ok())
            ++taken;
        QVERIFY2(taken <= Atom::maxCount / 2, std::to_string(taken).c_str());
        QCOMPARE(Atom::tryIntern("one more").error().code, base::ErrorCode::Overflow);
        QVERIFY(Atom::tryIntern("foreign0").ok()); // what is known stays known
        QCOMPARE(Atom::intern("a word of our own").name(), std::string_view("a word of our own"));
    }
};

QTEST_GUILESS_MAIN(AtomTest)
#include "tst_atom.moc"
