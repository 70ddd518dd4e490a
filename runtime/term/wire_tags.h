// The first byte of every encoded term. README.md explains what follows each.
#pragma once

#include "runtime/term/atoms.h"

#include <cstdint>

namespace exitwave::term {

/// Never renumber: these bytes are in files.
enum class WireTag : std::uint8_t {
    Integer = 0x01,
    Real = 0x02,
    Pid = 0x03,
    Reference = 0x04,
    EmptyList = 0x05,
    Atom = 0x06,
    Binary = 0x07,
    Tuple = 0x08,
    List = 0x09,
    ImproperList = 0x0a,
    Map = 0x0b,
    Function = 0x0c,
    ExternalFunction = 0x0d,
};

// One-byte heads, value = byte - first.
inline constexpr std::uint8_t firstTupleTag = 0x10; ///< tuples of 0 to maxShortTuple elements
inline constexpr std::uint8_t maxShortTuple = 7;
inline constexpr std::uint8_t firstIntegerTag = 0x40; ///< integers 0 to maxShortInteger
inline constexpr std::uint8_t maxShortInteger = 63;
inline constexpr std::uint8_t firstAtomTag = 0x80; ///< the first wireAtomCount predefined atoms

static_assert(firstAtomTag + wireAtomCount <= 0xc0);

} // namespace exitwave::term
