// The processes of a scenario: each executes the operations that it is told to.
#pragma once

#include "runtime/actor/system.h"
#include "tests/conformance/scenario_terms.h"

#include <optional>

namespace exitwave::conformance {

/// What the processes of one scenario share. Any thread.
class Stage
{
public:
    Names names;

    /// Makes operations known to the process that gets the returned number as a message.
    [[nodiscard]] std::int64_t addBatch(Json operations);
    [[nodiscard]] Json batch(std::int64_t number) const;
    /// What the operations of a batch returned; nothing as long as they have not all been done.
    void setResults(std::int64_t number, Json results);
    [[nodiscard]] std::optional<Json> results(std::int64_t number) const;

    void messageTaken(term::Pid by, const term::Term& message);
    [[nodiscard]] std::vector<std::pair<term::Pid, term::Term>> takeTaken();

private:
    mutable base::Mutex m_mutex;
    std::vector<Json> m_batches EXITWAVE_GUARDED_BY(m_mutex);
    std::map<std::int64_t, Json> m_results EXITWAVE_GUARDED_BY(m_mutex);
    std::vector<std::pair<term::Pid, term::Term>> m_taken EXITWAVE_GUARDED_BY(m_mutex);
};

/// The message that tells a process to execute a batch, and the test for it.
[[nodiscard]] term::Term commandMessage(std::int64_t number);
[[nodiscard]] bool isCommand(const term::Term& message);

/// Runs `body`, then waits for commands until told to return.
[[nodiscard]] actor::Task<void> processMain(actor::Self& self, Stage& stage, Json body);

} // namespace exitwave::conformance
