// Term: an immutable Erlang value of 16 bytes.
#pragma once

#include "runtime/term/atom.h"
#include "runtime/term/atoms.h"
#include "runtime/term/pid.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace exitwave::term {

/// What a Term is. Kinds before Function live in the Term itself, the others on the heap.
enum class TermKind : std::uint8_t {
    Atom,
    Integer,
    Real,
    Pid,
    Reference,
    EmptyList,
    Function, // from here on boxed
    Binary,
    Tuple,
    Cons,
    Map,
};

struct MapEntry;
struct FunctionInfo;

namespace impl {
/// What all heap payloads start with. They are immutable once built; only the count changes.
struct Box
{
    std::atomic<std::uint32_t> refs{1};
};
} // namespace impl

/// An Erlang value: atom, integer (64 bit), float, pid, reference, function, binary, tuple, list
/// or map. Copying is cheap: heap payloads are immutable and shared, also between threads, and
/// counted atomically. A single Term object belongs to one thread at a time, like an int.
///
/// Asking for the wrong kind (asPid() of an atom) is a bug: debug builds abort, release builds
/// answer with an empty value of the asked kind. Look before with isPid() or kind().
class Term
{
public:
    /// The atom `nil`.
    Term() noexcept = default;
    Term(Atom atom) noexcept // NOLINT(google-explicit-constructor): every atom is a term
        : m_kind(TermKind::Atom), m_bits(atom.id())
    {
    }
    Term(Pid pid) noexcept // NOLINT(google-explicit-constructor)
        : m_kind(TermKind::Pid), m_bits(pid.packed())
    {
    }
    Term(Ref ref) noexcept // NOLINT(google-explicit-constructor)
        : m_kind(TermKind::Reference), m_bits(ref.id)
    {
    }
    Term(const Term& other) noexcept : m_kind(other.m_kind), m_bits(other.m_bits)
    {
        if (isBoxed())
            retain();
    }
    Term(Term&& other) noexcept
        : m_kind(std::exchange(other.m_kind, TermKind::Atom))
        , m_bits(std::exchange(other.m_bits, 0))
    {
    }
    Term& operator=(const Term& other) noexcept
    {
        Term(other).swap(*this);
        return *this;
    }
    Term& operator=(Term&& other) noexcept
    {
        Term(std::move(other)).swap(*this);
        return *this;
    }
    ~Term()
    {
        if (isBoxed())
            release();
    }
    void swap(Term& other) noexcept
    {
        std::swap(m_kind, other.m_kind);
        std::swap(m_bits, other.m_bits);
    }

    // --- making -----------------------------------------------------------------------------

    /// The atom of this name; see Atom::intern for what is a valid name.
    static Term atom(std::string_view name) { return Atom::intern(name); }
    static Term boolean(bool value) noexcept { return value ? atoms::true_ : atoms::false_; }
    static Term integer(std::int64_t value) noexcept;
    /// \pre finite: Erlang has no other floats. Otherwise a bug; a release build makes the atom
    /// `nan` or `infinity`.
    static Term real(double value) noexcept;
    static Term pid(Pid value) noexcept { return value; }
    static Term reference(Ref value) noexcept { return value; }
    /// The empty list [].
    static Term emptyList() noexcept;
    static Term function(FunctionInfo info);
    /// A function by its public name, as in &Mod.fun/1.
    static Term function(Atom module, Atom name, std::uint32_t arity);
    /// A binary (an Elixir string when it is UTF-8) with a copy of these bytes.
    static Term binary(std::string_view bytes);
    static Term tuple(std::span<const Term> elements);
    static Term tuple(std::initializer_list<Term> elements)
    {
        return tuple(std::span<const Term>(elements.begin(), elements.size()));
    }
    static Term cons(Term head, Term tail);
    /// [elements... | tail]
    static Term list(std::span<const Term> elements, Term tail = emptyList());
    static Term list(std::initializer_list<Term> elements)
    {
        return list(std::span<const Term>(elements.begin(), elements.size()));
    }
    /// The list of the code points of `text`: 'abc'.
    static Term charlist(std::string_view text);
    /// Entries in any order; of equal keys (=:=) the last one wins.
    static Term map(std::vector<MapEntry> entries);
    static Term map(std::initializer_list<MapEntry> entries);
    /// The keyword list [{name, value}, ...].
    static Term keywords(std::initializer_list<std::pair<std::string_view, Term>> entries);
    /// %Module{fields}; `module` with or without the leading "Elixir.".
    static Term structure(std::string_view module,
                          std::initializer_list<std::pair<std::string_view, Term>> fields);
    /// The exception %Module{message: message} as `raise Module, message` makes it.
    static Term exception(std::string_view module, std::string_view message);

    // --- looking ----------------------------------------------------------------------------

    TermKind kind() const noexcept { return m_kind; }
    bool isAtom() const noexcept { return m_kind == TermKind::Atom; }
    bool isAtom(Atom atom) const noexcept { return isAtom() && m_bits == atom.id(); }
    bool isInteger() const noexcept { return m_kind == TermKind::Integer; }
    bool isReal() const noexcept { return m_kind == TermKind::Real; }
    bool isNumber() const noexcept { return isInteger() || isReal(); }
    bool isPid() const noexcept { return m_kind == TermKind::Pid; }
    bool isReference() const noexcept { return m_kind == TermKind::Reference; }
    bool isFunction() const noexcept { return m_kind == TermKind::Function; }
    bool isBinary() const noexcept { return m_kind == TermKind::Binary; }
    bool isTuple() const noexcept { return m_kind == TermKind::Tuple; }
    /// A tuple of this size.
    bool isTuple(std::size_t size) const noexcept;
    /// A tuple of this size whose first element is this atom: isTagged(atoms::EXIT, 3).
    bool isTagged(Atom tag, std::size_t size) const noexcept;
    bool isEmptyList() const noexcept { return m_kind == TermKind::EmptyList; }
    bool isCons() const noexcept { return m_kind == TermKind::Cons; }
    /// A list, proper or not, empty or not.
    bool isList() const noexcept { return isCons() || isEmptyList(); }
    bool isMap() const noexcept { return m_kind == TermKind::Map; }
    /// A map with an atom at __struct__.
    bool isStruct() const noexcept;
    bool isStruct(Atom module) const noexcept;

    Atom asAtom() const noexcept;
    std::int64_t asInteger() const noexcept;
    double asReal() const noexcept;
    Pid asPid() const noexcept;
    Ref asReference() const noexcept;
    const FunctionInfo& asFunction() const noexcept;
    /// The bytes of a binary; valid while this or a copy of it lives.
    std::string_view asBinary() const noexcept;

    /// The elements of a tuple; valid while this or a copy of it lives.
    std::span<const Term> elements() const noexcept;
    /// The first element and the rest of a cons cell.
    const Term& head() const noexcept;
    const Term& tail() const noexcept;
    /// The elements of a proper list in order; nothing for anything else.
    std::optional<std::vector<Term>> properList() const;
    /// Length of a proper list; nothing for anything else.
    std::optional<std::size_t> listLength() const noexcept;

    /// The entries of a map in Erlang's key order.
    std::span<const MapEntry> entries() const noexcept;
    /// The value at `key` (=:=) in a map, or null. Null, too, when this is no map.
    const Term* find(const Term& key) const noexcept;
    const Term* find(Atom key) const noexcept { return find(Term(key)); }
    /// A map like this one with `value` at `key`.
    Term withEntry(Term key, Term value) const;
    /// A map like this one without `key`.
    Term withoutKey(const Term& key) const;

    /// Exact equality, Erlang's =:= (1 is not 1.0). compare.h has the other comparisons.
    bool operator==(const Term& other) const noexcept;

    /// True when both are the same object or the same immediate: a fast sufficient test for ==.
    bool sameAs(const Term& other) const noexcept
    {
        return m_kind == other.m_kind && m_bits == other.m_bits;
    }

private:
    friend struct TermAccess;

    Term(TermKind kind, std::uint64_t bits) noexcept : m_kind(kind), m_bits(bits) {}
    bool isBoxed() const noexcept { return m_kind >= TermKind::Function; }
    impl::Box* box() const noexcept
    {
        return reinterpret_cast<impl::Box*>(static_cast<std::uintptr_t>(m_bits));
    }
    void retain() const noexcept
    {
        // Relaxed: whoever copies already holds a reference that keeps the payload alive.
        box()->refs.fetch_add(1, std::memory_order_relaxed);
    }
    void release() noexcept
    {
        // Acquire-release pairs with the other holders' release(): their reads of the payload
        // happen before the last holder frees it.
        if (box()->refs.fetch_sub(1, std::memory_order_acq_rel) == 1)
            destroy();
    }
    void destroy() noexcept;

    TermKind m_kind = TermKind::Atom;
    std::uint64_t m_bits = 0;
};

static_assert(sizeof(Term) == 16);

struct MapEntry
{
    Term key;
    Term value;
};

/// What is known of a function value. Functions are opaque: they are shown and told apart.
struct FunctionInfo
{
    Atom module;
    /// Of a public function its name; of an anonymous one the compiler's, as "-f/0-fun-0-".
    Atom name;
    std::uint32_t arity = 0;
    bool external = false; ///< by public name: &Mod.fun/1
    std::uint32_t index = 0; ///< which of the module's anonymous functions
    std::uint32_t uniq = 0; ///< hash of the module's code
    /// The script it was written in, when it belongs to no module of its own; else empty.
    std::string file;

    bool operator==(const FunctionInfo&) const = default;
};

/// The elements of a list, proper or not, without what follows the last cons cell.
/// The list must outlive the range: for (const Term& element : ListRange(list))
class ListRange
{
public:
    class Iterator
    {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = Term;
        using difference_type = std::ptrdiff_t;
        using pointer = const Term*;
        using reference = const Term&;

        Iterator() = default;
        explicit Iterator(const Term* cell) : m_cell(cell && cell->isCons() ? cell : nullptr) {}
        reference operator*() const { return m_cell->head(); }
        pointer operator->() const { return &m_cell->head(); }
        Iterator& operator++()
        {
            m_cell = m_cell->tail().isCons() ? &m_cell->tail() : nullptr;
            return *this;
        }
        Iterator operator++(int)
        {
            Iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const Iterator&) const = default;

    private:
        const Term* m_cell = nullptr;
    };

    explicit ListRange(const Term& list) : m_list(&list) {}
    explicit ListRange(Term&&) = delete; // would dangle
    Iterator begin() const { return Iterator(m_list); }
    Iterator end() const { return {}; }

private:
    const Term* m_list;
};

/// Agrees with operator==. Not stable between runs.
std::size_t hashTerm(const Term& term) noexcept;

} // namespace exitwave::term

template<>
struct std::hash<exitwave::term::Term>
{
    std::size_t operator()(const exitwave::term::Term& term) const noexcept
    {
        return exitwave::term::hashTerm(term);
    }
};
