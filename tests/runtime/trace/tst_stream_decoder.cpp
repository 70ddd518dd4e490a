// Frames and streams: whole, in pieces, cut and damaged.
#include "runtime/base/byte_cursor.h"
#include "runtime/trace/frame_reader.h"
#include "runtime/trace/stream_decoder.h"
#include "runtime/trace/term_table.h"
#include "tests/runtime/trace/trace_samples.h"

#include <QTest>

#include <random>

using namespace exitwave;
using namespace exitwave::trace;

namespace {

std::vector<std::byte> withPreamble(const std::vector<std::byte>& frames,
                                    FormatVersion version = currentFormat)
{
    std::vector<std::byte> bytes;
    appendPreamble(bytes, version);
    bytes.insert(bytes.end(), frames.begin(), frames.end());
    return bytes;
}

std::string allText(const Batch& batch)
{
    std::string text;
    for (const Diagnostic& diagnostic : batch.diagnostics)
        text += diagnostic.what + "\n";
    return text;
}

} // namespace

class StreamDecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStreamReadsTheSameInPiecesOfAnySize()
    {
        const std::vector<Event> events = samples::cascade(30);
        const std::vector<std::byte> bytes = withPreamble(samples::frames(events, 20));
        for (const std::size_t chunk :
             {std::size_t{1}, std::size_t{7}, std::size_t{100}, bytes.size()}) {
            StreamDecoder decoder(StreamDecoder::Start::Preamble);
            const Batch batch = samples::decodeAll(bytes, chunk, decoder);
            QVERIFY(batch.events == events);
            QCOMPARE(batch.terms.size(), 3U);
            QVERIFY2(batch.diagnostics.empty(), allText(batch).c_str());
            QVERIFY(decoder.hello() && decoder.hello()->title == "sample");
            QVERIFY(decoder.end() && decoder.end()->why == "done");
        }
    }

    void aStreamCutAtAnyByteYieldsEverythingBeforeTheCutAndSaysSo()
    {
        const std::vector<Event> events = samples::cascade(8);
        const std::vector<std::byte> bytes = withPreamble(samples::frames(events, 5));
        std::size_t before = 0;
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            StreamDecoder decoder(StreamDecoder::Start::Preamble);
            const Batch batch
                = samples::decodeAll(std::span(bytes).first(size), bytes.size(), decoder);
            QVERIFY(samples::isPrefix(batch.events, events));
            QVERIFY(batch.events.size() >= before); // more bytes, never fewer events
            before = batch.events.size();
            if (size < preambleSize)
                QVERIFY(decoder.failure().has_value());
            else
                QCOMPARE(batch.diagnostics.size(), 1U);
        }
        QCOMPARE(before, events.size()); // only the end mark was missing last
    }

    void theMessageOfACutStreamNamesPlaceAmountAndCause()
    {
        const std::vector<std::byte> bytes = withPreamble(samples::frames(samples::cascade(8), 5));
        StreamDecoder decoder(StreamDecoder::Start::Preamble);
        const std::size_t size = bytes.size() - 3;
        const Batch batch = samples::decodeAll(std::span(bytes).first(size), 64, decoder);
        const std::string text = allText(batch);
        QVERIFY2(text.find("the trace ends inside a frame at byte " + std::to_string(size))
                     != std::string::npos,
                 text.c_str());
        QVERIFY2(text.find("were read. The program was probably stopped while recording.")
                     != std::string::npos,
                 text.c_str());
    }

    void anyFlippedBitIsFoundAndTheRestIsRead()
    {
        const std::vector<Event> events = samples::cascade(8);
        const std::vector<std::byte> good = withPreamble(samples::frames(events, 5));
        for (std::size_t at = preambleSize; at < good.size(); ++at) {
            for (const int bit : {0, 3, 7}) {
                std::vector<std::byte> bytes = good;
                bytes[at] ^= static_cast<std::byte>(1U << bit);
                StreamDecoder decoder(StreamDecoder::Start::Preamble);
                const Batch batch = samples::decodeAll(bytes, bytes.size(), decoder);
                QVERIFY2(!batch.diagnostics.empty(), std::to_string(at).c_str());
                QVERIFY(batch.events.size() + 5 >= events.size()); // one block at most is gone
                for (const Event& event : batch.events)
                    QVERIFY(std::find(events.begin(), events.end(), event) != events.end());
            }
        }
    }

    void rubbishBetweenFramesIsPassedOver()
    {
        const std::vector<Event> events = samples::cascade(4);
        std::vector<std::byte> bytes = withPreamble({});
        const std::string rubbish = "EW this is no frame EWEWEW";
        base::ByteWriter(bytes).bytes(rubbish);
        const std::vector<std::byte> frames = samples::frames(events, 100);
        bytes.insert(bytes.end(), frames.begin(), frames.end());
        StreamDecoder decoder(StreamDecoder::Start::Preamble);
        const Batch batch = samples::decodeAll(bytes, 10, decoder);
        QVERIFY(batch.events == events);
        QCOMPARE(batch.diagnostics.size(), 1U);
        QCOMPARE(batch.diagnostics[0].offset, preambleSize);
        QVERIFY2(allText(batch).find("bytes 16 to 41 are damaged") != std::string::npos,
                 allText(batch).c_str());
    }

    void randomBytesNeverCrash()
    {
        const auto seed = std::random_device{}();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        const std::vector<std::byte> good = samples::frames(samples::cascade(30), 10);
        for (int round = 0; round < 300; ++round) {
            std::vector<std::byte> bytes = good;
            for (int flips = 0; flips < 20; ++flips)
                bytes[random() % bytes.size()] = static_cast<std::byte>(random());
            StreamDecoder decoder(StreamDecoder::Start::Frames);
            (void)samples::decodeAll(bytes, 1 + random() % 200, decoder);
        }
    }

    void missingEventsAreCounted()
    {
        const std::vector<Event> events = samples::cascade(8);
        std::vector<std::byte> bytes;
        std::vector<std::byte> payload;
        encodeEvents(std::span(events).first(4), 0, payload);
        appendFrame(bytes, FrameType::Events, payload);
        payload.clear();
        encodeEvents(std::span(events).subspan(10), 10, payload);
        appendFrame(bytes, FrameType::Events, payload);
        appendFrame(bytes, FrameType::End, encodeEnd({events.size(), 0, 0, ""}));
        StreamDecoder decoder(StreamDecoder::Start::Frames);
        const Batch batch = samples::decodeAll(bytes, bytes.size(), decoder);
        QCOMPARE(batch.diagnostics.size(), 1U);
        QVERIFY2(allText(batch).rfind("6 events are missing", 0) == 0, allText(batch).c_str());
    }

    void unknownFramesAreSkippedWithoutAWord()
    {
        std::vector<std::byte> bytes;
        const std::vector<std::byte> payload(40, std::byte{7});
        appendFrame(bytes, static_cast<FrameType>(99), payload);
        const std::vector<Event> events = samples::cascade(3);
        const std::vector<std::byte> frames = samples::frames(events, 100);
        bytes.insert(bytes.end(), frames.begin(), frames.end());
        StreamDecoder decoder(StreamDecoder::Start::Frames);
        const Batch batch = samples::decodeAll(bytes, bytes.size(), decoder);
        QVERIFY(batch.diagnostics.empty());
        QVERIFY(batch.events == events);
    }

    void aFrameWithAnUnknownFlagIsReported()
    {
        std::vector<std::byte> bytes;
        appendFrame(bytes, FrameType::End, encodeEnd({}), 0x40);
        StreamDecoder decoder(StreamDecoder::Start::Frames);
        const Batch batch = samples::decodeAll(bytes, bytes.size(), decoder);
        QVERIFY2(allText(batch).find("a feature of a later version") != std::string::npos,
                 allText(batch).c_str());
    }

    void preamblesOfOthersAndOfLaterVersionsAreRefused()
    {
        StreamDecoder foreign(StreamDecoder::Start::Preamble);
        std::vector<std::byte> bytes;
        base::ByteWriter(bytes).bytes("GIF89a, and nothing of ours");
        foreign.feed(bytes);
        QVERIFY(foreign.failure().has_value());
        QCOMPARE(foreign.failure()->code, base::ErrorCode::InvalidInput);

        StreamDecoder future(StreamDecoder::Start::Preamble);
        future.feed(withPreamble({}, {9, 0}));
        QVERIFY(future.failure().has_value());
        QCOMPARE(future.failure()->code, base::ErrorCode::Unsupported);
        QCOMPARE(future.failure()->message,
                 std::string("is in trace format 9.0, but this program reads format 1 only: use a "
                             "newer Exitwave"));

        StreamDecoder later(StreamDecoder::Start::Preamble);
        later.feed(withPreamble({}, {currentFormat.major, 200}));
        QVERIFY(!later.failure().has_value());
    }

    void aLargePayloadIsCompressedAndABombIsNotUnpacked()
    {
        const std::vector<std::byte> payload(1U << 20, std::byte{1});
        std::vector<std::byte> bytes;
        appendFrame(bytes, FrameType::Events, payload);
        QVERIFY(bytes.size() < 1000);
        FrameReader reader;
        reader.feed(bytes);
        const std::optional<Frame> frame = reader.next();
        QVERIFY(frame && frame->payload == payload);
        QVERIFY((frame->flags & frame_flags::compressed) != 0);
    }

    void idsThatLeapCostNoMemoryAndAreTold()
    {
        constexpr std::uint32_t leap = 1U << 20;
        std::vector<std::byte> bytes;
        for (std::uint32_t i = 0; i < 8; ++i) {
            const std::vector<std::string> terms{encodeForTable(term::Term::integer(i))};
            std::vector<std::byte> payload;
            encodeTerms(TermId{1 + i * leap}, terms, payload);
            appendFrame(bytes, FrameType::Terms, payload);
        }
        StreamDecoder decoder(StreamDecoder::Start::Frames);
        decoder.feed(bytes);
        Batch batch;
        while (decoder.next(batch)) {}
        TermTable table;
        table.add(batch.terms);
        QVERIFY2(table.size() <= 2 * leap, std::to_string(table.size()).c_str());
        QVERIFY(table.at(TermId{1}) == term::Term::integer(0));
        QVERIFY(table.at(TermId{1 + leap}) == term::Term::integer(1)); // a gap alone is no reason
        QVERIFY(table.at(TermId{1 + 7 * leap}) == term::Term::atom("lost"));
        QVERIFY2(allText(batch).find("read as :lost") != std::string::npos, allText(batch).c_str());

        std::vector<TermDefinition> leaps; // as a source could hand out that decodes by itself
        for (std::uint32_t i = 0; i < 8; ++i)
            leaps.push_back({TermId{1 + i * leap}, term::Term::integer(i)});
        TermTable direct;
        direct.add(leaps);
        QVERIFY2(direct.size() <= 2 * leap, std::to_string(direct.size()).c_str());
    }

    void damageInVeryManyPlacesIsCountedNotListed()
    {
        constexpr std::size_t places = 5000;
        std::vector<std::byte> bytes;
        for (std::size_t i = 0; i < places; ++i) {
            appendFrame(bytes, FrameType::Events, std::vector<std::byte>(4, std::byte{0xff}));
            bytes.back() ^= std::byte{1}; // its checksum
        }
        StreamDecoder decoder(StreamDecoder::Start::Frames);
        decoder.feed(bytes);
        decoder.finish();
        Batch batch;
        while (decoder.next(batch)) {}
        QVERIFY2(batch.diagnostics.size() < 1100, std::to_string(batch.diagnostics.size()).c_str());
        std::size_t listed = 0;
        for (const Diagnostic& diagnostic : batch.diagnostics)
            listed += diagnostic.what.find("its checksum disagrees") != std::string::npos ? 1 : 0;
        const std::string rest = "and " + std::to_string(places - listed) + " more";
        QVERIFY2(allText(batch).find(rest) != std::string::npos, rest.c_str());
    }
};

QTEST_GUILESS_MAIN(StreamDecoderTest)
#include "tst_stream_decoder.moc"
