// What is played: causes before effects, one hop at a time, then stillness.
#include "gui/scene/choreography.h"
#include "tests/gui/scene/story.h"

#include <QTest>

using namespace exitwave;
using namespace exitwave::scene;
using exitwave::graph::noNode;

namespace {

constexpr FrameTime start{1'000'000'000};

FrameTime after(std::int64_t ms)
{
    return start + base::milliseconds(ms);
}

} // namespace

class TstChoreography : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aVictimsTombstoneAppearsWhenTheSignalArrives()
    {
        Story story;
        const NodeIndex a = story.spawn(noNode);
        const NodeIndex b = story.spawnLink(a);
        Choreography play;
        play.apply(story.take(), story.graph, start);
        QVERIFY(!play.animating(start));
        story.raise(b, "oops");
        story.strike(b, a, Story::oops());
        play.apply(story.take(), story.graph, start);

        QVERIFY2(play.deathShown(b, start), "its own crash is seen at once");
        QVERIFY(!play.deathShown(a, start));
        QCOMPARE(play.flashes(after(10)).size(), 1UL);
        QCOMPARE(play.flashes(after(10))[0].node, b);
        const auto beads = play.beads(story.graph, story.now(), after(175));
        QCOMPARE(beads.size(), 1UL);
        QCOMPARE(beads[0].from, b);
        QCOMPARE(beads[0].to, a);
        QVERIFY(beads[0].fraction > 0.4F && beads[0].fraction < 0.6F);
        QVERIFY(!play.deathShown(a, after(349)));
        QVERIFY(play.deathShown(a, after(350)));
        QVERIFY(play.beads(story.graph, story.now(), after(350)).empty());
        QCOMPARE(play.trails(after(400)).size(), 1UL);
    }

    void noEffectIsShownBeforeItsCauseAlongAChain()
    {
        Story story;
        std::vector<NodeIndex> chain{story.spawn(noNode)};
        for (int i = 0; i < 6; ++i)
            chain.push_back(story.spawnLink(chain.back()));
        story.take();
        Choreography play;
        story.raise(chain[0], "oops");
        trace::SignalId cause;
        for (std::size_t i = 1; i < chain.size(); ++i)
            cause = story.strike(chain[i - 1], chain[i], Story::oops(), cause);
        play.apply(story.take(), story.graph, start);
        for (std::int64_t ms = 0; ms < 4000; ms += 10) {
            for (std::size_t i = 1; i < chain.size(); ++i)
                QVERIFY(!play.deathShown(chain[i], after(ms))
                        || play.deathShown(chain[i - 1], after(ms)));
            for (const auto& bead : play.beads(story.graph, story.now(), after(ms)))
                QVERIFY2(!bead.started || play.deathShown(bead.from, after(ms)),
                         "a signal sets out when its sender is seen dead");
        }
        QVERIFY(!play.deathShown(chain[6], after(6 * 350 - 1)));
        QVERIFY(play.deathShown(chain[6], after(6 * 350)));
    }

    void presentationNeverLagsFarBehindThePlayhead()
    {
        Story story;
        std::vector<NodeIndex> chain{story.spawn(noNode)};
        for (int i = 0; i < 200; ++i)
            chain.push_back(story.spawnLink(chain.back()));
        story.take();
        Choreography play;
        story.raise(chain[0], "oops");
        trace::SignalId cause;
        for (std::size_t i = 1; i < chain.size(); ++i)
            cause = story.strike(chain[i - 1], chain[i], Story::oops(), cause);
        play.apply(story.take(), story.graph, start);
        const FrameTime late = start + Choreography::maxLag;
        for (const NodeIndex node : chain)
            QVERIFY(play.deathShown(node, late));
        QVERIFY(!play.animating(late + Choreography::captionLength));
    }

    void anExitMessageLandsInTheShield()
    {
        Story story;
        const NodeIndex parent = story.spawn(noNode);
        const NodeIndex child = story.spawnLink(parent);
        story.trapExits(parent);
        story.take();
        Choreography play;
        story.raise(child, "oops");
        const auto signal = story.send(child, parent, Story::oops());
        story.deliver(signal, trace::SignalOutcome::Message);
        play.apply(story.take(), story.graph, start);
        QVERIFY(play.landings(after(349)).empty());
        QCOMPARE(play.exitMessagesToCome(parent, after(349)), 1U);
        const auto landings = play.landings(after(360));
        QCOMPARE(landings.size(), 1UL);
        QCOMPARE(landings[0].node, parent);
        QCOMPARE(landings[0].from, child);
        QVERIFY(landings[0].pulse < 0.1F);
        QCOMPARE(play.exitMessagesToCome(parent, after(360)), 0U);
        QVERIFY(play.deathShown(parent, after(9000)));
    }

    void aSignalInFlightWaitsInTheMiddleAndThenGoesOn()
    {
        Story story;
        const NodeIndex a = story.spawn(noNode);
        const NodeIndex b = story.spawnLink(a);
        story.take();
        Choreography play;
        story.raise(b, "oops");
        const auto signal = story.send(b, a, Story::oops());
        play.apply(story.take(), story.graph, start);
        const auto fraction = [&](std::int64_t ms) {
            return play.beads(story.graph, story.now(), after(ms)).at(0).fraction;
        };
        QVERIFY(fraction(50) < 0.5F);
        QCOMPARE(fraction(5000), 0.5F);
        QVERIFY2(!play.animating(after(5000)), "it stands still: nothing to redraw");
        story.deliver(signal, trace::SignalOutcome::Terminated);
        story.exit(a, Story::oops(), trace::ExitKind::Signal, signal);
        play.apply(story.take(), story.graph, after(5000));
        QVERIFY(play.animating(after(5000)));
        QVERIFY(fraction(5050) > 0.5F);
        QVERIFY(!play.deathShown(a, after(5100)));
        QVERIFY(play.deathShown(a, after(5180)));
    }

    void inSlowMotionABeadStandsAtItsTrueFraction()
    {
        Story story;
        story.slowMotion(1'000'000'000);
        const NodeIndex a = story.spawn(noNode);
        const NodeIndex b = story.spawnLink(a);
        story.take();
        Choreography play;
        story.send(b, a, Story::oops());
        play.apply(story.take(), story.graph, start);
        const base::Timestamp sent = story.now();
        const auto at = [&](std::int64_t ms) {
            return play.beads(story.graph, sent + base::milliseconds(ms), after(ms)).at(0).fraction;
        };
        QCOMPARE(at(0), 0.0F);
        QVERIFY(std::abs(at(250) - 0.25F) < 0.001F);
        QCOMPARE(at(4000), 1.0F);

        Choreography afterSeek;
        graph::GraphDelta reset;
        reset.reset = true;
        afterSeek.apply(reset, story.graph, start);
        const auto beads = afterSeek.beads(story.graph, sent + base::milliseconds(750), start);
        QCOMPARE(beads.size(), 1UL);
        QVERIFY2(std::abs(beads[0].fraction - 0.75F) < 0.001F, "also after a seek");
    }

    void everythingComesToRestAndASeekStopsAtOnce()
    {
        Story story;
        const NodeIndex a = story.spawn(noNode);
        const NodeIndex b = story.spawnLink(a);
        story.trapExits(a);
        story.take();
        Choreography play;
        story.raise(b, "oops");
        story.deliver(story.send(b, a, Story::oops()), trace::SignalOutcome::Message);
        play.apply(story.take(), story.graph, start);
        QVERIFY(play.animating(after(100)));
        QVERIFY(!play.animating(after(20'000)));
        QVERIFY(play.flashes(after(20'000)).empty());
        QVERIFY(play.trails(after(20'000)).empty());
        QVERIFY(play.landings(after(20'000)).empty());
        graph::GraphDelta reset;
        reset.reset = true;
        play.apply(reset, story.graph, after(100));
        QVERIFY(!play.animating(after(100)));
        QVERIFY(play.deathShown(b, after(100)));
    }

    void withReducedMotionEverythingIsThereAtOnce()
    {
        Story story;
        const NodeIndex a = story.spawn(noNode);
        const NodeIndex b = story.spawnLink(a);
        story.take();
        Choreography play;
        play.setReducedMotion(true);
        story.raise(b, "oops");
        story.strike(b, a, Story::oops());
        play.apply(story.take(), story.graph, start);
        QVERIFY(play.deathShown(a, start));
        QVERIFY(play.flashes(after(1)).empty());
        QVERIFY(play.beads(story.graph, story.now(), after(1)).empty());
    }

    void aFloodOfCrashesStaysBoundedAndSaysSo()
    {
        Story story;
        const NodeIndex hub = story.spawn(noNode);
        std::vector<NodeIndex> leaves;
        for (int i = 0; i < 3000; ++i)
            leaves.push_back(story.spawnLink(hub));
        story.take();
        Choreography play;
        story.raise(hub, "oops");
        for (const NodeIndex leaf : leaves)
            story.strike(hub, leaf, Story::oops());
        play.apply(story.take(), story.graph, start);
        QVERIFY(play.beads(story.graph, story.now(), after(100)).size()
                <= Choreography::maxEffects);
        QVERIFY(play.skipped() > 0);
        for (const NodeIndex leaf : leaves)
            QVERIFY2(play.deathShown(leaf, after(350)), "what is not played is still shown");
    }

    void messagesFlyOnlyWhenAskedFor()
    {
        graph::GraphDelta delta;
        delta.moments.push_back({graph::GraphDelta::Moment::What::Message, 0, 1, {}, {}, {}, {}});
        Choreography play;
        play.apply(delta, graph::ProcessGraph{}, start);
        QVERIFY(play.darts(after(50)).empty());
        play.setShowMessages(true);
        play.apply(delta, graph::ProcessGraph{}, start);
        QCOMPARE(play.darts(after(50)).size(), 1UL);
        QVERIFY(play.darts(after(251)).empty());
    }
};

QTEST_GUILESS_MAIN(TstChoreography)
#include "tst_choreography.moc"
