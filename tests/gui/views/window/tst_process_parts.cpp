// What the window shows of processes and lets do to them: actions, table, inspector and its
// steps; each by itself on a source that the test scripts.
#include "gui/explain/explain.h"
#include "gui/session/process_table_model.h"
#include "gui/session/selection.h"
#include "gui/views/canvas/canvas_widget.h"
#include "gui/views/window/command_dialogs.h"
#include "gui/views/window/inspector.h"
#include "gui/views/window/plural.h"
#include "gui/views/window/process_actions.h"
#include "gui/views/window/process_view.h"
#include "gui/views/window/step_list.h"
#include "tests/gui/session/session_fixture.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>

using namespace exitwave;
using graph::NodeIndex;
using graph::noNode;
using test::SessionFixture;
using trace::EventType;

namespace {

trace::Event made(EventType type, std::uint64_t process, std::uint64_t peer = 0)
{
    trace::Event fresh;
    fresh.type = type;
    fresh.process = trace::ProcessKey{process};
    fresh.peer = trace::ProcessKey{peer};
    return fresh;
}

/// Nodes 0 to 3: the boss traps exits, its children 1 and 2 do not; 0-1 and 1-2 are linked; 3 has
/// died of a signal of another that was linked to it.
trace::Batch family()
{
    trace::Batch batch;
    batch.terms.push_back({trace::TermId{1}, term::Term::atom("oops")});
    batch.terms.push_back({trace::TermId{2}, term::Term::atom("boss")});
    batch.events = {made(EventType::ProcessSpawned, 100),
                    made(EventType::ProcessSpawned, 101, 100),
                    made(EventType::ProcessSpawned, 102, 100),
                    made(EventType::ProcessSpawned, 103, 100)};
    trace::Event name = made(EventType::NameRegistered, 100);
    name.term = trace::TermId{2};
    trace::Event trap = made(EventType::TrapExitSet, 100);
    trap.how = 1;
    batch.events.insert(batch.events.end(), {name, trap});
    for (const auto& [a, b] : {std::pair{100, 101}, std::pair{101, 102}}) {
        const auto one = static_cast<std::uint64_t>(a);
        const auto two = static_cast<std::uint64_t>(b);
        batch.events.push_back(made(EventType::Linked, one, two));
        trace::Event other = made(EventType::Linked, two, one);
        other.how = 1;
        batch.events.push_back(other);
    }
    trace::Event exit = made(EventType::ProcessExited, 103);
    exit.term = trace::TermId{1};
    exit.how = static_cast<std::uint8_t>(trace::ExitKind::Error);
    exit.time = {2'000'000'000};
    trace::Event signal = made(EventType::ExitSignalSent, 103, 102);
    signal.term = trace::TermId{1};
    signal.id = 9;
    signal.time = exit.time;
    trace::Event later = made(EventType::NameRegistered, 102);
    later.term = trace::TermId{1};
    later.time = {2'084'000'000};
    batch.events.insert(batch.events.end(), {exit, signal, later});
    return batch;
}

/// A window with the actions, as the real one has them in its menus.
struct Desk
{
    Desk()
    {
        window.addActions(actions.ofProcess());
        window.addActions({actions.pauseProgram(), actions.stepProgram()});
        window.show();
        window.activateWindow();
    }
    SessionFixture f;
    session::Selection selection{f.session};
    QMainWindow window;
    views::ProcessActions actions{f.session, selection, &window};
};

QString labelled(const QWidget& widget, const char* title)
{
    const QList<QLabel*> labels = widget.findChildren<QLabel*>();
    for (qsizetype i = 0; i + 1 < labels.size(); ++i) {
        if (labels[i]->text() == QLatin1String(title))
            return labels[i + 1]->text();
    }
    return QStringLiteral("(no fact of that name)");
}

} // namespace

class ProcessPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theExitDialogTellsWhatTheSignalWillDo_data()
    {
        QTest::addColumn<int>("node");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, int node, const char* typed, const char* said) {
            QTest::newRow(name) << node << QString::fromLatin1(typed) << QString::fromLatin1(said);
        };
        row("who traps gets a message",
            0,
            ":boom",
            "Nobody would die.\nWould get a message "
            "instead: boss.");
        row("but not of kill", 0, ":kill", "Would die now: boss, #PID<0.101.0>, oops.");
        row("normal harms nobody",
            1,
            ":normal",
            "No effect: the exit is normal, and it does not "
            "trap exits.");
        row("normal is a message to who traps",
            0,
            ":normal",
            "Nobody would die.\nWould get a "
            "message instead: boss.");
        row("the links follow",
            1,
            ":boom",
            "Would die now: #PID<0.101.0>, oops.\nWould get a "
            "message instead: boss.");
    }
    void theExitDialogTellsWhatTheSignalWillDo()
    {
        QFETCH(int, node);
        QFETCH(QString, typed);
        QFETCH(QString, said);
        Desk desk;
        QVERIFY(desk.f.feedAll(family()));
        desk.selection.select(static_cast<NodeIndex>(node));
        QString heard;
        QTimer::singleShot(0, this, [&] {
            auto* dialog = qobject_cast<views::TermDialog*>(QApplication::activeModalWidget());
            QVERIFY(dialog != nullptr);
            desk.selection.select(2); // the dialog is about the one that it was opened for
            dialog->setText(typed);
            heard = dialog->findChild<QLabel*>(QStringLiteral("consequence"))->text();
            dialog->accept();
        });
        desk.actions.exitWithReason()->trigger();
        QCOMPARE(heard, said);
        QCOMPARE(desk.f.feed->commands.size(), std::size_t{1});
        QCOMPARE(desk.f.feed->commands[0].process.value, std::uint64_t(100 + node));
    }

    void theKeyOfADisabledActionSaysWhyItDoesNothing()
    {
        Desk desk;
        QVERIFY(desk.f.feedAll(family()));
        QVERIFY(QTest::qWaitForWindowActive(&desk.window));
        desk.selection.select(3);
        QVERIFY(!desk.actions.kill()->isEnabled());
        QTest::keyClick(&desk.window, Qt::Key_Delete);
        QCOMPARE(desk.f.refused.size(), 1);
        QVERIFY(desk.f.refused[0].contains(QStringLiteral("is dead already")));
        QTest::keyClick(&desk.window, Qt::Key_S);
        QCOMPARE(desk.f.refused.size(), 2);
        QVERIFY(desk.f.refused[1].contains(QStringLiteral("Pause the program first")));
        desk.selection.select(1);
        QTest::keyClick(&desk.window, Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(desk.f.refused.size(), 3);
        desk.f.session.seek(3);
        QTest::keyClick(&desk.window, Qt::Key_T);
        QCOMPARE(desk.f.refused.size(), 4);
        QVERIFY(desk.f.feed->commands.empty());
        desk.f.session.returnToLive();
        QTest::keyClick(&desk.window, Qt::Key_Delete); // what can be done is done, without words
        QCOMPARE(desk.f.feed->commands.size(), std::size_t{1});
        QCOMPARE(desk.f.refused.size(), 4);
    }

    void pauseBecomesResume()
    {
        Desk desk;
        QVERIFY(desk.f.feedAll(family()));
        QVERIFY(desk.actions.pauseProgram()->text().contains(QStringLiteral("Pause")));
        trace::Batch batch;
        batch.events = {made(EventType::ControlChanged, 0)};
        batch.events[0].how = static_cast<std::uint8_t>(trace::ControlState::Paused);
        QVERIFY(desk.f.feedAll(batch));
        QVERIFY(desk.actions.pauseProgram()->text().contains(QStringLiteral("Resume")));
        QVERIFY(desk.actions.stepProgram()->isEnabled());
        desk.actions.pauseProgram()->trigger();
        QCOMPARE(desk.f.feed->commands.back().kind, trace::CommandKind::Resume);
    }

    void aPairIsChosenInTheTableByKeys()
    {
        Desk desk;
        QVERIFY(desk.f.feedAll(family()));
        views::ProcessView view(desk.f.session, desk.selection);
        view.resize(400, 300);
        view.show();
        desk.selection.select(1);
        QTest::keyClick(view.table(), Qt::Key_Down, Qt::ControlModifier);
        QCOMPARE(desk.selection.current(), NodeIndex{1}); // the keys have gone on alone
        QTest::keyClick(view.table(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(desk.selection.current(), NodeIndex{1});
        QCOMPARE(desk.selection.secondary(), NodeIndex{2});
        QVERIFY(desk.actions.unlink()->isEnabled());
        QTest::keyClick(view.table(), Qt::Key_Up, Qt::ControlModifier);
        QTest::keyClick(view.table(), Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(desk.selection.secondary(), NodeIndex{0});
        QTest::keyClick(view.table(), Qt::Key_Down); // without Ctrl: another selection, no pair
        QCOMPARE(desk.selection.current(), NodeIndex{2});
        QCOMPARE(desk.selection.secondary(), noNode);
        const QModelIndex top = view.table()->model()->index(0, 0);
        QTest::mouseClick(view.table()->viewport(),
                          Qt::LeftButton,
                          Qt::ControlModifier,
                          view.table()->visualRect(top).center());
        QCOMPARE(desk.selection.current(), NodeIndex{2});
        QCOMPARE(desk.selection.secondary(), NodeIndex{0});
    }

    void aPairIsChosenOnTheCanvasByKeys()
    {
        Desk desk;
        QVERIFY(desk.f.feedAll(family()));
        views::CanvasWidget canvas(nullptr, views::CanvasWidget::Renderer::Painter);
        canvas.setSession(&desk.f.session);
        QSignalSpy second(&canvas, &views::CanvasWidget::secondarySelected);
        canvas.setHovered(2);
        QTest::keyClick(&canvas, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(second.count(), 0); // a pair needs a first
        canvas.setSelection(1);
        QTest::keyClick(&canvas, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(second.count(), 1);
        QCOMPARE(canvas.selected(), NodeIndex{1});
        QCOMPARE(canvas.secondary(), NodeIndex{2});
        canvas.setHovered(1);
        QTest::keyClick(&canvas, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(second.count(), 1); // and not with itself
    }

    void theTreeShowsWhatIsBornAndWhatIsFiltered()
    {
        Desk desk;
        trace::Batch batch;
        batch.events.push_back(made(EventType::ProcessSpawned, 1));
        QVERIFY(desk.f.feedAll(batch));
        views::ProcessView view(desk.f.session, desk.selection);
        view.resize(400, 300);
        view.show();
        batch.events.clear();
        constexpr std::uint64_t count = 20'000;
        for (std::uint64_t key = 2; key <= count; ++key)
            batch.events.push_back(made(EventType::ProcessSpawned, key, key / 10 + 1));
        QVERIFY(desk.f.feedAll(batch));
        const auto shownNow = [&](std::uint64_t key) {
            const QAbstractItemModel& rows = *view.table()->model();
            const QModelIndexList found
                = rows.match(rows.index(0, session::ProcessTableModel::PidColumn),
                             Qt::DisplayRole,
                             QStringLiteral("#PID<0.%1.0>").arg(key),
                             1,
                             Qt::MatchExactly | Qt::MatchRecursive);
            return !found.isEmpty()
                && view.table()->visualRect(found[0].siblingAtColumn(0)).isValid();
        };
        QTRY_VERIFY(shownNow(count)); // all that is above it is expanded
        QElapsedTimer timer;
        timer.start();
        view.filterLine()->setText(QStringLiteral(".1777."));
        QVERIFY(shownNow(1777));
        QVERIFY(!shownNow(count));
        view.filterLine()->clear();
        QVERIFY(shownNow(count));
        qInfo("two filters of %d processes in a view: %lld ms",
              static_cast<int>(count),
              static_cast<long long>(timer.elapsed()));
    }

    void theInspectorNamesThePairAndHasItsButtons()
    {
        Desk desk;
        QVERIFY(desk.f.feedAll(family()));
        views::Inspector inspector(desk.f.session,
                                   desk.selection,
                                   {desk.actions.kill()},
                                   {desk.actions.link(), desk.actions.unlink()});
        inspector.show();
        desk.selection.select(1);
        auto* pair = inspector.findChild<QLabel*>(QStringLiteral("pair"));
        QVERIFY(pair->text().contains(QStringLiteral("choose a second process")));
        desk.selection.selectSecondary(0);
        QCOMPARE(pair->text(), QStringLiteral("Pair: #PID<0.101.0> and boss, linked"));
        QToolButton* unlink = nullptr;
        for (QToolButton* button : inspector.findChildren<QToolButton*>()) {
            if (button->defaultAction() == desk.actions.unlink())
                unlink = button;
        }
        QVERIFY(unlink != nullptr);
        QTest::mouseClick(unlink, Qt::LeftButton);
        QCOMPARE(desk.f.feed->commands.back().kind, trace::CommandKind::Unlink);
    }

    void theInspectorKnowsTheDead()
    {
        Desk desk;
        QVERIFY(desk.f.feedAll(family()));
        desk.f.session.seek(desk.f.session.timeline().size());
        views::Inspector inspector(desk.f.session, desk.selection, {}, {});
        inspector.show();
        desk.selection.select(3);
        QCOMPARE(labelled(inspector, "State"), QStringLiteral("crashed: :oops, 84 ms ago"));
        QVERIFY(labelled(inspector, "Links at death").contains(QStringLiteral("oops")));
        desk.selection.select(2);
        QVERIFY(labelled(inspector, "Links").contains(QStringLiteral("#PID&lt;0.101.0&gt;")));
    }

    void aHiddenInspectorDoesNotWork()
    {
        Desk desk;
        QVERIFY(desk.f.feedAll(family()));
        views::Inspector inspector(desk.f.session, desk.selection, {}, {});
        desk.selection.select(1);
        QCOMPARE(labelled(inspector, "State"), QString());
        inspector.show();
        QCOMPARE(labelled(inspector, "State"), QStringLiteral("alive"));
        auto* steps = inspector.findChild<views::StepList*>();
        QCOMPARE(steps->count(), 2);
        bool counted = false;
        for (const QLabel* label : inspector.findChildren<QLabel*>())
            counted = counted
                || label->text()
                    == QStringLiteral("1 other process would die with it; 1 would only be told, "
                                      "because it traps exits.");
        QVERIFY(counted);
    }

    void stepsAreWalkedWithTheKeys()
    {
        views::StepList list;
        list.setItems({{QStringLiteral("one"), {}, {}, 7},
                       {QStringLiteral("two"), QStringLiteral("so"), {}, 8},
                       {QStringLiteral("three"), {}, {}, 9}});
        QVERIFY((list.focusPolicy() & Qt::TabFocus) != 0);
        QSignalSpy chosen(&list, &views::StepList::nodeClicked);
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(chosen.count(), 0); // no step yet
        QTest::keyClick(&list, Qt::Key_Down);
        QTest::keyClick(&list, Qt::Key_Down);
        QCOMPARE(list.currentStep(), 1);
        QCOMPARE(list.accessibleName(), QStringLiteral("Step 2 of 3: two. so"));
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toUInt(), 8U);
        QTest::keyClick(&list, Qt::Key_End);
        QTest::keyClick(&list, Qt::Key_Down);
        QCOMPARE(list.currentStep(), 2);
        QTest::keyClick(&list, Qt::Key_Home);
        QTest::keyClick(&list, Qt::Key_Up);
        QCOMPARE(list.currentStep(), 0);
        list.setItems({});
        QTest::keyClick(&list, Qt::Key_Down);
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
    }

    void oneIsNotMany()
    {
        const auto text = [](qsizetype count) {
            return views::plural(
                count, QStringLiteral("%1 process"), QStringLiteral("%1 processes"));
        };
        QCOMPARE(text(0), QStringLiteral("0 processes"));
        QCOMPARE(text(1), QStringLiteral("1 process"));
        QCOMPARE(text(2), QStringLiteral("2 processes"));
    }
};

QTEST_MAIN(ProcessPartsTest)
#include "tst_process_parts.moc"
