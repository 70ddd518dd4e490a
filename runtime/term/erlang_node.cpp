// How Erlang writes atoms, strings, binaries and the rest on one line.
#include "runtime/term/erlang_node.h"

#include "runtime/base/utf8.h"
#include "runtime/term/quoting.h"

#include <algorithm>
#include <array>
#include <optional>

namespace exitwave::term {

namespace {

/// Deeper terms end in "...": printing recurses.
constexpr std::size_t maxDepth = 500;

constexpr auto reservedWords = std::to_array<std::string_view>(
    {"after", "and",  "andalso", "band",   "begin",   "bnot", "bor", "bsl",  "bsr",
     "bxor",  "case", "catch",   "cond",   "div",     "end",  "fun", "if",   "let",
     "not",   "of",   "or",      "orelse", "receive", "rem",  "try", "when", "xor"});

bool isLower(char32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0xff && c != 0xf7);
}

bool isNameCharacter(char32_t c)
{
    return isLower(c) || (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7)
        || (c >= '0' && c <= '9') || c == '_' || c == '@';
}

std::vector<char32_t> codePoints(std::string_view text)
{
    std::vector<char32_t> result;
    while (!text.empty()) {
        const auto decoded = base::decodeUtf8(text);
        result.push_back(decoded ? decoded->codePoint : static_cast<unsigned char>(text[0]));
        text.remove_prefix(decoded ? decoded->size : 1);
    }
    return result;
}

/// The letter after the backslash for characters that have one, else 0.
char escapeLetter(char32_t c)
{
    constexpr std::string_view characters = "\n\r\t\v\b\f\x1b\x7f";
    constexpr std::string_view letters = "nrtvbfed";
    const std::size_t place
        = c < 0x80 ? characters.find(static_cast<char>(c)) : std::string_view::npos;
    return place == std::string_view::npos ? '\0' : letters[place];
}

std::string quoted(const std::vector<char32_t>& characters, char quote)
{
    std::string out(1, quote);
    for (const char32_t c : characters) {
        if (c == static_cast<char32_t>(quote) || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if ((c >= ' ' && c <= '~') || c >= 0xa0) {
            base::appendUtf8(out, c);
        } else if (const char letter = escapeLetter(c)) {
            out += '\\';
            out += letter;
        } else {
            out += '\\';
            for (const int shift : {6, 3, 0})
                out += static_cast<char>('0' + ((c >> shift) & 7));
        }
    }
    return out + quote;
}

std::string erlangAtomText(Atom atom)
{
    const std::vector<char32_t> name = codePoints(atom.name());
    const bool reserved
        = std::find(reservedWords.begin(), reservedWords.end(), atom.name()) != reservedWords.end();
    const bool plain = !name.empty() && isLower(name.front())
        && std::all_of(name.begin(), name.end(), isNameCharacter) && !reserved;
    return plain ? std::string(atom.name()) : quoted(name, '\'');
}

/// What Erlang takes for text by default: Latin-1 without control characters.
bool isPrintable(char32_t c)
{
    return (c >= ' ' && c <= '~') || (c >= 0xa0 && c <= 0xff)
        || (c != 0x7f && escapeLetter(c) != 0);
}

/// The characters of a list that looks like text.
std::optional<std::vector<char32_t>> printableList(const Term& list)
{
    std::vector<char32_t> characters;
    const Term* cell = &list;
    for (; cell->isCons(); cell = &cell->tail()) {
        const Term& head = cell->head();
        if (!head.isInteger() || head.asInteger() < 0 || head.asInteger() > 0xff
            || !isPrintable(static_cast<char32_t>(head.asInteger())))
            return std::nullopt;
        characters.push_back(static_cast<char32_t>(head.asInteger()));
    }
    if (!cell->isEmptyList())
        return std::nullopt;
    return characters;
}

ErlangNode text(std::string content)
{
    ErlangNode node;
    node.length = static_cast<std::int64_t>(base::countCharacters(content));
    node.text = std::move(content);
    return node;
}

ErlangNode bytesNode(std::string_view bytes)
{
    ErlangNode node;
    node.kind = ErlangNode::Kind::Bytes;
    node.length = 4 + static_cast<std::int64_t>(bytes.size()) - 1;
    for (const char byte : bytes) {
        node.parts.push_back(text(std::to_string(static_cast<unsigned char>(byte))));
        node.length += node.parts.back().length;
    }
    return node;
}

ErlangNode binaryNode(std::string_view bytes, bool guessText)
{
    if (bytes.empty())
        return text("<<>>");
    if (!guessText)
        return bytesNode(bytes);
    const bool unicode = base::isValidUtf8(bytes);
    std::vector<char32_t> characters;
    if (unicode) {
        characters = codePoints(bytes);
    } else {
        for (const char byte : bytes)
            characters.push_back(static_cast<unsigned char>(byte));
    }
    if (!std::all_of(characters.begin(), characters.end(), isPrintable))
        return bytesNode(bytes);
    const char* suffix = characters.size() == bytes.size() ? ">>" : "/utf8>>";
    return text("<<" + quoted(characters, '"') + suffix);
}

std::string functionText(const FunctionInfo& info)
{
    if (info.external) {
        return "fun " + erlangAtomText(info.module) + ':' + erlangAtomText(info.name) + '/'
            + std::to_string(info.arity);
    }
    return "#Fun<" + erlangAtomText(info.module) + '.' + std::to_string(info.index) + '.'
        + std::to_string(info.uniq) + '>';
}

ErlangNode build(const Term& term, bool guessText, std::size_t depth);

ErlangNode tupleNode(std::span<const Term> elements, bool guessText, std::size_t depth)
{
    if (elements.empty())
        return text("{}");
    ErlangNode node;
    node.kind = elements.size() > 1 && elements[0].isAtom() ? ErlangNode::Kind::TaggedTuple
                                                            : ErlangNode::Kind::Tuple;
    node.length = 2 + static_cast<std::int64_t>(elements.size()) - 1;
    for (const Term& element : elements) {
        node.parts.push_back(build(element, guessText, depth + 1));
        node.length += node.parts.back().length;
    }
    return node;
}

ErlangNode listNode(const Term& list, bool guessText, std::size_t depth)
{
    if (guessText) {
        if (const auto characters = printableList(list))
            return text(quoted(*characters, '"'));
    }
    ErlangNode node;
    node.kind = ErlangNode::Kind::List;
    const Term* cell = &list;
    for (; cell->isCons(); cell = &cell->tail())
        node.parts.push_back(build(cell->head(), guessText, depth + 1));
    node.improper = !cell->isEmptyList();
    if (node.improper)
        node.parts.push_back(build(*cell, guessText, depth + 1));
    node.length = 2 + static_cast<std::int64_t>(node.parts.size()) - 1;
    for (const ErlangNode& part : node.parts)
        node.length += part.length;
    return node;
}

ErlangNode mapNode(std::span<const MapEntry> entries, bool guessText, std::size_t depth)
{
    if (entries.empty())
        return text("#{}");
    ErlangNode node;
    node.kind = ErlangNode::Kind::Map;
    node.length = 3 + static_cast<std::int64_t>(entries.size()) - 1;
    for (const MapEntry& entry : entries) {
        node.parts.push_back(build(entry.key, guessText, depth + 1));
        node.length += node.parts.back().length + 4; // " => "
        node.parts.push_back(build(entry.value, guessText, depth + 1));
        node.length += node.parts.back().length;
    }
    return node;
}

ErlangNode build(const Term& term, bool guessText, std::size_t depth)
{
    if (depth > maxDepth)
        return text("...");
    switch (term.kind()) {
    case TermKind::Atom:
        return text(erlangAtomText(term.asAtom()));
    case TermKind::Integer:
        return text(std::to_string(term.asInteger()));
    case TermKind::Real:
        return text(erlangRealText(term.asReal()));
    case TermKind::Pid:
        return text(erlangPidText(term.asPid()));
    case TermKind::Reference:
        return text(erlangRefText(term.asReference()));
    case TermKind::EmptyList:
        return text("[]");
    case TermKind::Function:
        return text(functionText(term.asFunction()));
    case TermKind::Binary:
        return binaryNode(term.asBinary(), guessText);
    case TermKind::Tuple:
        return tupleNode(term.elements(), guessText, depth);
    case TermKind::Cons:
        return listNode(term, guessText, depth);
    case TermKind::Map:
        return mapNode(term.entries(), guessText, depth);
    }
    return text("...");
}

/// The parts from the first on, separated by commas, the tail of an improper list by a bar.
void writeParts(const ErlangNode& node, std::string& out)
{
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
        if (i > 0)
            out += i == node.elementCount() ? '|' : ',';
        writeOneLine(node.parts[i], out);
    }
}

} // namespace

ErlangNode erlangNode(const Term& term, bool guessText)
{
    return build(term, guessText, 0);
}

void writePair(const ErlangNode& key, const ErlangNode& value, std::string& out)
{
    writeOneLine(key, out);
    out += " => ";
    writeOneLine(value, out);
}

void writeOneLine(const ErlangNode& node, std::string& out)
{
    switch (node.kind) {
    case ErlangNode::Kind::Text:
        out += node.text;
        break;
    case ErlangNode::Kind::Bytes:
        out += "<<";
        writeParts(node, out);
        out += ">>";
        break;
    case ErlangNode::Kind::List:
        out += '[';
        writeParts(node, out);
        out += ']';
        break;
    case ErlangNode::Kind::Tuple:
    case ErlangNode::Kind::TaggedTuple:
        out += '{';
        writeParts(node, out);
        out += '}';
        break;
    case ErlangNode::Kind::Map:
        out += "#{";
        for (std::size_t i = 0; i + 1 < node.parts.size(); i += 2) {
            if (i > 0)
                out += ',';
            writePair(node.parts[i], node.parts[i + 1], out);
        }
        out += '}';
        break;
    }
}

} // namespace exitwave::term
