// Makes the sentence that people read of an error's clause.
#pragma once

#include <QString>

#include <string>

namespace exitwave::session {

/// "there is no file x.ewt: check the name" becomes "There is no file x.ewt: check the name."
/// What begins with a path, a number or a sign keeps its beginning. Any thread.
[[nodiscard]] QString sentence(const std::string& clause);

} // namespace exitwave::session
