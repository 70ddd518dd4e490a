// Terms as bytes: round trips, cutting to a size, and bytes from people who mean harm.
#include "runtime/term/inspect.h"
#include "runtime/term/term_codec.h"
#include "tests/runtime/term/random_term.h"

#include <QTest>

#include <random>

using namespace exitwave;
using namespace exitwave::term;

namespace {

std::string encoded(const Term& term)
{
    std::string bytes;
    base::ByteWriter writer(bytes);
    encodeTerm(term, writer);
    return bytes;
}

base::Result<Term> decoded(std::string_view bytes, const DecodeLimits& limits = {})
{
    base::ByteReader reader(bytes);
    return decodeTerm(reader, limits);
}

std::string truncated(const Term& term, std::size_t maxBytes, bool* whole = nullptr)
{
    std::string bytes;
    base::ByteWriter writer(bytes);
    const bool complete = encodeTruncated(term, writer, maxBytes);
    if (whole)
        *whole = complete;
    return bytes;
}

Term nest(std::size_t depth)
{
    Term term = atoms::ok;
    for (std::size_t i = 0; i < depth; ++i)
        term = Term::tuple({std::move(term)});
    return term;
}

} // namespace

class TermCodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadBack()
    {
        QVERIFY(rc::check([] {
            const Term term = samples::term(4);
            const std::string bytes = encoded(term);
            RC_ASSERT(bytes.size() == encodedSize(term));
            base::ByteReader reader(bytes);
            const auto back = decodeTerm(reader);
            RC_ASSERT(back.ok());
            RC_ASSERT(reader.atEnd());
            RC_ASSERT(back.value() == term);
            RC_ASSERT(inspectLine(back.value()) == inspectLine(term));
        }));
    }

    void bytesAreAsDocumented_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* hex, const char* text) {
            QTest::newRow(text) << QByteArray(hex) << QString::fromUtf8(text);
        };
        row("40", "0");
        row("7f", "63");
        row("018001", "64");
        row("0101", "-1");
        row("01ffffffffffffffffff01", "-9223372036854775808");
        row("02000000000000f03f", "1.0");
        row("03990100", "#PID<0.153.0>");
        row("0403", "#Reference<0.0.0.3>");
        row("05", "[]");
        row("80", "nil");
        row("85", ":normal");
        row("bf", ":elixir_compiler_0");
        row("0603616263", ":abc");
        row("0700", "\"\"");
        row("07026869", "\"hi\"");
        row("10", "{}");
        row("124041", "{0, 1}");
        row("08088080808080808080", "{nil, nil, nil, nil, nil, nil, nil, nil}");
        row("0902834f", "[:ok, 15]");
        row("0a018340", "[:ok | 0]");
        row("0b0106016140", "%{a: 0}");
        row("0d06056c6973747306036d617002", "&:lists.map/2");
        row("0cbf0612 2d5f5f46494c455f5f2f312d66756e2d302d 00 00 2a 05612e657873",
            "#Function<0.42 in file:a.exs>");
    }
    void bytesAreAsDocumented()
    {
        QFETCH(const QByteArray, hex);
        QFETCH(const QString, text);
        const std::string bytes = QByteArray::fromHex(hex).toStdString();
        const auto term = decoded(bytes);
        QVERIFY2(term.ok(), term.ok() ? "" : term.error().message.c_str());
        QCOMPARE(QString::fromStdString(inspectLine(*term)), text);
        QCOMPARE(QByteArray::fromStdString(encoded(*term)), QByteArray::fromHex(hex));
    }

    void damagedBytesAreNamed_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const char* hex, base::ErrorCode code) {
            QTest::newRow(name) << QByteArray(hex) << static_cast<int>(code);
        };
        using base::ErrorCode;
        row("nothing", "", ErrorCode::Damaged);
        row("unknown byte", "3f", ErrorCode::Unsupported);
        row("reserved byte", "c5", ErrorCode::Unsupported);
        row("zero", "00", ErrorCode::Unsupported);
        row("integer cut", "01", ErrorCode::Damaged);
        row("integer too long", "01ffffffffffffffffffff01", ErrorCode::Damaged);
        row("float cut", "020000", ErrorCode::Damaged);
        row("float not a number", "02000000000000f87f", ErrorCode::Damaged);
        row("float infinite", "02000000000000f07f", ErrorCode::Damaged);
        row("pid beyond 32 bits", "03808080801000", ErrorCode::Damaged);
        row("atom not UTF-8", "0601ff", ErrorCode::InvalidInput);
        row("atom longer than the bytes", "067f61", ErrorCode::Damaged);
        row("binary longer than the bytes", "07ffffffff0f6162", ErrorCode::Damaged);
        row("tuple longer than the bytes", "08ffffffff0f40", ErrorCode::Damaged);
        row("list longer than the bytes", "09ffffffffffffffffff0140", ErrorCode::Damaged);
        row("improper list without elements", "0a0040", ErrorCode::Damaged);
        row("empty list in the long form", "0900", ErrorCode::Damaged);
        row("map longer than the bytes", "0b024041", ErrorCode::Damaged);
        row("map of half of all numbers", "0bffffffffffffffffff014041", ErrorCode::Damaged);
        row("tuple cut", "1240", ErrorCode::Damaged);
        row("function of no module", "0d4040", ErrorCode::Damaged);
        row("function of too many arguments", "0d8080ff7f", ErrorCode::Damaged);
    }
    void damagedBytesAreNamed()
    {
        QFETCH(const QByteArray, hex);
        QFETCH(const int, code);
        const std::string bytes = QByteArray::fromHex(hex).toStdString();
        base::ByteReader reader(bytes);
        const auto term = decodeTerm(reader);
        QVERIFY(!term.ok());
        QCOMPARE(static_cast<int>(term.error().code), code);
        QVERIFY(!reader.ok());
        QVERIFY(term.error().message.find("at byte") != std::string::npos);
    }

    void everyPrefixOfATermIsRefused()
    {
        QVERIFY(rc::check([] {
            const std::string bytes = encoded(samples::term(3));
            for (std::size_t size = 0; size < bytes.size(); ++size)
                RC_ASSERT(!decoded(std::string_view(bytes).substr(0, size)).ok());
        }));
    }

    void randomBytesNeverHarm()
    {
        constexpr std::uint32_t seed = 20231123;
        std::mt19937 random(seed);
        int good = 0;
        for (int round = 0; round < 100'000; ++round) {
            // Bytes that begin containers more often than not get further.
            std::string bytes;
            const auto size = random() % 60;
            for (std::uint32_t i = 0; i < size; ++i) {
                const std::uint32_t kind = random() % 4;
                bytes += static_cast<char>(
                    kind == 0 ? random() % 0x18
                              : (kind == 1 ? 0x40 + random() % 8 : random() % 256));
            }
            const std::vector<char> exact(bytes.begin(), bytes.end());
            const auto term = decoded(std::string_view(exact.data(), exact.size()));
            if (!term.ok())
                continue;
            ++good;
            const auto again = decoded(encoded(*term));
            if (!again.ok() || !(*again == *term))
                QFAIL(qPrintable(QString::fromStdString(inspectLine(*term))));
        }
        QVERIFY(good > 1000);
    }

    void changedBytesNeverHarm()
    {
        constexpr std::uint32_t seed = 7;
        std::mt19937 random(seed);
        const Term message
            = Term::tuple({atoms::EXIT,
                           Pid{1, 2},
                           Term::tuple({Term::exception("RuntimeError", "oops"),
                                        Term::list({Term::map({{atoms::ok, Term::real(1.5)}})})})});
        const std::string original = encoded(message);
        for (int round = 0; round < 20'000; ++round) {
            std::string bytes = original;
            for (int change = 0; change < 3; ++change)
                bytes[random() % bytes.size()] = static_cast<char>(random());
            const auto term = decoded(bytes);
            if (term.ok())
                QVERIFY(!inspectLine(*term).empty());
        }
    }

    void nestsBeyondTheLimitAreRefusedAndCostNoStack()
    {
        QVERIFY(decoded(encoded(nest(1000))).ok());
        const auto deeper = decoded(encoded(nest(1001)));
        QVERIFY(!deeper.ok());
        QCOMPARE(deeper.error().code, base::ErrorCode::Overflow);
        DecodeLimits wide;
        wide.maxDepth = 300'000;
        const Term deep = nest(300'000);
        const auto back = decoded(encoded(deep), wide);
        QVERIFY(back.ok());
        QVERIFY(*back == deep);
        const std::string hostile(1'000'000, '\x11'); // a million tuples, none of them closed
        QVERIFY(!decoded(hostile).ok());
        QVERIFY(!decoded(hostile, wide).ok());
    }

    void countsBeyondTheLimitAreRefused()
    {
        DecodeLimits few;
        few.maxTerms = 5;
        const std::vector<Term> four(4, Term::integer(1));
        QVERIFY(decoded(encoded(Term::list(four)), few).ok());
        const std::vector<Term> five(5, Term::integer(1));
        const auto refused = decoded(encoded(Term::list(five)), few);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, base::ErrorCode::Overflow);
    }

    void claimsInsideClaimsReserveNoMemory()
    {
        // 900 lists, each of which says that the rest of the bytes are its elements.
        std::string bytes;
        base::ByteWriter writer(bytes);
        for (int i = 0; i < 900; ++i) {
            writer.u8(0x09);
            writer.varint(300'000);
        }
        bytes.append(300'000, '\x40');
        const auto term = decoded(bytes);
        QVERIFY(!term.ok()); // memory: a few dozen bytes a level, else this test does not return
    }

    void cutTermsFitAndDecode()
    {
        QVERIFY(rc::check([] {
            const Term term = samples::term(4);
            const auto most = *rc::gen::inRange<std::size_t>(0, 200);
            bool whole = false;
            const std::string bytes = truncated(term, most, &whole);
            RC_ASSERT(bytes.size() <= std::max(most, encodedMinimum));
            const auto back = decoded(bytes);
            RC_ASSERT(back.ok());
            const bool fits = encodedSize(term) <= std::max(most, encodedMinimum);
            RC_ASSERT(whole == fits);
            RC_ASSERT((back.value() == term) == whole);
        }));
    }

    void whatIsCutIsMarked()
    {
        const Term big = Term::binary(std::string(10'000, 'x'));
        const Term message = Term::tuple({atoms::ok, big, Term::integer(7)});
        bool whole = true;
        const auto back = decoded(truncated(message, 64, &whole));
        QVERIFY(!whole);
        QVERIFY(back->isTagged(atoms::ok, 3));
        QVERIFY(back->elements()[1].asBinary().starts_with("xxxxxxxx"));
        QVERIFY(back->elements()[1].asBinary().ends_with("..."));
        QCOMPARE(back->elements()[2].asInteger(), std::int64_t{7});

        std::vector<Term> numbers;
        for (int i = 0; i < 1000; ++i)
            numbers.push_back(Term::integer(i % 60));
        const auto list = decoded(truncated(Term::list(numbers), 40))->properList();
        QVERIFY(list.has_value());
        QVERIFY(list->size() > 30);
        QVERIFY(list->front() == Term::integer(0));
        QVERIFY(list->back().isAtom(atoms::ellipsis));

        std::vector<MapEntry> entries;
        for (int i = 0; i < 1000; ++i)
            entries.push_back({Term::integer(i), Term::integer(i)});
        const auto map = decoded(truncated(Term::map(entries), 60));
        QVERIFY(map->isMap());
        QVERIFY(map->find(Term::integer(0)) != nullptr);
        QVERIFY(map->find(atoms::ellipsis)->isAtom(atoms::ellipsis));
    }

    void textIsNotCutWithinACharacter()
    {
        std::string text;
        for (int i = 0; i < 100; ++i)
            text += "żół✓";
        for (std::size_t most = 20; most < 60; ++most) {
            const auto back = decoded(truncated(Term::binary(text), most));
            QVERIFY(inspectLine(*back).find("<<") == std::string::npos);
        }
    }

    void hugeTermsCostWhatTheyMayTake()
    {
        Term list = Term::emptyList();
        for (int i = 0; i < 1'000'000; ++i)
            list = Term::cons(Term::binary("an element"), std::move(list));
        const Term huge = Term::tuple({atoms::ok, list, nest(100'000)});
        std::string all;
        for (int i = 0; i < 200; ++i) // two hundred times the whole list would take minutes
            all += truncated(huge, 256);
        QVERIFY(all.size() <= 51'200);
        QVERIFY(decoded(all).ok());
    }

    void deepTermsAreCutAtTheDepthThatCanBeRead()
    {
        bool whole = true;
        const std::string bytes = truncated(nest(100'000), 1'000'000, &whole);
        QVERIFY(!whole);
        QVERIFY(decoded(bytes).ok());
        QVERIFY(decoded(truncated(nest(1000), 1'000'000, &whole)).ok());
        QVERIFY(whole);
    }
};

QTEST_GUILESS_MAIN(TermCodecTest)
#include "tst_term_codec.moc"
