// EventStream: a trace file read from beginning to end, as commands want it.
#pragma once

#include "plugins/api/plugin_host.h"
#include "runtime/base/result.h"
#include "runtime/trace/event_source.h"
#include "runtime/trace/term_table.h"

#include <QTemporaryFile>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

namespace exitwave::cli {

/// Reads through whichever importer knows the file. What is wrong with the file goes to standard
/// error as soon as it is known; the good part goes on. Thread: one (the source wakes it from its
/// own).
class EventStream
{
public:
    /// `path` "-": standard input, which is first read to its end.
    [[nodiscard]] static base::Result<std::unique_ptr<EventStream>> open(plugins::PluginHost& host,
                                                                         const std::string& path);
    ~EventStream();

    /// Waits for the next events; their terms are in terms(). False at the end.
    [[nodiscard]] bool next();
    [[nodiscard]] const trace::Batch& batch() const { return m_batch; }
    [[nodiscard]] const trace::TermTable& terms() const { return m_terms; }
    /// Complete after the end only.
    [[nodiscard]] trace::SourceInfo info() const;
    /// "demo.ewt"; "standard input".
    [[nodiscard]] const std::string& name() const { return m_name; }
    /// False when something of the trace is damaged or missing, as far as read.
    [[nodiscard]] bool undamaged() const { return m_problems == 0; }
    [[nodiscard]] std::size_t problems() const { return m_problems; }

private:
    EventStream() = default;
    void complain(const std::string& what);
    [[nodiscard]] std::string readable(std::string text) const;

    std::unique_ptr<QTemporaryFile> m_copy; // of standard input; outlives the source that reads it
    std::string m_name;
    std::string m_path;
    std::mutex m_mutex; // guards m_woken
    std::condition_variable m_wake;
    bool m_woken = false;
    trace::Batch m_batch;
    trace::TermTable m_terms;
    std::size_t m_problems = 0;
    bool m_failureTold = false;
    std::unique_ptr<trace::EventSource> m_source; // last: it stops before what it wakes is gone
};

} // namespace exitwave::cli
