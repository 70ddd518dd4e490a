// Text and JSON forms of events.
#include "runtime/trace/event_text.h"

#include "runtime/term/inspect.h"
#include "runtime/term/pid.h"
#include "runtime/term/term_parser.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

namespace exitwave::trace {

namespace {

constexpr std::int64_t nanosecondsPerSecond = 1'000'000'000;

std::string keyText(ProcessKey key)
{
    return key.value == 0 ? "-" : term::pidText(term::Pid::fromPacked(key.value));
}

std::string howOf(const Event& event, const EventInfo& info)
{
    const std::string_view text = howText(info.how, event.how);
    return text.empty() ? std::to_string(event.how) : std::string(text);
}

std::string termOf(const Event& event, const TermTable& terms)
{
    term::InspectOptions options;
    options.width = options.limit = options.printableLimit = term::InspectOptions::unlimited;
    return term::inspect(terms.at(event.term), options);
}

// Reads what eventText wrote, word by word.
class LineParser
{
public:
    explicit LineParser(std::string_view line) : m_line(line) {}

    bool failed() const { return m_failed; }
    base::Error error() const
    {
        return base::fail(base::ErrorCode::InvalidInput,
                          m_what + " at column " + std::to_string(m_position + 1)
                              + " of: " + std::string(m_line));
    }
    void fail(std::string what)
    {
        if (!std::exchange(m_failed, true))
            m_what = std::move(what);
    }

    std::string_view word()
    {
        while (m_position < m_line.size() && m_line[m_position] == ' ')
            ++m_position;
        const std::size_t end = std::min(m_line.find(' ', m_position), m_line.size());
        return m_line.substr(m_position, end - m_position);
    }
    void skip(std::string_view text) { m_position += text.size(); }

    // The text behind "name=", up to the next blank; "" and a failure when another column stands
    // there.
    std::string_view column(std::string_view name)
    {
        if (!columnName(name))
            return {};
        const std::string_view text = word();
        skip(text);
        return text;
    }
    std::string_view lastColumn(std::string_view name)
    {
        return columnName(name) ? m_line.substr(m_position) : std::string_view();
    }

    std::uint64_t number(std::string_view text)
    {
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end != text.data() + text.size())
            fail("a number was expected");
        return value;
    }
    ProcessKey key(std::string_view text)
    {
        if (text == "-")
            return {};
        const base::Result<term::Term> pid = term::parseTerm(text);
        if (!pid.ok() || !pid->isPid()) {
            fail("a pid like #PID<0.1.0> was expected");
            return {};
        }
        return ProcessKey{pid->asPid().packed()};
    }
    base::Timestamp time(std::string_view text)
    {
        const std::size_t point = text.find('.');
        if (point == std::string_view::npos || text.size() - point - 1 != 9) {
            fail("a time like 0.001234567 was expected");
            return {};
        }
        const std::uint64_t seconds = number(text.substr(0, point));
        const std::uint64_t rest = number(text.substr(point + 1));
        if (seconds > static_cast<std::uint64_t>(INT64_MAX / nanosecondsPerSecond) - 1)
            fail("the time is too large");
        return base::Timestamp{m_failed ? 0
                                        : static_cast<std::int64_t>(seconds) * nanosecondsPerSecond
                                       + static_cast<std::int64_t>(rest)};
    }

private:
    bool columnName(std::string_view name)
    {
        const std::string_view text = word();
        if (m_failed || text.substr(0, name.size()) != name || text.substr(name.size(), 1) != "=") {
            fail("\"" + std::string(name) + "=\" was expected");
            return false;
        }
        m_position += name.size() + 1;
        return true;
    }

    std::string_view m_line;
    std::size_t m_position = 0;
    bool m_failed = false;
    std::string m_what;
};

const EventInfo* infoOf(std::string_view text)
{
    for (std::size_t i = 0; i < eventInfoCount(); ++i) {
        if (eventInfoAt(i).text == text)
            return &eventInfoAt(i);
    }
    return nullptr;
}

// A name, or the number that eventText writes for a value without one.
std::uint8_t parseHow(LineParser& parser, const EventInfo& info)
{
    const std::string_view text = parser.column("how");
    if (const int value = howValue(info.how, text); value >= 0)
        return static_cast<std::uint8_t>(value);
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value > UINT8_MAX)
        parser.fail("\"" + std::string(text) + "\" is no " + std::string(info.how));
    return static_cast<std::uint8_t>(value);
}

} // namespace

std::string eventText(const Event& event, const TermTable& terms)
{
    std::array<char, 48> time{};
    std::snprintf(time.data(),
                  time.size(),
                  "%lld.%09lld",
                  static_cast<long long>(event.time.ns / nanosecondsPerSecond),
                  static_cast<long long>(event.time.ns % nanosecondsPerSecond));
    const EventInfo* info = eventInfo(event.type);
    std::string text = time.data();
    if (info == nullptr)
        return text + " unknown_event_" + std::to_string(static_cast<int>(event.type));
    text += ' ';
    text += info->text;
    const auto add = [&text](std::string_view name, const std::string& value) {
        text.append(" ").append(name).append("=").append(value);
    };
    if (!info->process.empty())
        add(info->process, keyText(event.process));
    if (!info->peer.empty())
        add(info->peer, keyText(event.peer));
    if (!info->id.empty())
        add(info->id, std::to_string(event.id));
    if (!info->cause.empty())
        add(info->cause, std::to_string(event.cause.value));
    if (info->how != "None")
        add("how", howOf(event, *info));
    if (!info->term.empty() && event.term.value != 0)
        add(info->term, termOf(event, terms));
    return text;
}

std::string eventJson(const Event& event, std::uint64_t index, const TermTable& terms)
{
    nlohmann::ordered_json json;
    json["index"] = index;
    json["time_ns"] = event.time.ns;
    const EventInfo* info = eventInfo(event.type);
    if (info == nullptr) {
        json["event"] = "unknown_event_" + std::to_string(static_cast<int>(event.type));
        return json.dump();
    }
    json["event"] = std::string(info->text);
    const auto addKey = [&json](std::string_view name, ProcessKey key) {
        if (!name.empty())
            json[std::string(name)]
                = key.value == 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(keyText(key));
    };
    addKey(info->process, event.process);
    addKey(info->peer, event.peer);
    if (!info->id.empty())
        json[std::string(info->id)] = event.id;
    if (!info->cause.empty())
        json[std::string(info->cause)] = event.cause.value;
    if (info->how != "None")
        json["how"] = howOf(event, *info);
    if (!info->term.empty() && event.term.value != 0)
        json[std::string(info->term)] = termOf(event, terms);
    // Inspect escapes what is not UTF-8; should some text still not be, it is replaced and not
    // thrown.
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

base::Result<void> parseEventText(std::string_view line, TermId& lastTerm, Batch& batch)
{
    if (line.empty() || line.front() == '#')
        return base::success();
    LineParser parser(line);
    Event event;
    const std::string_view time = parser.word();
    event.time = parser.time(time);
    parser.skip(time);
    const std::string_view name = parser.word();
    const EventInfo* info = infoOf(name);
    if (info == nullptr)
        parser.fail("\"" + std::string(name) + "\" is no event");
    if (parser.failed())
        return parser.error();
    parser.skip(name);
    event.type = info->type;
    if (!info->process.empty())
        event.process = parser.key(parser.column(info->process));
    if (!info->peer.empty())
        event.peer = parser.key(parser.column(info->peer));
    if (!info->id.empty())
        event.id = parser.number(parser.column(info->id));
    if (!info->cause.empty())
        event.cause = SignalId{parser.number(parser.column(info->cause))};
    if (info->how != "None")
        event.how = parseHow(parser, *info);
    if (!parser.failed() && !info->term.empty() && !parser.word().empty()) {
        base::Result<term::Term> value = term::parseTerm(parser.lastColumn(info->term));
        if (value.ok()) {
            event.term = lastTerm = TermId{lastTerm.value + 1};
            batch.terms.push_back({event.term, std::move(value).value()});
        } else {
            parser.fail(value.error().message);
        }
    } else if (!parser.failed() && !parser.word().empty()) {
        parser.fail("nothing more was expected");
    }
    if (parser.failed())
        return parser.error();
    batch.events.push_back(event);
    return base::success();
}

} // namespace exitwave::trace
