#include "gui/views/window/app_style.h"

#include <QApplication>
#include <QFile>
#include <QFont>
#include <QFontDatabase>
#include <QPalette>
#include <QStringList>
#include <QStyleFactory>

#include <utility>

// Resources of a static library are not registered by themselves.
static void registerResources()
{
    Q_INIT_RESOURCE(window);
}

namespace exitwave::views {

namespace {

QColor toColor(scene::Color color)
{
    return {color.r, color.g, color.b, color.a};
}

QString firstInstalled(const QStringList& wanted, QFontDatabase::SystemFont fallback)
{
    const QStringList families = QFontDatabase::families();
    for (const QString& family : wanted) {
        if (families.contains(family))
            return family;
    }
    return QFontDatabase::systemFont(fallback).family();
}

/// True when the desktop's own palette was dark before it was replaced.
bool desktopIsDark()
{
    static const bool dark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    return dark;
}

QPalette paletteOf(const scene::Theme& theme)
{
    QPalette palette;
    const QColor panel = toColor(theme.panel);
    const QColor raised = toColor(theme.raised);
    const QColor text = toColor(theme.text);
    palette.setColor(QPalette::Window, panel);
    palette.setColor(QPalette::Base, panel);
    palette.setColor(QPalette::AlternateBase, panel);
    palette.setColor(QPalette::Button, raised);
    palette.setColor(QPalette::ToolTipBase, raised);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::PlaceholderText, toColor(theme.secondary));
    palette.setColor(QPalette::Highlight, toColor(scene::mixed(theme.panel, theme.running, 0.22F)));
    palette.setColor(QPalette::HighlightedText, text);
    palette.setColor(QPalette::Link, toColor(theme.link));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, toColor(theme.secondary));
    return palette;
}

QString styleSheetOf(const scene::Theme& theme)
{
    QFile file(QStringLiteral(":/exitwave/style.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<const char*, scene::Color> colors[] = {
        {"@panel@", theme.panel},
        {"@raised@", theme.raised},
        {"@hairline@", theme.hairline},
        {"@text@", theme.text},
        {"@secondary@", theme.secondary},
        {"@faint@", theme.faint},
        {"@accent@", theme.running},
        {"@selection@", scene::mixed(theme.panel, theme.running, 0.22F)},
        {"@crash@", theme.crashed},
        {"@trap@", theme.traps},
        {"@link@", theme.link},
    };
    for (const auto& [name, color] : colors)
        sheet.replace(QLatin1String(name), toColor(color).name());
    return sheet.replace(QLatin1String("@mono@"), monoFamily());
}

} // namespace

QString themeChoiceName(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::Light:
        return QStringLiteral("light");
    case ThemeChoice::Dark:
        return QStringLiteral("dark");
    case ThemeChoice::System:
        break;
    }
    return QStringLiteral("system");
}

ThemeChoice themeChoiceFrom(const QString& name)
{
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        if (name == themeChoiceName(choice))
            return choice;
    }
    return ThemeChoice::System;
}

const scene::Theme& themeFor(ThemeChoice choice)
{
    const bool dark
        = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && desktopIsDark());
    return dark ? scene::Theme::darkTheme() : scene::Theme::lightTheme();
}

QString textFamily()
{
    static const QString family = firstInstalled(
        {QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")},
        QFontDatabase::GeneralFont);
    return family;
}

QString monoFamily()
{
    static const QString family = firstInstalled({QStringLiteral("JetBrains Mono"),
                                                  QStringLiteral("Noto Sans Mono"),
                                                  QStringLiteral("DejaVu Sans Mono")},
                                                 QFontDatabase::FixedFont);
    return family;
}

void applyStyle(QApplication& app, const scene::Theme& theme)
{
    registerResources();
    static_cast<void>(desktopIsDark()); // remembered before the palette is replaced
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QFont font(textFamily());
    font.setPixelSize(13);
    QApplication::setFont(font);
    QApplication::setPalette(paletteOf(theme));
    app.setStyleSheet(styleSheetOf(theme));
}

} // namespace exitwave::views
