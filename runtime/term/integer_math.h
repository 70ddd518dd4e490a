// Arithmetic on 64-bit integers that says so when the result does not fit.
#pragma once

#include "runtime/base/result.h"

#include <cstdint>
#include <string_view>

namespace exitwave::term {

// Each fails with Overflow when the result needs more than 64 bits. Any thread.
base::Result<std::int64_t> addIntegers(std::int64_t a, std::int64_t b);
base::Result<std::int64_t> subtractIntegers(std::int64_t a, std::int64_t b);
base::Result<std::int64_t> multiplyIntegers(std::int64_t a, std::int64_t b);
base::Result<std::int64_t> negateInteger(std::int64_t a);
/// Erlang's `div`, towards zero. InvalidInput when b is 0.
base::Result<std::int64_t> divideIntegers(std::int64_t a, std::int64_t b);
/// Erlang's `rem`, with the sign of a. InvalidInput when b is 0.
base::Result<std::int64_t> remainderIntegers(std::int64_t a, std::int64_t b);

/// Reads all of `text` as a decimal integer with an optional sign and Elixir's underscores
/// (1_000). Fails with InvalidInput or Overflow.
base::Result<std::int64_t> parseInteger(std::string_view text);

} // namespace exitwave::term
