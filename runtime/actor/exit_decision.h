// decideExit: the one place that knows what an exit signal does to its receiver.
#pragma once

#include "runtime/term/exit_reason.h"

#include <cstddef>
#include <cstdint>

namespace exitwave::actor {

/// How an exit signal came to be.
enum class ExitSource : std::uint8_t {
    Link, ///< the sender died and was linked
    ExitCall, ///< exit(Pid, Reason) by another process, or from outside
    ExitCallToSelf, ///< exit(self(), Reason)
};

/// All that the receiver looks at.
struct ExitSituation
{
    ExitSource source{};
    bool linkActive = true; ///< of a Link signal: the receiver still has the link
    bool trapping = false; ///< the receiver traps exits, now
};

enum class ExitEffect : std::uint8_t {
    Ignored, ///< nothing happens
    Message, ///< becomes {:EXIT, from, reason}
    Dies, ///< the receiver exits with the signal's reason
    DiesKilled, ///< the receiver exits with :killed
};

/// What Erlang/OTP 25 does (SEMANTICS.md, section 2). Pure; any thread.
[[nodiscard]] inline ExitEffect decideExit(ExitSituation situation, const term::Term& reason)
{
    const bool fromLink = situation.source == ExitSource::Link;
    if (fromLink && !situation.linkActive)
        return ExitEffect::Ignored;
    // Only exit/2 kills; a link carries `kill` like any other reason.
    if (!fromLink && reason.isAtom(term::atoms::kill))
        return ExitEffect::DiesKilled;
    if (situation.trapping)
        return ExitEffect::Message;
    if (term::isNormal(reason) && situation.source != ExitSource::ExitCallToSelf)
        return ExitEffect::Ignored;
    return ExitEffect::Dies;
}

} // namespace exitwave::actor
