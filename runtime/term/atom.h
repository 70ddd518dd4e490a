// Atom: a named constant, interned for the life of the program.
#pragma once

#include "runtime/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace exitwave::term {

/// An interned name; comparing two atoms compares two integers. Value type, any thread.
/// The table lives as long as the program and only grows, up to Atom::maxCount names. Looking a
/// name up takes no lock; interning does.
class Atom
{
public:
    /// As in Erlang: more atoms than this, or longer names, are refused.
    static constexpr std::uint32_t maxCount = 1U << 20;
    static constexpr std::size_t maxCharacters = 255;
    /// Names from outside are taken until the table holds this many: the rest is for the program's
    /// own, which nobody outside can use up.
    static constexpr std::uint32_t maxForeignCount = maxCount / 2;

    /// The atom `nil`.
    constexpr Atom() noexcept = default;

    /// The atom of this name, for names that the program itself chooses.
    /// \pre valid UTF-8 of at most maxCharacters, and the table is not full; otherwise it is a bug,
    /// and a release build answers with the atom `error`.
    static Atom intern(std::string_view name);

    /// The atom of this name, for names that come from outside. Fails with InvalidInput (not
    /// UTF-8), Overflow (too long, or new and the table holds maxForeignCount names).
    static base::Result<Atom> tryIntern(std::string_view name);

    /// The atom with this id(), as seen earlier in this run of the program.
    static constexpr Atom fromId(std::uint32_t id) noexcept { return Atom(id); }

    /// UTF-8; stays valid for the life of the program.
    std::string_view name() const noexcept;

    /// Position in this program's table: not stable between runs, never written to files.
    constexpr std::uint32_t id() const noexcept { return m_id; }

    constexpr bool operator==(const Atom&) const noexcept = default;

private:
    constexpr explicit Atom(std::uint32_t id) noexcept : m_id(id) {}

    std::uint32_t m_id = 0;
};

} // namespace exitwave::term

template<>
struct std::hash<exitwave::term::Atom>
{
    std::size_t operator()(exitwave::term::Atom atom) const noexcept
    {
        return std::hash<std::uint32_t>{}(atom.id());
    }
};
