// Terms as documents in the manner of Elixir's Inspect protocol.
#include "runtime/term/inspect.h"

#include "runtime/term/doc.h"
#include "runtime/term/inspect_shapes.h"
#include "runtime/term/quoting.h"

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

namespace exitwave::term {

namespace {

/// Deeper terms end in "...". Elixir's own limit of 50 items, which every level uses up one of,
/// is reached long before; this one protects against the stack running out without a limit.
constexpr std::size_t maxDepth = 500;

class Inspector
{
public:
    explicit Inspector(const InspectOptions& options) : m_options(options) {}

    std::string run(const Term& term)
    {
        return layOut(m_docs.group(doc(term, m_options.limit)), m_options.width);
    }

private:
    /// Makes the document of the `index`th item with what is left of the limit; null at the end.
    struct Items
    {
        std::size_t count;
        std::function<const Doc*(std::size_t index, std::size_t limit)> make;
    };

    static std::size_t decrement(std::size_t limit)
    {
        return limit == InspectOptions::unlimited || limit == 0 ? limit : limit - 1;
    }

    const Doc* doc(const Term& term, std::size_t limit)
    {
        if (m_depth >= maxDepth)
            return m_docs.text("...");
        ++m_depth;
        const Doc* result = docOf(term, limit);
        --m_depth;
        return result;
    }

    const Doc* docOf(const Term& term, std::size_t limit)
    {
        switch (term.kind()) {
        case TermKind::Atom:
            return m_docs.text(atomText(term.asAtom(), AtomPlace::Literal));
        case TermKind::Integer:
            return m_docs.text(std::to_string(term.asInteger()));
        case TermKind::Real:
            return m_docs.text(elixirRealText(term.asReal()));
        case TermKind::Pid:
            return m_docs.text(pidText(term.asPid()));
        case TermKind::Reference:
            return m_docs.text(refText(term.asReference()));
        case TermKind::EmptyList:
            return m_docs.text("[]");
        case TermKind::Function:
            return functionDoc(term.asFunction());
        case TermKind::Binary:
            return binaryDoc(term.asBinary(), limit);
        case TermKind::Tuple: {
            const auto elements = term.elements();
            return container(
                "{",
                "}",
                {elements.size(),
                 [&](std::size_t i, std::size_t left) { return doc(elements[i], left); }},
                limit,
                Break::Flex);
        }
        case TermKind::Cons:
            return listDoc(term, limit);
        case TermKind::Map:
            return mapDoc(term, limit);
        }
        return m_docs.text("...");
    }

    const Doc* functionDoc(const FunctionInfo& info)
    {
        const std::string module = atomText(info.module, AtomPlace::Literal);
        const std::string arity = std::to_string(info.arity);
        if (info.external)
            return m_docs.text('&' + module + '.' + atomText(info.name, AtomPlace::Call) + '/'
                               + arity);
        const std::string id = std::to_string(info.index) + '.' + std::to_string(info.uniq);
        if (!info.file.empty())
            return m_docs.text("#Function<" + id + " in file:" + info.file + '>');
        const EnclosingFunction outer = enclosingFunction(info.name.name());
        std::string name = outer.arity.empty()
            ? atomText(info.name, AtomPlace::Call)
            : atomText(Atom::intern(outer.name), AtomPlace::Call) + '/' + std::string(outer.arity);
        return m_docs.text("#Function<" + id + '/' + arity + " in " + module + '.' + name + '>');
    }

    const Doc* binaryDoc(std::string_view bytes, std::size_t limit)
    {
        if (isPrintableText(bytes, m_options.printableLimit))
            return quotedDoc(bytes, '"', " <> ...");
        const Doc* inner = byteDoc(static_cast<unsigned char>(bytes.back()));
        // Built from the end, as far as the limit shows it.
        std::size_t shown = bytes.size();
        if (limit != InspectOptions::unlimited && limit < bytes.size()) {
            shown = limit;
            inner = m_docs.text("...");
        } else {
            --shown;
        }
        for (std::size_t i = shown; i > 0; --i) {
            const Doc* byte = byteDoc(static_cast<unsigned char>(bytes[i - 1]));
            inner = join(byte, inner, true, ",");
        }
        return m_docs.group(m_docs.concat(m_docs.concat(m_docs.text("<<"), m_docs.nest(inner, 2)),
                                          m_docs.text(">>")));
    }

    const Doc* byteDoc(unsigned char byte) { return m_docs.text(std::to_string(byte)); }

    const Doc* quotedDoc(std::string_view text, char quote, const char* more)
    {
        const Escaped escaped = escapeText(text, quote, m_options.printableLimit);
        std::string out = quote + escaped.text + quote;
        if (!escaped.rest.empty())
            out += more;
        return m_docs.text(std::move(out));
    }

    const Doc* listDoc(const Term& list, std::size_t limit)
    {
        if (isCharlist(list, m_options.printableLimit)) {
            std::string text;
            for (const Term& c : ListRange(list))
                text += static_cast<char>(c.asInteger());
            return quotedDoc(text, '\'', " ++ ...");
        }
        // Only the shown part of the list is walked: it may be far longer.
        std::vector<const Term*> cells;
        const Term* cell = &list;
        for (; cell->isCons() && cells.size() <= limit; cell = &cell->tail())
            cells.push_back(cell);
        const bool keywords = isKeywordList(list);
        const bool improper = !cell->isCons() && !cell->isEmptyList();
        const auto make = [&](std::size_t i, std::size_t left) {
            const Term& item = cells[i]->head();
            if (keywords)
                return keywordDoc(item.elements()[0].asAtom(), item.elements()[1], left);
            return doc(item, left);
        };
        if (improper)
            return improperList(cells, *cell, limit);
        return container(
            "[", "]", {cells.size(), make}, limit, keywords ? Break::Strict : Break::Maybe);
    }

    /// [a, b | c]: the last element and the tail count as one item.
    const Doc*
    improperList(const std::vector<const Term*>& cells, const Term& tail, std::size_t limit)
    {
        std::vector<const Doc*> docs;
        bool plain = true;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (limit == 0) {
                docs.push_back(m_docs.text("..."));
                break;
            }
            limit = decrement(limit);
            const Doc* item = doc(cells[i]->head(), limit);
            plain = plain && isPlain(item);
            if (i + 1 == cells.size()) {
                const Doc* rest = doc(tail, limit);
                plain = plain && isPlain(rest);
                item = join(item, rest, plain, " |");
            }
            docs.push_back(item);
        }
        return assemble("[", "]", docs, plain);
    }

    const Doc* keywordDoc(Atom key, const Term& value, std::size_t limit)
    {
        return m_docs.concat(m_docs.text(atomText(key, AtomPlace::Key)),
                             m_docs.concat(m_docs.text(" "), doc(value, limit)));
    }

    const Doc* mapDoc(const Term& map, std::size_t limit)
    {
        if (map.isStruct())
            return structDoc(map, limit);
        return entriesDoc("%{", map.entries(), limit);
    }

    const Doc* entriesDoc(std::string open, std::span<const MapEntry> entries, std::size_t limit)
    {
        const bool keywords
            = std::all_of(entries.begin(), entries.end(), [](const MapEntry& entry) {
                  return isKeywordKey(entry.key);
              });
        const auto make = [&](std::size_t i, std::size_t left) {
            const MapEntry& entry = entries[i];
            if (keywords)
                return keywordDoc(entry.key.asAtom(), entry.value, left);
            return m_docs.concat(m_docs.concat(doc(entry.key, left), m_docs.text(" => ")),
                                 doc(entry.value, left));
        };
        return container(std::move(open), "}", {entries.size(), make}, limit, Break::Strict);
    }

    const Doc* structDoc(const Term& map, std::size_t limit)
    {
        const Atom module = map.find(atoms::structKey)->asAtom();
        if (module == atoms::Range) {
            if (const Doc* range = rangeDoc(map))
                return range;
        }
        const Term* members = map.find(atoms::map);
        if (module == atoms::MapSet && members && members->isMap())
            return mapSetDoc(*members, limit);

        const std::vector<MapEntry> fields = shownFields(map);
        return entriesDoc('%' + atomText(module, AtomPlace::Literal) + '{', fields, limit);
    }

    /// 1..3 or 1..9//2; null when it is not a real range.
    const Doc* rangeDoc(const Term& map)
    {
        const Term* first = map.find(atoms::first);
        const Term* last = map.find(atoms::last);
        const Term* step = map.find(atoms::step);
        if (!first || !last || !step || !first->isInteger() || !last->isInteger()
            || !step->isInteger())
            return nullptr;
        std::string text
            = std::to_string(first->asInteger()) + ".." + std::to_string(last->asInteger());
        if (step->asInteger() != 1)
            text += "//" + std::to_string(step->asInteger());
        return m_docs.text(std::move(text));
    }

    const Doc* mapSetDoc(const Term& members, std::size_t limit)
    {
        std::vector<Term> keys;
        for (const MapEntry& entry : members.entries())
            keys.push_back(entry.key);
        const Doc* list = keys.empty() ? m_docs.text("[]") : listDoc(Term::list(keys), limit);
        return m_docs.concat(m_docs.text("MapSet.new("), m_docs.concat(list, m_docs.text(")")));
    }

    // --- containers ---------------------------------------------------------------------------

    enum class Break { Maybe, Strict, Flex };

    const Doc* container(
        std::string open, std::string close, const Items& items, std::size_t limit, Break breaking)
    {
        std::vector<const Doc*> docs;
        bool plain = breaking == Break::Maybe;
        for (std::size_t i = 0; i < items.count; ++i) {
            if (limit == 0) {
                docs.push_back(m_docs.text("..."));
                break;
            }
            limit = decrement(limit);
            docs.push_back(items.make(i, limit));
            plain = plain && isPlain(docs.back());
        }
        return assemble(std::move(open), std::move(close), docs, plain || breaking == Break::Flex);
    }

    const Doc* assemble(std::string open,
                        std::string close,
                        const std::vector<const Doc*>& docs,
                        bool flexible)
    {
        if (docs.empty())
            return m_docs.concat(m_docs.text(std::move(open)), m_docs.text(std::move(close)));
        const Doc* inner = docs.back();
        for (std::size_t i = docs.size() - 1; i > 0; --i)
            inner = join(docs[i - 1], inner, flexible, ",");
        const Doc* left = m_docs.text(std::move(open));
        const Doc* right = m_docs.text(std::move(close));
        if (flexible)
            return m_docs.group(m_docs.concat(m_docs.concat(left, m_docs.nest(inner, 1)), right));
        const Doc* body
            = m_docs.nest(m_docs.concat(left, m_docs.concat(m_docs.strictBreak(""), inner)), 2);
        return m_docs.group(m_docs.concat(body, m_docs.concat(m_docs.strictBreak(""), right)));
    }

    const Doc* join(const Doc* left, const Doc* right, bool flexible, const char* separator)
    {
        const Doc* gap = flexible ? m_docs.flexBreak(" ") : m_docs.strictBreak(" ");
        return m_docs.concat(m_docs.concat(left, m_docs.text(separator)),
                             m_docs.concat(gap, right));
    }

    const InspectOptions& m_options;
    DocArena m_docs;
    std::size_t m_depth = 0;
};

} // namespace

std::string inspect(const Term& term, const InspectOptions& options)
{
    return Inspector(options).run(term);
}

std::string inspectLine(const Term& term)
{
    InspectOptions options;
    options.width = InspectOptions::unlimited;
    return inspect(term, options);
}

std::string inspectLabelled(std::string_view label, const Term& term, const InspectOptions& options)
{
    return std::string(label) + ": " + inspect(term, options);
}

std::string inspectAtom(Atom atom)
{
    return atomText(atom, AtomPlace::Literal);
}

std::string formatMfa(Atom module, Atom function, std::size_t arity)
{
    const std::string arityText = '/' + std::to_string(arity);
    const std::string moduleText = atomText(module, AtomPlace::Literal) + '.';
    const EnclosingFunction outer = enclosingFunction(function.name());
    if (outer.arity.empty())
        return moduleText + atomText(function, AtomPlace::Call) + arityText;
    return "anonymous fn" + arityText + " in " + moduleText
        + atomText(Atom::intern(outer.name), AtomPlace::Call) + '/' + std::string(outer.arity);
}

} // namespace exitwave::term
