// Terms: making, looking, sharing between threads, and freeing without recursion.
#include "runtime/term/term.h"

#include <QTest>

#include <thread>

using namespace exitwave::term;

class TermTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindKeepsItsValue()
    {
        QVERIFY(Term().isAtom(atoms::nil));
        QCOMPARE(Term::integer(-5).asInteger(), std::int64_t{-5});
        QCOMPARE(Term::integer(INT64_MIN).asInteger(), INT64_MIN);
        QCOMPARE(Term::real(0.1).asReal(), 0.1);
        QVERIFY((Term(Pid{7, 2}).asPid() == Pid{7, 2}));
        QCOMPARE(Term(Ref{99}).asReference().id, std::uint64_t{99});
        QCOMPARE(Term::binary(std::string_view("a\0b", 3)).asBinary(), std::string_view("a\0b", 3));
        QVERIFY(Term::boolean(true).isAtom(atoms::true_));
        const Term function = Term::function(Atom::intern("lists"), Atom::intern("map"), 2);
        QCOMPARE(function.asFunction().arity, std::uint32_t{2});
        QVERIFY(function.asFunction().external);
        const Term tuple = Term::tuple({atoms::ok, Term::integer(1)});
        QCOMPARE(tuple.elements().size(), std::size_t{2});
        QVERIFY(tuple.isTagged(atoms::ok, 2));
        QVERIFY(!tuple.isTagged(atoms::ok, 3));
        QVERIFY(!tuple.isTagged(atoms::error, 2));
        QVERIFY(!Term::tuple({}).isTagged(atoms::ok, 0));
    }

    void listsAreCells()
    {
        const Term list = Term::list({Term::integer(1), Term::integer(2)});
        QVERIFY(list.isCons() && list.isList());
        QCOMPARE(list.head().asInteger(), std::int64_t{1});
        QCOMPARE(*list.listLength(), std::size_t{2});
        int sum = 0;
        for (const Term& element : ListRange(list))
            sum += static_cast<int>(element.asInteger());
        QCOMPARE(sum, 3);
        const Term improper = Term::cons(Term::integer(1), Term::integer(2));
        QVERIFY(!improper.listLength());
        QVERIFY(!improper.properList());
        QCOMPARE(*Term::emptyList().listLength(), std::size_t{0});
        const Term none = Term::emptyList();
        QVERIFY(ListRange(none).begin() == ListRange(none).end());
        QVERIFY(Term::charlist("aé") == Term::list({Term::integer('a'), Term::integer(0xe9)}));
    }

    void mapsKeepOneValuePerKey()
    {
        const Term map = Term::map({{Term::integer(2), atoms::ok},
                                    {atoms::error, Term::integer(1)},
                                    {Term::integer(2), atoms::kill},
                                    {Term::real(2.0), atoms::normal}});
        QCOMPARE(map.entries().size(), std::size_t{3});
        QVERIFY(map.entries()[0].key == Term::integer(2)); // integers before floats
        QVERIFY(map.entries()[1].key == Term::real(2.0));
        QVERIFY(map.find(Term::integer(2))->isAtom(atoms::kill)); // the later one
        QVERIFY(map.find(Term::real(2.0))->isAtom(atoms::normal));
        QVERIFY(map.find(atoms::ok) == nullptr);
        QVERIFY(Term::integer(1).find(atoms::ok) == nullptr);
        const Term changed = map.withEntry(atoms::error, Term::integer(9));
        QCOMPARE(changed.find(atoms::error)->asInteger(), std::int64_t{9});
        QCOMPARE(map.find(atoms::error)->asInteger(), std::int64_t{1});
        QVERIFY(changed.withoutKey(atoms::error).find(atoms::error) == nullptr);
        QCOMPARE(changed.withoutKey(atoms::nil).entries().size(), std::size_t{3});
    }

    void structsAndExceptionsAreMapsWithAModule()
    {
        const Term error = Term::exception("RuntimeError", "oops");
        QVERIFY(error.isStruct(atoms::RuntimeError));
        QVERIFY(error.find(atoms::exceptionKey)->isAtom(atoms::true_));
        QCOMPARE(error.find(atoms::message)->asBinary(), std::string_view("oops"));
        QVERIFY(error == Term::exception("Elixir.RuntimeError", "oops"));
        QVERIFY(!Term::map({{atoms::message, atoms::ok}}).isStruct());
        QVERIFY(!Term::map({{atoms::structKey, Term::integer(1)}}).isStruct());
    }

    void copiesShareAndMovesTake()
    {
        Term original = Term::binary("shared");
        const Term copy = original;
        QVERIFY(copy.sameAs(original));
        Term moved = std::move(original);
        QVERIFY(
            original.isAtom(atoms::nil)); // NOLINT(bugprone-use-after-move): what is left is a term
        QCOMPARE(moved.asBinary(), std::string_view("shared"));
        Term& alias = moved;
        moved = alias; // to itself
        QCOMPARE(moved.asBinary(), std::string_view("shared"));
        moved = Term();
        QCOMPARE(copy.asBinary(), std::string_view("shared"));
    }

    void millionsOfCellsAreFreedWithoutRecursion()
    {
        Term list = Term::emptyList();
        for (int i = 0; i < 1'000'000; ++i)
            list = Term::cons(Term::integer(i), std::move(list));
        const Term other = list;
        list = Term();
        QCOMPARE(*other.listLength(), std::size_t{1'000'000});
    }

    void deepNestsAreFreedComparedAndHashedWithoutRecursion()
    {
        const auto nest = [] {
            Term term = atoms::ok;
            for (int i = 0; i < 1'000'000; ++i) {
                switch (i % 3) {
                case 0:
                    term = Term::tuple({std::move(term)});
                    break;
                case 1:
                    term = Term::cons(std::move(term), Term::emptyList());
                    break;
                default:
                    term = Term::map({{atoms::value, std::move(term)}});
                }
            }
            return term;
        };
        const Term first = nest();
        const Term second = nest();
        QVERIFY(first == second);
        QCOMPARE(hashTerm(first), hashTerm(second));
    }

    void threadsShareTermsSafely()
    {
        const Term shared = Term::tuple({Term::exception("RuntimeError", "oops"),
                                         Term::list({Term::binary("a"), Term::binary("b")}),
                                         Term::map({{atoms::ok, Term::binary("c")}})});
        const Term expected = Term::tuple({Term::exception("RuntimeError", "oops"),
                                           Term::list({Term::binary("a"), Term::binary("b")}),
                                           Term::map({{atoms::ok, Term::binary("c")}})});
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([own = shared] {
                std::vector<Term> held;
                for (int i = 0; i < 20'000; ++i) {
                    const Term part = own.elements()[static_cast<std::size_t>(i % 3)];
                    held.push_back(Term::tuple({part, own, Term::integer(i)}));
                    if (held.size() > 50)
                        held.erase(held.begin(), held.begin() + 25);
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QVERIFY(shared == expected);
    }

    void theLastHolderMayBeAnyThread()
    {
        for (int round = 0; round < 500; ++round) {
            Term term = Term::tuple({Term::binary("x"), Term::list({Term::binary("y")})});
            std::thread other([copy = term]() mutable { copy = Term(); });
            term = Term();
            other.join();
        }
    }
};

QTEST_GUILESS_MAIN(TermTest)
#include "tst_term.moc"
