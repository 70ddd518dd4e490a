// Column encoding of events; FORMAT.md shows the bytes.
#include "runtime/trace/codec.h"

#include "runtime/base/byte_cursor.h"
#include "runtime/base/check.h"
#include "runtime/term/term_codec.h"

#include <array>
#include <limits>
#include <utility>

namespace exitwave::trace {

namespace {

// Order of the columns in a payload: never reorder, append only.
enum Column : std::size_t { Type, How, Time, Process, Peer, Id, Cause, Term, columnCount };

// Which columns a type stores, as written beside it in every payload.
enum UseBit : std::uint8_t {
    usesHow = 1,
    usesProcess = 2,
    usesPeer = 4,
    usesId = 8,
    usesCause = 16,
    usesTerm = 32
};

std::uint8_t usedColumns(const EventInfo& info)
{
    return static_cast<std::uint8_t>(
        (info.how == "None" ? 0 : usesHow) | (info.process.empty() ? 0 : usesProcess)
        | (info.peer.empty() ? 0 : usesPeer) | (info.id.empty() ? 0 : usesId)
        | (info.cause.empty() ? 0 : usesCause) | (info.term.empty() ? 0 : usesTerm));
}

// Use bits of every known type, by its number; 0 for unknown ones.
const std::array<std::uint8_t, 256>& useBits()
{
    static const std::array<std::uint8_t, 256> bits = [] {
        std::array<std::uint8_t, 256> made{};
        for (std::size_t i = 0; i < eventInfoCount(); ++i)
            made[static_cast<std::uint8_t>(eventInfoAt(i).type)] = usedColumns(eventInfoAt(i));
        return made;
    }();
    return bits;
}

// What came before, of the same type: the best guess for ids, causes, peers and terms.
struct Previous
{
    std::uint64_t peer = 0;
    std::uint64_t id = 0;
    std::uint64_t cause = 0;
    std::uint64_t term = 0;
};

std::int64_t difference(std::uint64_t now, std::uint64_t before)
{
    return static_cast<std::int64_t>(now - before); // modulo 2^64, undone by sum()
}

std::uint64_t sum(std::uint64_t before, std::int64_t difference)
{
    return before + static_cast<std::uint64_t>(difference);
}

// Process keys: the lower half is a slot and moves little, the upper half is how often the slot was
// used and is nearly always the one that this slot had last. So: zigzag of the slot's difference,
// times two, plus one when the upper half is not as predicted and follows as a difference.
class KeyPredictor
{
public:
    void write(base::ByteWriter& writer, std::uint64_t key, std::uint64_t near)
    {
        const auto slot = static_cast<std::uint32_t>(key);
        const auto upper = static_cast<std::uint32_t>(key >> 32);
        const std::uint32_t guess = predicted(slot);
        const std::int64_t step = static_cast<std::int64_t>(slot)
            - static_cast<std::int64_t>(static_cast<std::uint32_t>(near));
        writer.varint(base::zigzagEncode(step) << 1 | (upper == guess ? 0U : 1U));
        if (upper != guess)
            writer.zigzag(static_cast<std::int64_t>(upper) - static_cast<std::int64_t>(guess));
        remember(slot, upper);
    }

    std::uint64_t read(base::ByteReader& reader, std::uint64_t near)
    {
        const std::uint64_t coded = reader.varint();
        const std::int64_t slot = base::zigzagDecode(coded >> 1)
            + static_cast<std::int64_t>(static_cast<std::uint32_t>(near));
        if (slot < 0 || slot > std::numeric_limits<std::uint32_t>::max()) {
            reader.setFailed();
            return 0;
        }
        std::uint64_t upper = predicted(static_cast<std::uint32_t>(slot));
        if ((coded & 1) != 0)
            upper = sum(upper, reader.zigzag());
        if (upper > std::numeric_limits<std::uint32_t>::max()) {
            reader.setFailed();
            return 0;
        }
        remember(static_cast<std::uint32_t>(slot), static_cast<std::uint32_t>(upper));
        return upper << 32 | static_cast<std::uint64_t>(slot);
    }

private:
    struct Entry
    {
        std::uint32_t slot = 0;
        std::uint32_t upper = 0;
    };
    static constexpr std::size_t entryCount = 4096; // part of the format

    std::uint32_t predicted(std::uint32_t slot) const
    {
        const Entry& entry = m_entries[slot % entryCount];
        return entry.slot == slot ? entry.upper : m_last;
    }
    void remember(std::uint32_t slot, std::uint32_t upper)
    {
        m_entries[slot % entryCount] = {slot, upper};
        m_last = upper;
    }

    std::vector<Entry> m_entries = std::vector<Entry>(entryCount);
    std::uint32_t m_last = 0;
};

base::Error damaged(const std::string& what)
{
    return base::fail(base::ErrorCode::Damaged, what);
}

using Columns = std::array<std::vector<std::byte>, columnCount>;

Columns columnsOf(std::span<const Event> events)
{
    Columns columns;
    for (std::vector<std::byte>& column : columns)
        column.reserve(events.size() * 2);
    KeyPredictor keys;
    std::array<Previous, 256> previousOf{};
    std::uint64_t process = 0;
    std::int64_t time = events.empty() ? 0 : events.front().time.ns;
    for (const Event& event : events) {
        const auto type = static_cast<std::uint8_t>(event.type);
        const std::uint8_t uses = useBits()[type];
        Previous& previous = previousOf[type];
        columns[Type].push_back(static_cast<std::byte>(type));
        if ((uses & usesHow) != 0)
            columns[How].push_back(static_cast<std::byte>(event.how));
        base::ByteWriter(columns[Time]).varint(static_cast<std::uint64_t>(event.time.ns - time));
        time = event.time.ns;
        if ((uses & usesProcess) != 0) {
            base::ByteWriter writer(columns[Process]);
            keys.write(writer, event.process.value, process);
            process = event.process.value;
        }
        if ((uses & usesPeer) != 0) {
            base::ByteWriter writer(columns[Peer]);
            keys.write(writer, event.peer.value, previous.peer);
            previous.peer = event.peer.value;
        }
        if ((uses & usesId) != 0)
            base::ByteWriter(columns[Id])
                .zigzag(difference(event.id, std::exchange(previous.id, event.id)));
        if ((uses & usesCause) != 0)
            base::ByteWriter(columns[Cause])
                .zigzag(difference(event.cause.value,
                                   std::exchange(previous.cause, event.cause.value)));
        if ((uses & usesTerm) != 0)
            base::ByteWriter(columns[Term])
                .zigzag(
                    difference(event.term.value, std::exchange(previous.term, event.term.value)));
    }
    return columns;
}

// The head of a payload: which types occur and which columns each stores, so that a reader can pass
// over types that it does not know.
void writeUses(std::span<const Event> events, base::ByteWriter& writer)
{
    std::array<bool, 256> occurs{};
    std::uint8_t count = 0;
    for (const Event& event : events) {
        bool& seen = occurs[static_cast<std::uint8_t>(event.type)];
        count = static_cast<std::uint8_t>(count + (seen ? 0 : 1));
        seen = true;
    }
    writer.u8(count);
    for (std::size_t type = 0; type < occurs.size(); ++type) {
        if (!occurs[type])
            continue;
        writer.u8(static_cast<std::uint8_t>(type));
        writer.u8(useBits()[type]);
    }
}

struct Layout
{
    std::array<int, 256> uses{}; // -1: does not occur
    std::array<std::span<const std::byte>, columnCount> columns;
};

bool readLayout(base::ByteReader& reader, Layout& layout)
{
    layout.uses.fill(-1);
    const std::size_t types = reader.u8();
    for (std::size_t i = 0; i < types; ++i) {
        const std::uint8_t type = reader.u8();
        layout.uses[type] = reader.u8();
    }
    const std::uint64_t columns = reader.varint();
    for (std::uint64_t i = 0; i < columns && reader.ok(); ++i) {
        const std::uint64_t size = reader.varint();
        if (size > reader.remaining())
            reader.setFailed();
        const std::span<const std::byte> bytes
            = reader.bytes(static_cast<std::size_t>(reader.ok() ? size : 0));
        if (i < columnCount)
            layout.columns[i] = bytes; // columns of later versions are passed over
    }
    return reader.ok();
}

// Reads the events of one block, row by row, from the eight columns at once.
class RowReader
{
public:
    RowReader(const Layout& layout, std::int64_t time)
        : m_uses(layout.uses)
        , m_columns{base::ByteReader(layout.columns[Type]),
                    base::ByteReader(layout.columns[How]),
                    base::ByteReader(layout.columns[Time]),
                    base::ByteReader(layout.columns[Process]),
                    base::ByteReader(layout.columns[Peer]),
                    base::ByteReader(layout.columns[Id]),
                    base::ByteReader(layout.columns[Cause]),
                    base::ByteReader(layout.columns[Term])}
        , m_time(time)
    {
    }

    // False when a column ends early or holds what cannot be.
    bool next(Event& event)
    {
        const std::uint8_t type = m_columns[Type].u8();
        if (m_uses[type] < 0)
            return false;
        const auto uses = static_cast<std::uint8_t>(m_uses[type]);
        Previous& previous = m_previousOf[type];
        event = {};
        event.type = static_cast<EventType>(type);
        const std::uint64_t step = m_columns[Time].varint();
        if (step > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())
            || m_time > std::numeric_limits<std::int64_t>::max() - static_cast<std::int64_t>(step))
            return false;
        m_time += static_cast<std::int64_t>(step);
        event.time = base::Timestamp{m_time};
        if ((uses & usesHow) != 0)
            event.how = m_columns[How].u8();
        if ((uses & usesProcess) != 0)
            event.process = ProcessKey{m_process = m_keys.read(m_columns[Process], m_process)};
        if ((uses & usesPeer) != 0)
            event.peer = ProcessKey{previous.peer = m_keys.read(m_columns[Peer], previous.peer)};
        if ((uses & usesId) != 0)
            event.id = previous.id = sum(previous.id, m_columns[Id].zigzag());
        if ((uses & usesCause) != 0)
            event.cause = SignalId{previous.cause = sum(previous.cause, m_columns[Cause].zigzag())};
        if ((uses & usesTerm) != 0)
            previous.term = sum(previous.term, m_columns[Term].zigzag());
        if (previous.term > std::numeric_limits<std::uint32_t>::max())
            return false;
        event.term
            = TermId{(uses & usesTerm) != 0 ? static_cast<std::uint32_t>(previous.term) : 0U};
        return ok();
    }

private:
    bool ok() const
    {
        for (const base::ByteReader& column : m_columns) {
            if (!column.ok())
                return false;
        }
        return true;
    }

    const std::array<int, 256>& m_uses;
    std::array<base::ByteReader, columnCount> m_columns;
    std::int64_t m_time;
    std::uint64_t m_process = 0;
    KeyPredictor m_keys;
    std::array<Previous, 256> m_previousOf{};
};

} // namespace

void encodeEvents(std::span<const Event> events,
                  std::uint64_t firstIndex,
                  std::vector<std::byte>& payload)
{
    if (!EXITWAVE_CHECK(events.size() <= maxEventsPerFrame))
        return;
    base::ByteWriter writer(payload);
    writer.varint(firstIndex);
    writer.varint(events.size());
    writer.zigzag(events.empty() ? 0 : events.front().time.ns);
    writeUses(events, writer);
    const Columns columns = columnsOf(events);
    writer.varint(columns.size());
    for (const std::vector<std::byte>& column : columns) {
        writer.varint(column.size());
        writer.bytes(column);
    }
}

base::Result<EventBlock> decodeEvents(std::span<const std::byte> payload)
{
    base::ByteReader reader(payload);
    EventBlock block;
    block.firstIndex = reader.varint();
    block.count = reader.varint();
    const std::int64_t time = reader.zigzag();
    Layout layout;
    if (!readLayout(reader, layout))
        return damaged("the columns of a block of events do not fit into it");
    if (block.count > maxEventsPerFrame || block.count != layout.columns[Type].size())
        return damaged("a block of events claims " + std::to_string(block.count)
                       + " events but holds " + std::to_string(layout.columns[Type].size()));
    RowReader rows(layout, time);
    block.events.reserve(static_cast<std::size_t>(block.count));
    Event event;
    for (std::uint64_t i = 0; i < block.count; ++i) {
        if (!rows.next(event))
            return damaged("event " + std::to_string(i) + " of a block of "
                           + std::to_string(block.count) + " cannot be read");
        if (eventInfo(event.type) == nullptr)
            ++block.unknown;
        else
            block.events.push_back(event);
    }
    return block;
}

std::string encodeForTable(const term::Term& term)
{
    std::string encoding;
    base::ByteWriter writer(encoding);
    term::encodeTruncated(term, writer, maxTermBytes);
    return encoding;
}

void encodeTerms(TermId first,
                 std::span<const std::string> encodings,
                 std::vector<std::byte>& payload)
{
    base::ByteWriter writer(payload);
    writer.varint(first.value);
    writer.varint(encodings.size());
    for (const std::string& encoding : encodings)
        writer.text(encoding);
}

base::Result<TermBlock> decodeTerms(std::span<const std::byte> payload)
{
    base::ByteReader reader(payload);
    TermBlock block;
    const std::uint64_t first = reader.varint();
    const std::uint64_t count = reader.varint();
    constexpr std::uint64_t lastId = std::numeric_limits<std::uint32_t>::max();
    if (!reader.ok() || first == 0 || first > lastId || count > reader.remaining()
        || count > maxTermsPerFrame || first + count - 1 > lastId)
        return damaged("a block of terms claims more terms than it can hold");
    block.terms.reserve(static_cast<std::size_t>(count));
    for (std::uint64_t i = 0; i < count; ++i) {
        base::ByteReader bytes(reader.text());
        if (!reader.ok())
            return damaged("term " + std::to_string(first + i) + " cannot be read");
        base::Result<term::Term> value = term::decodeTerm(bytes);
        if (!value.ok())
            ++block.unreadable;
        block.terms.push_back({TermId{static_cast<std::uint32_t>(first + i)},
                               value.ok() ? std::move(value).value() : term::Term::atom("lost")});
    }
    return block;
}

} // namespace exitwave::trace
