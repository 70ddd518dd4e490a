// FORMAT.md says what the code does: its example byte by byte, and every event and value by name
// and number.
#include "runtime/trace/codec.h"
#include "runtime/trace/frame.h"
#include "runtime/trace/messages.h"
#include "runtime/trace/stream_decoder.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <vector>

using namespace exitwave;
using namespace exitwave::trace;

namespace {

QString formatText()
{
    QFile file(QStringLiteral(EXITWAVE_SOURCE_DIR "/runtime/trace/FORMAT.md"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// The bytes before the bar in each line of the example.
QByteArray exampleBytes()
{
    const QString text = formatText();
    const qsizetype heading = text.indexOf(QStringLiteral("## Worked example"));
    const qsizetype begin = text.indexOf(QStringLiteral("```"), heading);
    const qsizetype end = text.indexOf(QStringLiteral("```"), begin + 3);
    if (heading < 0 || begin < 0 || end < 0)
        return {};
    QByteArray hex;
    const QStringList lines = text.mid(begin + 3, end - begin - 3).split(QLatin1Char('\n'));
    for (const QString& line : lines)
        hex += line.section(QLatin1Char('|'), 0, 0).toLatin1();
    return QByteArray::fromHex(hex);
}

std::vector<std::byte> exampleStream()
{
    std::vector<std::byte> bytes;
    appendPreamble(bytes);
    Hello hello;
    hello.acceptsCommands = true;
    hello.processId = 4711;
    hello.startedAtUnixNs = 1;
    hello.program = "demo";
    hello.title = "two";
    appendFrame(bytes, FrameType::Hello, encodeHello(hello));
    const std::vector<std::string> terms{encodeForTable(term::Term::atom("boom"))};
    std::vector<std::byte> payload;
    encodeTerms(TermId{1}, terms, payload);
    appendFrame(bytes, FrameType::Terms, payload);

    std::vector<Event> events(2);
    events[0].time = base::Timestamp{1000};
    events[0].type = EventType::ExitSignalSent;
    events[0].process = ProcessKey{1ULL << 32 | 3};
    events[0].peer = ProcessKey{1ULL << 32 | 4};
    events[0].id = 9;
    events[0].term = TermId{1};
    events[1].time = base::Timestamp{1500};
    events[1].type = EventType::ProcessExited;
    events[1].how = static_cast<std::uint8_t>(ExitKind::Signal);
    events[1].process = ProcessKey{1ULL << 32 | 4};
    events[1].cause = SignalId{9};
    events[1].term = TermId{1};
    payload.clear();
    encodeEvents(events, 0, payload);
    appendFrame(bytes, FrameType::Events, payload);
    appendFrame(bytes, FrameType::End, encodeEnd({2, 1, 0, "over"}));
    return bytes;
}

} // namespace

class FormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWorkedExampleIsWhatTheCodeWrites()
    {
        const std::vector<std::byte> stream = exampleStream();
        const QByteArray made(reinterpret_cast<const char*>(stream.data()),
                              static_cast<qsizetype>(stream.size()));
        QCOMPARE(exampleBytes().toHex(' '), made.toHex(' '));
    }

    void theWorkedExampleReadsBack()
    {
        const QByteArray bytes = exampleBytes();
        StreamDecoder decoder(StreamDecoder::Start::Preamble);
        decoder.feed(
            std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size()))));
        decoder.finish();
        Batch batch;
        while (decoder.next(batch)) {}
        QCOMPARE(batch.events.size(), 2U);
        QCOMPARE(batch.events[1].cause.value, 9U);
        QVERIFY(batch.diagnostics.empty());
        QVERIFY(decoder.end().has_value());
    }

    void everyEventHasItsRow()
    {
        const QString text = formatText();
        for (std::size_t i = 0; i < eventInfoCount(); ++i) {
            const EventInfo& info = eventInfoAt(i);
            const auto cell = [](std::string_view name) {
                return name.empty()
                    ? QStringLiteral("-")
                    : QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
            };
            const QString row = QStringLiteral("| %1 | `%2` | %3 | %4 | %5 | %6 | %7 | %8 |")
                                    .arg(static_cast<int>(info.type))
                                    .arg(cell(info.text),
                                         cell(info.process),
                                         cell(info.peer),
                                         cell(info.id),
                                         cell(info.cause),
                                         cell(info.term),
                                         info.how == "None" ? QStringLiteral("-") : cell(info.how));
            QVERIFY2(text.contains(row),
                     qPrintable(QStringLiteral("FORMAT.md lacks the row\n") + row));
        }
    }

    void everyValueOfHowIsNamed()
    {
        const QString text = formatText();
        for (std::size_t i = 0; i < eventInfoCount(); ++i) {
            const std::string_view how = eventInfoAt(i).how;
            for (int value = 0; how != "None" && value < 256; ++value) {
                const std::string_view name = howText(how, static_cast<std::uint8_t>(value));
                if (name.empty())
                    continue;
                const QString row
                    = QStringLiteral("| %1 | %2 | `%3` |")
                          .arg(QString::fromUtf8(how.data(), static_cast<qsizetype>(how.size())))
                          .arg(value)
                          .arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
                QVERIFY2(text.contains(row),
                         qPrintable(QStringLiteral("FORMAT.md lacks the row\n") + row));
            }
        }
    }

    void everyFrameTypeIsDescribed()
    {
        const QString text = formatText();
        for (int number = 0; number < 256; ++number) {
            const std::string_view name = frameTypeName(static_cast<FrameType>(number));
            if (name.empty())
                continue;
            const QString heading
                = QStringLiteral("### %1 (type %2)")
                      .arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())))
                      .arg(number);
            QVERIFY2(text.contains(heading),
                     qPrintable(QStringLiteral("FORMAT.md lacks the heading ") + heading));
        }
    }
};

QTEST_GUILESS_MAIN(FormatTest)
#include "tst_format.moc"
