// The picture: every state has a shape of its own, words do not collide, the same input draws the
// same.
#include "gui/scene/hit_index.h"
#include "gui/scene/minimap.h"
#include "gui/scene/node_style.h"
#include "gui/scene/scene.h"
#include "tests/gui/scene/story.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace exitwave;
using namespace exitwave::scene;
using exitwave::graph::noNode;

namespace {

constexpr Vec2 viewport{960, 640};

struct Picture
{
    explicit Picture(const Story& told) : story(told), positions(treePositions(told.graph))
    {
        input.graph = &told.graph;
        input.terms = &told.terms;
        input.theme = &Theme::darkTheme();
        input.projection = fitted(positions, viewport);
        input.playhead = told.now();
    }
    const DrawList& draw()
    {
        input.positions = positions;
        scene.build(input, list);
        return list;
    }
    [[nodiscard]] std::size_t count(Shape shape) const
    {
        const auto is = [shape](const Mark& mark) { return mark.shape == shape; };
        return static_cast<std::size_t>(
            std::count_if(list.marks.begin(), list.marks.end(), is)
            + std::count_if(list.overlayMarks.begin(), list.overlayMarks.end(), is));
    }
    [[nodiscard]] std::size_t count(Stroke stroke) const
    {
        return static_cast<std::size_t>(
            std::count_if(list.lines.begin(), list.lines.end(), [stroke](const Line& line) {
                return line.stroke == stroke;
            }));
    }
    [[nodiscard]] bool says(std::string_view text) const
    {
        return std::any_of(list.labels.begin(), list.labels.end(), [text](const Label& label) {
            return label.text == text;
        });
    }

    const Story& story;
    std::vector<layout::Point> positions;
    SceneInput input;
    Scene scene;
    DrawList list;
};

struct Box
{
    float left;
    float top;
    float right;
    float bottom;
};

Box boxOf(const Label& label)
{
    const float width = static_cast<float>(label.text.size()) * label.size * 0.5F;
    const float left = label.align == Align::Center ? label.at.x - width / 2 : label.at.x;
    return {left, label.at.y - label.size / 2, left + width, label.at.y + label.size / 2};
}

NodeIndex grow(Story& story, int workers)
{
    const NodeIndex root = story.spawn(noNode, "app_sup");
    for (int i = 0; i < workers; ++i)
        story.spawnLink(root, "worker_" + std::to_string(i));
    return root;
}

} // namespace

class TstScene : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStateHasAShapeOfItsOwn()
    {
        std::set<Shape> shapes;
        for (const Look look :
             {Look::Running, Look::Supervisor, Look::Crashed, Look::Killed, Look::Ended}) {
            const Mark mark = markOf(look, Theme::darkTheme(), {}, 10);
            QVERIFY2(shapes.insert(mark.shape).second, "without colour they must differ");
        }
    }

    void statesAreDrawnByTheirShapesAndSayWhatHappened()
    {
        Story story;
        const NodeIndex root = story.spawn(noNode, "app_sup");
        const NodeIndex crashed = story.spawnLink(root, "crasher");
        const NodeIndex victim = story.spawn(root, "victim");
        const NodeIndex killed = story.spawn(root, "target");
        const NodeIndex ended = story.spawn(root, "done");
        const NodeIndex trapper = story.spawn(root, "trapper");
        story.link(crashed, victim);
        story.trapExits(trapper);
        story.raise(crashed, "oops");
        story.strike(crashed, victim, Story::oops());
        story.kill(killed);
        story.finish(ended);
        Picture picture(story);
        picture.draw();
        QCOMPARE(picture.count(Shape::Square), 1UL);
        QCOMPARE(picture.count(Shape::RingCross), 2UL);
        QCOMPARE(picture.count(Shape::RingBar), 1UL);
        QCOMPARE(picture.count(Shape::Ring), 1UL);
        QCOMPARE(picture.count(Shape::Disc), 1UL);
        QCOMPARE(picture.count(Shape::Shield), 1UL);
        QVERIFY(picture.says("raised “oops”"));
        QVERIFY(picture.says("linked, not trapping"));
        QVERIFY(picture.says("killed"));
        QVERIFY(picture.says("traps exits"));
        QVERIFY(picture.says("victim"));
        const bool arrow = std::any_of(
            picture.list.lines.begin(), picture.list.lines.end(), [](const Line& line) {
                return line.stroke == Stroke::Solid && line.arrow;
            });
        QVERIFY2(arrow, "an arrow shows whose signal it was");
    }

    void relationsDifferWithoutColour()
    {
        Story story;
        const NodeIndex a = story.spawn(noNode, "a");
        const NodeIndex b = story.spawn(a, "b");
        const NodeIndex c = story.spawn(a, "c");
        story.link(b, c);
        story.monitor(c, a);
        Picture picture(story);
        picture.draw();
        QCOMPARE(picture.count(Stroke::Solid), 2UL);
        QCOMPARE(picture.count(Stroke::Dashed), 1UL);
        QCOMPARE(picture.count(Stroke::Dotted), 1UL);
        for (const Line& line : picture.list.lines) {
            QCOMPARE(line.openEnd, line.stroke == Stroke::Solid);
            QCOMPARE(line.arrow, line.stroke == Stroke::Dotted);
        }
    }

    void aLinkToAChildRunsBesideItsParentLine()
    {
        Story story;
        const NodeIndex parent = story.spawn(noNode);
        story.spawnLink(parent);
        Picture picture(story);
        picture.draw();
        QCOMPARE(picture.list.lines.size(), 2UL);
        QVERIFY(std::abs(picture.list.lines[0].from.x - picture.list.lines[1].from.x) > 3.0F);
    }

    void whatIsPlayedIsDrawnOnTheWay()
    {
        Story story;
        const NodeIndex parent = story.spawn(noNode, "parent");
        const NodeIndex child = story.spawnLink(parent, "child");
        story.take();
        story.raise(child, "oops");
        story.strike(child, parent, Story::oops());
        Choreography play;
        const FrameTime start{1'000'000'000};
        play.apply(story.take(), story.graph, start);
        Picture picture(story);
        picture.input.choreography = &play;
        picture.input.now = start + base::milliseconds(175);
        picture.draw();
        QCOMPARE(picture.count(Shape::RingCross), 1UL);
        QCOMPARE(picture.count(Shape::Disc), 1UL);
        QVERIFY(picture.count(Shape::Bead) >= 2);
        QVERIFY(picture.count(Shape::Circle) >= 1);
        QVERIFY(picture.says("EXIT oops"));
        QVERIFY(!picture.says("linked, not trapping"));
        picture.input.now = start + base::seconds(10);
        picture.draw();
        QCOMPARE(picture.count(Shape::RingCross), 2UL);
        QCOMPARE(picture.count(Shape::Bead), 0UL);
        QVERIFY(picture.says("linked, not trapping"));
    }

    void labelsDoNotOverlap()
    {
        for (const int workers : {3, 40, 300}) {
            Story story;
            const NodeIndex root = grow(story, workers);
            story.raise(root, "a long reason that needs its room");
            Picture picture(story);
            for (const float zoom : {1.0F, 2.5F, 6.0F}) {
                picture.input.projection = fitted(picture.positions, viewport);
                picture.input.projection.scale *= zoom;
                const auto& labels = picture.draw().labels;
                for (std::size_t i = 0; i < labels.size(); ++i) {
                    for (std::size_t j = i + 1; j < labels.size(); ++j) {
                        const Box a = boxOf(labels[i]);
                        const Box b = boxOf(labels[j]);
                        QVERIFY2(a.right <= b.left || b.right <= a.left || a.bottom <= b.top
                                     || b.bottom <= a.top,
                                 qPrintable(QString::fromStdString(labels[i].text + " and "
                                                                   + labels[j].text)));
                    }
                }
            }
        }
    }

    void theSelectedProcessIsAlwaysNamedAndRinged()
    {
        Story story;
        grow(story, 300);
        Picture picture(story);
        picture.input.selected = 123;
        picture.input.hovered = 7;
        picture.draw();
        QVERIFY(picture.says("worker_122"));
        QCOMPARE(picture.count(Shape::Circle), 2UL);
    }

    void searchingDimsAllButTheMatches()
    {
        Story story;
        grow(story, 4);
        Picture picture(story);
        const std::vector<NodeIndex> matches{2};
        picture.input.searching = true;
        picture.input.matches = matches;
        picture.draw();
        std::size_t bright = 0;
        for (const Mark& mark : picture.list.marks)
            bright += mark.color.a == 255 ? 1 : 0;
        QCOMPARE(bright, 1UL);
        QVERIFY(picture.says("worker_1"));
        QVERIFY(!picture.says("worker_0"));
    }

    void farAwayThereAreDotsAndNoNamesButCrashesStay()
    {
        Story story;
        const NodeIndex root = grow(story, 2000);
        story.raise(root + 5, "oops");
        Picture picture(story);
        picture.input.projection.scale = 2.0F;
        picture.draw();
        QVERIFY(picture.list.labels.empty());
        QCOMPARE(picture.count(Shape::RingCross), 1UL);
        QVERIFY(picture.count(Shape::Dot) > 100);
        QCOMPARE(picture.count(Shape::Disc), 0UL);
    }

    void whatIsOutsideTheViewIsLeftOutAndCounted()
    {
        Story story;
        grow(story, 200);
        Picture picture(story);
        picture.input.projection.scale = 200.0F;
        picture.draw();
        QVERIFY(picture.list.culledNodes > 100);
        QCOMPARE(picture.list.hits.size() + picture.list.culledNodes, story.graph.size());
    }

    void longLinksOverTheBudgetAreCounted()
    {
        Story story;
        const NodeIndex root = grow(story, 200);
        for (NodeIndex i = 1; i < 100; ++i)
            story.link(root + i, root + 201 - i);
        Picture picture(story);
        picture.input.options.longLinkBudget = 5;
        picture.input.projection.scale *= 3.0F;
        picture.draw();
        QVERIFY(picture.list.droppedLinks > 0);
    }

    void aNodeWithoutAPlaceYetStandsAtItsParent()
    {
        Story story;
        const NodeIndex root = grow(story, 3);
        Picture picture(story);
        story.spawn(root, "newborn");
        picture.draw();
        QCOMPARE(picture.list.hits.size(), story.graph.size());
        const Vec2 born = picture.list.hits.back().center;
        const Vec2 parent = picture.list.hits.front().center;
        QVERIFY(std::hypot(born.x - parent.x, born.y - parent.y) < 60.0F);
    }

    void everyDrawnProcessIsPickedWhereItIsDrawn()
    {
        Story story;
        grow(story, 60);
        Picture picture(story);
        picture.draw();
        HitIndex index;
        index.rebuild(picture.list.hits);
        for (const DrawList::Hit& hit : picture.list.hits)
            QCOMPARE(index.at(hit.center), hit.node);
    }

    void theSameInputDrawsTheSame()
    {
        Story story;
        const NodeIndex root = grow(story, 150);
        story.raise(root + 3, "oops");
        story.take();
        const auto fingerprint = [](const DrawList& list) {
            std::string text;
            for (const Mark& mark : list.marks)
                text += std::to_string(mark.center.x) + ',' + std::to_string(mark.radius) + ';';
            for (const Line& line : list.lines)
                text += std::to_string(line.from.x) + ',' + std::to_string(line.to.y) + ';';
            for (const Label& label : list.labels)
                text += label.text + std::to_string(label.at.y) + ';';
            return text;
        };
        Picture one(story);
        Picture other(story);
        QCOMPARE(fingerprint(one.draw()), fingerprint(other.draw()));
        QCOMPARE(fingerprint(one.draw()), fingerprint(other.list));
    }

    void nodeSizesGrowWithTheZoomWithinLimits()
    {
        QVERIFY(Scene::nodeRadius(0.01F) > 0.9F);
        QVERIFY(Scene::nodeRadius(76.0F) > 10.0F);
        QCOMPARE(Scene::nodeRadius(400.0F), 22.0F);
    }

    void theMinimapHoldsEveryProcessAndTheView()
    {
        Story story;
        grow(story, 50);
        Picture picture(story);
        const Vec2 size{140, 90};
        const Minimap map = makeMinimap(
            story.graph, picture.positions, picture.input.projection, Theme::darkTheme(), size);
        QVERIFY(map.spots.size() > 20);
        for (const Minimap::Spot& spot : map.spots)
            QVERIFY(spot.at.x >= 0 && spot.at.x <= size.x && spot.at.y >= 0 && spot.at.y <= size.y);
        QVERIFY(map.viewMin.x < map.viewMax.x && map.viewMin.y < map.viewMax.y);
        const layout::Point back = map.toWorld(map.spots.front().at);
        const auto bounds = boundsOf(picture.positions);
        QVERIFY(back.x >= bounds->min.x - 0.1F && back.x <= bounds->max.x + 0.1F);
    }
};

QTEST_GUILESS_MAIN(TstScene)
#include "tst_scene.moc"
