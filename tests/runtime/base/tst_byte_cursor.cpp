// Byte cursors: what is written is read back, and nothing is read outside.
#include "runtime/base/byte_cursor.h"

#include <QTest>

#include <rapidcheck.h>

#include <bit>
#include <cstring>
#include <limits>

using namespace exitwave::base;

class ByteCursorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fixedNumbersAreLittleEndian()
    {
        std::string bytes;
        ByteWriter writer(bytes);
        writer.u8(0x01);
        writer.u16(0x0302);
        writer.u32(0x07060504);
        writer.u64(0x0f0e0d0c0b0a0908);
        QCOMPARE(bytes.size(), std::size_t{15});
        for (std::size_t i = 0; i < bytes.size(); ++i)
            QCOMPARE(static_cast<std::size_t>(bytes[i]), i + 1);
        ByteReader reader(bytes);
        QCOMPARE(reader.u8(), std::uint8_t{0x01});
        QCOMPARE(reader.u16(), std::uint16_t{0x0302});
        QCOMPARE(reader.u32(), std::uint32_t{0x07060504});
        QCOMPARE(reader.u64(), std::uint64_t{0x0f0e0d0c0b0a0908});
        QVERIFY(reader.ok());
        QVERIFY(reader.atEnd());
    }

    void varintsHaveTheBytesOfLeb128()
    {
        const std::vector<std::pair<std::uint64_t, std::string>> known{
            {0, std::string(1, '\0')},
            {127, "\x7f"},
            {128, std::string("\x80\x01")},
            {300, "\xac\x02"},
            {std::numeric_limits<std::uint64_t>::max(),
             "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"}};
        for (const auto& [value, expected] : known) {
            std::string bytes;
            ByteWriter(bytes).varint(value);
            QCOMPARE(bytes, expected);
            QCOMPARE(varintSize(value), expected.size());
        }
    }

    void zigzagKeepsSmallMagnitudesSmall()
    {
        QCOMPARE(zigzagEncode(0), std::uint64_t{0});
        QCOMPARE(zigzagEncode(-1), std::uint64_t{1});
        QCOMPARE(zigzagEncode(1), std::uint64_t{2});
        QCOMPARE(zigzagEncode(std::numeric_limits<std::int64_t>::min()),
                 std::numeric_limits<std::uint64_t>::max());
    }

    void whateverIsWrittenIsReadBack()
    {
        const bool held = rc::check([](std::uint64_t number,
                                       std::int64_t integer,
                                       const std::string& text,
                                       double real,
                                       std::uint32_t word) {
            std::vector<std::byte> bytes{std::byte{42}};
            ByteWriter writer(bytes);
            writer.varint(number);
            writer.zigzag(integer);
            writer.text(text);
            writer.f64(real);
            writer.u32(word);
            RC_ASSERT(writer.size() == bytes.size());
            ByteReader reader(bytes);
            RC_ASSERT(reader.u8() == 42);
            RC_ASSERT(reader.varint() == number);
            RC_ASSERT(reader.zigzag() == integer);
            RC_ASSERT(reader.text() == text);
            RC_ASSERT(std::bit_cast<std::uint64_t>(reader.f64())
                      == std::bit_cast<std::uint64_t>(real));
            RC_ASSERT(reader.u32() == word);
            RC_ASSERT(reader.ok() && reader.atEnd());
        });
        QVERIFY(held);
    }

    void everyTruncationFailsAndStaysFailed()
    {
        std::string bytes;
        ByteWriter writer(bytes);
        writer.varint(1'000'000);
        writer.text("hello");
        writer.u64(7);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            ByteReader reader(std::string_view(bytes).substr(0, size));
            reader.varint();
            reader.text();
            reader.u64();
            QVERIFY(!reader.ok());
            QCOMPARE(reader.u8(), std::uint8_t{0});
            QCOMPARE(reader.varint(), std::uint64_t{0});
            QVERIFY(reader.bytes(0).empty());
            QVERIFY(!reader.ok());
        }
    }

    void aLengthBeyondTheEndIsRefused()
    {
        std::string bytes;
        ByteWriter(bytes).varint(std::numeric_limits<std::uint64_t>::max());
        bytes += "abc";
        ByteReader reader(bytes);
        QVERIFY(reader.text().empty());
        QVERIFY(!reader.ok());
        ByteReader other(bytes);
        QVERIFY(other.bytes(std::numeric_limits<std::size_t>::max()).empty());
        QVERIFY(!other.ok());
    }

    void varintsBeyond64BitsAreRefused()
    {
        ByteReader eleven(std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
        eleven.varint();
        QVERIFY(!eleven.ok());
        ByteReader tooLarge(std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"));
        tooLarge.varint();
        QVERIFY(!tooLarge.ok());
    }

    void randomBytesNeverReadOutside()
    {
        const bool held
            = rc::check([](const std::string& bytes, const std::vector<std::uint8_t>& plan) {
                  // A copy of exactly this size, so that a sanitizer sees a read beyond the end.
                  const std::vector<char> exact(bytes.begin(), bytes.end());
                  ByteReader reader(std::string_view(exact.data(), exact.size()));
                  for (const std::uint8_t step : plan) {
                      switch (step % 6) {
                      case 0:
                          reader.varint();
                          break;
                      case 1:
                          reader.text();
                          break;
                      case 2:
                          reader.u32();
                          break;
                      case 3:
                          reader.skip(step);
                          break;
                      case 4:
                          reader.f64();
                          break;
                      default:
                          reader.u8();
                      }
                      RC_ASSERT(reader.position() <= exact.size());
                      RC_ASSERT(reader.position() + reader.remaining() == exact.size());
                  }
              });
        QVERIFY(held);
    }

    void lengthsCanBePatchedAfterwards()
    {
        std::string text;
        ByteWriter writer(text);
        writer.u32(0);
        writer.bytes(std::string_view("abc"));
        writer.patchU32(0, 0x11223344);
        QCOMPARE(text,
                 std::string("\x44\x33\x22\x11"
                             "abc"));
    }
};

QTEST_GUILESS_MAIN(ByteCursorTest)
#include "tst_byte_cursor.moc"
