// UTF-8: decode, encode, validate and count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace exitwave::base {

/// One decoded code point and how many bytes it took.
struct DecodedCodePoint
{
    char32_t codePoint = 0;
    std::size_t size = 0;
};

/// The first code point of `text`; nothing when text is empty or does not start with valid UTF-8
/// (overlong forms, surrogates and values above U+10FFFF are invalid). Any thread.
std::optional<DecodedCodePoint> decodeUtf8(std::string_view text);

/// Appends `codePoint` to `out`. False, and nothing appended, for what UTF-8 cannot express.
bool appendUtf8(std::string& out, char32_t codePoint);

bool isValidUtf8(std::string_view text);

/// Code points in `text`; a byte that is not part of valid UTF-8 counts as one.
std::size_t countCodePoints(std::string_view text);

/// What a person sees as characters: code points without combining marks, variation selectors and
/// joiners. An approximation of Unicode's grapheme clusters that needs no tables.
std::size_t countCharacters(std::string_view text);

} // namespace exitwave::base
