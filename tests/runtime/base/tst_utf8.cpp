// UTF-8: strict decoding, and counting what a person sees.
#include "runtime/base/utf8.h"

#include <QTest>

#include <rapidcheck.h>

using namespace exitwave::base;

class Utf8Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCodePointGoesThereAndBack()
    {
        for (char32_t c = 0; c <= 0x110000; ++c) {
            std::string text;
            const bool valid = c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff);
            if (appendUtf8(text, c) != valid)
                QFAIL(qPrintable(QString::number(c, 16)));
            if (!valid)
                continue;
            const auto decoded = decodeUtf8(text);
            if (!decoded || decoded->codePoint != c || decoded->size != text.size())
                QFAIL(qPrintable(QString::number(c, 16)));
        }
    }

    void malformedBytesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("lone continuation") << QByteArray("\x80");
        QTest::newRow("overlong slash") << QByteArray("\xc0\xaf");
        QTest::newRow("overlong in three") << QByteArray("\xe0\x80\xaf");
        QTest::newRow("overlong in four") << QByteArray("\xf0\x80\x80\xaf");
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80");
        QTest::newRow("above the last") << QByteArray("\xf4\x90\x80\x80");
        QTest::newRow("five bytes") << QByteArray("\xf8\x88\x80\x80\x80");
        QTest::newRow("cut short") << QByteArray("\xe2\x82");
        QTest::newRow("continuation missing") << QByteArray("\xc3(");
        QTest::newRow("never a lead") << QByteArray("\xff");
    }
    void malformedBytesAreRefused()
    {
        QFETCH(const QByteArray, bytes);
        const std::string text = bytes.toStdString();
        QVERIFY(!decodeUtf8(text));
        QVERIFY(!isValidUtf8(text));
        QVERIFY(!isValidUtf8("ok " + text));
    }

    void anyBytesCanBeCounted()
    {
        QVERIFY(rc::check([](const std::string& bytes) {
            RC_ASSERT(countCharacters(bytes) <= countCodePoints(bytes));
            RC_ASSERT(countCodePoints(bytes) <= bytes.size());
            RC_ASSERT(bytes.empty() == (countCharacters(bytes) == 0));
        }));
    }

    void marksBelongToTheCharacterBefore()
    {
        QCOMPARE(countCodePoints("e\u0301x"), std::size_t{3});
        QCOMPARE(countCharacters("e\u0301x"), std::size_t{2});
        QCOMPARE(countCharacters("żółć ✓"), std::size_t{6});
        QCOMPARE(countCharacters(""), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(Utf8Test)
#include "tst_utf8.moc"
