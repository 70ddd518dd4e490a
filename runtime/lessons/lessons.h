// Lessons: small programs that show one thing about processes each.
#pragma once

#include "runtime/actor/system.h"

#include <functional>
#include <span>
#include <string_view>

namespace exitwave::lessons {

/// Takes what a lesson prints: complete lines. Called by workers, any thread, never concurrently
/// for one lesson. Must return soon.
using Output = std::function<void(std::string_view)>;

/// A lesson. Static data, any thread.
struct Lesson
{
    std::string_view name; ///< as on the command line: "linked"
    std::string_view title;
    std::string_view summary; ///< one sentence
    /// Spawns the lesson's main process, a root, in `system`; the lesson is over when that has
    /// ended. Give the same text target to the system's log to see both in order.
    void (*start)(actor::System& system, Output output);
};

/// All lessons in teaching order: isolated, linked, trapping.
[[nodiscard]] std::span<const Lesson> lessons();
/// Null when there is no lesson of this name.
[[nodiscard]] const Lesson* findLesson(std::string_view name);

} // namespace exitwave::lessons
