// Making terms and looking at them.
#include "runtime/term/term.h"

#include "runtime/base/utf8.h"
#include "runtime/term/box.h"
#include "runtime/term/compare.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <memory>
#include <new>

namespace exitwave::term {

namespace {

template<class BoxType>
BoxType* allocate(std::size_t extraBytes)
{
    void* memory = ::operator new(sizeof(BoxType) + extraBytes);
    return new (memory) BoxType;
}

Atom moduleAtom(std::string_view module)
{
    if (module.starts_with("Elixir."))
        return Atom::intern(module);
    return Atom::intern("Elixir." + std::string(module));
}

// What an accessor of the wrong kind answers with in a release build.
const Term& fallbackTerm()
{
    static const Term term;
    return term;
}

} // namespace

// --- making ---------------------------------------------------------------------------------

Term Term::integer(std::int64_t value) noexcept
{
    return {TermKind::Integer, static_cast<std::uint64_t>(value)};
}

Term Term::real(double value) noexcept
{
    if (!EXITWAVE_CHECK(std::isfinite(value)))
        return std::isnan(value) ? atoms::nan : atoms::infinity;
    return {TermKind::Real, std::bit_cast<std::uint64_t>(value)};
}

Term Term::emptyList() noexcept
{
    return {TermKind::EmptyList, 0};
}

Term Term::function(FunctionInfo info)
{
    auto* box = new impl::FunctionBox;
    box->info = std::move(info);
    return TermAccess::make(TermKind::Function, box);
}

Term Term::function(Atom module, Atom name, std::uint32_t arity)
{
    FunctionInfo info;
    info.module = module;
    info.name = name;
    info.arity = arity;
    info.external = true;
    return function(std::move(info));
}

Term Term::binary(std::string_view bytes)
{
    auto* box = allocate<impl::BinaryBox>(bytes.size());
    box->size = bytes.size();
    if (!bytes.empty())
        std::memcpy(box->data(), bytes.data(), bytes.size());
    return TermAccess::make(TermKind::Binary, box);
}

Term Term::tuple(std::span<const Term> elements)
{
    auto* box = allocate<impl::TupleBox>(elements.size_bytes());
    box->size = elements.size();
    std::uninitialized_copy(elements.begin(), elements.end(), box->data());
    return TermAccess::make(TermKind::Tuple, box);
}

Term Term::cons(Term head, Term tail)
{
    auto* box = allocate<impl::ConsBox>(0);
    box->head = std::move(head);
    box->tail = std::move(tail);
    return TermAccess::make(TermKind::Cons, box);
}

Term Term::list(std::span<const Term> elements, Term tail)
{
    Term result = std::move(tail);
    for (std::size_t i = elements.size(); i > 0; --i)
        result = cons(elements[i - 1], std::move(result));
    return result;
}

Term Term::charlist(std::string_view text)
{
    std::vector<Term> characters;
    while (!text.empty()) {
        const auto decoded = base::decodeUtf8(text);
        const auto codePoint = decoded ? decoded->codePoint : static_cast<unsigned char>(text[0]);
        characters.push_back(integer(static_cast<std::int64_t>(codePoint)));
        text.remove_prefix(decoded ? decoded->size : 1);
    }
    return list(characters);
}

Term TermAccess::sortedMap(std::span<const MapEntry> entries)
{
    auto* box = allocate<impl::MapBox>(entries.size_bytes());
    box->size = entries.size();
    std::uninitialized_copy(entries.begin(), entries.end(), box->data());
    return make(TermKind::Map, box);
}

Term Term::map(std::vector<MapEntry> entries)
{
    std::stable_sort(entries.begin(), entries.end(), [](const MapEntry& a, const MapEntry& b) {
        return compareKeys(a.key, b.key) < 0;
    });
    // Equal keys now stand together in the order given; the last of each group stays.
    std::size_t kept = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i + 1 < entries.size() && compareKeys(entries[i].key, entries[i + 1].key) == 0)
            continue;
        if (kept != i)
            entries[kept] = std::move(entries[i]);
        ++kept;
    }
    return TermAccess::sortedMap(std::span(entries).first(kept));
}

Term Term::map(std::initializer_list<MapEntry> entries)
{
    return map(std::vector<MapEntry>(entries));
}

Term Term::keywords(std::initializer_list<std::pair<std::string_view, Term>> entries)
{
    std::vector<Term> pairs;
    for (const auto& [name, value] : entries)
        pairs.push_back(tuple({atom(name), value}));
    return list(pairs);
}

Term Term::structure(std::string_view module,
                     std::initializer_list<std::pair<std::string_view, Term>> fields)
{
    std::vector<MapEntry> entries;
    entries.push_back({atoms::structKey, moduleAtom(module)});
    for (const auto& [name, value] : fields)
        entries.push_back({atom(name), value});
    return map(std::move(entries));
}

Term Term::exception(std::string_view module, std::string_view message)
{
    return structure(module, {{"__exception__", atoms::true_}, {"message", binary(message)}});
}

// --- looking --------------------------------------------------------------------------------

bool Term::isTuple(std::size_t size) const noexcept
{
    return isTuple() && TermAccess::tuple(*this).size == size;
}

bool Term::isTagged(Atom tag, std::size_t size) const noexcept
{
    return size > 0 && isTuple(size) && TermAccess::tuple(*this).data()[0].isAtom(tag);
}

bool Term::isStruct() const noexcept
{
    const Term* module = find(atoms::structKey);
    return module && module->isAtom();
}

bool Term::isStruct(Atom module) const noexcept
{
    const Term* found = find(atoms::structKey);
    return found && found->isAtom(module);
}

Atom Term::asAtom() const noexcept
{
    return EXITWAVE_CHECK(isAtom()) ? Atom::fromId(static_cast<std::uint32_t>(m_bits)) : Atom();
}

std::int64_t Term::asInteger() const noexcept
{
    return EXITWAVE_CHECK(isInteger()) ? static_cast<std::int64_t>(m_bits) : 0;
}

double Term::asReal() const noexcept
{
    return EXITWAVE_CHECK(isReal()) ? std::bit_cast<double>(m_bits) : 0.0;
}

Pid Term::asPid() const noexcept
{
    return EXITWAVE_CHECK(isPid()) ? Pid::fromPacked(m_bits) : Pid();
}

Ref Term::asReference() const noexcept
{
    return EXITWAVE_CHECK(isReference()) ? Ref{m_bits} : Ref();
}

const FunctionInfo& Term::asFunction() const noexcept
{
    static const FunctionInfo none;
    return EXITWAVE_CHECK(isFunction()) ? TermAccess::function(*this).info : none;
}

std::string_view Term::asBinary() const noexcept
{
    if (!EXITWAVE_CHECK(isBinary()))
        return {};
    impl::BinaryBox& binary = TermAccess::binary(*this);
    return {binary.data(), binary.size};
}

std::span<const Term> Term::elements() const noexcept
{
    if (!EXITWAVE_CHECK(isTuple()))
        return {};
    impl::TupleBox& tuple = TermAccess::tuple(*this);
    return {tuple.data(), tuple.size};
}

const Term& Term::head() const noexcept
{
    return EXITWAVE_CHECK(isCons()) ? TermAccess::cons(*this).head : fallbackTerm();
}

const Term& Term::tail() const noexcept
{
    return EXITWAVE_CHECK(isCons()) ? TermAccess::cons(*this).tail : fallbackTerm();
}

std::optional<std::vector<Term>> Term::properList() const
{
    std::vector<Term> elements;
    const Term* cell = this;
    for (; cell->isCons(); cell = &cell->tail())
        elements.push_back(cell->head());
    if (!cell->isEmptyList())
        return std::nullopt;
    return elements;
}

std::optional<std::size_t> Term::listLength() const noexcept
{
    std::size_t length = 0;
    const Term* cell = this;
    for (; cell->isCons(); cell = &cell->tail())
        ++length;
    if (!cell->isEmptyList())
        return std::nullopt;
    return length;
}

std::span<const MapEntry> Term::entries() const noexcept
{
    if (!EXITWAVE_CHECK(isMap()))
        return {};
    impl::MapBox& map = TermAccess::map(*this);
    return {map.data(), map.size};
}

const Term* Term::find(const Term& key) const noexcept
{
    if (!isMap())
        return nullptr;
    const std::span<const MapEntry> all = entries();
    const auto place
        = std::lower_bound(all.begin(), all.end(), key, [](const MapEntry& entry, const Term& k) {
              return compareKeys(entry.key, k) < 0;
          });
    if (place == all.end() || compareKeys(place->key, key) != 0)
        return nullptr;
    return &place->value;
}

Term Term::withEntry(Term key, Term value) const
{
    const std::span<const MapEntry> all = entries();
    std::vector<MapEntry> changed(all.begin(), all.end());
    changed.push_back({std::move(key), std::move(value)});
    return map(std::move(changed));
}

Term Term::withoutKey(const Term& key) const
{
    std::vector<MapEntry> changed;
    for (const MapEntry& entry : entries()) {
        if (compareKeys(entry.key, key) != 0)
            changed.push_back(entry);
    }
    return TermAccess::sortedMap(changed);
}

bool Term::operator==(const Term& other) const noexcept
{
    return sameAs(other) || compareKeys(*this, other) == 0;
}

} // namespace exitwave::term
