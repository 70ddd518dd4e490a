// EXITWAVE_CHECK: states what must hold unless Exitwave itself has a bug.
#pragma once

#include <atomic>

namespace exitwave::base::impl {

/// Reports a broken check: aborts in debug builds; in release builds writes one line to stderr the
/// first time (`said` belongs to the place in the code). Always false. Any thread.
bool checkFailed(std::atomic<bool>& said, const char* condition, const char* file, int line);

} // namespace exitwave::base::impl

/// True when `condition` holds. When it does not, a debug build aborts with the place; a release
/// build says so once on stderr and yields false, so that the caller can take a safe path:
///     if (!EXITWAVE_CHECK(index < size)) return {};
/// For bugs only. What a file, a peer or a user can cause is a Result, never a check.
#define EXITWAVE_CHECK(condition)                                                                  \
    (static_cast<bool>(condition) ? true : [](int line) {                                          \
        static std::atomic<bool> said{false};                                                      \
        return ::exitwave::base::impl::checkFailed(said, #condition, __FILE__, line);              \
    }(__LINE__))
