#include "gui/views/window/status_strip.h"

#include "gui/session/session.h"
#include "gui/session/session_state_text.h"
#include "gui/views/canvas/canvas_widget.h"

#include <QLabel>
#include <QLocale>
#include <QStatusBar>

namespace exitwave::views {

StatusStrip::StatusStrip(session::Session& session, CanvasWidget& canvas, QStatusBar& bar)
    : QObject(&bar), m_session(session), m_canvas(canvas), m_theme(&scene::Theme::darkTheme())
{
    bar.setSizeGripEnabled(false);
    const auto add = [&bar](const char* name, bool right) {
        auto* label = new QLabel(&bar);
        label->setObjectName(QString::fromLatin1(name));
        label->setTextFormat(Qt::RichText);
        right ? bar.addPermanentWidget(label) : bar.addWidget(label);
        return label;
    };
    m_source = add("statusSource", false);
    m_counts = add("statusCounts", false);
    m_lost = add("statusLost", true);
    m_rate = add("statusRate", true);
    m_renderer = add("statusRenderer", true);
    m_timer.setInterval(250);
    connect(&m_timer, &QTimer::timeout, this, &StatusStrip::refresh);
    m_timer.start();
    connect(&m_session, &session::Session::sourceChanged, this, &StatusStrip::refresh);
    connect(&m_session, &session::Session::modeChanged, this, &StatusStrip::refresh);
    refresh();
}

void StatusStrip::setTheme(const scene::Theme& theme)
{
    m_theme = &theme;
    refresh();
}

QString StatusStrip::stateText() const
{
    const QString text = session::stateText(m_session);
    return m_session.errorText().isEmpty() ? text
                                           : text + QStringLiteral(": ") + m_session.errorText();
}

void StatusStrip::refresh()
{
    const trace::SourceState state = m_session.state();
    const bool bad = state == trace::SourceState::Failed;
    const bool live = m_session.live();
    const scene::Color dot = bad ? m_theme->crashed : live ? m_theme->good : m_theme->secondary;
    const QColor color(dot.r, dot.g, dot.b);
    const QString title = QString::fromStdString(m_session.info().title);
    const QString words
        = title.isEmpty() ? stateText() : title + QStringLiteral(" · ") + stateText();
    const auto set = [](QLabel* label, const QString& text) {
        if (label->text() != text)
            label->setText(text);
    };
    set(m_source,
        QStringLiteral("<span style=\"color:%1\">●</span> %2")
            .arg(color.name(), words.toHtmlEscaped()));

    const QLocale locale;
    const graph::ProcessGraph& processes = m_session.graph();
    set(m_counts,
        state == trace::SourceState::Idle ? QString()
                                          : tr("%1 alive · %2 dead")
                                                .arg(locale.toString(processes.aliveCount()),
                                                     locale.toString(processes.deadCount())));
    const qulonglong lost = processes.lostEvents();
    const QString lostText = tr("%1 events lost").arg(locale.toString(lost));
    const QColor warn(m_theme->crashed.r, m_theme->crashed.g, m_theme->crashed.b);
    set(m_lost,
        lost == 0
            ? lostText
            : QStringLiteral("<span style=\"color:%1\">%2</span>").arg(warn.name(), lostText));
    set(m_rate, tr("%1 events/s").arg(locale.toString(qRound64(m_session.eventRate()))));
    set(m_renderer, m_canvas.rendererText().toHtmlEscaped());
}

} // namespace exitwave::views
