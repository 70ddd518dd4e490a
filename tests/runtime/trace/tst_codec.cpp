// Events and terms as bytes and back.
#include "runtime/base/byte_cursor.h"
#include "runtime/trace/codec.h"
#include "tests/runtime/trace/trace_samples.h"

#include <QTest>

#include <array>
#include <random>

using namespace exitwave;
using namespace exitwave::trace;

class CodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsEncodedDecodesToTheSame()
    {
        const bool held = rc::check("events survive encoding", [] {
            const std::vector<Event> events = samples::arbitraryEvents();
            const auto first = *rc::gen::arbitrary<std::uint64_t>();
            std::vector<std::byte> payload;
            encodeEvents(events, first, payload);
            const auto block = decodeEvents(payload);
            RC_ASSERT(block.ok());
            RC_ASSERT(block->firstIndex == first);
            RC_ASSERT(block->unknown == 0U);
            RC_ASSERT(block->events == events);
        });
        QVERIFY(held);
    }

    void aCascadeTakesFewBytesPerEvent()
    {
        const std::vector<Event> events = samples::cascade(2000);
        std::vector<std::byte> payload;
        encodeEvents(events, 0, payload);
        std::vector<std::byte> frame;
        appendFrame(frame, FrameType::Events, payload);
        const double perEvent
            = static_cast<double>(frame.size()) / static_cast<double>(events.size());
        qInfo("%.2f bytes an event before compression, %.2f after",
              static_cast<double>(payload.size()) / static_cast<double>(events.size()),
              perEvent);
        QVERIFY(perEvent < 4.0);
    }

    void aPayloadCutAnywhereIsRefusedAndNeverReadBeyondItsEnd()
    {
        std::vector<std::byte> payload;
        encodeEvents(samples::cascade(5), 0, payload);
        for (std::size_t size = 0; size < payload.size(); ++size) {
            const std::vector<std::byte> cut(payload.begin(),
                                             payload.begin() + static_cast<std::ptrdiff_t>(size));
            QVERIFY2(!decodeEvents(cut).ok(), std::to_string(size).c_str());
        }
    }

    void randomBytesNeverCrash()
    {
        const auto seed = std::random_device{}();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        std::vector<std::byte> good;
        encodeEvents(samples::cascade(20), 0, good);
        for (int round = 0; round < 3000; ++round) {
            std::vector<std::byte> bytes = good;
            for (int flips = 0; flips < 4; ++flips)
                bytes[random() % bytes.size()] = static_cast<std::byte>(random());
            const auto block = decodeEvents(bytes);
            QVERIFY(!block.ok() || block->events.size() <= bytes.size());
            (void)decodeTerms(bytes);
            (void)decodeHello(bytes);
            (void)decodeCommand(bytes);
            (void)decodeAnswer(bytes);
            (void)decodeEnd(bytes);
        }
    }

    void aClaimOfMoreEventsThanBytesIsRefused()
    {
        std::vector<std::byte> payload;
        base::ByteWriter writer(payload);
        writer.varint(0);
        writer.varint(1ULL << 60);
        writer.zigzag(0);
        writer.u8(0);
        writer.varint(0);
        QVERIFY(!decodeEvents(payload).ok());
    }

    void eventsOfLaterVersionsAreLeftOutAndCounted()
    {
        // Type 200 uses an id column; columns beyond the known ones follow.
        std::vector<std::byte> payload;
        base::ByteWriter writer(payload);
        writer.varint(7);
        writer.varint(2);
        writer.zigzag(500);
        writer.u8(2);
        writer.u8(static_cast<std::uint8_t>(EventType::Loss));
        writer.u8(8 | 32);
        writer.u8(200);
        writer.u8(8);
        const std::array<std::vector<std::uint8_t>, 9> columns{
            {{200, 18}, {}, {0, 5}, {}, {}, {2, 6}, {}, {2}, {1, 2, 3}}};
        writer.varint(columns.size());
        for (const auto& column : columns) {
            writer.varint(column.size());
            writer.bytes(std::as_bytes(std::span(column)));
        }
        const auto block = decodeEvents(payload);
        QVERIFY2(block.ok(), block.ok() ? "" : block.error().message.c_str());
        QCOMPARE(block->count, 2U);
        QCOMPARE(block->unknown, 1U);
        QCOMPARE(block->events.size(), 1U);
        QCOMPARE(block->events[0].type, EventType::Loss);
        QCOMPARE(block->events[0].id, 3U);
        QCOMPARE(block->events[0].time.ns, 505);
    }

    void termsKeepTheirIdsAndUnreadableOnesReadAsLost()
    {
        std::vector<std::string> encodings{encodeForTable(term::Term::atom("boom")),
                                           "\xff\xff\xff"};
        std::vector<std::byte> payload;
        encodeTerms(TermId{5}, encodings, payload);
        const auto block = decodeTerms(payload);
        QVERIFY(block.ok());
        QCOMPARE(block->unreadable, 1U);
        QCOMPARE(block->terms.size(), 2U);
        QCOMPARE(block->terms[0].id.value, 5U);
        QVERIFY(block->terms[0].value == term::Term::atom("boom"));
        QVERIFY(block->terms[1].value == term::Term::atom("lost"));
    }

    void aLongTermIsCutToItsBudget()
    {
        const std::string encoding = encodeForTable(term::Term::binary(std::string(100000, 'x')));
        QVERIFY(encoding.size() <= maxTermBytes);
    }

    void controlMessagesSurviveEncoding()
    {
        Hello hello;
        hello.acceptsCommands = true;
        hello.processId = 4711;
        hello.startedAtUnixNs = -5;
        hello.seed = 42;
        hello.program = "exitwave-node 0.1.0";
        hello.title = "Links: ä";
        QVERIFY(*decodeHello(encodeHello(hello)) == hello);
        ClientHello client;
        client.oldestMajor = 2;
        client.newestMajor = 9;
        client.wants = ClientHello::Wants::Introduction;
        client.program = "x";
        QVERIFY(*decodeClientHello(encodeClientHello(client)) == client);
        const Refusal refusal{1, 3, "no"};
        QVERIFY(*decodeRefusal(encodeRefusal(refusal)) == refusal);
        const End end{1, 2, 3, "over"};
        QVERIFY(*decodeEnd(encodeEnd(end)) == end);
        Command command;
        command.id = CommandId{77};
        command.kind = CommandKind::Exit;
        command.process = ProcessKey{1ULL << 32 | 5};
        command.peer = ProcessKey{9};
        command.value = -1;
        command.term = term::Term::tuple({term::Term::atom("shutdown"), term::Term::integer(3)});
        const auto decoded = decodeCommand(encodeCommand(command));
        QVERIFY(decoded.ok());
        QCOMPARE(decoded->id.value, 77U);
        QCOMPARE(decoded->kind, CommandKind::Exit);
        QVERIFY(decoded->process == command.process && decoded->peer == command.peer);
        QCOMPARE(decoded->value, -1);
        QVERIFY(decoded->term == command.term);
        const auto answer = decodeAnswer(encodeAnswer({CommandId{3}, false, "why"}));
        QVERIFY(answer.ok() && answer->id.value == 3 && !answer->accepted && answer->text == "why");
    }

    void whatALaterMinorVersionAppendsIsIgnored()
    {
        std::vector<std::byte> payload = encodeEnd({1, 2, 3, "over"});
        payload.push_back(std::byte{9});
        QVERIFY(decodeEnd(payload).ok());
    }
};

QTEST_GUILESS_MAIN(CodecTest)
#include "tst_codec.moc"
