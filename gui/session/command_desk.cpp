#include "gui/session/command_desk.h"

#include <utility>

namespace exitwave::session {

void CommandDesk::open(trace::Command& command, Done done)
{
    command.id = trace::CommandId{m_next++};
    m_open.emplace(command.id.value, std::move(done));
}

bool CommandDesk::answer(const trace::Answer& answer)
{
    const auto found = m_open.find(answer.id.value);
    if (found == m_open.end())
        return false;
    const Done done = std::move(found->second);
    m_open.erase(found); // before the call: the asker may ask again
    if (done)
        done(answer);
    return true;
}

std::size_t CommandDesk::refuseAll(const std::string& why)
{
    const auto open = std::exchange(m_open, {});
    for (const auto& [id, done] : open) {
        if (done)
            done(trace::Answer{trace::CommandId{id}, false, why});
    }
    return open.size();
}

} // namespace exitwave::session
