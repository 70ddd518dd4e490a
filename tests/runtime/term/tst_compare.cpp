// The order of terms against Erlang's own, and the laws of an order on random terms.
#include "runtime/term/compare.h"
#include "runtime/term/inspect.h"
#include "tests/runtime/term/golden.h"
#include "tests/runtime/term/random_term.h"

#include <QTest>

#include <algorithm>

using namespace exitwave::term;

namespace {

/// -1, 0 or 1.
int sign(std::weak_ordering order)
{
    return order < 0 ? -1 : (order > 0 ? 1 : 0);
}

} // namespace

class CompareTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithErlangOnEveryPair()
    {
        struct Ranked
        {
            Term term;
            int rank;
            int identity;
        };
        std::vector<Ranked> all;
        for (const QJsonObject& line : golden::read(QStringLiteral("order.golden.jsonl"))) {
            const auto term = golden::term(line, "term");
            QVERIFY2(term.ok(), term.ok() ? "" : term.error().message.c_str());
            all.push_back({*term,
                           line[QLatin1String("rank")].toInt(),
                           line[QLatin1String("identity")].toInt()});
        }
        QVERIFY(all.size() > 200);
        for (const Ranked& a : all) {
            for (const Ranked& b : all) {
                const int expected = a.rank < b.rank ? -1 : (a.rank > b.rank ? 1 : 0);
                const bool same = a.identity == b.identity;
                if (sign(compareTerms(a.term, b.term)) != expected
                    || equalValue(a.term, b.term) != (expected == 0) || (a.term == b.term) != same
                    || (sign(compareKeys(a.term, b.term)) == 0) != same)
                    QFAIL(qPrintable(QString::fromStdString(inspectLine(a.term) + "  and  "
                                                            + inspectLine(b.term))));
            }
        }
    }

    void largeNumbersAreComparedExactly()
    {
        const Term integer = Term::integer(9007199254740993); // not a double
        QVERIFY(compareTerms(integer, Term::real(9007199254740992.0)) > 0);
        QVERIFY(compareTerms(integer, Term::real(9007199254740994.0)) < 0);
        QVERIFY(compareTerms(Term::integer(INT64_MAX), Term::real(9223372036854775808.0)) < 0);
        QVERIFY(compareTerms(Term::integer(INT64_MIN), Term::real(-9223372036854775808.0)) == 0);
        QVERIFY(compareTerms(Term::integer(INT64_MIN), Term::real(-1e300)) > 0);
    }

    void valueAndExactEqualityDiffer()
    {
        const Term one = Term::list({Term::integer(1)});
        const Term alsoOne = Term::list({Term::real(1.0)});
        QVERIFY(equalValue(one, alsoOne));
        QVERIFY(!(one == alsoOne));
        QVERIFY(Term::real(0.0) == Term::real(-0.0));
        QCOMPARE(hashTerm(Term::real(0.0)), hashTerm(Term::real(-0.0)));
        // Keys differ exactly, values by value.
        QVERIFY(equalValue(Term::map({{atoms::ok, Term::integer(1)}}),
                           Term::map({{atoms::ok, Term::real(1.0)}})));
        QVERIFY(!equalValue(Term::map({{Term::integer(1), atoms::ok}}),
                            Term::map({{Term::real(1.0), atoms::ok}})));
    }

    void theOrderIsTotal()
    {
        QVERIFY(rc::check("antisymmetric and consistent with ==", [] {
            const Term a = samples::term(3);
            const Term b = *rc::gen::arbitrary<bool>() ? samples::term(3) : a;
            RC_ASSERT(sign(compareTerms(a, b)) == -sign(compareTerms(b, a)));
            RC_ASSERT(sign(compareKeys(a, b)) == -sign(compareKeys(b, a)));
            RC_ASSERT(sign(compareTerms(a, a)) == 0);
            if (a == b) {
                RC_ASSERT(equalValue(a, b));
                RC_ASSERT(hashTerm(a) == hashTerm(b));
            }
        }));
        QVERIFY(rc::check("transitive", [] {
            std::vector<Term> terms{samples::term(2), samples::term(2), samples::term(2)};
            std::sort(terms.begin(), terms.end(), [](const Term& x, const Term& y) {
                return compareTerms(x, y) < 0;
            });
            RC_ASSERT(sign(compareTerms(terms[0], terms[2])) <= 0);
        }));
    }
};

QTEST_GUILESS_MAIN(CompareTest)
#include "tst_compare.moc"
