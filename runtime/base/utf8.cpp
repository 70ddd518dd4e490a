// UTF-8 by hand: small, strict, and independent of the locale.
#include "runtime/base/utf8.h"

namespace exitwave::base {

namespace {

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

bool isSurrogate(char32_t codePoint)
{
    return codePoint >= 0xd800 && codePoint <= 0xdfff;
}

/// Code points that join the character before them.
bool extendsCharacter(char32_t c)
{
    return (c >= 0x0300 && c <= 0x036f) || (c >= 0x1ab0 && c <= 0x1aff)
        || (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff) || c == 0x200c
        || c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xfe20 && c <= 0xfe2f)
        || (c >= 0x1f3fb && c <= 0x1f3ff) || (c >= 0xe0100 && c <= 0xe01ef);
}

} // namespace

std::optional<DecodedCodePoint> decodeUtf8(std::string_view text)
{
    if (text.empty())
        return std::nullopt;
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80)
        return DecodedCodePoint{lead, 1};
    std::size_t size = 0;
    char32_t codePoint = 0;
    char32_t smallest = 0; // below it the form is overlong
    if (lead >= 0xc2 && lead <= 0xdf) {
        size = 2;
        codePoint = lead & 0x1fU;
        smallest = 0x80;
    } else if (lead >= 0xe0 && lead <= 0xef) {
        size = 3;
        codePoint = lead & 0x0fU;
        smallest = 0x800;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        size = 4;
        codePoint = lead & 0x07U;
        smallest = 0x10000;
    }
    if (size == 0 || text.size() < size)
        return std::nullopt;
    for (std::size_t i = 1; i < size; ++i) {
        if (!isContinuation(text[i]))
            return std::nullopt;
        codePoint = (codePoint << 6) | (static_cast<unsigned char>(text[i]) & 0x3fU);
    }
    if (codePoint < smallest || codePoint > 0x10ffff || isSurrogate(codePoint))
        return std::nullopt;
    return DecodedCodePoint{codePoint, size};
}

bool appendUtf8(std::string& out, char32_t codePoint)
{
    const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xc0 | (codePoint >> 6));
        put(0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
        if (isSurrogate(codePoint))
            return false;
        put(0xe0 | (codePoint >> 12));
        put(0x80 | ((codePoint >> 6) & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    } else if (codePoint <= 0x10ffff) {
        put(0xf0 | (codePoint >> 18));
        put(0x80 | ((codePoint >> 12) & 0x3f));
        put(0x80 | ((codePoint >> 6) & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    } else {
        return false;
    }
    return true;
}

bool isValidUtf8(std::string_view text)
{
    while (!text.empty()) {
        const auto decoded = decodeUtf8(text);
        if (!decoded)
            return false;
        text.remove_prefix(decoded->size);
    }
    return true;
}

std::size_t countCodePoints(std::string_view text)
{
    std::size_t count = 0;
    for (; !text.empty(); ++count) {
        const auto decoded = decodeUtf8(text);
        text.remove_prefix(decoded ? decoded->size : 1);
    }
    return count;
}

std::size_t countCharacters(std::string_view text)
{
    std::size_t count = 0;
    while (!text.empty()) {
        const auto decoded = decodeUtf8(text);
        if (!decoded || !extendsCharacter(decoded->codePoint) || count == 0)
            ++count;
        text.remove_prefix(decoded ? decoded->size : 1);
    }
    return count;
}

} // namespace exitwave::base
