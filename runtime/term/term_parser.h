// Terms as a person types them in Elixir: `:kill`, `{:shutdown, :bye}`, "text", [1, 2.5], %{a: 1}.
#pragma once

#include "runtime/base/result.h"
#include "runtime/term/term.h"

#include <cstddef>
#include <string_view>

namespace exitwave::term {

/// Reads all of `text` as one Elixir literal: atoms and aliases, integers (also 0x, 0o, 0b, ?a,
/// 1_000), floats, strings, charlists, binaries (<<1, 2>>), tuples, lists (also keyword lists and
/// [a | b]), maps, structs and #PID<0.1.0>. A struct whose name ends in Error or Exception is an
/// exception, as `raise` makes it. No calls, operators, variables or interpolation.
///
/// Fails with InvalidInput, or Overflow for numbers and nesting beyond their limits. The message is
/// a sentence that names the column and what to write instead; `errorOffset`, if given, then holds
/// the byte offset. Any thread.
[[nodiscard]] base::Result<Term> parseTerm(std::string_view text,
                                           std::size_t* errorOffset = nullptr);

} // namespace exitwave::term
