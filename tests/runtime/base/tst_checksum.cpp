// CRC-32C against known answers and against the definition.
#include "runtime/base/checksum.h"

#include <QTest>

#include <rapidcheck.h>

#include <string>

using namespace exitwave::base;

namespace {

/// Bit by bit, as the definition has it.
std::uint32_t slowCrc32c(std::string_view data)
{
    std::uint32_t crc = 0xffffffff;
    for (const char c : data) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) ? 0x82f63b78 : 0);
    }
    return ~crc;
}

} // namespace

class ChecksumTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownAnswers()
    {
        QCOMPARE(crc32c(std::string_view("123456789")), 0xe3069283U);
        QCOMPARE(crc32c(std::string_view()), 0U);
        QCOMPARE(crc32c(std::string(32, '\0')), 0x8a9136aaU); // RFC 3720, B.4
        QCOMPARE(crc32c(std::string(32, '\xff')), 0x62a8ab43U);
    }

    void agreesWithTheDefinitionOnAnyData()
    {
        QVERIFY(rc::check(
            [](const std::string& data) { RC_ASSERT(crc32c(data) == slowCrc32c(data)); }));
    }

    void piecesGiveTheSumOfTheWhole()
    {
        QVERIFY(rc::check([](const std::string& first, const std::string& second) {
            RC_ASSERT(crc32c(second, crc32c(first)) == crc32c(first + second));
        }));
    }

    void everyFlippedBitIsSeen()
    {
        std::string data = "a frame of the trace, 40 bytes in length";
        const std::uint32_t sum = crc32c(data);
        for (std::size_t bit = 0; bit < data.size() * 8; ++bit) {
            std::string changed = data;
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
            QVERIFY(crc32c(changed) != sum);
        }
    }
};

QTEST_GUILESS_MAIN(ChecksumTest)
#include "tst_checksum.moc"
