// SpawnSite: what is told of the processes that one place in a program spawns.
#pragma once

#include "runtime/term/term.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace exitwave::actor {

/// Made once per place that spawns, then shared by all processes spawned there: copying costs one
/// reference count. Value type, any thread.
class SpawnSite
{
public:
    /// \param module, function, arity  the initial call
    /// \param label  a name for people, "" = none
    /// \param file, line  where it was written; "" and 0 = unknown
    SpawnSite(std::string_view module,
              std::string_view function,
              std::uint32_t arity,
              std::string_view label = {},
              std::string_view file = {},
              std::uint32_t line = 0);

    /// %{initial_call: {module, function, arity}, label: "..", file: "..", line: n}
    [[nodiscard]] const term::Term& info() const { return m_info; }

private:
    term::Term m_info;
};

} // namespace exitwave::actor
