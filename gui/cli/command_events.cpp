// exitwave-cli events
#include "gui/cli/commands.h"
#include "gui/graph/describe.h"
#include "runtime/trace/event_text.h"

namespace exitwave::cli {

namespace {

/// "     12   0.001204 s  process_exited         #PID<0.4.1> raised RuntimeError “oops”"
std::string eventLine(std::uint64_t index, const trace::Event& event, const trace::TermTable& terms)
{
    const std::string number = std::to_string(index);
    const std::string time = graph::secondsText(event.time);
    const trace::EventInfo* info = trace::eventInfo(event.type);
    std::string type = info != nullptr ? std::string(info->text)
                                       : "type_" + std::to_string(static_cast<int>(event.type));
    type.resize(std::max<std::size_t>(type.size(), 21), ' ');
    std::string line(number.size() < 7 ? 7 - number.size() : 0, ' ');
    line += number + "  ";
    line.append(time.size() < 12 ? 12 - time.size() : 0, ' ');
    return line + time + "  " + type + "  " + graph::eventSentence(event, terms);
}

} // namespace

base::Result<void> showEvents(EventStream& stream, const EventsOptions& options, Output& output)
{
    std::uint64_t index = 0;
    while (output.wanted() && stream.next()) {
        for (const trace::Event& event : stream.batch().events) {
            const std::uint64_t at = index++;
            // `from` is a position: the events before it are those that it includes. A time
            // includes its own events here.
            const bool before = options.from.kind == graph::Moment::Kind::Time
                ? event.time < options.from.time
                : at < options.from.position;
            if (before)
                continue;
            if (!options.to.includes(at, event))
                return base::success();
            if (!options.types.empty() && options.types.count(event.type) == 0)
                continue;
            output.writeLine(options.json ? trace::eventJson(event, at, stream.terms())
                                          : eventLine(at, event, stream.terms()));
        }
    }
    return base::success();
}

} // namespace exitwave::cli
