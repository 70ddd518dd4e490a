// Which notation Elixir chooses for a list, a map or a struct.
#pragma once

#include "runtime/term/term.h"

#include <cstddef>
#include <vector>

namespace exitwave::term {

/// Elixir's List.ascii_printable?(list, limit): the list is shown as 'text'.
bool isCharlist(const Term& list, std::size_t limit);

/// An atom that may stand before a colon: all but aliases.
bool isKeywordKey(const Term& key);

/// Elixir's rule for writing a list as [a: 1].
bool isKeywordList(const Term& list);

/// The fields of a struct that are shown, in the order in which Elixir shows them.
std::vector<MapEntry> shownFields(const Term& structure);

} // namespace exitwave::term
