#include "gui/views/canvas/canvas_fonts.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QHash>

#include <algorithm>
#include <utility>

namespace exitwave::views {

namespace {

QString preferred(const char* family, const QString& otherwise)
{
    const QString name = QString::fromLatin1(family);
    return QFontDatabase::hasFamily(name) ? name : otherwise;
}

QString textFamily()
{
    // An application that chose its font knows better.
    static const QString system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    static const QString best = preferred("Inter", system);
    const QString chosen = QGuiApplication::font().family();
    return chosen == system ? best : chosen;
}

QString monoFamily()
{
    static const QString best
        = preferred("JetBrains Mono", QFontDatabase::systemFont(QFontDatabase::FixedFont).family());
    return best;
}

} // namespace

QFont canvasFont(scene::FontKind kind, int pixels)
{
    QFont font(kind == scene::FontKind::Mono ? monoFamily() : textFamily());
    font.setPixelSize(std::max(1, pixels));
    font.setWeight(kind == scene::FontKind::TextBold ? QFont::DemiBold : QFont::Normal);
    font.setStyleStrategy(
        static_cast<QFont::StyleStrategy>(QFont::PreferAntialias | QFont::NoSubpixelAntialias));
    return font;
}

float textWidth(std::string_view text, scene::FontKind kind, float size)
{
    const auto slot = static_cast<quint64>(qRound(size)) * 4 + static_cast<quint64>(kind);
    // Names and pids repeat in every frame; measuring them anew would cost more than drawing.
    constexpr qsizetype mostRemembered = 20000;
    static QHash<std::pair<QByteArray, quint64>, float> known;
    const std::pair key{QByteArray(text.data(), static_cast<qsizetype>(text.size())), slot};
    if (const auto found = known.constFind(key); found != known.constEnd()) {
        return *found;
    }
    if (known.size() >= mostRemembered) {
        known.clear();
    }
    const QFontMetricsF metrics(canvasFont(kind, qRound(size)));
    const auto width = static_cast<float>(metrics.horizontalAdvance(
        QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))));
    known.insert(key, width);
    return width;
}

void copyCoverage(const QImage& picture, uchar* to, qsizetype stride)
{
    for (int y = 0; y < picture.height(); ++y) {
        const auto* from = reinterpret_cast<const QRgb*>(picture.constScanLine(y));
        std::transform(from, from + picture.width(), to + y * stride, [](QRgb pixel) {
            return static_cast<uchar>(qAlpha(pixel));
        });
    }
}

} // namespace exitwave::views
