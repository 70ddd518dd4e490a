// Runs process scenarios on the runtime and tells what was observed.
#pragma once

#include "runtime/actor/system.h"
#include "tests/conformance/scenario_terms.h"

#include <set>
#include <string>

namespace exitwave::conformance {

/// True when all operations of the scenario are ones that the runtime has.
[[nodiscard]] bool isSupported(const Json& scenario);

/// Runs one scenario; after every step the system is brought to rest. README.md describes scenarios
/// and observations. Thread: the caller's; the processes run where `options` says.
[[nodiscard]] Json runScenario(const Json& scenario, actor::SystemOptions options);

} // namespace exitwave::conformance
