// TermScanner: the words, numbers, quoted texts and signs that terms are written with.
#pragma once

#include "runtime/base/result.h"
#include "runtime/term/term.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace exitwave::term {

/// A position in a text and the first failure. Functions that read leave the position after what
/// they read. One owner, one thread; the text must outlive it.
class TermScanner
{
public:
    explicit TermScanner(std::string_view text) : m_text(text) {}

    [[nodiscard]] std::size_t offset() const { return m_at; }
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    /// The byte `ahead` of the position; 0 at the end.
    [[nodiscard]] char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    void advance(std::size_t bytes) { m_at += bytes; }
    void skipBlanks();

    /// Skips blanks and reads `sign` when it is next.
    bool take(std::string_view sign);
    /// The same, and a failure when it is not.
    bool expect(std::string_view sign);

    [[nodiscard]] static bool startsWord(char c);
    /// Letters, digits, _ and @, with ! or ? at the end. \pre startsWord(peek())
    std::string word();
    /// A text between two `quote`s with Elixir's escapes. \pre peek() == quote
    bool quoted(char quote, std::string& out);
    /// :name, :"any name" or an operator such as :+ . \pre peek() == ':'
    std::optional<Term> atom();
    [[nodiscard]] bool atNumber() const;
    /// \pre atNumber()
    std::optional<Term> number();
    /// `name:` or `"name":` with something other than a colon after it. Reads nothing when it is
    /// something else.
    bool keyword(std::string& name);
    [[nodiscard]] bool looksLikeKeyword();

    /// False, and a failure, when the text is not UTF-8.
    bool checkUtf8();
    /// Remembers the first failure only.
    void fail(std::size_t offset,
              std::string what,
              base::ErrorCode code = base::ErrorCode::InvalidInput);
    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    [[nodiscard]] std::size_t failureOffset() const { return m_failedAt; }
    /// "Column 5: ...". \pre failed()
    [[nodiscard]] base::Error error() const { return *m_error; }

private:
    bool escape(std::string& out);
    bool codePoint(std::string& out, std::size_t maxDigits, std::size_t start);
    std::optional<Term> based(int base, std::size_t start, bool negative);
    std::optional<Term> decimal(std::size_t start);

    std::string_view m_text;
    std::size_t m_at = 0;
    std::optional<base::Error> m_error;
    std::size_t m_failedAt = 0;
};

} // namespace exitwave::term
