// The window's dialogs and small parts, without a display.
#include "gui/views/window/app_style.h"
#include "gui/views/window/command_dialogs.h"
#include "gui/views/window/handbook_dialog.h"
#include "gui/views/window/message_bar.h"
#include "gui/views/window/plugins_dialog.h"
#include "plugins/api/plugin_host.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTreeWidget>

using namespace exitwave;

class DialogsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { views::applyStyle(*qApp, scene::Theme::lightTheme()); }

    void aTermIsCheckedWhileItIsTyped_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("good");
        QTest::newRow("atom") << QStringLiteral(":boom") << true;
        QTest::newRow("tuple") << QStringLiteral("{:shutdown, :bye}") << true;
        QTest::newRow("string") << QStringLiteral("\"text\"") << true;
        QTest::newRow("nothing") << QString() << false;
        QTest::newRow("open tuple") << QStringLiteral("{:shutdown, ") << false;
        QTest::newRow("code") << QStringLiteral("1 + 1") << false;
    }

    void aTermIsCheckedWhileItIsTyped()
    {
        QFETCH(QString, typed);
        QFETCH(bool, good);
        views::TermDialog dialog(
            QStringLiteral("t"),
            QStringLiteral("p"),
            QStringLiteral("Send"),
            {},
            [](const term::Term&) { return QStringLiteral("it will do this"); });
        dialog.setText(typed);
        auto* accept = dialog.findChild<QDialogButtonBox*>()->buttons().constLast();
        for (QAbstractButton* button : dialog.findChild<QDialogButtonBox*>()->buttons()) {
            if (button->text().contains(QStringLiteral("Send")))
                accept = button;
        }
        QCOMPARE(accept->isEnabled(), good);
        const QString said = dialog.findChild<QLabel*>(QStringLiteral("consequence"))->text();
        QCOMPARE(said == QStringLiteral("it will do this"), good);
        QVERIFY(!said.isEmpty()); // what is wrong, or what will happen
    }

    void aPluginThatCannotBeUsedIsListedWithItsReason()
    {
        QTemporaryDir folder;
        QFile broken(folder.filePath(QStringLiteral("broken.so")));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("this is no library");
        broken.close();
        plugins::PluginHost host;
        host.scan(QStringLiteral(EXITWAVE_PLUGIN_DIR));
        host.scan(folder.path());
        views::PluginsDialog dialog(host);
        auto* list = dialog.findChild<QTreeWidget*>(QStringLiteral("plugins"));
        QCOMPARE(list->topLevelItemCount(), static_cast<int>(host.plugins().size()));
        const QList<QTreeWidgetItem*> items
            = list->findItems(QStringLiteral("Not used"), Qt::MatchStartsWith, 3);
        QCOMPARE(items.size(), 1);
        QVERIFY(items.constFirst()->toolTip(0).endsWith(QStringLiteral("broken.so")));
    }

    void everyPageOfTheHandbookIsThere()
    {
        views::HandbookDialog dialog;
        auto* pages = dialog.findChild<QListWidget*>();
        auto* text = dialog.findChild<QTextBrowser*>();
        QVERIFY(pages->count() >= 4);
        for (int row = 0; row < pages->count(); ++row) {
            pages->setCurrentRow(row);
            QVERIFY2(text->toPlainText().size() > 200, qPrintable(pages->item(row)->text()));
        }
    }

    void aProblemIsNotTalkedOverByANote()
    {
        views::MessageBar bar;
        QVERIFY(bar.text().isEmpty());
        bar.showProblem(QStringLiteral("it broke"));
        bar.showNote(QStringLiteral("saved"));
        QVERIFY(bar.text().contains(QStringLiteral("it broke")));
        bar.showProblem(QStringLiteral("again"));
        QVERIFY(bar.text().contains(QStringLiteral("again")));
        QVERIFY(bar.text() != QStringLiteral("again")); // it says that there was one before
        bar.dismiss();
        bar.showNote(QStringLiteral("saved"));
        QCOMPARE(bar.text(), QStringLiteral("saved"));
    }
};

QTEST_MAIN(DialogsTest)
#include "tst_dialogs.moc"
