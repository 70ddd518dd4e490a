// Which application a module of Erlang/OTP or Elixir belongs to.
#pragma once

#include "runtime/term/atom.h"

#include <string_view>

namespace exitwave::term {

/// Application and version as stack traces show them, "stdlib 4.2"; empty for modules of programs
/// and for the modules built into the virtual machine.
std::string_view applicationOf(Atom module);

/// Whether the module exists wherever Elixir runs, be it in an application or built in.
bool isKnownModule(Atom module);

} // namespace exitwave::term
