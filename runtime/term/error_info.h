// What Erlang says about the arguments that a built-in function refused.
#pragma once

#include "runtime/term/term.h"

#include <string>

namespace exitwave::term {

/// For an error raised with `stack`: "\n\n  * 1st argument: not a pid\n" and the like, when its
/// first frame is a built-in function with error_info whose arguments are at fault; else empty.
std::string argumentErrors(const Term& value, const Term& stack);

} // namespace exitwave::term
