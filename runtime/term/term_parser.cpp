// The grammar of terms: what begins with which character, and what collections are made of.
#include "runtime/term/term_parser.h"

#include "runtime/term/term_scanner.h"

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace exitwave::term {

namespace {

using Parsed = std::optional<Term>; // nothing: the scanner holds the failure

constexpr int maxDepth = 200; // of nested collections; no person types more

/// Recursive descent over a TermScanner. One use, one thread.
class TermParser
{
public:
    explicit TermParser(TermScanner& scanner) : m_in(scanner) {}

    Parsed value();

private:
    Parsed collection();
    Parsed tuple();
    Parsed list();
    Parsed mapOrStruct();
    Parsed binary();
    Parsed pid();
    Parsed word();
    bool elements(std::size_t open, std::string_view close, std::vector<Term>& out);
    bool mapEntries(std::size_t open, std::vector<MapEntry>& out);
    /// `key:` or `"key":` and the blank after it; nothing, and nothing read, when there is none.
    std::optional<Term> keywordKey();
    bool keywords(std::vector<MapEntry>& out);
    Parsed failed(std::size_t offset, std::string what)
    {
        m_in.fail(offset, std::move(what));
        return {};
    }

    TermScanner& m_in;
    int m_depth = 0;
};

Parsed TermParser::value()
{
    m_in.skipBlanks();
    const std::size_t start = m_in.offset();
    const char first = m_in.peek();
    if (m_in.atEnd())
        return failed(start,
                      start == 0 ? "Write a term, for example :kill or {:shutdown, :bye}."
                                 : "A term is missing here.");
    if (first == '"') {
        std::string text;
        if (!m_in.quoted('"', text))
            return {};
        return Term::binary(text);
    }
    if (first == '\'') {
        std::string text;
        if (!m_in.quoted('\'', text))
            return {};
        return Term::charlist(text);
    }
    if (first == ':')
        return m_in.atom();
    if (m_in.atNumber())
        return m_in.number();
    if (first == '{' || first == '[' || first == '%' || (first == '<' && m_in.peek(1) == '<'))
        return collection();
    if (first == '#')
        return pid();
    if (TermScanner::startsWord(first))
        return word();
    return failed(start, std::string("A term cannot begin with ") + first + ".");
}

Parsed TermParser::collection()
{
    if (m_depth >= maxDepth)
        return failed(m_in.offset(), "The term is nested too deeply.");
    ++m_depth;
    Parsed parsed;
    switch (m_in.peek()) {
    case '{':
        parsed = tuple();
        break;
    case '[':
        parsed = list();
        break;
    case '%':
        parsed = mapOrStruct();
        break;
    default:
        parsed = binary();
        break;
    }
    --m_depth;
    return parsed;
}

Term keywordList(const std::vector<MapEntry>& pairs)
{
    std::vector<Term> tuples;
    tuples.reserve(pairs.size());
    for (const MapEntry& pair : pairs)
        tuples.push_back(Term::tuple({pair.key, pair.value}));
    return Term::list(tuples);
}

/// Elements of what began at `open`, up to `close`, which is read; a keyword list without brackets
/// may end them.
bool TermParser::elements(std::size_t open, std::string_view close, std::vector<Term>& out)
{
    while (!m_in.take(close)) {
        if (m_in.atEnd()) {
            m_in.fail(open,
                      "What begins here is not closed: " + std::string(close) + " is missing.");
            return false;
        }
        std::vector<MapEntry> pairs;
        if (!keywords(pairs))
            return false;
        if (!pairs.empty()) {
            out.push_back(keywordList(pairs));
            return m_in.expect(close);
        }
        Parsed element = value();
        if (!element)
            return false;
        out.push_back(std::move(*element));
        if (!m_in.take(","))
            return m_in.expect(close);
    }
    return true;
}

Parsed TermParser::tuple()
{
    const std::size_t open = m_in.offset();
    m_in.take("{");
    std::vector<Term> members;
    if (!elements(open, "}", members))
        return {};
    return Term::tuple(members);
}

Parsed TermParser::list()
{
    const std::size_t open = m_in.offset();
    m_in.take("[");
    std::vector<Term> members;
    Term tail = Term::emptyList();
    while (!m_in.take("]")) {
        if (m_in.atEnd())
            return failed(open, "The list is not closed: ] is missing.");
        std::vector<MapEntry> pairs;
        if (!keywords(pairs))
            return {};
        if (!pairs.empty()) {
            tail = keywordList(pairs);
        } else {
            Parsed element = value();
            if (!element)
                return {};
            members.push_back(std::move(*element));
            if (m_in.take(","))
                continue;
            if (m_in.take("|")) {
                Parsed rest = value();
                if (!rest)
                    return {};
                tail = std::move(*rest);
            }
        }
        if (!m_in.expect("]"))
            return {};
        break;
    }
    return Term::list(members, tail);
}

std::optional<Term> TermParser::keywordKey()
{
    m_in.skipBlanks();
    std::string name;
    if (!m_in.keyword(name))
        return {};
    const base::Result<Atom> key = Atom::tryIntern(name);
    if (!key) {
        m_in.fail(m_in.offset(), key.error().message);
        return {};
    }
    return Term(key.value());
}

/// `a: 1, b: 2`, as far as it goes. False after a failure.
bool TermParser::keywords(std::vector<MapEntry>& out)
{
    while (std::optional<Term> key = keywordKey()) {
        Parsed held = value();
        if (!held)
            return false;
        out.push_back({std::move(*key), std::move(*held)});
        const std::size_t comma = m_in.offset();
        if (!m_in.take(","))
            return true;
        m_in.skipBlanks();
        std::string next;
        if (!m_in.looksLikeKeyword()) {
            if (m_in.peek() == ']' || m_in.peek() == '}' || m_in.peek() == '>')
                return true;
            m_in.fail(comma, "After key: value pairs only more of them can follow.");
            return false;
        }
    }
    return !m_in.failed();
}

bool TermParser::mapEntries(std::size_t open, std::vector<MapEntry>& out)
{
    while (!m_in.take("}")) {
        if (m_in.atEnd()) {
            m_in.fail(open, "The map is not closed: } is missing.");
            return false;
        }
        const std::size_t before = out.size();
        if (!keywords(out))
            return false;
        if (out.size() > before)
            return m_in.expect("}");
        Parsed key = value();
        if (!key || !m_in.expect("=>"))
            return false;
        Parsed held = value();
        if (!held)
            return false;
        out.push_back({std::move(*key), std::move(*held)});
        if (!m_in.take(","))
            return m_in.expect("}");
    }
    return true;
}

bool endsWith(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

Parsed TermParser::mapOrStruct()
{
    const std::size_t open = m_in.offset();
    m_in.take("%");
    std::vector<MapEntry> entries;
    if (m_in.peek() != '{') {
        const std::size_t start = m_in.offset();
        const Parsed name = m_in.peek() >= 'A' && m_in.peek() <= 'Z' ? word() : Parsed();
        if (!name || name->asAtom().name().substr(0, 7) != "Elixir.")
            return m_in.failed() ? Parsed()
                                 : failed(start,
                                          "After % comes { or the name of a struct, as in "
                                          "%RuntimeError{message: \"oops\"}.");
        entries.push_back({atoms::structKey, *name});
        if (endsWith(name->asAtom().name(), "Error")
            || endsWith(name->asAtom().name(), "Exception"))
            entries.push_back({atoms::exceptionKey, atoms::true_});
    }
    if (!m_in.expect("{") || !mapEntries(open, entries))
        return {};
    return Term::map(std::move(entries));
}

Parsed TermParser::binary()
{
    const std::size_t open = m_in.offset();
    m_in.take("<<");
    std::vector<Term> members;
    if (!elements(open, ">>", members))
        return {};
    std::string bytes;
    for (const Term& member : members) {
        if (member.isInteger() && member.asInteger() >= 0 && member.asInteger() <= 255)
            bytes.push_back(static_cast<char>(member.asInteger()));
        else if (member.isBinary())
            bytes += member.asBinary();
        else
            return failed(open, "A binary holds bytes (0 to 255) and strings.");
    }
    return Term::binary(bytes);
}

Parsed TermParser::pid()
{
    const std::size_t start = m_in.offset();
    const auto part = [this]() -> std::optional<std::uint32_t> {
        std::uint64_t sum = 0;
        std::size_t digits = 0;
        while (m_in.peek() >= '0' && m_in.peek() <= '9' && digits < 11) {
            sum = sum * 10 + static_cast<std::uint64_t>(m_in.peek() - '0');
            m_in.advance(1);
            ++digits;
        }
        if (digits == 0 || sum > std::numeric_limits<std::uint32_t>::max())
            return {};
        return static_cast<std::uint32_t>(sum);
    };
    if (m_in.take("#PID<0.")) {
        const std::optional<std::uint32_t> index = part();
        if (index && m_in.take(".")) {
            const std::optional<std::uint32_t> generation = part();
            if (generation && m_in.take(">"))
                return Term(Pid{*index, *generation});
        }
    }
    return failed(start, "After # only a pid can follow, as in #PID<0.153.0>.");
}

/// true, false, nil, or an alias such as Foo.Bar.
Parsed TermParser::word()
{
    const std::size_t start = m_in.offset();
    const std::string name = m_in.word();
    if (name == "true" || name == "false" || name == "nil")
        return Term::atom(name);
    if (name.front() < 'A' || name.front() > 'Z') {
        return failed(start,
                      m_in.peek() == '('
                          ? name + "(...) would be a call, but only a value can be written here."
                          : name + " would be a variable. Write :" + name + " for the atom, \""
                              + name + "\" for the text.");
    }
    std::string alias = name == "Elixir" ? std::string() : "Elixir." + name;
    while (m_in.peek() == '.' && m_in.peek(1) >= 'A' && m_in.peek(1) <= 'Z') {
        m_in.advance(1);
        alias += (alias.empty() ? "Elixir." : ".") + m_in.word();
    }
    if (m_in.peek() == '.')
        return failed(start, "A call cannot be written here, only a value.");
    const base::Result<Atom> atom = Atom::tryIntern(alias.empty() ? "Elixir" : alias);
    return atom ? Parsed(Term(atom.value())) : failed(start, atom.error().message);
}

} // namespace

base::Result<Term> parseTerm(std::string_view text, std::size_t* errorOffset)
{
    TermScanner scanner(text);
    if (!scanner.checkUtf8()) {
        if (errorOffset)
            *errorOffset = scanner.failureOffset();
        return scanner.error();
    }
    Parsed parsed = TermParser(scanner).value();
    if (parsed) {
        scanner.skipBlanks();
        if (scanner.atEnd())
            return std::move(*parsed);
        scanner.fail(
            scanner.offset(),
            "The term ends before this. Remove the rest, or put several values into {} or [].");
    }
    if (errorOffset)
        *errorOffset = scanner.failureOffset();
    return scanner.error();
}

} // namespace exitwave::term
