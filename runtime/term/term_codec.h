// Terms as bytes: the encoding used in traces. README.md describes every byte.
#pragma once

#include "runtime/base/byte_cursor.h"
#include "runtime/base/result.h"
#include "runtime/term/term.h"

#include <cstddef>

namespace exitwave::term {

/// What decodeTerm accepts at most.
struct DecodeLimits
{
    /// Nesting of tuples, lists (as elements), maps. encodeTruncated cuts at this depth, too.
    std::size_t maxDepth = 1000;
    /// Terms in all, the inner ones included.
    std::size_t maxTerms = std::size_t{1} << 22;
};

/// Appends the whole term. Any depth. Any thread.
void encodeTerm(const Term& term, base::ByteWriter& writer);

/// Bytes that encodeTerm would append.
std::size_t encodedSize(const Term& term);

/// Appends at most `maxBytes` bytes (but never fewer than encodedMinimum allows) that decode to a
/// term of the same outer shape; what does not fit, or lies deeper than DecodeLimits::maxDepth, is
/// replaced by the atom `...`, and binaries are cut. True when nothing had to be cut.
/// Costs time and memory in proportion to maxBytes, not to the term.
bool encodeTruncated(const Term& term, base::ByteWriter& writer, std::size_t maxBytes);

/// The smallest useful maxBytes of encodeTruncated; smaller ones are taken as this.
inline constexpr std::size_t encodedMinimum = 16;

/// Reads one term. Safe on any input: fails with Damaged (what and at which offset), Overflow
/// (DecodeLimits) or Unsupported (a tag of a later version) and reads nothing outside the reader.
base::Result<Term> decodeTerm(base::ByteReader& reader, const DecodeLimits& limits = {});

} // namespace exitwave::term
