#include "gui/scene/theme.h"

#include <algorithm>
#include <cmath>

namespace exitwave::scene {

namespace {

constexpr Color rgb(std::uint32_t value)
{
    return {static_cast<std::uint8_t>(value >> 16U),
            static_cast<std::uint8_t>((value >> 8U) & 0xFFU),
            static_cast<std::uint8_t>(value & 0xFFU),
            255};
}

Theme makeDark()
{
    Theme theme;
    theme.dark = true;
    theme.canvas = rgb(0x14171c);
    theme.panel = rgb(0x1b1f26);
    theme.raised = rgb(0x232832);
    theme.hairline = rgb(0x2e3541);
    theme.text = rgb(0xe6e9ef);
    theme.secondary = rgb(0x98a2b3);
    theme.faint = rgb(0x5b6575);
    theme.running = rgb(0x5aa9e6);
    theme.waiting = rgb(0x8090a5);
    theme.supervisor = rgb(0xe6e9ef);
    theme.traps = rgb(0xf2b63c);
    theme.crashed = rgb(0xff6b4a);
    theme.killed = rgb(0xfd61b1);
    theme.ended = rgb(0x7a8596);
    theme.good = rgb(0x4cc38a);
    theme.parent = rgb(0x626d7e);
    theme.link = rgb(0x8fb8de);
    theme.monitor = rgb(0x8577dc);
    theme.message = rgb(0x98a2b3);
    theme.selection = rgb(0xe6e9ef);
    theme.hover = rgb(0x98a2b3);
    theme.match = rgb(0x4cc38a);
    return theme;
}

Theme makeLight()
{
    Theme theme;
    theme.dark = false;
    theme.canvas = rgb(0xfbfbfa);
    theme.panel = rgb(0xf2f2f0);
    theme.raised = rgb(0xffffff);
    theme.hairline = rgb(0xd9dad6);
    theme.text = rgb(0x1d2129);
    theme.secondary = rgb(0x5c6470);
    theme.faint = rgb(0x9aa1ab);
    theme.running = rgb(0x0f72b5);
    theme.waiting = rgb(0x5f7082);
    theme.supervisor = rgb(0x1d2129);
    theme.traps = rgb(0x956000);
    theme.crashed = rgb(0xb9332e);
    theme.killed = rgb(0xa81e66);
    theme.ended = rgb(0x7b838f);
    theme.good = rgb(0x157c4b);
    theme.parent = rgb(0x8b919a);
    theme.link = rgb(0x4f7ba9);
    theme.monitor = rgb(0x5a4bb5);
    theme.message = rgb(0x5c6470);
    theme.selection = rgb(0x1d2129);
    theme.hover = rgb(0x5c6470);
    theme.match = rgb(0x157c4b);
    return theme;
}

std::uint8_t between(std::uint8_t a, std::uint8_t b, float part)
{
    return static_cast<std::uint8_t>(std::lround(
        static_cast<float>(a) + (static_cast<float>(b) - static_cast<float>(a)) * part));
}

} // namespace

const Theme& Theme::darkTheme()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme& Theme::lightTheme()
{
    static const Theme theme = makeLight();
    return theme;
}

Color faded(Color color, float opacity)
{
    color.a = between(0, color.a, std::clamp(opacity, 0.0F, 1.0F));
    return color;
}

Color mixed(Color a, Color b, float part)
{
    part = std::clamp(part, 0.0F, 1.0F);
    return {between(a.r, b.r, part),
            between(a.g, b.g, part),
            between(a.b, b.b, part),
            between(a.a, b.a, part)};
}

} // namespace exitwave::scene
