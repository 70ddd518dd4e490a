// stateText: what the source of a session does now, in the words that every view uses.
#pragma once

#include <QString>

namespace exitwave::session {

class Session;

/// A few words: "live", "live · behind by 3.2 s", "live · program paused", "reading 40 %",
/// "recorded trace", "ended", "connection lost"; "nothing open" without a source. Why something
/// failed is Session::errorText(). Thread: GUI thread.
[[nodiscard]] QString stateText(const Session& session);

/// The widest that stateText() says of a rewound live source, so that what stands beside it can
/// keep its place while the number changes. Any thread.
[[nodiscard]] QString widestBehindText();

} // namespace exitwave::session
