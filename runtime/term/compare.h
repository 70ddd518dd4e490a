// Erlang's total order of terms.
#pragma once

#include "runtime/term/term.h"

#include <compare>

namespace exitwave::term {

/// number < atom < reference < function < pid < tuple < map < list < binary; numbers by value, so
/// 1 and 1.0 are equivalent. Erlang's < and ==. Any depth, any thread.
std::weak_ordering compareTerms(const Term& a, const Term& b);

/// The order of map keys: as compareTerms, but every integer comes before every float, so that
/// only terms that are =:= are equivalent.
std::weak_ordering compareKeys(const Term& a, const Term& b);

/// Erlang's ==: 1 and 1.0 are equal, also inside tuples, lists and map values.
bool equalValue(const Term& a, const Term& b);

} // namespace exitwave::term
