// The palette: readable everywhere, and told apart also with a colour-vision deficiency.
#include "gui/scene/theme.h"

#include <QTest>

#include <array>
#include <cmath>
#include <vector>

using namespace exitwave::scene;

namespace {

using Linear = std::array<double, 3>;

double linear(std::uint8_t value)
{
    const double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

Linear linear(Color color)
{
    return {linear(color.r), linear(color.g), linear(color.b)};
}

double contrast(Color a, Color b)
{
    const auto luminance = [](Color color) {
        const Linear c = linear(color);
        return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    };
    const double one = luminance(a);
    const double other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

/// Machado, Oliveira, Fernandes 2009, full severity, in linear light.
constexpr std::array<std::array<std::array<double, 3>, 3>, 4> sights{{
    {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {{{0.152286, 1.052583, -0.204868},
      {0.114503, 0.786281, 0.099216},
      {-0.003882, -0.048116, 1.051998}}},
    {{{0.367322, 0.860646, -0.227968},
      {0.280085, 0.672501, 0.047413},
      {-0.011820, 0.042940, 0.968881}}},
    {{{1.255528, -0.076749, -0.178779},
      {-0.078411, 0.930809, 0.147602},
      {0.004733, 0.691367, 0.303900}}},
}};
constexpr std::array<const char*, 4> sightNames{"full", "protan", "deutan", "tritan"};

std::array<double, 3> labAs(Color color, std::size_t sight)
{
    const Linear c = linear(color);
    Linear seen{};
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j)
            seen[i] += sights[sight][i][j] * c[j];
        seen[i] = std::clamp(seen[i], 0.0, 1.0);
    }
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047);
    const double y = f(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
    const double z = f((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double difference(Color a, Color b, std::size_t sight)
{
    const auto one = labAs(a, sight);
    const auto other = labAs(b, sight);
    return std::hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

struct Named
{
    const char* name;
    Color color;
};

void themes()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << true;
    QTest::newRow("light") << false;
}

const Theme& themeOf(bool dark)
{
    return dark ? Theme::darkTheme() : Theme::lightTheme();
}

std::vector<Named> surfaces(const Theme& theme)
{
    return {{"canvas", theme.canvas}, {"panel", theme.panel}, {"raised", theme.raised}};
}

std::vector<Named> states(const Theme& theme)
{
    return {{"running", theme.running},
            {"waiting", theme.waiting},
            {"traps", theme.traps},
            {"crashed", theme.crashed},
            {"killed", theme.killed},
            {"good", theme.good}};
}

void verifyContrast(const Named& what, const Named& surface, double needed)
{
    const double found = contrast(what.color, surface.color);
    QVERIFY2(found >= needed,
             qPrintable(QStringLiteral("%1 on %2: %3")
                            .arg(QLatin1String(what.name), QLatin1String(surface.name))
                            .arg(found)));
}

} // namespace

class TstTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textCanBeReadOnEverySurface_data() { themes(); }
    void textCanBeReadOnEverySurface()
    {
        QFETCH(bool, dark);
        const Theme& theme = themeOf(dark);
        QCOMPARE(theme.dark, dark);
        std::vector<Named> texts = states(theme); // captions are written in their colours
        texts.push_back({"text", theme.text});
        texts.push_back({"secondary", theme.secondary});
        for (const Named& text : texts) {
            for (const Named& surface : surfaces(theme))
                verifyContrast(text, surface, 4.5);
        }
    }

    void signsAndLinesCanBeSeenOnTheCanvas_data() { themes(); }
    void signsAndLinesCanBeSeenOnTheCanvas()
    {
        QFETCH(bool, dark);
        const Theme& theme = themeOf(dark);
        const Named canvas{"canvas", theme.canvas};
        for (const Named& sign : {Named{"supervisor", theme.supervisor},
                                  Named{"ended", theme.ended},
                                  Named{"parent", theme.parent},
                                  Named{"link", theme.link},
                                  Named{"monitor", theme.monitor},
                                  Named{"message", theme.message},
                                  Named{"selection", theme.selection},
                                  Named{"hover", theme.hover},
                                  Named{"match", theme.match}})
            verifyContrast(sign, canvas, 3.0);
    }

    void statesDifferAlsoWithAColourVisionDeficiency_data() { themes(); }
    void statesDifferAlsoWithAColourVisionDeficiency()
    {
        QFETCH(bool, dark);
        const Theme& theme = themeOf(dark);
        const auto all = states(theme);
        for (std::size_t sight = 0; sight < sights.size(); ++sight) {
            for (std::size_t i = 0; i < all.size(); ++i) {
                for (std::size_t j = i + 1; j < all.size(); ++j) {
                    const double found = difference(all[i].color, all[j].color, sight);
                    QVERIFY2(found >= 12.0,
                             qPrintable(QStringLiteral("%1: %2 and %3 differ by %4")
                                            .arg(QLatin1String(sightNames[sight]),
                                                 QLatin1String(all[i].name),
                                                 QLatin1String(all[j].name))
                                            .arg(found)));
                }
            }
        }
    }

    void fadingAndMixingGoFromOneEndToTheOther()
    {
        const Color red{200, 0, 0, 255};
        const Color blue{0, 0, 100, 55};
        QCOMPARE(faded(red, 0.0F).a, std::uint8_t{0});
        QCOMPARE(faded(red, 2.0F), red);
        QCOMPARE(mixed(red, blue, 0.0F), red);
        QCOMPARE(mixed(red, blue, 1.0F), blue);
        QCOMPARE(mixed(red, blue, 0.5F), (Color{100, 0, 50, 155}));
    }
};

QTEST_GUILESS_MAIN(TstTheme)
#include "tst_theme.moc"
