// Reading single tokens of Elixir literals.
#include "runtime/term/term_scanner.h"

#include "runtime/base/utf8.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <utility>

namespace exitwave::term {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool inWord(char c)
{
    return TermScanner::startsWord(c) || isDigit(c) || c == '@';
}

int digitValue(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 99;
}

// Longest first: the first that fits is read.
constexpr std::array<std::string_view, 38> operators{
    "<<<", ">>>", "&&&", "|||", "^^^", "===", "!==", "<>", "++", "--", "==",  "!=", "=~",
    "<=",  ">=",  "&&",  "||",  "->",  "<-",  "|>",  "..", "=>", "::", "%{}", "{}", "+",
    "-",   "*",   "/",   "=",   "<",   ">",   "!",   "&",  "|",  "^",  "@",   "."};

} // namespace

bool TermScanner::startsWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
        || static_cast<unsigned char>(c) >= 0x80;
}

void TermScanner::skipBlanks()
{
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
        ++m_at;
}

bool TermScanner::take(std::string_view sign)
{
    skipBlanks();
    if (m_text.substr(m_at, sign.size()) != sign)
        return false;
    m_at += sign.size();
    return true;
}

bool TermScanner::expect(std::string_view sign)
{
    if (take(sign))
        return true;
    fail(m_at, std::string(sign) + (atEnd() ? " is missing at the end." : " is missing here."));
    return false;
}

std::string TermScanner::word()
{
    const std::size_t start = m_at;
    while (inWord(peek()))
        ++m_at;
    if (peek() == '?' || (peek() == '!' && peek(1) != '='))
        ++m_at;
    return std::string(m_text.substr(start, m_at - start));
}

bool TermScanner::quoted(char quote, std::string& out)
{
    const std::size_t start = m_at++;
    for (;;) {
        if (atEnd()) {
            fail(start,
                 std::string("The text that begins here is not closed: ") + quote + " is missing.");
            return false;
        }
        const char c = m_text[m_at++];
        if (c == quote)
            return true;
        if (c == '#' && peek() == '{') {
            fail(m_at - 1, "#{...} would run code. Write \\#{ for these two characters.");
            return false;
        }
        if (c != '\\')
            out.push_back(c);
        else if (!escape(out))
            return false;
    }
}

bool TermScanner::codePoint(std::string& out, std::size_t maxDigits, std::size_t start)
{
    const bool braced = peek() == '{';
    if (braced)
        ++m_at;
    char32_t value = 0;
    std::size_t digits = 0;
    const std::size_t most = braced ? 6 : maxDigits;
    for (; digits < most && digitValue(peek()) < 16; ++digits)
        value = value * 16 + static_cast<char32_t>(digitValue(m_text[m_at++]));
    const bool complete = braced ? digits > 0 && peek() == '}' : digits == maxDigits;
    if (braced && complete)
        ++m_at;
    if (complete && maxDigits == 2) {
        out.push_back(static_cast<char>(value));
        return true;
    }
    if (complete && base::appendUtf8(out, value))
        return true;
    fail(start, "This is no character. Write \\x41, \\u0041 or \\u{1F600}.");
    return false;
}

bool TermScanner::escape(std::string& out)
{
    constexpr std::array<std::pair<char, char>, 10> short_{{{'n', '\n'},
                                                            {'t', '\t'},
                                                            {'r', '\r'},
                                                            {'0', '\0'},
                                                            {'a', '\a'},
                                                            {'b', '\b'},
                                                            {'e', '\x1b'},
                                                            {'f', '\f'},
                                                            {'s', ' '},
                                                            {'v', '\v'}}};
    const std::size_t start = m_at - 1;
    if (atEnd())
        return true; // the missing quote is told
    const char c = m_text[m_at++];
    if (c == 'x')
        return codePoint(out, 2, start);
    if (c == 'u')
        return codePoint(out, 4, start);
    for (const auto& [letter, meaning] : short_) {
        if (c == letter) {
            out.push_back(meaning);
            return true;
        }
    }
    if (c == 'd')
        out.push_back('\x7f');
    else if (c != '\n') // a line end after a backslash is left out, anything else stands for itself
        out.push_back(c);
    return true;
}

std::optional<Term> TermScanner::atom()
{
    const std::size_t start = m_at++;
    std::string name;
    if (peek() == '"' || peek() == '\'') {
        if (!quoted(peek(), name))
            return {};
    } else if (startsWord(peek())) {
        name = word();
    } else {
        for (const std::string_view sign : operators) {
            if (m_text.substr(m_at, sign.size()) == sign) {
                name = sign;
                m_at += sign.size();
                break;
            }
        }
        if (name.empty()) {
            fail(start, "A name is missing after the colon, as in :normal.");
            return {};
        }
    }
    const base::Result<Atom> atom = Atom::tryIntern(name);
    if (atom)
        return Term(atom.value());
    fail(start, atom.error().message, atom.error().code);
    return {};
}

bool TermScanner::atNumber() const
{
    const bool sign = peek() == '-' || peek() == '+';
    return isDigit(peek(sign ? 1 : 0)) || (peek() == '?' && m_at + 1 < m_text.size());
}

std::optional<Term> TermScanner::number()
{
    const std::size_t start = m_at;
    if (peek() == '?') {
        ++m_at;
        std::string bytes;
        if (peek() == '\\') {
            ++m_at;
            if (!escape(bytes))
                return {};
        } else {
            bytes = m_text.substr(m_at);
        }
        const std::optional<base::DecodedCodePoint> character = base::decodeUtf8(bytes);
        if (!character) {
            fail(start, "A character is missing after the ?, as in ?a.");
            return {};
        }
        if (m_text[start + 1] != '\\')
            m_at += character->size;
        return Term::integer(static_cast<std::int64_t>(character->codePoint));
    }
    const bool negative = peek() == '-';
    const std::size_t sign = negative || peek() == '+' ? 1 : 0;
    if (peek(sign) == '0') {
        const char kind = peek(sign + 1);
        const int base = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 0;
        if (base != 0) {
            m_at += sign + 2;
            return based(base, start, negative);
        }
    }
    return decimal(start);
}

std::optional<Term> TermScanner::based(int base, std::size_t start, bool negative)
{
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    std::uint64_t value = 0;
    std::size_t digits = 0;
    for (; digitValue(peek()) < base || (digits > 0 && peek() == '_'); ++m_at) {
        if (peek() == '_')
            continue;
        const auto digit = static_cast<std::uint64_t>(digitValue(peek()));
        if (value > (most - digit) / static_cast<std::uint64_t>(base)) {
            fail(start, "This integer needs more than 64 bits.", base::ErrorCode::Overflow);
            return {};
        }
        value = value * static_cast<std::uint64_t>(base) + digit;
        ++digits;
    }
    if (digits == 0 || inWord(peek())) {
        fail(m_at, "This is no digit of the number.");
        return {};
    }
    const auto positive = static_cast<std::int64_t>(value);
    return Term::integer(negative ? -positive : positive);
}

std::optional<Term> TermScanner::decimal(std::size_t start)
{
    std::string digits;
    bool real = false;
    for (;; ++m_at) {
        const char c = peek();
        const char before = digits.empty() ? '\0' : digits.back();
        if (c == '_' && isDigit(before) && isDigit(peek(1)))
            continue;
        const bool point = c == '.' && !real && isDigit(before) && isDigit(peek(1));
        const bool exponent = (c == 'e' || c == 'E') && real && isDigit(before)
            && digits.find('e') == std::string::npos;
        const bool sign = (c == '-' || c == '+') && (digits.empty() || before == 'e');
        if (!isDigit(c) && !point && !exponent && !sign)
            break;
        real = real || point;
        if (c != '+')
            digits.push_back(exponent ? 'e' : c);
    }
    if (inWord(peek()) || digits.empty() || !isDigit(digits.back())) {
        fail(m_at, "This is no digit of the number.");
        return {};
    }
    if (real) {
        double value = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (read.ec == std::errc() && std::isfinite(value))
            return Term::real(value);
        fail(start, "This float is out of range.", base::ErrorCode::Overflow);
        return {};
    }
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec == std::errc())
        return Term::integer(value);
    fail(start, "This integer needs more than 64 bits.", base::ErrorCode::Overflow);
    return {};
}

bool TermScanner::keyword(std::string& name)
{
    const std::size_t start = m_at;
    bool read = false;
    if (peek() == '"') {
        // Read quietly: a text that is wrong in itself is told when it is read as a value.
        TermScanner quietly(m_text);
        quietly.m_at = m_at;
        read = quietly.quoted('"', name);
        m_at = quietly.m_at;
    } else if (startsWord(peek())) {
        name = word();
        read = true;
    }
    if (read && peek() == ':' && peek(1) != ':') {
        ++m_at;
        return true;
    }
    m_at = start;
    name.clear();
    return false;
}

bool TermScanner::looksLikeKeyword()
{
    const std::size_t start = m_at;
    std::string name;
    const bool found = keyword(name);
    m_at = start;
    return found;
}

bool TermScanner::checkUtf8()
{
    if (base::isValidUtf8(m_text))
        return true;
    fail(0, "The text is not UTF-8.");
    return false;
}

void TermScanner::fail(std::size_t offset, std::string what, base::ErrorCode code)
{
    if (m_error)
        return;
    m_failedAt = offset;
    const std::size_t column = base::countCodePoints(m_text.substr(0, offset)) + 1;
    m_error = base::fail(code, "Column " + std::to_string(column) + ": " + what);
}

} // namespace exitwave::term
