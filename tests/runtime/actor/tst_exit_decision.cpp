// The whole table of what an exit signal does (SEMANTICS.md, section 2).
#include "runtime/actor/exit_decision.h"

#include <QTest>

using namespace exitwave;
using actor::ExitEffect;
using actor::ExitSource;
using term::Term;

Q_DECLARE_METATYPE(exitwave::actor::ExitSource)
Q_DECLARE_METATYPE(exitwave::actor::ExitEffect)

class TestExitDecision : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTableOfErlang_data()
    {
        QTest::addColumn<ExitSource>("source");
        QTest::addColumn<bool>("active");
        QTest::addColumn<bool>("trapping");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<ExitEffect>("effect");

        struct Row
        {
            ExitSource source;
            const char* reason;
            ExitEffect notTrapping;
            ExitEffect trapping;
        };
        constexpr auto call = ExitSource::ExitCall;
        constexpr auto toSelf = ExitSource::ExitCallToSelf;
        constexpr auto link = ExitSource::Link;
        constexpr auto ignored = ExitEffect::Ignored;
        constexpr auto message = ExitEffect::Message;
        constexpr auto dies = ExitEffect::Dies;
        constexpr auto killed = ExitEffect::DiesKilled;
        const Row rows[] = {
            {call, "normal", ignored, message},
            {toSelf, "normal", dies, message},
            {call, "kill", killed, killed},
            {toSelf, "kill", killed, killed},
            {link, "normal", ignored, message},
            {link, "kill", dies, message},
        };
        for (const Row& row : rows)
            addRow(row.source, row.reason, row.notTrapping, row.trapping);
        // All other reasons are alike, also those with a meaning elsewhere.
        for (const char* reason : {"boom", "killed", "shutdown", "noproc", "nil"}) {
            for (const ExitSource source : {call, toSelf, link})
                addRow(source, reason, dies, message);
        }
        // A link that is not active any more makes everything void.
        for (const char* reason : {"normal", "kill", "boom"}) {
            for (const bool trapping : {false, true})
                QTest::addRow("inactive link, %s, trapping %d", reason, trapping)
                    << link << false << trapping << QByteArray(reason) << ignored;
        }
    }
    void theTableOfErlang()
    {
        QFETCH(ExitSource, source);
        QFETCH(bool, active);
        QFETCH(bool, trapping);
        QFETCH(QByteArray, reason);
        QFETCH(ExitEffect, effect);
        actor::ExitSituation situation;
        situation.source = source;
        situation.linkActive = active;
        situation.trapping = trapping;
        QVERIFY(actor::decideExit(situation, Term::atom(reason.toStdString())) == effect);
    }

    void onlyTheBareAtomsAreSpecial()
    {
        actor::ExitSituation situation;
        situation.source = ExitSource::ExitCall;
        const Term pairOfKill = Term::tuple({Term::atom("kill"), Term::emptyList()});
        QVERIFY(actor::decideExit(situation, pairOfKill) == ExitEffect::Dies);
        const Term pairOfNormal = Term::tuple({Term::atom("normal"), Term::emptyList()});
        QVERIFY(actor::decideExit(situation, pairOfNormal) == ExitEffect::Dies);
        QVERIFY(actor::decideExit(situation, Term::binary("normal")) == ExitEffect::Dies);
    }

private:
    static void
    addRow(ExitSource source, const char* reason, ExitEffect notTrapping, ExitEffect trapping)
    {
        const int number = static_cast<int>(source);
        QTest::addRow("source %d, %s, not trapping", number, reason)
            << source << true << false << QByteArray(reason) << notTrapping;
        QTest::addRow("source %d, %s, trapping", number, reason)
            << source << true << true << QByteArray(reason) << trapping;
    }
};

QTEST_GUILESS_MAIN(TestExitDecision)
#include "tst_exit_decision.moc"
