// Tests of parseTerm: what people type, and what they are told when it is wrong.
#include "runtime/term/inspect.h"
#include "runtime/term/term_parser.h"

#include <QTest>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

using namespace exitwave::term;
using exitwave::base::Result;

class TestTermParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void literalsAreReadAsElixirReadsThem_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("inspected"); // as inspect prints the result
        const auto row = [](const char* typed, const char* inspected) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(inspected);
        };
        row(":kill", ":kill");
        row("  :normal\n", ":normal");
        row(":really?", ":really?");
        row(":a@b_1!", ":a@b_1!");
        row(":\"two words\"", ":\"two words\"");
        row(":+", ":+");
        row(":größe", ":größe");
        row("true", "true");
        row(":nil", "nil");
        row("Foo.Bar", "Foo.Bar");
        row("Elixir.Foo", "Foo");
        row("42", "42");
        row("-1_000", "-1000");
        row("0xFF", "255");
        row("0b101", "5");
        row("0o17", "15");
        row("?a", "97");
        row("?\\n", "10");
        row("?ä", "228");
        row("9223372036854775807", "9223372036854775807");
        row("-9223372036854775808", "-9223372036854775808");
        row("1.5", "1.5");
        row("-2.5e-3", "-0.0025");
        row("1.0e30", "1.0e30");
        row("\"text\"", "\"text\"");
        row("\"a\\tb\\\"c\\\\\"", "\"a\\tb\\\"c\\\\\"");
        row("\"\\u00e4\\u{1F600}\"", "\"ä😀\"");
        row("\"\\x41\"", "\"A\"");
        row("\"\\#{x}\"", "\"\\#{x}\"");
        row("'abc'", "'abc'");
        row("<<>>", "\"\"");
        row("<<1, 255>>", "<<1, 255>>");
        row("<<\"ab\", 0>>", "<<97, 98, 0>>");
        row("{}", "{}");
        row("{:shutdown, :bye}", "{:shutdown, :bye}");
        row("{1, {2, [3]}}", "{1, {2, [3]}}");
        row("{:error, reason: :boom}", "{:error, [reason: :boom]}");
        row("[]", "[]");
        row("[1, 2.5, :three,]", "[1, 2.5, :three]");
        row("[1 | 2]", "[1 | 2]");
        row("[1, 2 | [3]]", "[1, 2, 3]");
        row("[a: 1, \"b c\": 2]", "[a: 1, \"b c\": 2]");
        row("[:x, a: 1]", "[:x, {:a, 1}]");
        row("%{}", "%{}");
        row("%{1 => 2, :a => \"b\"}", "%{1 => 2, :a => \"b\"}");
        row("%{a: 1, b: [2]}", "%{a: 1, b: [2]}");
        row("%{\"k\" => 1, a: 2}", "%{:a => 2, \"k\" => 1}");
        row("%RuntimeError{message: \"oops\"}", "%RuntimeError{message: \"oops\"}");
        row("{%RuntimeError{message: \"oops\"}, []}", "{%RuntimeError{message: \"oops\"}, []}");
        row("#PID<0.153.0>", "#PID<0.153.0>");
        row("[nil, true | :x]", "[nil, true | :x]");
    }
    void literalsAreReadAsElixirReadsThem()
    {
        QFETCH(QString, typed);
        QFETCH(QString, inspected);
        const Result<Term> parsed = parseTerm(typed.toStdString());
        QVERIFY2(parsed.ok(), parsed.ok() ? "" : parsed.error().message.c_str());
        QCOMPARE(QString::fromStdString(inspectLine(parsed.value())), inspected);
    }
    void anExceptionIsTheOneThatRaiseMakes()
    {
        QVERIFY(parseTerm("%RuntimeError{message: \"oops\"}").value()
                == Term::exception("RuntimeError", "oops"));
    }
    void mistakesAreExplainedWhereTheyAre_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("offset");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* typed, int offset, const char* said) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << offset << QString::fromUtf8(said);
        };
        row("", 0, "Column 1: Write a term");
        row("kill", 0, "Write :kill for the atom");
        row("{:shutdown, bye}", 12, "Column 13: bye would be a variable");
        row("foo(1)", 0, "would be a call");
        row("Foo.bar", 0, "call");
        row("{1, 2", 5, "} is missing at the end");
        row("{1,", 0, "not closed");
        row("[1, 2", 5, "] is missing");
        row("[1 2]", 3, "] is missing here");
        row("\"open", 0, "\" is missing");
        row("\"#{1}\"", 1, "would run code");
        row("\"\\u{110000}\"", 1, "no character");
        row(":", 0, "A name is missing");
        row("1 2", 2, "ends before this");
        row("12ab", 2, "no digit");
        row("0xZZ", 2, "no digit");
        row("9223372036854775808", 0, "64 bits");
        row("0xFFFFFFFFFFFFFFFF", 0, "64 bits");
        row("1.0e999", 0, "out of range");
        row("%{1, 2}", 3, "=> is missing");
        row("%{a: 1, 2 => 3}", 6, "only more of them");
        row("%foo{}", 1, "struct");
        row("<<256>>", 0, "bytes");
        row("#PID<1.2>", 0, "#PID<0.153.0>");
        row("#PID<0.99999999999.0>", 0, "#PID<0.153.0>");
        row("größe", 0, "Write :größe");
        row("{ä, 1}", 1, "Column 2");
        row("{\"ä\", x}", 7, "Column 7"); // columns count characters, offsets bytes
        row("-", 0, "cannot begin with -");
        row("&f/1", 0, "cannot begin with &");
    }
    void mistakesAreExplainedWhereTheyAre()
    {
        QFETCH(QString, typed);
        QFETCH(int, offset);
        QFETCH(QString, said);
        std::size_t where = 999;
        const Result<Term> parsed = parseTerm(typed.toStdString(), &where);
        QVERIFY(!parsed.ok());
        const QString message = QString::fromStdString(parsed.error().message);
        QVERIFY2(message.contains(said), qPrintable(message));
        QCOMPARE(static_cast<int>(where), offset);
    }
    void whatIsNotUtf8IsRefused() { QVERIFY(!parseTerm("\"\xff\"").ok()); }
    void tooDeepIsRefusedAndDoesNotOverflowTheStack()
    {
        const Result<Term> parsed = parseTerm(std::string(1'000'000, '{'));
        QVERIFY(!parsed.ok());
        QVERIFY(parsed.error().message.find("too deeply") != std::string::npos);
        QVERIFY(parseTerm(std::string(150, '[') + std::string(150, ']')).ok());
    }
    void whatInspectPrintsIsReadBack()
    {
        const std::uint64_t seed = std::random_device()();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        for (int round = 0; round < 2000; ++round) {
            const Term term = randomTerm(random, 3);
            const std::string text = inspectLine(term);
            const Result<Term> parsed = parseTerm(text);
            QVERIFY2(parsed.ok(),
                     (text + ": " + (parsed.ok() ? "" : parsed.error().message)).c_str());
            QVERIFY2(parsed.value() == term, text.c_str());
        }
    }
    void anyTextIsRefusedOrRead()
    {
        const std::uint64_t seed = std::random_device()();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        const std::string letters = ":\"'{}[]<>%,|=>#?aZ0_.\\-eEx \n\xc3\xa4\xff";
        for (int round = 0; round < 20'000; ++round) {
            std::string text;
            for (std::size_t length = random() % 24; length > 0; --length)
                text.push_back(letters[random() % letters.size()]);
            std::size_t where = 0;
            const Result<Term> parsed = parseTerm(text, &where);
            QVERIFY(where <= text.size());
            QVERIFY(parsed.ok() || !parsed.error().message.empty());
        }
    }

private:
    static Term randomTerm(std::mt19937_64& random, int depth)
    {
        switch (random() % (depth > 0 ? 10 : 6)) {
        case 0:
            return Term::integer(static_cast<std::int64_t>(random() >> (random() % 64))
                                 * (random() % 2 == 0 ? 1 : -1));
        case 1:
            return Term::real(static_cast<double>(random() % 100'000) / 7.0 - 5'000.0);
        case 2:
            return Term::binary(std::string(random() % 5, static_cast<char>('a' + random() % 26))
                                + (random() % 3 == 0 ? "\n\"#{" : ""));
        case 3:
            return Term::atom(random() % 2 == 0 ? "some thing" : "ok");
        case 4:
            return Term::pid({static_cast<std::uint32_t>(random() % 1000),
                              static_cast<std::uint32_t>(random() % 3)});
        case 5:
            return Term::binary(std::string(1 + random() % 3, '\xfe'));
        case 6:
            return Term::tuple({randomTerm(random, depth - 1), randomTerm(random, depth - 1)});
        case 7: {
            const std::vector<Term> both{randomTerm(random, depth - 1),
                                         randomTerm(random, depth - 1)};
            return Term::list(both, random() % 2 == 0 ? Term::emptyList() : Term::atom("tail"));
        }
        case 8:
            return Term::map({{Term::atom("key"), randomTerm(random, depth - 1)},
                              {randomTerm(random, 0), Term::emptyList()}});
        default:
            return Term::keywords(
                {{"one", randomTerm(random, depth - 1)}, {"two words", Term::integer(2)}});
        }
    }
};

QTEST_GUILESS_MAIN(TestTermParser)
#include "tst_term_parser.moc"
