// The heap payloads behind boxed terms. For the sources of this folder only.
#pragma once

#include "runtime/base/check.h"
#include "runtime/term/term.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace exitwave::term {

namespace impl {

struct FunctionBox : Box
{
    FunctionInfo info;
};

/// Followed in memory by `size` bytes.
struct BinaryBox : Box
{
    std::size_t size = 0;

    char* data() { return reinterpret_cast<char*>(this + 1); }
};

/// Followed in memory by `size` Terms.
struct TupleBox : Box
{
    std::size_t size = 0;

    Term* data() { return reinterpret_cast<Term*>(this + 1); }
};

struct ConsBox : Box
{
    Term head;
    Term tail;
};

/// Followed in memory by `size` MapEntries, sorted by compareKeys, no two keys equal.
struct MapBox : Box
{
    std::size_t size = 0;

    MapEntry* data() { return reinterpret_cast<MapEntry*>(this + 1); }
};

static_assert(sizeof(TupleBox) % alignof(Term) == 0);
static_assert(sizeof(MapBox) % alignof(MapEntry) == 0);

} // namespace impl

/// The door from Terms to their payloads. The asX functions of Term check the kind; these do not.
struct TermAccess
{
    static Term make(TermKind kind, impl::Box* box) noexcept
    {
        return {kind, static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(box))};
    }
    static Term immediate(TermKind kind, std::uint64_t bits) noexcept { return {kind, bits}; }
    static std::uint64_t bits(const Term& term) noexcept { return term.m_bits; }
    static bool isBoxed(const Term& term) noexcept { return term.isBoxed(); }

    /// Takes the payload out of `term` when this was its last reference; null otherwise.
    /// `term` is an immediate afterwards.
    static impl::Box* takeLast(Term& term) noexcept
    {
        impl::Box* box = term.box();
        term.m_kind = TermKind::Atom;
        term.m_bits = 0;
        // Acquire-release pairs with the other holders' release, see Term::release().
        return box->refs.fetch_sub(1, std::memory_order_acq_rel) == 1 ? box : nullptr;
    }

    static impl::FunctionBox& function(const Term& term) noexcept
    {
        return *static_cast<impl::FunctionBox*>(term.box());
    }
    static impl::BinaryBox& binary(const Term& term) noexcept
    {
        return *static_cast<impl::BinaryBox*>(term.box());
    }
    static impl::TupleBox& tuple(const Term& term) noexcept
    {
        return *static_cast<impl::TupleBox*>(term.box());
    }
    static impl::ConsBox& cons(const Term& term) noexcept
    {
        return *static_cast<impl::ConsBox*>(term.box());
    }
    static impl::MapBox& map(const Term& term) noexcept
    {
        return *static_cast<impl::MapBox*>(term.box());
    }

    /// A map of entries that are sorted by compareKeys and have no equal keys.
    static Term sortedMap(std::span<const MapEntry> entries);
};

} // namespace exitwave::term
