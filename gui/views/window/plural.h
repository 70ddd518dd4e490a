// plural: counted things in English, in one place.
#pragma once

#include <QString>

namespace exitwave::views {

/// `one` when there is exactly one, else `many`, with the count in the place of %1: "1 process",
/// "2 processes". Pure; any thread.
[[nodiscard]] inline QString plural(qsizetype count, const QString& one, const QString& many)
{
    return (count == 1 ? one : many).arg(count);
}

} // namespace exitwave::views
