// TermInterner: one id for equal terms, within bounded memory.
#include "runtime/base/byte_cursor.h"
#include "runtime/term/term_codec.h"
#include "runtime/trace/term_interner.h"

#include <QTest>

using namespace exitwave;
using namespace exitwave::trace;

class TermInternerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalTermsShareAnIdAndOthersDoNot()
    {
        TermInterner interner;
        const TermId boom = interner.intern(
            term::Term::tuple({term::Term::atom("boom"), term::Term::integer(1)}));
        QCOMPARE(boom.value, 1U);
        QVERIFY(
            interner.intern(term::Term::tuple({term::Term::atom("boom"), term::Term::integer(1)}))
            == boom);
        QVERIFY(
            interner.intern(term::Term::tuple({term::Term::atom("boom"), term::Term::real(1.0)}))
            != boom);
        QVERIFY(interner.intern(term::Term()).value != 0);
    }

    void freshDefinitionsComeOnceAndInOrder()
    {
        TermInterner interner;
        (void)interner.intern(term::Term::atom("a"));
        (void)interner.intern(term::Term::atom("b"));
        TermInterner::Fresh fresh = interner.takeFresh();
        QCOMPARE(fresh.first.value, 1U);
        QCOMPARE(fresh.encodings.size(), 2U);
        base::ByteReader reader(std::string_view(fresh.encodings[1]));
        QVERIFY(*term::decodeTerm(reader) == term::Term::atom("b"));
        QVERIFY(!interner.hasFresh());
        (void)interner.intern(term::Term::atom("a"));
        (void)interner.intern(term::Term::atom("c"));
        fresh = interner.takeFresh();
        QCOMPARE(fresh.first.value, 3U);
        QCOMPARE(fresh.encodings.size(), 1U);
    }

    void whatIsForgottenGetsANewId()
    {
        TermInterner interner(8);
        const TermId first = interner.intern(term::Term::integer(0));
        for (int i = 1; i < 100; ++i)
            (void)interner.intern(term::Term::integer(i));
        QCOMPARE(interner.size(), 100U);
        QVERIFY(interner.intern(term::Term::integer(0)) != first);
        QVERIFY(interner.intern(term::Term::integer(99)).value == 100);
    }

    void anIdIsNeverGivenTwice()
    {
        TermInterner interner(4);
        std::vector<std::string> defined;
        for (int round = 0; round < 50; ++round) {
            const term::Term value = term::Term::integer(round % 7);
            const TermId id = interner.intern(value);
            TermInterner::Fresh fresh = interner.takeFresh();
            for (std::string& encoding : fresh.encodings) {
                QCOMPARE(fresh.first.value, defined.size() + 1);
                defined.push_back(std::move(encoding));
            }
            base::ByteReader reader{std::string_view(defined[id.value - 1])};
            QVERIFY(*term::decodeTerm(reader) == value);
        }
    }
};

QTEST_GUILESS_MAIN(TermInternerTest)
#include "tst_term_interner.moc"
