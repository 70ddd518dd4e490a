// The layout algorithm: one pass, with a bounded look ahead at every group and flexible break.
#include "runtime/term/doc.h"

#include <limits>
#include <utility>
#include <vector>

namespace exitwave::term {

namespace {

enum class Mode : std::uint8_t { Flat, Broken };

/// A document still to be written, with the indentation and mode it stands in.
/// `doc` null marks, while looking ahead, the end of a group; `breakSeen` is then what held before.
struct Item
{
    std::size_t indent = 0;
    Mode mode = Mode::Flat;
    const Doc* doc = nullptr;
    bool breakSeen = false;
};

class Layout
{
public:
    explicit Layout(std::size_t width) : m_width(width) {}

    std::string run(const Doc* doc)
    {
        m_stack.push_back({0, Mode::Flat, doc});
        while (!m_stack.empty()) {
            const Item item = m_stack.back();
            m_stack.pop_back();
            write(item);
        }
        return std::move(m_out);
    }

private:
    void write(const Item& item)
    {
        const Doc& doc = *item.doc;
        switch (doc.kind) {
        case Doc::Kind::Text:
            writeText(doc);
            break;
        case Doc::Kind::Concat:
            m_stack.push_back({item.indent, item.mode, doc.second});
            m_stack.push_back({item.indent, item.mode, doc.first});
            break;
        case Doc::Kind::Nest:
            m_stack.push_back({item.indent + doc.columns, item.mode, doc.first});
            break;
        case Doc::Kind::StrictBreak:
            if (item.mode == Mode::Broken)
                newLine(item.indent);
            else
                writeText(doc);
            break;
        case Doc::Kind::FlexBreak:
            if (unlimited() || item.mode == Mode::Flat || restFits(m_column + doc.columns))
                writeText(doc);
            else
                newLine(item.indent);
            break;
        case Doc::Kind::Group: {
            const bool flat = unlimited() || groupFits(item.indent, doc.first);
            m_stack.push_back({item.indent, flat ? Mode::Flat : Mode::Broken, doc.first});
            break;
        }
        }
    }

    bool unlimited() const { return m_width == std::numeric_limits<std::size_t>::max(); }

    void writeText(const Doc& doc)
    {
        m_out += doc.text;
        m_column += doc.columns;
    }

    void newLine(std::size_t indent)
    {
        m_out += '\n';
        m_out.append(indent, ' ');
        m_column = indent;
    }

    /// Whether `doc`, flat, fits from the current column on.
    bool groupFits(std::size_t indent, const Doc* doc)
    {
        m_ahead.clear();
        m_ahead.push_back({indent, Mode::Flat, doc});
        return fits(m_column, false, 0);
    }

    /// Whether what is still on the stack fits up to the next place that will be broken.
    bool restFits(std::size_t column)
    {
        m_ahead.clear();
        return fits(column, true, m_stack.size());
    }

    /// Looks ahead along m_ahead and then down the topmost `below` items of the stack. A document
    /// without any break has no choice but to fit; hence `breakSeen`.
    bool fits(std::size_t column, bool breakSeen, std::size_t below)
    {
        while (true) {
            if (column > m_width && breakSeen)
                return false;
            Item item;
            if (!m_ahead.empty()) {
                item = m_ahead.back();
                m_ahead.pop_back();
            } else if (below > 0) {
                item = m_stack[--below];
            } else {
                return true;
            }
            if (!item.doc) {
                breakSeen = item.breakSeen;
                continue;
            }
            const Doc& doc = *item.doc;
            switch (doc.kind) {
            case Doc::Kind::Text:
                column += doc.columns;
                break;
            case Doc::Kind::Concat:
                m_ahead.push_back({item.indent, item.mode, doc.second});
                m_ahead.push_back({item.indent, item.mode, doc.first});
                break;
            case Doc::Kind::Nest:
                m_ahead.push_back({item.indent + doc.columns, item.mode, doc.first});
                break;
            case Doc::Kind::StrictBreak:
            case Doc::Kind::FlexBreak:
                if (item.mode == Mode::Broken)
                    return true;
                column += doc.columns;
                breakSeen = true;
                break;
            case Doc::Kind::Group:
                m_ahead.push_back({0, Mode::Flat, nullptr, breakSeen});
                m_ahead.push_back({item.indent, Mode::Flat, doc.first});
                break;
            }
        }
    }

    const std::size_t m_width;
    std::size_t m_column = 0;
    std::string m_out;
    std::vector<Item> m_stack;
    std::vector<Item> m_ahead;
};

} // namespace

const Doc* DocArena::add(Doc doc)
{
    m_docs.push_back(std::move(doc));
    return &m_docs.back();
}

const Doc* DocArena::text(std::string text, std::size_t columns)
{
    return add({Doc::Kind::Text, columns, std::move(text)});
}

const Doc* DocArena::text(std::string text)
{
    const std::size_t columns = text.size();
    return add({Doc::Kind::Text, columns, std::move(text)});
}

const Doc* DocArena::concat(const Doc* first, const Doc* second)
{
    return add({Doc::Kind::Concat, 0, {}, first, second});
}

const Doc* DocArena::nest(const Doc* doc, std::size_t columns)
{
    return add({Doc::Kind::Nest, columns, {}, doc});
}

const Doc* DocArena::strictBreak(std::string unbroken)
{
    const std::size_t columns = unbroken.size();
    return add({Doc::Kind::StrictBreak, columns, std::move(unbroken)});
}

const Doc* DocArena::flexBreak(std::string unbroken)
{
    const std::size_t columns = unbroken.size();
    return add({Doc::Kind::FlexBreak, columns, std::move(unbroken)});
}

const Doc* DocArena::group(const Doc* doc)
{
    return add({Doc::Kind::Group, 0, {}, doc});
}

bool isPlain(const Doc* doc)
{
    while (doc->kind == Doc::Kind::Concat) {
        if (!isPlain(doc->first))
            return false;
        doc = doc->second;
    }
    return doc->kind == Doc::Kind::Text;
}

std::string layOut(const Doc* doc, std::size_t width)
{
    return Layout(width).run(doc);
}

} // namespace exitwave::term
