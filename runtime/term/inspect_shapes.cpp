// The rules by which Elixir tells text, keywords and plain lists apart.
#include "runtime/term/inspect_shapes.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace exitwave::term {

namespace {

struct StructFields
{
    std::string_view module;
    std::array<std::string_view, 6> fields;
};

/// The structs of Elixir whose fields are not declared in alphabetical order. Of other structs the
/// order of declaration is not known; they show their fields sorted.
constexpr auto structFields = std::to_array<StructFields>({
    {"Elixir.KeyError", {"key", "term", "message"}},
    {"Elixir.UndefinedFunctionError", {"module", "function", "arity", "reason", "message"}},
    {"Elixir.FunctionClauseError", {"module", "function", "arity", "kind", "args", "clauses"}},
    {"Elixir.BadArityError", {"function", "args"}},
    {"Elixir.BadStructError", {"struct", "term"}},
    {"Elixir.Task", {"mfa", "owner", "pid", "ref"}},
});

bool isAsciiPrintable(std::int64_t c)
{
    return (c >= 7 && c <= 13) || c == 27 || (c >= 32 && c <= 126);
}

} // namespace

bool isCharlist(const Term& list, std::size_t limit)
{
    const Term* cell = &list;
    for (; cell->isCons(); cell = &cell->tail()) {
        if (limit-- == 0)
            return true;
        if (!cell->head().isInteger() || !isAsciiPrintable(cell->head().asInteger()))
            return false;
    }
    return cell->isEmptyList();
}

bool isKeywordKey(const Term& key)
{
    return key.isAtom() && !key.asAtom().name().starts_with("Elixir.");
}

bool isKeywordList(const Term& list)
{
    const Term* cell = &list;
    for (; cell->isCons(); cell = &cell->tail()) {
        if (!cell->head().isTuple(2) || !isKeywordKey(cell->head().elements()[0]))
            return false;
    }
    return cell->isEmptyList();
}

std::vector<MapEntry> shownFields(const Term& structure)
{
    const Atom module = structure.find(atoms::structKey)->asAtom();
    std::vector<MapEntry> fields;
    const auto known = std::find_if(structFields.begin(), structFields.end(), [&](const auto& s) {
        return s.module == module.name();
    });
    if (known != structFields.end()) {
        for (const std::string_view name : known->fields) {
            const Term key = name.empty() ? Term() : Term::atom(name);
            if (const Term* value = structure.find(key))
                fields.push_back({key, *value});
        }
    }
    for (const MapEntry& entry : structure.entries()) {
        const bool hidden
            = entry.key.isAtom(atoms::structKey) || entry.key.isAtom(atoms::exceptionKey);
        const bool listed = std::any_of(fields.begin(), fields.end(), [&](const MapEntry& field) {
            return field.key == entry.key;
        });
        if (!hidden && !listed)
            fields.push_back(entry);
    }
    return fields;
}

} // namespace exitwave::term
