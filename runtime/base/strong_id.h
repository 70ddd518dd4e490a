// StrongId: an integer that cannot be mistaken for another kind of integer.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>

namespace exitwave::base {

/// An id of the kind `Tag` (an otherwise unused struct), held as a `Rep`. Value type, any thread.
template<class Tag, class Rep>
struct StrongId
{
    using RepType = Rep;

    Rep value{};

    constexpr StrongId() = default;
    constexpr explicit StrongId(Rep rep) noexcept : value(rep) {}

    constexpr auto operator<=>(const StrongId&) const = default;
};

} // namespace exitwave::base

template<class Tag, class Rep>
struct std::hash<exitwave::base::StrongId<Tag, Rep>>
{
    std::size_t operator()(const exitwave::base::StrongId<Tag, Rep>& id) const noexcept
    {
        return std::hash<Rep>{}(id.value);
    }
};
