// Result and StrongId: values, errors, and moving them about.
#include "runtime/base/result.h"
#include "runtime/base/strong_id.h"

#include <QTest>

#include <memory>
#include <type_traits>
#include <unordered_set>

using namespace exitwave::base;

namespace {

Result<int> half(int number)
{
    if (number % 2 != 0)
        return fail(ErrorCode::InvalidInput, std::to_string(number) + " is odd");
    return number / 2;
}

using ProcessNumber = StrongId<struct ProcessNumberTag, std::uint32_t>;
using LinkNumber = StrongId<struct LinkNumberTag, std::uint32_t>;

} // namespace

class ResultTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aValueIsOkAndReadable()
    {
        const Result<int> result = half(8);
        QVERIFY(result.ok());
        QVERIFY(static_cast<bool>(result));
        QCOMPARE(result.value(), 4);
        QCOMPARE(*result, 4);
    }

    void anErrorCarriesCodeAndMessage()
    {
        const Result<int> result = half(7);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::InvalidInput);
        QCOMPARE(result.error().message, std::string("7 is odd"));
        QCOMPARE(result.valueOr(-1), -1);
    }

    void moveOnlyValuesCanBeTakenOut()
    {
        Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
        const std::unique_ptr<int> taken = std::move(result).value();
        QCOMPARE(*taken, 5);
    }

    void aResultOfNothingIsSuccessOrError()
    {
        QVERIFY(success().ok());
        const Result<void> failed = fail(ErrorCode::Io, "disk full");
        QVERIFY(!failed.ok());
        QCOMPARE(failed.error().message, std::string("disk full"));
    }

    void everyCodeHasAName()
    {
        QCOMPARE(errorCodeName(ErrorCode::InvalidInput), std::string_view("invalid input"));
        QCOMPARE(errorCodeName(ErrorCode::Internal), std::string_view("internal"));
        std::unordered_set<std::string_view> names;
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code)
            names.insert(errorCodeName(static_cast<ErrorCode>(code)));
        QCOMPARE(names.size(), std::size_t{8});
    }

    void idsOfDifferentKindsDoNotMix()
    {
        static_assert(!std::is_convertible_v<ProcessNumber, LinkNumber>);
        static_assert(!std::is_convertible_v<int, ProcessNumber>);
        static_assert(!std::is_constructible_v<ProcessNumber, LinkNumber>);
        QVERIFY(ProcessNumber(1) < ProcessNumber(2));
        QVERIFY(ProcessNumber(3) == ProcessNumber(3));
        const std::unordered_set<ProcessNumber> set{ProcessNumber(1), ProcessNumber(1)};
        QCOMPARE(set.size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(ResultTest)
#include "tst_result.moc"
