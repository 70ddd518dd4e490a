// Comparing and hashing terms in loops: a deep term must not exhaust the stack.
#include "runtime/term/compare.h"

#include "runtime/term/box.h"

#include <bit>
#include <cmath>
#include <vector>

namespace exitwave::term {

namespace {

using Order = std::weak_ordering;

/// Where a kind stands in Erlang's order of types. Integers and floats share a place.
int rank(TermKind kind)
{
    switch (kind) {
    case TermKind::Integer:
    case TermKind::Real:
        return 0;
    case TermKind::Atom:
        return 1;
    case TermKind::Reference:
        return 2;
    case TermKind::Function:
        return 3;
    case TermKind::Pid:
        return 4; // ports would stand before
    case TermKind::Tuple:
        return 5;
    case TermKind::Map:
        return 6;
    case TermKind::EmptyList:
        return 7;
    case TermKind::Cons:
        return 8;
    case TermKind::Binary:
        return 9;
    }
    return 10;
}

Order flip(Order order)
{
    return 0 <=> order;
}

Order compareReals(double a, double b)
{
    if (a < b)
        return Order::less;
    return a > b ? Order::greater : Order::equivalent;
}

/// By exact value: no rounding of the integer to the nearest float.
Order compareIntegerWithReal(std::int64_t integer, double real)
{
    constexpr double limit = 9223372036854775808.0; // 2^63
    if (real >= limit)
        return Order::less;
    if (real < -limit)
        return Order::greater;
    const double whole = std::trunc(real);
    const auto asInteger = static_cast<std::int64_t>(whole);
    if (integer != asInteger)
        return integer <=> asInteger;
    return compareReals(whole, real);
}

Order compareNumbers(const Term& a, const Term& b, bool exact)
{
    if (a.isInteger() && b.isInteger())
        return a.asInteger() <=> b.asInteger();
    if (a.isReal() && b.isReal())
        return compareReals(a.asReal(), b.asReal());
    if (exact)
        return a.isInteger() ? Order::less : Order::greater;
    if (a.isInteger())
        return compareIntegerWithReal(a.asInteger(), b.asReal());
    return flip(compareIntegerWithReal(b.asInteger(), a.asReal()));
}

Order compareText(std::string_view a, std::string_view b)
{
    return a.compare(b) <=> 0; // char_traits<char> compares bytes as unsigned
}

Order compareFunctions(const FunctionInfo& a, const FunctionInfo& b)
{
    if (a.external != b.external)
        return a.external ? Order::greater : Order::less;
    if (const Order order = compareText(a.module.name(), b.module.name()); order != 0)
        return order;
    if (a.external) {
        if (const Order order = compareText(a.name.name(), b.name.name()); order != 0)
            return order;
        return a.arity <=> b.arity;
    }
    if (const Order order = a.index <=> b.index; order != 0)
        return order;
    if (const Order order = a.uniq <=> b.uniq; order != 0)
        return order;
    if (const Order order = compareText(a.name.name(), b.name.name()); order != 0)
        return order;
    if (const Order order = a.arity <=> b.arity; order != 0)
        return order;
    return compareText(a.file, b.file);
}

/// Compares two terms of the same rank that have no terms inside.
Order compareLeaves(const Term& a, const Term& b, bool exact)
{
    switch (a.kind()) {
    case TermKind::Integer:
    case TermKind::Real:
        return compareNumbers(a, b, exact);
    case TermKind::Atom:
        return compareText(a.asAtom().name(), b.asAtom().name());
    case TermKind::Reference:
    case TermKind::Pid:
        return TermAccess::bits(a) <=> TermAccess::bits(b);
    case TermKind::Function:
        return compareFunctions(a.asFunction(), b.asFunction());
    case TermKind::Binary:
        return compareText(a.asBinary(), b.asBinary());
    default:
        return Order::equivalent; // two empty lists
    }
}

/// Two rows of terms still to be compared pairwise, `stride` apart: the elements of two tuples,
/// head and tail of two cells, the keys or the values of two maps.
struct Rows
{
    const Term* a;
    const Term* b;
    std::size_t left;
    std::size_t stride;
    bool exact;
};

class Comparison
{
public:
    Order run(const Term& a, const Term& b, bool exact)
    {
        if (const Order order = step(a, b, exact); order != 0)
            return order;
        while (!m_rows.empty()) {
            Rows& top = m_rows.back();
            const Term& left = *top.a;
            const Term& right = *top.b;
            const bool rowExact = top.exact;
            top.a += top.stride;
            top.b += top.stride;
            // Popped before the last pair is looked at, so that a long list needs one row.
            if (--top.left == 0)
                m_rows.pop_back();
            if (const Order order = step(left, right, rowExact); order != 0)
                return order;
        }
        return Order::equivalent;
    }

private:
    Order step(const Term& a, const Term& b, bool exact)
    {
        if (a.sameAs(b))
            return Order::equivalent;
        if (const Order order = rank(a.kind()) <=> rank(b.kind()); order != 0)
            return order;
        switch (a.kind()) {
        case TermKind::Tuple: {
            const auto left = a.elements();
            const auto right = b.elements();
            if (left.size() != right.size())
                return left.size() <=> right.size();
            push({left.data(), right.data(), left.size(), 1, exact});
            return Order::equivalent;
        }
        case TermKind::Cons:
            push({&a.tail(), &b.tail(), 1, 1, exact});
            push({&a.head(), &b.head(), 1, 1, exact});
            return Order::equivalent;
        case TermKind::Map: {
            const auto left = a.entries();
            const auto right = b.entries();
            if (left.size() != right.size())
                return left.size() <=> right.size();
            if (left.empty())
                return Order::equivalent;
            constexpr std::size_t stride = sizeof(MapEntry) / sizeof(Term);
            push({&left[0].value, &right[0].value, left.size(), stride, exact});
            push({&left[0].key, &right[0].key, left.size(), stride, true});
            return Order::equivalent;
        }
        default:
            return compareLeaves(a, b, exact);
        }
    }

    void push(const Rows& rows)
    {
        if (rows.left > 0)
            m_rows.push_back(rows);
    }

    std::vector<Rows> m_rows;
};

static_assert(sizeof(MapEntry) == 2 * sizeof(Term));

// A well-mixing step (the finaliser of MurmurHash3's 64-bit variant).
std::uint64_t mix(std::uint64_t hash, std::uint64_t value)
{
    hash ^= value + 0x9e3779b97f4a7c15U + (hash << 6) + (hash >> 2);
    hash ^= hash >> 33;
    hash *= 0xff51afd7ed558ccdU;
    hash ^= hash >> 33;
    return hash;
}

std::uint64_t leafHash(const Term& term)
{
    switch (term.kind()) {
    case TermKind::Real:
        return term.asReal() == 0.0 ? 0 : TermAccess::bits(term); // 0.0 =:= -0.0
    case TermKind::Binary:
        return std::hash<std::string_view>{}(term.asBinary());
    case TermKind::Function: {
        const FunctionInfo& info = term.asFunction();
        return mix(mix(info.module.id(), info.name.id()), info.arity + (info.external ? 1U : 0U));
    }
    default:
        return TermAccess::bits(term);
    }
}

} // namespace

std::weak_ordering compareTerms(const Term& a, const Term& b)
{
    return Comparison().run(a, b, false);
}

std::weak_ordering compareKeys(const Term& a, const Term& b)
{
    return Comparison().run(a, b, true);
}

bool equalValue(const Term& a, const Term& b)
{
    return compareTerms(a, b) == 0;
}

std::size_t hashTerm(const Term& term) noexcept
{
    std::uint64_t hash = 0;
    std::vector<const Term*> pending{&term};
    while (!pending.empty()) {
        const Term& next = *pending.back();
        pending.pop_back();
        hash = mix(hash, static_cast<std::uint64_t>(next.kind()));
        switch (next.kind()) {
        case TermKind::Tuple:
            hash = mix(hash, next.elements().size());
            for (const Term& element : next.elements())
                pending.push_back(&element);
            break;
        case TermKind::Cons:
            pending.push_back(&next.tail());
            pending.push_back(&next.head());
            break;
        case TermKind::Map:
            hash = mix(hash, next.entries().size());
            for (const MapEntry& entry : next.entries()) {
                pending.push_back(&entry.key);
                pending.push_back(&entry.value);
            }
            break;
        default:
            hash = mix(hash, leafHash(next));
        }
    }
    return static_cast<std::size_t>(hash);
}

} // namespace exitwave::term
