#include "gui/views/window/inspector.h"

#include "gui/explain/explain.h"
#include "gui/graph/describe.h"
#include "gui/session/selection.h"
#include "gui/session/session.h"
#include "gui/session/time_text.h"
#include "gui/views/window/plural.h"
#include "gui/views/window/step_list.h"
#include "runtime/term/inspect.h"

#include <QAction>
#include <QElapsedTimer>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStringList>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace exitwave::views {

namespace {

constexpr std::size_t shownNeighbours = 12;
constexpr std::size_t reasonCharacters = 90; // the whole is in the tool tip

QString fromText(const std::string& text)
{
    return QString::fromStdString(text);
}

QLabel* makeLabel(const char* role, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setProperty("role", QString::fromLatin1(role));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QFrame* makeHairline(QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setProperty("role", QStringLiteral("hairline"));
    line->setFixedHeight(1);
    return line;
}

scene::Color colorOf(explain::Step::Kind kind, const scene::Theme& theme)
{
    using Kind = explain::Step::Kind;
    switch (kind) {
    case Kind::Crash:
    case Kind::Victim:
        return theme.crashed;
    case Kind::Kill:
        return theme.killed;
    case Kind::Signal:
        return theme.link;
    case Kind::Lives:
        return theme.traps;
    case Kind::Ended:
    case Kind::Gap:
        break;
    }
    return theme.secondary;
}

/// "crashed: oops, 84 ms ago"
QString stateOf(const graph::ProcessNode& node, const trace::TermTable& terms, base::Timestamp now)
{
    const QString words = fromText(graph::stateWords(node, terms));
    if (node.alive || now < node.exitedAt)
        return words;
    return Inspector::tr("%1, %2 ago").arg(words, session::durationText(now - node.exitedAt));
}

/// How many others would die, and how many only be told.
QString summaryOf(const std::vector<explain::Fate>& fates)
{
    const qsizetype others
        = std::count_if(fates.begin() + 1, fates.end(), [](const auto& fate) { return fate.dies; });
    const qsizetype told = static_cast<qsizetype>(fates.size()) - 1 - others;
    if (others == 0 && told == 0)
        return Inspector::tr("Nobody else: no link leads to another process.");
    QStringList parts;
    if (others > 0)
        parts << plural(others,
                        Inspector::tr("%1 other process would die with it"),
                        Inspector::tr("%1 other processes would die with it"));
    if (told > 0)
        parts << plural(told,
                        Inspector::tr("%1 would only be told, because it traps exits"),
                        Inspector::tr("%1 would only be told, because they trap exits"));
    return parts.join(QStringLiteral("; ")) + QLatin1Char('.');
}

} // namespace

Inspector::Inspector(session::Session& session,
                     session::Selection& selection,
                     const QList<QAction*>& actions,
                     const QList<QAction*>& pairActions,
                     QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_selection(selection)
    , m_theme(&scene::Theme::darkTheme())
{
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(280);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget(this);
    outer->addWidget(m_stack);

    auto* empty = new QWidget(this);
    auto* emptyColumn = new QVBoxLayout(empty);
    emptyColumn->setContentsMargins(16, 12, 16, 16);
    QLabel* nothing = makeLabel("secondary", empty);
    nothing->setText(
        tr("Select a process on the canvas or in the table to see what it is, and why it "
           "died or who would die with it."));
    emptyColumn->addWidget(nothing);
    emptyColumn->addStretch(1);
    m_stack->addWidget(empty);

    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* page = new QWidget(scroll);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(10);
    scroll->setWidget(page);
    m_stack->addWidget(scroll);

    auto* head = new QHBoxLayout;
    m_name = makeLabel("heading", page);
    m_name->setStyleSheet(QStringLiteral("font-size: 16px;"));
    m_pid = makeLabel("mono", page);
    m_pid->setWordWrap(false);
    head->addWidget(m_name, 1);
    head->addWidget(m_pid);
    column->addLayout(head);

    auto* facts = new QFormLayout;
    facts->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    facts->setHorizontalSpacing(16);
    facts->setVerticalSpacing(6);
    facts->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_state = addFact(facts, tr("State"));
    m_reason = addFact(facts, tr("Reason"));
    m_reason->setProperty("role", QStringLiteral("mono"));
    m_spawnedBy = addFact(facts, tr("Spawned by"));
    m_function = addFact(facts, tr("Initial call"));
    m_trapExit = addFact(facts, tr("trap_exit"));
    m_links = addFact(facts, tr("Links"));
    m_linksTitle = qobject_cast<QLabel*>(facts->labelForField(m_links));
    m_monitors = addFact(facts, tr("Monitors"));
    m_messages = addFact(facts, tr("Messages"));
    column->addLayout(facts);

    column->addLayout(makeButtons(actions, page));
    m_pair = makeLabel("secondary", page);
    m_pair->setObjectName(QStringLiteral("pair"));
    column->addWidget(m_pair);
    column->addLayout(makeButtons(pairActions, page));
    column->addWidget(makeHairline(page));

    m_question = makeLabel("heading", page);
    m_answer = makeLabel("secondary", page);
    m_steps = new StepList(page);
    m_steps->setObjectName(QStringLiteral("explanation"));
    column->addWidget(m_question);
    column->addWidget(m_answer);
    column->addWidget(m_steps);
    column->addStretch(1);

    connect(m_steps, &StepList::nodeClicked, &m_selection, &session::Selection::select);
    connect(&m_selection, &session::Selection::changed, this, &Inspector::refresh);
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &Inspector::refresh);
    m_age.setInterval(1000);
    connect(&m_age, &QTimer::timeout, this, &Inspector::refreshSoon);
    connect(&m_session, &session::Session::advanced, this, &Inspector::refreshSoon);
    refresh();
}

QHBoxLayout* Inspector::makeButtons(const QList<QAction*>& actions, QWidget* page)
{
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    for (QAction* action : actions) {
        auto* button = new QToolButton(page);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    return buttons;
}

void Inspector::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void Inspector::refreshSoon()
{
    if (isVisible() && !m_soon.isActive())
        m_soon.start();
}

QLabel* Inspector::addFact(QFormLayout* form, const QString& name)
{
    QLabel* title = makeLabel("secondary", this);
    title->setText(name);
    title->setWordWrap(false);
    title->setTextInteractionFlags(Qt::NoTextInteraction);
    QLabel* value = makeLabel("value", this);
    value->setTextInteractionFlags(Qt::TextBrowserInteraction);
    value->setOpenExternalLinks(false);
    value->setSizePolicy(QSizePolicy::Ignored,
                         QSizePolicy::Preferred); // wraps, whatever its words are
    connect(value, &QLabel::linkActivated, this, &Inspector::followLink);
    form->addRow(title, value);
    return value;
}

void Inspector::setTheme(const scene::Theme& theme)
{
    m_theme = &theme;
    m_steps->setTheme(theme);
    refresh();
}

void Inspector::followLink(const QString& target)
{
    m_selection.select(target.mid(5).toUInt()); // "node:12"
}

QString Inspector::linkTo(graph::NodeIndex node) const
{
    if (node == graph::noNode)
        return tr("outside the program");
    const scene::Color color = m_theme->link;
    return QStringLiteral("<a href=\"node:%1\" style=\"color:%2;text-decoration:none\">%3</a>")
        .arg(node)
        .arg(QColor(color.r, color.g, color.b).name(),
             fromText(graph::shortLabel(m_session.graph(), node, m_session.timeline().terms()))
                 .toHtmlEscaped());
}

void Inspector::refresh()
{
    const graph::NodeIndex node = m_selection.current();
    const bool known = node != graph::noNode && node < m_session.graph().size();
    m_stack->setCurrentIndex(known ? 1 : 0);
    if (!known || !isVisible()) {
        m_age.stop();
        return;
    }
    QElapsedTimer spent;
    spent.start();
    fillFacts(node);
    fillPair(node);
    fillSteps(node);
    // Among very many links the words take a while: then they are brought up to date more rarely,
    // so that no more than a tenth of the time goes into them.
    constexpr qint64 oftenMs = 60;
    constexpr qint64 rarelyMs = 2000;
    m_soon.setInterval(static_cast<int>(std::clamp(10 * spent.elapsed(), oftenMs, rarelyMs)));
    if (m_session.graph().node(node).alive || !m_session.following())
        m_age.stop();
    else if (!m_age.isActive())
        m_age.start();
}

/// Who the second of the pair is, or how to choose one.
void Inspector::fillPair(graph::NodeIndex node)
{
    const graph::ProcessGraph& processes = m_session.graph();
    const trace::TermTable& terms = m_session.timeline().terms();
    const graph::NodeIndex other = m_selection.secondary();
    if (other >= processes.size()) {
        m_pair->setText(tr("To link or unlink, choose a second process: Ctrl and click, or Ctrl "
                           "and Enter."));
        return;
    }
    m_pair->setText((processes.linked(node, other) ? tr("Pair: %1 and %2, linked")
                                                   : tr("Pair: %1 and %2, not linked"))
                        .arg(fromText(graph::shortLabel(processes, node, terms)),
                             fromText(graph::shortLabel(processes, other, terms))));
}

void Inspector::fillFacts(graph::NodeIndex index)
{
    const graph::ProcessGraph& processes = m_session.graph();
    const trace::TermTable& terms = m_session.timeline().terms();
    const graph::ProcessNode& node = processes.node(index);
    const auto listed = [this](const std::vector<graph::NodeIndex>& nodes) {
        QStringList parts;
        for (std::size_t i = 0; i < nodes.size() && i < shownNeighbours; ++i)
            parts << linkTo(nodes[i]);
        if (nodes.size() > shownNeighbours)
            parts << tr("and %1 more").arg(nodes.size() - shownNeighbours);
        return parts.isEmpty() ? tr("none") : parts.join(QStringLiteral(" · "));
    };
    std::vector<graph::NodeIndex> monitored;
    for (const graph::Monitor& monitor : node.monitors)
        monitored.push_back(monitor.target);

    m_name->setText(fromText(graph::shortLabel(node, terms)));
    m_pid->setText(fromText(graph::pidText(node.key)));
    m_state->setText(stateOf(node, terms, m_session.playheadTime()));
    const term::Term& reason = terms.at(node.reason);
    m_reason->setText(node.alive ? tr("none: it is alive")
                                 : fromText(graph::briefTerm(reason, reasonCharacters)));
    m_reason->setToolTip(node.alive ? QString() : fromText(term::inspect(reason)));
    m_spawnedBy->setTextFormat(Qt::RichText);
    const QString place = fromText(graph::spawnPlaceText(node, terms));
    m_spawnedBy->setText(
        node.inferred ? tr("unknown: it was there before the trace began")
                      : linkTo(node.parent)
                + (place.isEmpty() ? QString() : tr(" at %1").arg(place.toHtmlEscaped())));
    const QString call = fromText(graph::initialCallText(node, terms));
    m_function->setText(call.isEmpty() ? tr("unknown") : call);
    m_trapExit->setText(node.trapsExit ? tr("true: exit signals become messages") : tr("false"));
    m_links->setTextFormat(Qt::RichText);
    m_linksTitle->setText(node.alive ? tr("Links") : tr("Links at death"));
    m_links->setText(listed(node.alive ? node.links : explain::linksAtDeath(processes, index)));
    m_monitors->setTextFormat(Qt::RichText);
    m_monitors->setText(listed(monitored));
    const std::uint64_t queued = node.messagesArrived > node.messagesReceived
        ? node.messagesArrived - node.messagesReceived
        : 0;
    m_messages->setText(tr("%1 sent, %2 received, %3 waiting")
                            .arg(node.messagesSent)
                            .arg(node.messagesReceived)
                            .arg(queued));
}

void Inspector::fillSteps(graph::NodeIndex index)
{
    const graph::ProcessGraph& processes = m_session.graph();
    const trace::TermTable& terms = m_session.timeline().terms();
    std::vector<StepList::Item> items;
    if (!processes.node(index).alive) {
        m_question->setText(tr("Why did it die?"));
        for (const explain::Step& step : explain::whyDied(processes, terms, index))
            items.push_back({fromText(step.text),
                             fromText(step.detail),
                             colorOf(step.kind, *m_theme),
                             step.node});
        m_answer->setVisible(items.empty());
        m_answer->setText(tr("The trace does not tell."));
    } else {
        m_question->setText(tr("Who dies with it, if it crashes?"));
        const std::vector<explain::Fate> fates
            = explain::whoDies(processes, index, term::Term::atom("boom"));
        m_answer->setVisible(true);
        m_answer->setText(fates.empty() ? QString() : summaryOf(fates));
        for (std::size_t i = 1; i < fates.size() && i <= shownNeighbours; ++i)
            items.push_back({fromText(explain::fateWords(processes, terms, fates[i])),
                             {},
                             fates[i].dies ? m_theme->crashed : m_theme->traps,
                             fates[i].node});
    }
    m_steps->setItems(items);
    m_steps->setVisible(!items.empty());
}

} // namespace exitwave::views
