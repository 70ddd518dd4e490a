// Tests of TransportActions.
#include "gui/session/transport_actions.h"
#include "tests/gui/session/session_fixture.h"

#include <QTest>

using namespace exitwave;
using session::TransportActions;
using test::SessionFixture;

class TestTransportActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingCanBeDoneWithNothing()
    {
        SessionFixture f(false);
        const TransportActions actions(f.session);
        for (const QAction* action : actions.main())
            QVERIFY2(!action->isEnabled(), qPrintable(action->text()));
        QVERIFY(!actions.returnToLive()->isEnabled());
    }
    void theActionsMoveThePlayheadAndFollowTheMode()
    {
        SessionFixture f;
        TransportActions actions(f.session);
        test::RandomTrace program(1);
        program.run(2000);
        QVERIFY(f.feedAll(program.take()));
        QVERIFY(actions.playPause()->isChecked());
        QCOMPARE(actions.playPause()->text(), QStringLiteral("Pause"));
        QVERIFY(!actions.stepForward()->isEnabled());

        actions.stepBackward()->trigger();
        QCOMPARE(f.session.position(), f.session.timeline().size() - 1);
        QVERIFY(actions.stepForward()->isEnabled());
        QVERIFY(actions.returnToLive()->isEnabled());
        QVERIFY(!actions.playPause()->isChecked());
        QCOMPARE(actions.playPause()->text(), QStringLiteral("Play"));

        actions.previousCrash()->trigger();
        QCOMPARE(f.session.position(), f.session.timeline().crashes().back() + 1);
        actions.playPause()->trigger();
        QVERIFY(f.session.playing());
        QVERIFY(actions.playPause()->isChecked());
        actions.playPause()->trigger();
        QVERIFY(!f.session.playing());
        actions.returnToLive()->trigger();
        QVERIFY(f.session.following());
        QVERIFY(!actions.returnToLive()->isEnabled());
    }
    void speedsAreChosenOneByOneOrStepwise()
    {
        SessionFixture f(false);
        const TransportActions actions(f.session);
        QCOMPARE(actions.speeds()->actions().first()->text(), QStringLiteral("0.1 ×"));
        QCOMPARE(actions.speeds()->actions().last()->text(), QStringLiteral("100 ×"));
        actions.slower()->trigger();
        QCOMPARE(f.session.speed(), 0.5);
        QCOMPARE(actions.speeds()->checkedAction()->text(), QStringLiteral("0.5 ×"));
        f.session.setSpeed(0.7);
        QCOMPARE(actions.speeds()->checkedAction(), nullptr);
        actions.faster()->trigger();
        QCOMPARE(f.session.speed(), 1.0);
        for (int step = 0; step < 20; ++step)
            actions.faster()->trigger();
        QCOMPARE(f.session.speed(), 100.0);
        QVERIFY(!actions.faster()->isEnabled());
        actions.speeds()->actions().first()->trigger();
        QCOMPARE(f.session.speed(), 0.1);
        QVERIFY(!actions.slower()->isEnabled());
    }
    void noTwoActionsShareAShortcut()
    {
        SessionFixture f(false);
        TransportActions actions(f.session);
        QStringList shortcuts;
        for (const QAction* action : actions.findChildren<QAction*>()) {
            if (!action->shortcut().isEmpty())
                shortcuts << action->shortcut().toString();
        }
        QCOMPARE(shortcuts.size(), 8);
        QCOMPARE(shortcuts.removeDuplicates(), 0);
    }
};

QTEST_MAIN(TestTransportActions)
#include "tst_transport_actions.moc"
