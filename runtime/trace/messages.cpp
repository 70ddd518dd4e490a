// Bytes of the control frames.
#include "runtime/trace/messages.h"

#include "runtime/base/byte_cursor.h"
#include "runtime/base/utf8.h"
#include "runtime/term/term_codec.h"

#include <string_view>
#include <utility>

namespace exitwave::trace {

namespace {

constexpr std::uint8_t helloAcceptsCommands = 0x01;
constexpr std::uint8_t helloHasSeed = 0x02;

std::string readText(base::ByteReader& reader)
{
    const std::string_view text = reader.text();
    if (!base::isValidUtf8(text))
        reader.setFailed();
    return std::string(text);
}

base::Error damaged(std::string_view what, const base::ByteReader& reader)
{
    return base::fail(base::ErrorCode::Damaged,
                      "the " + std::string(what) + " frame cannot be read at byte "
                          + std::to_string(reader.position()) + " of its payload");
}

} // namespace

std::string_view commandText(CommandKind kind)
{
    switch (kind) {
    case CommandKind::Exit:
        return "exit";
    case CommandKind::SetTrapExit:
        return "set_trap_exit";
    case CommandKind::Link:
        return "link";
    case CommandKind::Unlink:
        return "unlink";
    case CommandKind::Send:
        return "send";
    case CommandKind::Pause:
        return "pause";
    case CommandKind::Resume:
        return "resume";
    case CommandKind::Step:
        return "step";
    case CommandKind::SetDelay:
        return "set_delay";
    }
    return {};
}

std::vector<std::byte> encodeHello(const Hello& hello)
{
    std::vector<std::byte> payload;
    base::ByteWriter writer(payload);
    writer.u8(static_cast<std::uint8_t>((hello.acceptsCommands ? helloAcceptsCommands : 0)
                                        | (hello.seed ? helloHasSeed : 0)));
    writer.varint(hello.processId);
    writer.u64(static_cast<std::uint64_t>(hello.startedAtUnixNs));
    writer.u64(hello.seed.value_or(0));
    writer.text(hello.program);
    writer.text(hello.title);
    return payload;
}

base::Result<Hello> decodeHello(std::span<const std::byte> payload)
{
    base::ByteReader reader(payload);
    Hello hello;
    const std::uint8_t flags = reader.u8();
    hello.acceptsCommands = (flags & helloAcceptsCommands) != 0;
    hello.processId = reader.varint();
    hello.startedAtUnixNs = static_cast<std::int64_t>(reader.u64());
    const std::uint64_t seed = reader.u64();
    if ((flags & helloHasSeed) != 0)
        hello.seed = seed;
    hello.program = readText(reader);
    hello.title = readText(reader);
    if (!reader.ok())
        return damaged("Hello", reader);
    return hello;
}

std::vector<std::byte> encodeClientHello(const ClientHello& hello)
{
    std::vector<std::byte> payload;
    base::ByteWriter writer(payload);
    writer.u16(hello.oldestMajor);
    writer.u16(hello.newestMajor);
    writer.u8(static_cast<std::uint8_t>(hello.wants));
    writer.text(hello.program);
    return payload;
}

base::Result<ClientHello> decodeClientHello(std::span<const std::byte> payload)
{
    base::ByteReader reader(payload);
    ClientHello hello;
    hello.oldestMajor = reader.u16();
    hello.newestMajor = reader.u16();
    hello.wants = static_cast<ClientHello::Wants>(reader.u8());
    hello.program = readText(reader);
    if (!reader.ok())
        return damaged("ClientHello", reader);
    return hello;
}

std::vector<std::byte> encodeRefusal(const Refusal& refusal)
{
    std::vector<std::byte> payload;
    base::ByteWriter writer(payload);
    writer.u16(refusal.oldestMajor);
    writer.u16(refusal.newestMajor);
    writer.text(refusal.text);
    return payload;
}

base::Result<Refusal> decodeRefusal(std::span<const std::byte> payload)
{
    base::ByteReader reader(payload);
    Refusal refusal;
    refusal.oldestMajor = reader.u16();
    refusal.newestMajor = reader.u16();
    refusal.text = readText(reader);
    if (!reader.ok())
        return damaged("Refusal", reader);
    return refusal;
}

std::vector<std::byte> encodeEnd(const End& end)
{
    std::vector<std::byte> payload;
    base::ByteWriter writer(payload);
    writer.varint(end.events);
    writer.varint(end.terms);
    writer.varint(end.lost);
    writer.text(end.why);
    return payload;
}

base::Result<End> decodeEnd(std::span<const std::byte> payload)
{
    base::ByteReader reader(payload);
    End end;
    end.events = reader.varint();
    end.terms = reader.varint();
    end.lost = reader.varint();
    end.why = readText(reader);
    if (!reader.ok())
        return damaged("End", reader);
    return end;
}

std::vector<std::byte> encodeCommand(const Command& command)
{
    std::vector<std::byte> payload;
    base::ByteWriter writer(payload);
    writer.varint(command.id.value);
    writer.u8(static_cast<std::uint8_t>(command.kind));
    writer.varint(command.process.value);
    writer.varint(command.peer.value);
    writer.zigzag(command.value);
    term::encodeTerm(command.term, writer);
    return payload;
}

base::Result<Command> decodeCommand(std::span<const std::byte> payload)
{
    base::ByteReader reader(payload);
    Command command;
    command.id = CommandId{reader.varint()};
    command.kind = static_cast<CommandKind>(reader.u8());
    command.process = ProcessKey{reader.varint()};
    command.peer = ProcessKey{reader.varint()};
    command.value = reader.zigzag();
    if (!reader.ok())
        return damaged("Command", reader);
    base::Result<term::Term> value = term::decodeTerm(reader);
    if (!value.ok() && value.error().code == base::ErrorCode::Overflow)
        return value.error(); // sound, but more than can be taken in
    if (!value.ok())
        return damaged("Command", reader);
    command.term = std::move(value).value();
    return command;
}

CommandId commandIdOf(std::span<const std::byte> payload)
{
    base::ByteReader reader(payload);
    return CommandId{reader.varint()};
}

std::vector<std::byte> encodeAnswer(const Answer& answer)
{
    std::vector<std::byte> payload;
    base::ByteWriter writer(payload);
    writer.varint(answer.id.value);
    writer.u8(answer.accepted ? 1 : 0);
    writer.text(answer.text);
    return payload;
}

base::Result<Answer> decodeAnswer(std::span<const std::byte> payload)
{
    base::ByteReader reader(payload);
    Answer answer;
    answer.id = CommandId{reader.varint()};
    answer.accepted = reader.u8() == 1;
    answer.text = readText(reader);
    if (!reader.ok())
        return damaged("Answer", reader);
    return answer;
}

} // namespace exitwave::trace
