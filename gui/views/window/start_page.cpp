#include "gui/views/window/start_page.h"

#include <QCommandLinkButton>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <string>
#include <utility>

namespace exitwave::views {

namespace {

QLabel* makeLabel(const QString& text, const char* role, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QString::fromLatin1(role)); // styled by app_style
    label->setWordWrap(true);
    return label;
}

/// A heading with an empty column below it that setOffers and setRecentFiles fill.
QVBoxLayout* makeColumn(const QString& heading, QHBoxLayout* row, QWidget* page, QHBoxLayout** head)
{
    auto* outer = new QVBoxLayout;
    outer->setSpacing(8);
    auto* title = new QHBoxLayout;
    title->addStrut(32); // headings stand level, with a button beside them or without
    title->addWidget(makeLabel(heading, "heading", page), 1);
    outer->addLayout(title);
    auto* column = new QVBoxLayout;
    column->setSpacing(8);
    outer->addLayout(column);
    outer->addStretch(1);
    row->addLayout(outer, 1);
    *head = title;
    return column;
}

void clear(QVBoxLayout* column)
{
    while (QLayoutItem* item = column->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->setParent(nullptr);
            widget->deleteLater(); // it may be the button whose click we are in
        }
        delete item;
    }
}

} // namespace

StartPage::StartPage(QWidget* parent) : QWidget(parent)
{
    setAttribute(Qt::WA_StyledBackground);
    setObjectName(QStringLiteral("startPage"));
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);

    auto* page = new QWidget(scroll);
    page->setObjectName(QStringLiteral("startPageBody"));
    auto* centred = new QHBoxLayout(page);
    centred->addStretch(1);
    auto* body = new QVBoxLayout;
    centred->addLayout(body, 20);
    centred->addStretch(1);
    body->setContentsMargins(24, 40, 24, 24);
    body->setSpacing(12);
    body->addWidget(makeLabel(tr("Why did a process die, and who dies next?"), "title", page));
    body->addWidget(makeLabel(tr("Exitwave draws live processes and their links, shows every exit "
                                 "signal on its way, and replays it event by event."),
                              "secondary",
                              page));
    body->addSpacing(16);

    auto* columns = new QHBoxLayout;
    columns->setSpacing(32);
    body->addLayout(columns, 1);
    QHBoxLayout* head = nullptr;
    m_lessons = makeColumn(tr("Run a lesson"), columns, page, &head);
    m_nodes = makeColumn(tr("Watch a running node"), columns, page, &head);
    auto* refresh = new QPushButton(tr("Look again"), page);
    refresh->setFlat(true);
    refresh->setToolTip(tr("Looks for nodes on this machine that serve their trace"));
    connect(refresh, &QPushButton::clicked, this, &StartPage::refreshRequested);
    head->addWidget(refresh);
    m_recent = makeColumn(tr("Open a trace"), columns, page, &head);
    auto* open = new QPushButton(tr("Open…"), page);
    open->setObjectName(QStringLiteral("openTrace"));
    connect(open, &QPushButton::clicked, this, &StartPage::openRequested);
    head->addWidget(open);
    scroll->setWidget(page);
    setOffers({});
    setRecentFiles({});
}

void StartPage::fill(QVBoxLayout* column,
                     const std::vector<plugins::SourceOffer>& offers,
                     bool nodes)
{
    const bool oneGroup = std::all_of(offers.begin(), offers.end(), [&](const auto& offer) {
        return offer.group == offers.front().group;
    });
    std::string group;
    for (const plugins::SourceOffer& offer : offers) {
        if (std::exchange(group, offer.group) != offer.group && !oneGroup)
            column->addWidget(makeLabel(QString::fromStdString(group), "secondary", this));
        auto* button = new QCommandLinkButton(
            QString::fromStdString(offer.title), QString::fromStdString(offer.summary), this);
        button->setIcon({}); // the arrow says nothing that the words do not
        const QString id = QString::fromStdString(offer.id);
        button->setObjectName(id);
        connect(button, &QCommandLinkButton::clicked, this, [this, id] { Q_EMIT offerChosen(id); });
        column->addWidget(button);
    }
    if (!offers.empty())
        return;
    if (!nodes) {
        column->addWidget(
            makeLabel(tr("No lessons were found. The plugin that runs them is missing: see "
                         "Tools › Plugins for the reason."),
                      "secondary",
                      this));
        return;
    }
    column->addWidget(makeLabel(tr("No node is serving its trace on this machine. Start one in a "
                                   "terminal, then look again:"),
                                "secondary",
                                this));
    QLabel* command = makeLabel(
        QStringLiteral("exitwave-node lesson linked \\\n  --serve demo --keep"), "command", this);
    command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(command);
}

void StartPage::setOffers(const std::vector<plugins::SourceOffer>& offers)
{
    std::vector<plugins::SourceOffer> lessons;
    std::vector<plugins::SourceOffer> nodes;
    for (const plugins::SourceOffer& offer : offers)
        (offer.kind == plugins::OfferKind::RunningNode ? nodes : lessons).push_back(offer);
    clear(m_lessons);
    clear(m_nodes);
    fill(m_lessons, lessons, false);
    fill(m_nodes, nodes, true);
}

void StartPage::setRecentFiles(const QStringList& paths)
{
    clear(m_recent);
    for (const QString& path : paths) {
        const QFileInfo file(path);
        auto* button = new QCommandLinkButton(file.fileName(), file.absolutePath(), this);
        button->setIcon({});
        button->setToolTip(path);
        connect(
            button, &QCommandLinkButton::clicked, this, [this, path] { Q_EMIT fileChosen(path); });
        m_recent->addWidget(button);
    }
    if (paths.isEmpty())
        m_recent->addWidget(makeLabel(tr("Traces you open or save are listed here. You can also "
                                         "drop a .ewt file on this window."),
                                      "secondary",
                                      this));
}

} // namespace exitwave::views
