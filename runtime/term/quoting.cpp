// How Elixir writes atoms, strings and floats.
#include "runtime/term/quoting.h"

#include "runtime/base/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace exitwave::term {

namespace {

// --- atoms ------------------------------------------------------------------------------------

/// What an atom's text looks like to Elixir's tokenizer.
enum class AtomShape {
    Identifier, ///< foo, foo?
    Operator, ///< +
    NotCallable, ///< written plain, but not after a dot: Foo as in :Foo, foo@bar, %{}
    QuotedOperator, ///< written plain after a dot only
    Alias, ///< Elixir.Foo
    Quoted, ///< everything else
};

template<std::size_t Size>
bool contains(const std::array<std::string_view, Size>& texts, std::string_view text)
{
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

constexpr auto plainOperators = std::to_array<std::string_view>(
    {"!",  "&",  "*",   "+",   "-",   "/",   "<",   "=",   ">",   "@",   "^",   "|",    "!=",
     "&&", "**", "++",  "--",  "<-",  "<=",  "<>",  "<~",  "==",  "=~",  ">=",  "\\\\", "|>",
     "||", "~>", "!==", "&&&", "+++", "---", "<<<", "<<~", "<~>", "===", ">>>", "|||",  "~>>"});
constexpr auto quotedOperators = std::to_array<std::string_view>({"::", "<|>", "^^^", "~~~"});
constexpr auto notCallable
    = std::to_array<std::string_view>({"%", "%{}", "{}", "<<>>", "...", "..", ".", "..//", "->"});

bool isAsciiUpper(char32_t c)
{
    return c >= 'A' && c <= 'Z';
}

bool isDigit(char32_t c)
{
    return c >= '0' && c <= '9';
}

struct Range
{
    char32_t first;
    char32_t last;
};

/// The letters of the scripts in common use, as far as they may stand in an identifier. Unicode's
/// full tables are larger than all of this library; a letter missing here makes an atom quoted,
/// which is still correct Elixir.
constexpr auto letterRanges = std::to_array<Range>({
    {0xc0, 0xd6},     {0xd8, 0xf6},     {0xf8, 0x131},    {0x134, 0x13e},   {0x141, 0x148},
    {0x14a, 0x17e},   {0x180, 0x1c3},   {0x1cd, 0x1f0},   {0x1f4, 0x24f},   {0x250, 0x2af},
    {0x386, 0x386},   {0x388, 0x38a},   {0x38c, 0x38c},   {0x38e, 0x3a1},   {0x3a3, 0x3ce},
    {0x400, 0x481},   {0x48a, 0x52f},   {0x531, 0x556},   {0x561, 0x586},   {0x5d0, 0x5ea},
    {0x620, 0x64a},   {0x904, 0x939},   {0xe01, 0xe30},   {0x10d0, 0x10fa}, {0x1e00, 0x1e99},
    {0x1ea0, 0x1ef9}, {0x3041, 0x3096}, {0x30a1, 0x30fa}, {0x4e00, 0x9ffc}, {0xac00, 0xd7a3},
});

bool isLetter(char32_t c)
{
    if (c < 0x80)
        return isAsciiUpper(c) || (c >= 'a' && c <= 'z');
    return std::any_of(letterRanges.begin(), letterRanges.end(), [c](const Range& range) {
        return c >= range.first && c <= range.last;
    });
}

/// Case of the letters that have one and stand in the ranges above, by their regular layout.
bool isUpperLetter(char32_t c)
{
    if (c < 0x80)
        return isAsciiUpper(c);
    if (c <= 0xde)
        return c >= 0xc0;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
        return c % 2 == 1;
    if ((c >= 0x100 && c <= 0x177) || (c >= 0x1e00 && c <= 0x1eff) || (c >= 0x460 && c <= 0x481)
        || (c >= 0x48a && c <= 0x52f))
        return c % 2 == 0;
    return (c >= 0x386 && c <= 0x3ab && c != 0x390) || (c >= 0x400 && c <= 0x42f)
        || (c >= 0x531 && c <= 0x556);
}

bool isAliasRest(std::string_view rest)
{
    while (!rest.empty()) {
        if (rest.size() < 2 || rest[0] != '.' || !isAsciiUpper(static_cast<unsigned char>(rest[1])))
            return false;
        std::size_t end = 2;
        while (end < rest.size()) {
            const auto c = static_cast<unsigned char>(rest[end]);
            if (c >= 0x80 || (!isLetter(c) && !isDigit(c) && c != '_'))
                break;
            ++end;
        }
        rest.remove_prefix(end);
    }
    return true;
}

AtomShape wordShape(std::string_view text)
{
    auto decoded = base::decodeUtf8(text);
    if (!decoded || (decoded->codePoint != '_' && !isLetter(decoded->codePoint)))
        return AtomShape::Quoted;
    bool callable = !isUpperLetter(decoded->codePoint);
    text.remove_prefix(decoded->size);
    while (!text.empty()) {
        decoded = base::decodeUtf8(text);
        const char32_t c = decoded ? decoded->codePoint : 0;
        if ((c == '?' || c == '!') && text.size() == 1)
            break;
        if (c == '@')
            callable = false;
        else if (c != '_' && !isDigit(c) && !isLetter(c))
            return AtomShape::Quoted;
        text.remove_prefix(decoded->size);
    }
    return callable ? AtomShape::Identifier : AtomShape::NotCallable;
}

AtomShape shapeOf(std::string_view text)
{
    if (contains(notCallable, text))
        return AtomShape::NotCallable;
    if (contains(plainOperators, text))
        return AtomShape::Operator;
    if (contains(quotedOperators, text))
        return AtomShape::QuotedOperator;
    if (text.starts_with("Elixir") && isAliasRest(text.substr(6)))
        return AtomShape::Alias;
    return wordShape(text);
}

std::string quoted(std::string_view text)
{
    return '"' + escapeText(text, '"', std::string_view::npos).text + '"';
}

std::string literalText(std::string_view name)
{
    if (name == "nil" || name == "true" || name == "false")
        return std::string(name);
    switch (shapeOf(name)) {
    case AtomShape::Alias:
        if (name == "Elixir" || name == "Elixir.Elixir" || name.starts_with("Elixir.Elixir."))
            return std::string(name);
        return std::string(name.substr(7)); // without "Elixir."
    case AtomShape::Identifier:
    case AtomShape::Operator:
    case AtomShape::NotCallable:
        return ':' + std::string(name);
    case AtomShape::QuotedOperator:
    case AtomShape::Quoted:
        break;
    }
    return ':' + quoted(name);
}

// --- strings ----------------------------------------------------------------------------------

/// The letter after the backslash for characters that have one, else 0.
char escapeLetter(char32_t c)
{
    switch (c) {
    case 0x07:
        return 'a';
    case 0x08:
        return 'b';
    case 0x09:
        return 't';
    case 0x0a:
        return 'n';
    case 0x0b:
        return 'v';
    case 0x0c:
        return 'f';
    case 0x0d:
        return 'r';
    case 0x1b:
        return 'e';
    case 0x7f:
        return 'd';
    case '\\':
        return '\\';
    case 0:
        return '0';
    default:
        return 0;
    }
}

bool isPrintable(char32_t c)
{
    return (c >= 0x20 && c <= 0x7e) || (c >= 0xa0 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd)
        || (c >= 0x10000 && c <= 0x10ffff);
}

void appendCodePoint(std::string& out, char32_t c)
{
    char hex[16];
    if (const char letter = escapeLetter(c)) {
        out += '\\';
        out += letter;
    } else if (c == 0xfeff) {
        out += "\\uFEFF";
    } else if (isPrintable(c)) {
        base::appendUtf8(out, c);
    } else {
        std::snprintf(hex, sizeof hex, c < 0x100 ? "\\x%02X" : "\\x{%X}", static_cast<unsigned>(c));
        out += hex;
    }
}

// --- floats -----------------------------------------------------------------------------------

/// The fewest digits that read back as the same float, and where the point goes.
class ShortestDigits
{
public:
    explicit ShortestDigits(double value) : m_sign(std::signbit(value) ? "-" : "")
    {
        char buffer[32]; // d.ddde+xx
        const auto written = std::to_chars(
            buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific);
        const std::string_view text(buffer, static_cast<std::size_t>(written.ptr - buffer));
        const std::size_t e = text.find('e');
        m_digits = text.substr(0, 1);
        if (e > 2)
            m_digits += text.substr(2, e - 2);
        const std::size_t number = e + (text[e + 1] == '+' ? 2 : 1);
        std::from_chars(text.data() + number, text.data() + text.size(), m_exponent);
    }

    /// 0.001, 12.5, 1000.0
    std::string plain() const
    {
        const int place = m_exponent + 1; // digits before the point
        const int length = static_cast<int>(m_digits.size());
        if (place <= 0)
            return m_sign + "0." + zeros(-place) + m_digits;
        if (place >= length)
            return m_sign + m_digits + zeros(place - length) + ".0";
        const auto split = static_cast<std::size_t>(place);
        return m_sign + m_digits.substr(0, split) + '.' + m_digits.substr(split);
    }

    /// 1.0e10, 1.25e-7
    std::string withExponent() const
    {
        return m_sign + m_digits[0] + '.' + (m_digits.size() == 1 ? "0" : m_digits.substr(1)) + 'e'
            + std::to_string(m_exponent);
    }

    /// Erlang's rule for when the plain form is preferred: it costs no more characters.
    bool plainIsShort() const
    {
        const int place = m_exponent + 1;
        const int length = static_cast<int>(m_digits.size());
        const int exponentCost
            = static_cast<int>(std::to_string(m_exponent).size()) + 1 + (length == 1 ? 2 : 1);
        if (place < 0)
            return 2 - place <= exponentCost;
        return place < length || place - length + 2 <= exponentCost;
    }

private:
    static std::string zeros(int count)
    {
        return std::string(static_cast<std::size_t>(count), '0');
    }

    std::string m_sign;
    std::string m_digits;
    int m_exponent = 0;
};

} // namespace

std::string atomText(Atom atom, AtomPlace place)
{
    const std::string_view name = atom.name();
    if (place == AtomPlace::Literal)
        return literalText(name);
    const AtomShape shape = shapeOf(name);
    if (place == AtomPlace::Key) {
        const bool plain = shape == AtomShape::Identifier || shape == AtomShape::Operator
            || shape == AtomShape::NotCallable;
        return (plain ? std::string(name) : quoted(name)) + ':';
    }
    const bool plain = shape == AtomShape::Identifier || shape == AtomShape::Operator
        || shape == AtomShape::QuotedOperator;
    return plain ? std::string(name) : quoted(name);
}

Escaped escapeText(std::string_view text, char quote, std::size_t limit)
{
    std::string out;
    for (; !text.empty() && limit > 0; --limit) {
        if (text[0] == quote) {
            out += '\\';
            out += quote;
            text.remove_prefix(1);
        } else if (text.starts_with("#{")) {
            out += "\\#{";
            text.remove_prefix(2);
        } else if (const auto decoded = base::decodeUtf8(text)) {
            appendCodePoint(out, decoded->codePoint);
            text.remove_prefix(decoded->size);
        } else {
            char hex[8];
            std::snprintf(hex, sizeof hex, "\\x%02X", static_cast<unsigned char>(text[0]));
            out += hex;
            text.remove_prefix(1);
        }
    }
    return {std::move(out), text};
}

bool isPrintableText(std::string_view text, std::size_t limit)
{
    for (; !text.empty() && limit > 0; --limit) {
        const auto decoded = base::decodeUtf8(text);
        if (!decoded)
            return false;
        const char32_t c = decoded->codePoint;
        if (!isPrintable(c) && (escapeLetter(c) == 0 || c == 0))
            return false;
        text.remove_prefix(decoded->size);
    }
    return true;
}

std::string elixirRealText(double value)
{
    const double magnitude = std::abs(value);
    const ShortestDigits shortest(value);
    return magnitude >= 1.0 && magnitude < 1.0e16 ? shortest.plain() : erlangRealText(value);
}

std::string erlangRealText(double value)
{
    constexpr double largestExactInteger = 9007199254740992.0; // 2^53
    const ShortestDigits shortest(value);
    if (value == 0 || (std::abs(value) < largestExactInteger && shortest.plainIsShort()))
        return shortest.plain();
    return shortest.withExponent();
}

EnclosingFunction enclosingFunction(std::string_view compilerName)
{
    // "-" name "/" arity "-" inner "-" count "-"
    const std::size_t slash = compilerName.rfind('/');
    if (!compilerName.starts_with('-') || slash == std::string_view::npos || slash < 1)
        return {};
    const std::string_view trailing = compilerName.substr(slash + 1);
    if (std::count(trailing.begin(), trailing.end(), '-') != 3 || !trailing.ends_with('-'))
        return {};
    return {compilerName.substr(1, slash - 1), trailing.substr(0, trailing.find('-'))};
}

} // namespace exitwave::term
