// Nothing typed or clicked is lost between two frames of Dear ImGui, and HUD pixels are drawn
// without OpenGL.
#include "gui/views/canvas/imgui_overlay.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QTest>

#include <imgui.h>

#include <array>
#include <string>

using namespace exitwave::views;

namespace {

/// A window with a button and a text field, run frame by frame.
struct Panel
{
    ImGuiOverlay overlay;
    std::array<char, 64> text{};
    int clicks = 0;
    float wheel = 0.0F;
    bool focusField = false;
    QPointF button;
    QPointF field;

    void frame()
    {
        overlay.frame(QSizeF(400, 300), 1.0, 0.016F, [this] {
            ImGui::SetNextWindowPos({20, 20});
            ImGui::SetNextWindowSize({200, 120});
            ImGui::Begin("panel", nullptr, ImGuiWindowFlags_NoTitleBar);
            clicks += ImGui::Button("press", {80, 20}) ? 1 : 0;
            button = center();
            if (focusField) {
                ImGui::SetKeyboardFocusHere();
                focusField = false;
            }
            ImGui::InputText("##field", text.data(), text.size());
            field = center();
            wheel += ImGui::GetIO().MouseWheel;
            ImGui::End();
        });
    }
    void frames(int count)
    {
        for (int i = 0; i < count; ++i)
            frame();
    }
    static QPointF center()
    {
        const ImVec2 low = ImGui::GetItemRectMin();
        const ImVec2 high = ImGui::GetItemRectMax();
        return {static_cast<qreal>(low.x + high.x) / 2, static_cast<qreal>(low.y + high.y) / 2};
    }
    void type(int key, const QString& typed = {}, Qt::KeyboardModifiers modifiers = {})
    {
        const QKeyEvent down(QEvent::KeyPress, key, modifiers, typed);
        const QKeyEvent up(QEvent::KeyRelease, key, modifiers, typed);
        overlay.input().key(down, true);
        overlay.input().key(up, false);
    }
    void typeText(const QString& typed)
    {
        for (const QChar c : typed)
            type(c.toUpper().unicode(), QString(c));
    }
    /// As many frames as it takes until no event waits.
    void settle()
    {
        for (int i = 0; i < 100 && overlay.input().pending(); ++i)
            frame();
        frames(2);
    }
};

} // namespace

class ImGuiInputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPressAndItsReleaseWithinOneFrameAreAClick()
    {
        Panel panel;
        panel.frames(2);
        panel.overlay.input().mouseMove(panel.button);
        panel.overlay.input().mouseButton(Qt::LeftButton, true);
        panel.overlay.input().mouseButton(Qt::LeftButton, false);
        panel.frame();
        QVERIFY(panel.overlay.input().pending()); // the release waits for its own frame
        panel.settle();
        QCOMPARE(panel.clicks, 1);
    }

    void threeFastClicksAreThreeClicks()
    {
        Panel panel;
        panel.frames(2);
        panel.overlay.input().mouseMove(panel.button);
        for (int i = 0; i < 3; ++i) {
            panel.overlay.input().mouseButton(Qt::LeftButton, true);
            panel.overlay.input().mouseButton(Qt::LeftButton, false);
        }
        panel.settle();
        QCOMPARE(panel.clicks, 3);
    }

    void aClickCountsWhereItWasNotWhereThePointerWentNext()
    {
        Panel panel;
        panel.frames(2);
        panel.overlay.input().mouseMove(panel.button);
        panel.overlay.input().mouseButton(Qt::LeftButton, true);
        panel.overlay.input().mouseButton(Qt::LeftButton, false);
        panel.overlay.input().mouseMove(QPointF(390, 290));
        panel.settle();
        QCOMPARE(panel.clicks, 1);
    }

    void textArrivesWholeAndInOrder()
    {
        Panel panel;
        panel.focusField = true;
        panel.frames(3);
        QVERIFY(panel.overlay.wantsText());
        panel.typeText(QStringLiteral("bookkeeper"));
        panel.settle();
        QCOMPARE(QString::fromUtf8(panel.text.data()), QStringLiteral("bookkeeper"));
    }

    void committedInputMethodTextArrives()
    {
        Panel panel;
        panel.focusField = true;
        panel.frames(3);
        QInputMethodEvent event;
        event.setCommitString(QStringLiteral("größe"));
        panel.overlay.input().inputMethod(event);
        panel.settle();
        QCOMPARE(QString::fromUtf8(panel.text.data()), QStringLiteral("größe"));
    }

    void ctrlASelectsAllAndTheNextKeyReplacesIt()
    {
        Panel panel;
        panel.focusField = true;
        panel.frames(3);
        panel.typeText(QStringLiteral("abc"));
        panel.type(Qt::Key_A, QStringLiteral("\x01"), Qt::ControlModifier);
        panel.typeText(QStringLiteral("x"));
        panel.settle();
        QCOMPARE(QString::fromUtf8(panel.text.data()), QStringLiteral("x"));
    }

    void copyAndPasteGoThroughTheClipboard()
    {
        Panel panel;
        panel.focusField = true;
        panel.frames(3);
        panel.typeText(QStringLiteral("pid"));
        panel.type(Qt::Key_A, {}, Qt::ControlModifier);
        panel.type(Qt::Key_C, {}, Qt::ControlModifier);
        panel.settle();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("pid"));
        QGuiApplication::clipboard()->setText(QStringLiteral("Ünïcode"));
        panel.type(Qt::Key_V, {}, Qt::ControlModifier);
        panel.settle();
        QCOMPARE(QString::fromUtf8(panel.text.data()), QStringLiteral("Ünïcode"));
    }

    void backspaceTwiceRemovesTwoLetters()
    {
        Panel panel;
        panel.focusField = true;
        panel.frames(3);
        panel.typeText(QStringLiteral("abcd"));
        panel.type(Qt::Key_Backspace);
        panel.type(Qt::Key_Backspace);
        panel.settle();
        QCOMPARE(QString::fromUtf8(panel.text.data()), QStringLiteral("ab"));
    }

    void losingTheFocusReleasesWhatWasHeld()
    {
        Panel panel;
        panel.focusField = true;
        panel.frames(3);
        const QKeyEvent down(QEvent::KeyPress, Qt::Key_Backspace, Qt::NoModifier);
        panel.overlay.input().key(down, true);
        panel.frame();
        panel.overlay.input().focusLost();
        panel.settle();
        panel.overlay.makeCurrent();
        QVERIFY(!ImGui::GetIO().KeysDown[ImGuiKey_Backspace]);
    }

    void theWheelArrivesOnceAndPanelsKnowTheirPlace()
    {
        Panel panel;
        panel.frames(2);
        panel.overlay.input().mouseMove(QPointF(50, 50));
        panel.overlay.input().wheel(QPointF(0, 1));
        panel.settle();
        QCOMPARE(panel.wheel, 1.0F);
        QVERIFY(panel.overlay.covers(QPointF(50, 50)));
        QVERIFY(!panel.overlay.covers(QPointF(300, 250)));
    }

    void thePanelIsDrawnWithoutOpenGl_data()
    {
        QTest::addColumn<double>("scale");
        QTest::newRow("1x") << 1.0;
        QTest::newRow("2x") << 2.0;
    }
    void thePanelIsDrawnWithoutOpenGl()
    {
        QFETCH(double, scale);
        ImGuiOverlay overlay;
        const auto build = [] {
            ImGui::GetStyle().WindowBorderSize = 0.0F;
            ImGui::GetStyle().WindowRounding = 0.0F;
            ImGui::PushStyleColor(ImGuiCol_WindowBg, ImVec4(1, 0, 0, 1));
            ImGui::SetNextWindowPos({10, 10});
            ImGui::SetNextWindowSize({50, 40});
            ImGui::Begin("red", nullptr, ImGuiWindowFlags_NoDecoration);
            ImGui::End();
            ImGui::PopStyleColor();
            ImGui::GetForegroundDrawList()->AddText({70, 20}, IM_COL32_WHITE, "Wide letters");
        };
        overlay.frame(QSizeF(200, 100), scale, 0.016F, build);
        overlay.frame(QSizeF(200, 100), scale, 0.016F, build);
        QImage image((QSizeF(200, 100) * scale).toSize(), QImage::Format_RGB32);
        image.fill(Qt::black);
        overlay.renderImage(image);
        const auto at
            = [&](double x, double y) { return image.pixelColor(int(x * scale), int(y * scale)); };
        QCOMPARE(at(11, 11), QColor(Qt::red));
        QCOMPARE(at(59, 49), QColor(Qt::red));
        QCOMPARE(at(9, 11), QColor(Qt::black));
        QCOMPARE(at(61, 30), QColor(Qt::black));
        int lit = 0;
        for (int y = int(18 * scale); y < int(38 * scale); ++y) {
            for (int x = int(70 * scale); x < int(150 * scale); ++x)
                lit += qGray(image.pixel(x, y)) > 128 ? 1 : 0;
        }
        QVERIFY2(lit > 60 * scale * scale, qPrintable(QString::number(lit)));
    }

    void aTranslucentPanelIsBlendedOnceEverywhere()
    {
        // Along the diagonal that its two triangles share, too.
        ImGuiOverlay overlay;
        overlay.frame(QSizeF(64, 64), 1.0, 0.016F, [] {
            ImGui::GetForegroundDrawList()->AddRectFilled(
                {3, 5}, {60, 50}, IM_COL32(255, 255, 255, 128));
        });
        QImage image(64, 64, QImage::Format_RGB32);
        image.fill(Qt::black);
        overlay.renderImage(image);
        for (int y = 5; y < 50; ++y) {
            for (int x = 3; x < 60; ++x)
                QCOMPARE(qGray(image.pixel(x, y)), 128);
        }
    }
};

QTEST_MAIN(ImGuiInputTest)
#include "tst_imgui_input.moc"
