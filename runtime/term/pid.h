// Pid and Ref: the names of processes and of references.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace exitwave::term {

/// The name of a process: its slot in the process table and how often that slot was used before.
/// Value type, any thread. Ordered as Erlang orders local pids.
struct Pid
{
    std::uint32_t index = 0;
    std::uint32_t generation = 0;

    /// The pid as one word: generation in the upper, index in the lower half.
    constexpr std::uint64_t packed() const noexcept
    {
        return static_cast<std::uint64_t>(generation) << 32 | index;
    }
    static constexpr Pid fromPacked(std::uint64_t packed) noexcept
    {
        return {static_cast<std::uint32_t>(packed), static_cast<std::uint32_t>(packed >> 32)};
    }

    constexpr bool operator==(const Pid&) const noexcept = default;
    constexpr std::strong_ordering operator<=>(const Pid& other) const noexcept
    {
        return packed() <=> other.packed();
    }
};

/// The name of a monitor, a timer or anything else that must be told apart.
/// Value type, any thread; unique within a trace.
struct Ref
{
    std::uint64_t id = 0;

    constexpr auto operator<=>(const Ref&) const noexcept = default;
};

/// As Elixir prints it: #PID<0.153.0>
std::string pidText(Pid pid);
/// As Erlang prints it: <0.153.0>
std::string erlangPidText(Pid pid);
/// As Elixir prints it: #Reference<0.1838290474.3761242113.53361>
std::string refText(Ref ref);
/// As Erlang prints it: #Ref<0.1838290474.3761242113.53361>
std::string erlangRefText(Ref ref);

} // namespace exitwave::term

template<>
struct std::hash<exitwave::term::Pid>
{
    std::size_t operator()(exitwave::term::Pid pid) const noexcept
    {
        return std::hash<std::uint64_t>{}(pid.packed());
    }
};

template<>
struct std::hash<exitwave::term::Ref>
{
    std::size_t operator()(exitwave::term::Ref ref) const noexcept
    {
        return std::hash<std::uint64_t>{}(ref.id);
    }
};
