// Arithmetic that reports overflow instead of wrapping.
#include "runtime/term/integer_math.h"

#include <QTest>

#include <rapidcheck.h>

using namespace exitwave;
using namespace exitwave::term;

class IntegerMathTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resultsAgreeWithWiderArithmetic()
    {
        __extension__ using Wide = __int128;
        QVERIFY(rc::check([](std::int64_t a, std::int64_t b) {
            // Numbers near the edges are as likely as small ones.
            a = *rc::gen::element(a, INT64_MAX - (a & 3), INT64_MIN + (a & 3));
            b = *rc::gen::element(b, INT64_MAX - (b & 3), INT64_MIN + (b & 3), b % 4);
            const auto check = [](const base::Result<std::int64_t>& result, Wide exact) {
                const bool fits = exact >= INT64_MIN && exact <= INT64_MAX;
                RC_ASSERT(result.ok() == fits);
                if (fits)
                    RC_ASSERT(result.value() == static_cast<std::int64_t>(exact));
                else
                    RC_ASSERT(result.error().code == base::ErrorCode::Overflow);
            };
            check(addIntegers(a, b), Wide{a} + b);
            check(subtractIntegers(a, b), Wide{a} - b);
            check(multiplyIntegers(a, b), Wide{a} * b);
            check(negateInteger(a), -Wide{a});
            if (b != 0) {
                check(divideIntegers(a, b), Wide{a} / b);
                check(remainderIntegers(a, b), Wide{a} % b);
            }
        }));
    }

    void divisionByZeroIsAnError()
    {
        QCOMPARE(divideIntegers(1, 0).error().code, base::ErrorCode::InvalidInput);
        QCOMPARE(remainderIntegers(1, 0).error().code, base::ErrorCode::InvalidInput);
    }

    void integersAreReadWhole()
    {
        QCOMPARE(*parseInteger("0"), std::int64_t{0});
        QCOMPARE(*parseInteger("-9223372036854775808"), INT64_MIN);
        QCOMPARE(*parseInteger("9223372036854775807"), INT64_MAX);
        QCOMPARE(*parseInteger("+1_000_000"), std::int64_t{1'000'000});
        QCOMPARE(parseInteger("9223372036854775808").error().code, base::ErrorCode::Overflow);
        QCOMPARE(parseInteger("-9223372036854775809").error().code, base::ErrorCode::Overflow);
        for (const char* wrong :
             {"", "-", "+", "x", "1x", " 1", "1 ", "_1", "1_", "1__0", "--1", "1.0"})
            QCOMPARE(parseInteger(wrong).error().code, base::ErrorCode::InvalidInput);
    }
};

QTEST_GUILESS_MAIN(IntegerMathTest)
#include "tst_integer_math.moc"
