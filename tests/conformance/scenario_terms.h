// The terms of scenarios as JSON: "@A" a pid, "#m1" a reference, arrays are tuples.
#pragma once

#include "runtime/base/mutex.h"
#include "runtime/term/term.h"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace exitwave::conformance {

using Json = nlohmann::json;

/// The names that a scenario gives to processes and references. Any thread.
class Names
{
public:
    void bind(const std::string& name, term::Pid pid);
    void bindRef(const std::string& name, term::Ref ref, term::Pid target);
    [[nodiscard]] std::optional<term::Pid> pid(const std::string& name) const;
    [[nodiscard]] std::string nameOf(term::Pid pid) const;
    [[nodiscard]] std::map<std::string, term::Pid> processes() const;

    [[nodiscard]] term::Term toTerm(const Json& json) const;
    [[nodiscard]] Json toJson(const term::Term& term) const;
    /// The order of messages that came within one step is defined per sender only: sorting by this
    /// key makes it comparable. Answers of the runtime (noproc) come after the sender's others.
    [[nodiscard]] std::pair<std::string, int> senderKey(const term::Term& message) const;

private:
    mutable base::Mutex m_mutex;
    std::map<std::string, term::Pid> m_pids EXITWAVE_GUARDED_BY(m_mutex);
    std::map<term::Pid, std::string> m_names EXITWAVE_GUARDED_BY(m_mutex);
    std::map<std::string, term::Ref> m_refs EXITWAVE_GUARDED_BY(m_mutex);
    std::map<term::Ref, std::string> m_refNames EXITWAVE_GUARDED_BY(m_mutex);
    std::map<term::Ref, term::Pid> m_refTargets EXITWAVE_GUARDED_BY(m_mutex);
};

/// The atom under which a scenario's registered name is registered.
[[nodiscard]] term::Atom registeredAtom(const std::string& name);
[[nodiscard]] std::string registeredName(term::Atom atom);

} // namespace exitwave::conformance
