// The three lessons about links: isolated, linked, trapping.
#include "runtime/lessons/lessons.h"

#include "runtime/term/exit_reason.h"
#include "runtime/term/inspect.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace exitwave::lessons {

namespace {

using actor::Pid;
using actor::Self;
using actor::SpawnSite;
using actor::Task;
using actor::Term;

/// The most hops that one wait of a lesson has to allow for: spawning needs none, a crash one, the
/// question whether a process is alive another.
constexpr std::int64_t hopsPerWait = 3;

/// What a lesson's processes need to know. Shared by them.
struct Script
{
    std::string file; ///< as the stack traces name it
    SpawnSite parentSite;
    SpawnSite childSite;
    Term raiseStack;
    Output output;

    void print(const std::string& line) const { output(line + "\n"); }
    void inspect(std::string_view label, const Term& term) const
    {
        print(term::inspectLabelled(label, term));
    }
};

using SharedScript = std::shared_ptr<const Script>;

constexpr std::string_view scriptModule = "elixir_compiler_0";

SharedScript
makeScript(std::string_view file, std::uint32_t parentLine, std::uint32_t raiseLine, Output output)
{
    // Elixir numbers the functions of a file from the inside out: the child's is 0.
    return std::make_shared<const Script>(Script{
        std::string(file),
        SpawnSite(scriptModule, "-__FILE__/1-fun-1-", 0, "parent", file, parentLine),
        SpawnSite(scriptModule, "-__FILE__/1-fun-0-", 0, "child", file, raiseLine),
        term::stackTerm(std::array{term::scriptFrame(std::string(file), raiseLine, 0, true)}),
        std::move(output)});
}

/// Signals take their time in slow motion; the waits of the scripts allow for it.
base::Duration allowingForHops(Self& self, std::int64_t milliseconds)
{
    return base::milliseconds(milliseconds) + base::Duration{self.hopDelay().ns * hopsPerWait};
}

/// fn -> raise "oops" end
auto raising(SharedScript script)
{
    return [script = std::move(script)](Self& self) -> Task<void> {
        co_await self.raise(Term::exception("RuntimeError", "oops"), script->raiseStack);
    };
}

/// receive do message -> IO.inspect(message, label: "received message") end
Task<void> showNextMessage(Self& self, const SharedScript& script)
{
    const std::optional<Term> message = co_await self.receive();
    script->inspect("received message", *message);
}

Task<void> isolatedParent(Self& self, const SharedScript& script)
{
    const auto child = raising(script);
    co_await self.spawn(script->childSite, child);
    co_await showNextMessage(self, script);
}

Task<void> linkedParent(Self& self, const SharedScript& script)
{
    const auto child = raising(script);
    co_await self.spawnLink(script->childSite, child);
    co_await showNextMessage(self, script);
}

Task<void> trappingParent(Self& self, const SharedScript& script)
{
    co_await self.setTrapExit(true);
    const auto child = raising(script);
    co_await self.spawnLink(script->childSite, child);
    co_await showNextMessage(self, script);
    co_await self.receive();
}

using Parent = Task<void> (*)(Self&, const SharedScript&);

/// What the three scripts have in common: spawn the parent, wait, ask whether it is alive.
void startWith(actor::System& system, SharedScript script, Parent parent)
{
    const SpawnSite mainSite(scriptModule, "__FILE__", 1, "main", script->file, 1);
    system.spawnRoot(mainSite, [script = std::move(script), parent](Self& self) -> Task<void> {
        const auto function = [script, parent](Self& child) { return parent(child, script); };
        const Pid parentPid = co_await self.spawn(script->parentSite, function);
        co_await self.sleep(allowingForHops(self, 300));
        const bool alive = co_await self.isAlive(parentPid);
        script->inspect("Process.alive?(parent_pid)", Term::boolean(alive));
        co_await self.sleep(allowingForHops(self, 100));
    });
}

void startIsolated(actor::System& system, Output output)
{
    startWith(system, makeScript("ex1_isolated.exs", 3, 4, std::move(output)), isolatedParent);
}

void startLinked(actor::System& system, Output output)
{
    startWith(system, makeScript("ex2_spawn_link.exs", 3, 4, std::move(output)), linkedParent);
}

void startTrapping(actor::System& system, Output output)
{
    startWith(system, makeScript("ex3_trap_exit.exs", 3, 6, std::move(output)), trappingParent);
}

constexpr std::array<Lesson, 3> allLessons{{
    {"isolated",
     "Processes are isolated",
     "An unlinked child raises an exception, and its parent lives on untouched.",
     startIsolated},
    {"linked",
     "A linked crash propagates",
     "A child spawned with spawn_link raises an exception, and the exit signal takes its parent "
     "down with it.",
     startLinked},
    {"trapping",
     "Trapping exits turns signals into messages",
     "The parent traps exits, so its linked child's crash arrives as an {:EXIT, pid, reason} "
     "message and the parent lives.",
     startTrapping},
}};

} // namespace

std::span<const Lesson> lessons()
{
    return allLessons;
}

const Lesson* findLesson(std::string_view name)
{
    for (const Lesson& lesson : allLessons) {
        if (lesson.name == name)
            return &lesson;
    }
    return nullptr;
}

} // namespace exitwave::lessons
