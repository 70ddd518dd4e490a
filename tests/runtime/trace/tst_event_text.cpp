// Events as lines of text and JSON; the tables behind them.
#include "runtime/trace/event_text.h"
#include "tests/runtime/trace/trace_samples.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace exitwave;
using namespace exitwave::trace;

class EventTextTest : public QObject
{
    Q_OBJECT

private:
    static TermTable table(std::initializer_list<term::Term> terms)
    {
        std::vector<TermDefinition> definitions;
        for (const term::Term& value : terms)
            definitions.push_back(
                {TermId{static_cast<std::uint32_t>(definitions.size() + 1)}, value});
        TermTable made;
        made.add(definitions);
        return made;
    }

    static Event exitSignal()
    {
        Event event;
        event.time = base::Timestamp{1'204'000};
        event.type = EventType::ExitSignalSent;
        event.process = ProcessKey{1ULL << 32 | 4};
        event.peer = ProcessKey{1ULL << 32 | 3};
        event.id = 17;
        event.term = TermId{1};
        return event;
    }

private Q_SLOTS:
    void anEventReadsAsOneLine()
    {
        const TermTable terms
            = table({term::Term::tuple({term::Term::atom("shutdown"), term::Term::binary("bye")})});
        QCOMPARE(eventText(exitSignal(), terms),
                 std::string("0.001204000 exit_signal_sent process=#PID<0.4.1> to=#PID<0.3.1> "
                             "signal=17 cause=0 how=link "
                             "reason={:shutdown, \"bye\"}"));
    }

    void anEventReadsAsOneJsonObject()
    {
        const std::string line = eventJson(exitSignal(), 3, table({term::Term::atom("boom")}));
        const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
        QCOMPARE(json[QStringLiteral("index")].toInt(), 3);
        QCOMPARE(json[QStringLiteral("time_ns")].toInt(), 1204000);
        QCOMPARE(json[QStringLiteral("event")].toString(), QStringLiteral("exit_signal_sent"));
        QCOMPARE(json[QStringLiteral("process")].toString(), QStringLiteral("#PID<0.4.1>"));
        QCOMPARE(json[QStringLiteral("how")].toString(), QStringLiteral("link"));
        QCOMPARE(json[QStringLiteral("reason")].toString(), QStringLiteral(":boom"));
        QVERIFY(line.find('\n') == std::string::npos);
    }

    void everyLineReadsBackAsTheSameEvent()
    {
        const bool held = rc::check("text survives", [] {
            TermTable terms;
            terms.add(
                {{TermId{1},
                  term::Term::list({term::Term::integer(1), term::Term::atom("two words")})}});
            const std::vector<Event> events = samples::arbitraryEvents();
            TermId last;
            Batch batch;
            for (Event event : events) {
                event.term = TermId{event.term.value == 0 ? 0U : 1U};
                const std::string line = eventText(event, terms);
                const std::size_t before = batch.terms.size();
                const base::Result<void> parsed = parseEventText(line, last, batch);
                if (!parsed.ok())
                    RC_FAIL(parsed.error().message);
                Event read = batch.events.back();
                if (event.term.value != 0) {
                    RC_ASSERT(batch.terms.size() == before + 1);
                    RC_ASSERT(batch.terms.back().value == terms.at(TermId{1}));
                    read.term = TermId{1};
                }
                RC_ASSERT(read == event);
            }
        });
        QVERIFY(held);
    }

    void wrongLinesSayWhatWasExpectedAndWhere()
    {
        TermId last;
        Batch batch;
        const auto errorOf = [&](const char* line) {
            const base::Result<void> parsed = parseEventText(line, last, batch);
            return parsed.ok() ? std::string() : parsed.error().message;
        };
        QVERIFY(errorOf("").empty());
        QVERIFY(errorOf("# a comment").empty());
        QVERIFY(errorOf("0.1 linked").find("a time like 0.001234567 was expected") == 0);
        QVERIFY(errorOf("0.000000001 lonked").find("\"lonked\" is no event") == 0);
        QVERIFY(errorOf("0.000000001 linked peer=-").find("\"process=\" was expected at column 20")
                == 0);
        QVERIFY(
            errorOf("0.000000001 linked process=- peer=- how=left").find("\"left\" is no LinkSide")
            == 0);
        QVERIFY(errorOf("0.000000001 linked process=- peer=- how=caller more").find("nothing more")
                == 0);
        QVERIFY(batch.events.empty());
    }

    void tablesAgreeWithTheList()
    {
        QCOMPARE(eventInfoCount(), 20U);
        const EventInfo* info = eventInfo(EventType::ProcessExited);
        QVERIFY(info != nullptr);
        QCOMPARE(info->text, std::string_view("process_exited"));
        QCOMPARE(howText("ExitKind", 2), std::string_view("error"));
        QCOMPARE(howValue("ExitKind", "error"), 2);
        QCOMPARE(howValue("ExitKind", "nothing"), -1);
        QCOMPARE(eventInfo(static_cast<EventType>(255)), nullptr);
    }

    void idsNeverDefinedReadAsLost()
    {
        const TermTable terms = table({term::Term::integer(1)});
        QVERIFY(terms.at(TermId{}) == term::Term());
        QVERIFY(terms.at(TermId{1}) == term::Term::integer(1));
        QVERIFY(terms.at(TermId{2}) == term::Term::atom("lost"));
    }
};

QTEST_GUILESS_MAIN(EventTextTest)
#include "tst_event_text.moc"
