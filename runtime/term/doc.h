// Doc: a text with places where it may be broken, laid out to a width.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

namespace exitwave::term {

/// A document in the manner of Wadler's "A prettier printer", with the two kinds of groups that
/// Elixir's Inspect.Algebra has:
///   strict breaks of a group are all line ends or none, flexible breaks one by one as needed.
/// Nodes are made by a DocArena and live as long as it does.
struct Doc
{
    enum class Kind : std::uint8_t { Text, Concat, Nest, StrictBreak, FlexBreak, Group };

    Kind kind = Kind::Text;
    /// Columns of `text`, for Text and breaks; the indentation for Nest.
    std::size_t columns = 0;
    std::string text; ///< of Text; of a break what stands there when it is not used
    const Doc* first = nullptr;
    const Doc* second = nullptr; ///< of Concat
};

/// Makes and owns Docs. Thread: that of the owner.
class DocArena
{
public:
    /// `columns` as Elixir counts them, which is bytes for some texts, characters for others.
    const Doc* text(std::string text, std::size_t columns);
    /// As above; columns are bytes.
    const Doc* text(std::string text);
    const Doc* concat(const Doc* first, const Doc* second);
    /// What is broken inside `doc` is indented by `columns` more.
    const Doc* nest(const Doc* doc, std::size_t columns);
    const Doc* strictBreak(std::string unbroken);
    const Doc* flexBreak(std::string unbroken);
    const Doc* group(const Doc* doc);

private:
    const Doc* add(Doc doc);

    std::deque<Doc> m_docs;
};

/// True for a text or a concatenation of such: it has no place to be broken at.
bool isPlain(const Doc* doc);

/// Lays `doc` out so that lines are at most `width` columns wide where breaks allow it;
/// SIZE_MAX breaks nothing.
std::string layOut(const Doc* doc, std::size_t width);

} // namespace exitwave::term
