// What tests of control from outside need: a system that can be told things.
#pragma once

#include "runtime/actor/system.h"
#include "tests/support/record_sink.h"

#include <QTest>

#include <algorithm>
#include <cstddef>
#include <future>
#include <memory>
#include <string_view>
#include <utility>

namespace exitwave::control_tests {

inline const actor::SpawnSite site("test", "process", 0);

class SilentLog final : public actor::LogSink
{
public:
    void write(std::string_view) override {}
};

inline actor::Task<void> waits(actor::Self& self)
{
    const auto never = [](const term::Term&) { return false; };
    co_await self.receive(never);
}

/// A system that can be told things.
struct Fixture
{
    explicit Fixture(actor::SystemOptions options = {})
    {
        options.sink = &sink;
        options.log = &log;
        system = std::make_unique<actor::System>(options);
    }
    /// The answer's text; empty when accepted.
    QByteArray tell(const trace::Command& command)
    {
        std::promise<trace::Answer> promise;
        system->control().handle(command, [&](trace::Answer answer) { promise.set_value(answer); });
        const trace::Answer answer = promise.get_future().get();
        if (answer.accepted != answer.text.empty())
            return "an answer that contradicts itself";
        return QByteArray::fromStdString(answer.text);
    }
    QByteArray tell(trace::CommandKind kind,
                    term::Pid process,
                    term::Term term = {},
                    term::Pid peer = {},
                    std::int64_t value = 0)
    {
        trace::Command command;
        command.kind = kind;
        command.process = trace::ProcessKey{process.packed()};
        command.peer = trace::ProcessKey{peer.packed()};
        command.term = std::move(term);
        command.value = value;
        return tell(command);
    }
    std::size_t count(trace::EventType type)
    {
        const auto records = sink.take();
        return static_cast<std::size_t>(std::count_if(
            records.begin(), records.end(), [&](const auto& r) { return r.type == type; }));
    }

    support::RecordSink sink;
    SilentLog log;
    std::unique_ptr<actor::System> system;
};

inline void eachScheduler()
{
    QTest::addColumn<bool>("step");
    QTest::newRow("threaded") << false;
    QTest::newRow("step") << true;
}

inline actor::SystemOptions chosen()
{
    const bool step = *static_cast<bool*>(QTest::qData("step", qMetaTypeId<bool>()));
    actor::SystemOptions options;
    options.mode = step ? actor::SchedulerMode::Step : actor::SchedulerMode::Threaded;
    options.workers = 2;
    return options;
}

} // namespace exitwave::control_tests
