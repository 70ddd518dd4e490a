// The text of a term as Elixir's inspect and IO.inspect print it.
#pragma once

#include "runtime/term/term.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace exitwave::term {

/// How a term is laid out; the defaults are those of Elixir's IO.inspect.
struct InspectOptions
{
    static constexpr std::size_t unlimited = static_cast<std::size_t>(-1);

    /// Columns after which lines are broken; unlimited keeps everything on one line.
    std::size_t width = 80;
    /// How many items of collections are shown before "...".
    std::size_t limit = 50;
    /// How many characters of a string or charlist are shown.
    std::size_t printableLimit = 4096;
};

/// What IO.inspect(term) prints, without the final line end. Any thread.
std::string inspect(const Term& term, const InspectOptions& options = {});

/// What inspect(term) returns: the same on one line.
std::string inspectLine(const Term& term);

/// What IO.inspect(term, label: label) prints. As in Elixir the label is put before the finished
/// text and does not count for the width.
std::string
inspectLabelled(std::string_view label, const Term& term, const InspectOptions& options = {});

/// An atom as Elixir writes it: ok as :ok, Elixir.Foo as Foo, "foo bar" as :"foo bar".
std::string inspectAtom(Atom atom);

/// "Mod.fun/arity" as Elixir writes it, anonymous functions included:
/// "anonymous fn/0 in :elixir_compiler_0.__FILE__/1".
std::string formatMfa(Atom module, Atom function, std::size_t arity);

} // namespace exitwave::term
